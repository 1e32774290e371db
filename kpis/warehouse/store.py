"""Opens a published warehouse read-only and hands out one cursor per query."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from kpis.errors import EngineError, EscalaError, RequestError
from kpis.paths import models_dir
from kpis.steps import first_line
from kpis.warehouse.attach import attach
from kpis.warehouse.results import frame

ALIAS = "escala"
META = ("version", "as_of", "schema_version", "built_at", "duckdb_version", "open_only")
QUERY_MEMORY = "1GB"
SCHEMA_VERSION = 13  # raise when a column or a macro comes, goes or changes, so that old files are rebuilt
DERIVED = (
    "score",
    "index_value",
    "stage",
    "stage_overall",
    "progress",
    "forecast_gate",
    "forecast",
)  # tables that no model makes
Identity = tuple[int, int] | None  # device and number of a file; None where there is none
# What DuckDB says where a block of the file was changed from outside, in words of its own or of the system.
SPOILT = re.compile(
    r"corrupt|checksum|deserializ|invalidated because of a previous|could not read (enough bytes )?from file|"
    r"internal error",
    re.IGNORECASE,
)


class DamagedError(EngineError):
    """The file opened, but a block or a table of it is spoilt or gone."""


class Store:
    """A published warehouse, open for reading. Safe for many threads: each query has its own cursor.

    mend: has the file built again. A query that meets a spoilt block or a lost table calls it once, opens the
    new file if it holds the same data version, and is answered from there. Without it DamagedError is raised.
    """

    def __init__(self, path: Path, mend: Callable[[], object] | None = None) -> None:
        """Raises EngineError if the file is missing, in use, unreadable or no warehouse of this version."""
        self.path = path
        self._mend = mend
        self._mending = threading.Lock()
        self._con, self.meta, self._file = _opened(path)

    @property
    def version(self) -> str:
        """Data version: changes whenever a number could."""
        return str(self.meta["version"])

    @property
    def as_of(self) -> int:
        """The year from which ages are counted."""
        return int(self.meta["as_of"])

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """Rows of a query as a DataFrame; values are bound by name ($area)."""
        con = self._con
        try:
            return _rows(con, sql, parameters)
        except duckdb.Error as error:
            if not self.is_damage(error):
                raise
            self.mended(con, first_line(error))
        try:
            return _rows(self._con, sql, parameters)
        except duckdb.Error as error:
            if not self.is_damage(error):
                raise
            raise DamagedError(f"{self.path.name}: a part of it is damaged ({first_line(error)}).") from None

    def is_damage(self, error: Exception) -> bool:
        """Whether a query failed because of the file: a spoilt block, or a table that is gone."""
        if isinstance(error, duckdb.CatalogException):
            return bool(self.lost_tables())
        return bool(SPOILT.search(str(error)))

    def spoilt_tables(self) -> dict[str, str]:
        """Tables that cannot be read, with the reason: all of every table is read, so that a block tells."""
        spoilt = dict.fromkeys(self.lost_tables(), "missing")
        for name in sorted(expected_tables() - spoilt.keys()):
            try:
                _rows(self._con, f'select bit_xor(hash(t)) from "{name}" as t')  # noqa: S608 - own names and rules
            except duckdb.Error as error:
                spoilt[name] = first_line(error)
        return spoilt

    def lost_tables(self) -> list[str]:
        """Tables that a warehouse of this version has and this file has not."""
        stored = _rows(self._con, "select table_name from duckdb_tables() where database_name = $alias",
                     {"alias": ALIAS})  # fmt: skip
        return sorted(expected_tables() - set(stored["table_name"]))

    def mended(self, con: duckdb.DuckDBPyConnection | None = None, reason: str = "") -> None:
        """Have the file built again and open the new one.

        con: the connection that met the damage; if another thread has mended it since, nothing is done.
        Raises DamagedError if it cannot be built, or if the new file holds other figures.
        """
        head = f"{self.path.name}: a part of the warehouse is damaged"
        if self._mend is None:
            raise DamagedError(f"{head} ({reason}). Run `escala build`.")
        with self._mending:
            if con is not None and con is not self._con:
                return
            try:
                if self.is_in_place():  # else another process has mended it
                    self._mend()
                fresh = _opened(self.path)
            except EscalaError as fault:
                raise DamagedError(f"{head} and could not be built again: {fault}") from fault
            if fresh[1]["version"] != self.version:
                fresh[0].close()
                raise DamagedError(f"{head}; a new one with newer figures was built. Ask again.")
            self._con, self.meta, self._file = fresh  # cursors of the old one end with their queries

    def is_in_place(self) -> bool:
        """Whether the open file is still the one at `path`, and not replaced since."""
        return identity(self.path) == self._file

    def reader_query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """A reader's own read-only query. Raises RequestError with the engine's reason."""
        try:
            statements = duckdb.extract_statements(sql)
        except duckdb.Error as error:
            raise RequestError(f"not valid SQL: {error}") from None
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise RequestError("only one SELECT statement is allowed; the warehouse is read-only.")
        try:
            return self.query(sql, parameters)
        except duckdb.Error as error:  # damage of the file is no fault of the query and passes as EngineError
            raise RequestError(f"the query failed: {error}") from None

    def close(self) -> None:
        """Release the file."""
        self._con.close()


def expected_tables() -> set[str]:
    """Tables that every warehouse of this version has."""
    return {path.stem for path in models_dir().glob("*.sql")} | {*DERIVED, "meta"}


def _opened(path: Path) -> tuple[duckdb.DuckDBPyConnection, dict[str, Any], Identity]:
    """The open file, its `meta` and what tells it from another at the same path.

    A file that was replaced while it was opened is opened again: DuckDB may have read some of each.
    """
    while True:
        stamp = _stamp(path)
        try:
            return _open(path)
        except EngineError:
            if _stamp(path) == stamp:
                raise


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def _open(path: Path) -> tuple[duckdb.DuckDBPyConnection, dict[str, Any], Identity]:
    if not path.is_file():
        raise EngineError(f"{path}: no warehouse here. Run `escala build`.")
    file = identity(path)
    # An in-memory database with the file attached: connecting to the path itself would hand back the
    # replaced file as long as any reader of this process still holds it.
    con = duckdb.connect(":memory:", config={"memory_limit": QUERY_MEMORY})
    try:
        attach(con, path, ALIAS)
        con.execute(f"use {ALIAS}")
        meta = _read_meta(con, path)
        con.execute("set python_enable_replacements = false")  # or a query could read our variables
        con.execute("set enable_external_access = false")
        con.execute("set lock_configuration = true")
    except EngineError:
        con.close()
        raise
    except duckdb.Error as error:
        con.close()
        raise EngineError(
            f"{path}: not a warehouse that this version can read ({first_line(error)}). Run `escala build`."
        ) from None
    return con, meta, file


def identity(path: Path) -> Identity:
    """What tells the file at a path from another that is put there later."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _read_meta(con: duckdb.DuckDBPyConnection, path: Path) -> dict[str, Any]:
    row = con.execute(f"select {', '.join(META)} from meta").fetchone()  # noqa: S608 - own names and rules
    meta = dict(zip(META, row, strict=True)) if row else {}
    if meta.get("schema_version") != SCHEMA_VERSION:
        raise EngineError(f"{path}: built by another version of Escala. Run `escala build`.")
    return meta


def _rows(
    con: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None = None
) -> pd.DataFrame:
    with con.cursor() as cursor:
        cursor.execute(f"use {ALIAS}")
        return frame(cursor.execute(sql, dict(parameters or {})))


def published_version(path: Path) -> str | None:
    """Version of the warehouse at `path`; None if there is none that this version can read."""
    try:
        store = Store(path)
    except EngineError:
        return None
    try:
        return store.version
    finally:
        store.close()

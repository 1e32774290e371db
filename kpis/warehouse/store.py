"""Opens a published warehouse read-only and hands out one cursor per query."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from kpis.errors import EngineError, RequestError

ALIAS = "escala"
META = ("version", "as_of", "schema_version", "built_at", "duckdb_version", "open_only")
QUERY_MEMORY = "1GB"
SCHEMA_VERSION = 9  # raise when a model gains, loses or renames a column, so that old files are rebuilt


class Store:
    """A published warehouse, open for reading. Safe for many threads: each query has its own cursor."""

    def __init__(self, path: Path) -> None:
        """Raises EngineError if the file is missing, no DuckDB file, or no warehouse of this version."""
        self.path = path
        if not path.is_file():
            raise EngineError(f"{path}: no warehouse here. Run `escala build`.")
        # An in-memory database with the file attached: connecting to the path itself would hand back the
        # replaced file as long as any reader of this process still holds it.
        self._con = duckdb.connect(":memory:", config={"memory_limit": QUERY_MEMORY})
        try:
            quoted = str(path).replace("'", "''")
            self._con.execute(f"attach '{quoted}' as {ALIAS} (read_only)")
            self._con.execute(f"use {ALIAS}")
            self.meta = self._read_meta()
        except EngineError:
            self._con.close()
            raise
        except duckdb.Error as error:
            self._con.close()
            reason = str(error).splitlines()[0]
            raise EngineError(
                f"{path}: not a warehouse that this version can read ({reason}). Run `escala build`."
            ) from None
        self._con.execute("set python_enable_replacements = false")  # or a query could read our variables
        self._con.execute("set enable_external_access = false")
        self._con.execute("set lock_configuration = true")

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
        with self._con.cursor() as cursor:
            cursor.execute(f"use {ALIAS}")
            return cursor.execute(sql, dict(parameters or {})).df()

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
        except duckdb.Error as error:
            raise RequestError(f"the query failed: {error}") from None

    def close(self) -> None:
        """Release the file."""
        self._con.close()

    def _read_meta(self) -> dict[str, Any]:
        row = self._con.execute(f"select {', '.join(META)} from meta").fetchone()  # nosec B608 # constants
        meta = dict(zip(META, row, strict=True)) if row else {}
        if meta.get("schema_version") != SCHEMA_VERSION:
            raise EngineError(f"{self.path}: built by another version of Escala. Run `escala build`.")
        return meta


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

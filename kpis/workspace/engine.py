"""Opens the database of a workspace, a file of SQLite or PostgreSQL by its URL, its tables up to date.

SQLite is told to write through to the disk before it says that something is kept, and a writer takes its turn
at the beginning of its transaction, so that two of them wait for each other instead of failing half way.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from kpis import paths
from kpis.steps import FULL_WORDS, first_line
from kpis.workspace.faults import WorkspaceError, broken

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

MIGRATIONS = Path(__file__).with_name("migrations")
SIGN = 0x45534357  # "ESCW": the mark of a workspace in the head of its SQLite file
WAIT_SECONDS = 10  # for another writer
LOCK = 0x45534357  # of PostgreSQL, held while tables are brought up to date
WRITES = "escala_writes"
NEWEST_STEP = "1"  # of `migrations/versions`: what this version brings a workspace to
FULL_MARKS = (*FULL_WORDS, "disk is full", "could not extend", "disk full")
DAMAGE_MARKS = ("malformed", "not a database", "disk image", "checksum")
BUSY_MARKS = ("is locked", "lock timeout", "deadlock")
Row = tuple[Any, ...]


def engine_of(place: str) -> Engine:
    """The engine of a place: a file name, or a URL of SQLite or PostgreSQL. Raises WorkspaceError."""
    url = _url(place)
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_engine(url, json_serializer=_json, pool_pre_ping=True)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database, whatever others write meanwhile."""
    with faults_said(), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection with one transaction around its block: kept whole at the end, or nothing of it."""
    with faults_said(), engine.connect() as connection:
        connection = connection.execution_options(**{WRITES: True})
        with connection.begin():
            yield connection


def update_tables(engine: Engine) -> None:
    """Brings the tables to the newest step, in one transaction. Raises WorkspaceError for a newer one."""
    if _held_step(engine) == NEWEST_STEP:
        return
    from alembic import (
        command,
    )  # here: a third of a second and 8 MB that an up-to-date workspace does not need
    from alembic.migration import MigrationContext

    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        steps = _steps()
        held = MigrationContext.configure(connection).get_current_revision()
        if held == steps.get_current_head():
            return
        if held is not None and held not in {step.revision for step in steps.walk_revisions()}:
            raise broken("newer", revision=held)
        command.upgrade(_config(connection), "head")
        if engine.dialect.name == "sqlite":
            connection.execute(text(f"pragma application_id = {SIGN}"))


def _held_step(engine: Engine) -> str | None:
    """The step that the tables of a workspace have reached; None for an empty place."""
    with faults_said(), engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("select version_num from alembic_version")).scalar()


@contextmanager
def faults_said() -> Iterator[None]:
    """Has what a database says become a fault in plain words, without its place."""
    try:
        yield
    except DBAPIError as error:
        raise _said(error.orig or error) from error
    except SQLAlchemyError as error:
        raise broken("unreachable", reason=type(error).__name__) from error


def _said(error: BaseException) -> WorkspaceError:
    words = first_line(error)
    folded = words.casefold()
    for code, marks in (("full", FULL_MARKS), ("damaged", DAMAGE_MARKS), ("locked", BUSY_MARKS)):
        if any(mark in folded for mark in marks):
            return broken(code, reason=type(error).__name__)
    return broken("unreachable", reason=words if isinstance(error, sqlite3.Error) else type(error).__name__)


def _steps() -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config(None))


def _config(connection: Connection | None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _url(place: str) -> URL:
    if "://" not in place:
        return URL.create("sqlite+pysqlite", database=str(paths.named(place)))
    try:
        url = make_url(place)
    except (ArgumentError, ValueError) as error:
        raise broken("unreachable", reason=type(error).__name__) from error
    drivers = {
        "sqlite": "sqlite+pysqlite",
        "postgresql": "postgresql+psycopg",
        "postgres": "postgresql+psycopg",
    }
    backend = url.drivername.partition("+")[0]
    if backend not in drivers:
        raise broken("kind", kind=backend)
    return url.set(drivername=drivers[backend])


def _sqlite(url: URL) -> Engine:
    path = Path(url.database or "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _refuse_strange(path)
    except OSError as error:
        raise broken("unreachable", reason=error.strerror or type(error).__name__) from error
    engine = create_engine(url, json_serializer=_json, connect_args={"timeout": WAIT_SECONDS})

    @event.listens_for(engine, "connect")
    def settle(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where `begin` below says so
        for setting in ("journal_mode = wal", "synchronous = full", "foreign_keys = on"):
            connection.execute(f"pragma {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    return engine


def _refuse_strange(path: Path) -> None:
    """Raises WorkspaceError for a file that is somebody else's: it would be written into."""
    if not path.exists():
        path.touch(mode=0o600)  # nobody else on this machine reads it
    if path.is_dir() or not (path.stat().st_size == 0 or _is_ours(path)):
        raise broken("strange", name=path.name)


def _is_ours(path: Path) -> bool:
    """Whether a file is a database with our mark, or one without any table: a start that was broken off."""
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as connection:
        try:
            ((sign,),) = connection.execute("pragma application_id")
            tables = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
        except sqlite3.DatabaseError as error:
            if any(words in str(error) for words in BUSY_MARKS):
                raise broken("locked") from error
            return False
    return sign == SIGN or not (sign or tables)


def _json(value: object) -> str:
    return json.dumps(value, allow_nan=False)

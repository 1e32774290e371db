"""What may stand where a warehouse is to be published, and what is done about it. Files of others stay.

Decided once, in DECISION, by what stands there and by who named the place. Only a warehouse of Escala is ever
replaced. What is not one is refused, or, in the default place that nobody named, kept under a new name.
"""

from __future__ import annotations

import errno
import os
import stat
import warnings
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import duckdb

from kpis.errors import EngineError
from kpis.sql import statement
from kpis.warehouse.attach import LockedError, attach
from kpis.warehouse.store import META


class Place(StrEnum):
    """Who named the place: `--out`, `ESCALA_WAREHOUSE`, nobody."""

    out = "out"
    named = "named"
    default = "default"


class Stands(StrEnum):
    """What stands there."""

    nothing = "nothing"
    warehouse = "a warehouse of Escala"
    damaged = "a damaged warehouse of Escala"
    database = "a database that is no warehouse of Escala"
    ruin = "a database that cannot be read, perhaps of another program"
    file = "a file that is no warehouse of Escala"
    linked = "a link to a file that is no warehouse of Escala"
    folder = "a folder"
    device = "no regular file but a device, pipe or socket"
    dangling = "a link that leads nowhere"
    closed = "a file that cannot be read with your rights"
    locked = "open in another program"
    logged = "a place with changes of another program beside it"


class Action(StrEnum):
    """Build and replace it, refuse, or keep it under another name and build."""

    build = "build"
    refuse = "refuse"
    aside = "aside"


_BUILD = dict.fromkeys(Place, Action.build)
_REFUSE = dict.fromkeys(Place, Action.refuse)
_ASIDE = {Place.out: Action.refuse, Place.named: Action.refuse, Place.default: Action.aside}

DECISION: dict[Stands, dict[Place, Action]] = {
    Stands.nothing: _BUILD,
    Stands.warehouse: _BUILD,
    Stands.damaged: _BUILD,
    Stands.database: _ASIDE,
    Stands.ruin: _ASIDE,
    Stands.file: _ASIDE,
    Stands.linked: _REFUSE,
    Stands.folder: _REFUSE,
    Stands.device: _REFUSE,
    Stands.dangling: _REFUSE,
    Stands.closed: _REFUSE,
    Stands.locked: _REFUSE,
    Stands.logged: _REFUSE,
}
REMEDY = {
    Place.out: "Move it away or choose another --out.",
    Place.named: "Move it away or name another file in ESCALA_WAREHOUSE.",
    Place.default: "Move it away or name another file in ESCALA_WAREHOUSE.",
}
HEADER, MAGIC = 12, b"DUCK"  # a DuckDB file has its magic word at byte 8
# Names that the file of every released version holds as plain bytes: what tells a damaged one. One flipped
# byte spoils one name, seldom two.
NAMES = (*META, "kpi_value", "kpi_latest", "standing", "group_value", "coverage")
MAY_LACK = 2


class ForeignFileWarning(UserWarning):
    """A file that Escala did not make stood in the place of the warehouse; it was kept under another name."""


@dataclass(frozen=True)
class Standing:
    """What stands at a path, and the message where it is refused."""

    stands: Stands
    message: str


def look(path: Path) -> Standing:
    """What stands at `path`, links followed. Nothing is changed; a file in use is waited for two seconds."""
    standing = _look(path)
    log = Path(f"{os.path.realpath(path)}.wal")
    if standing.stands in (Stands.nothing, Stands.warehouse, Stands.damaged) and os.path.lexists(log):
        # Escala leaves none, and DuckDB opens no file beside the log of another one
        return Standing(Stands.logged, f"{path}: this is {Stands.logged}: {log.name}.")
    return standing


def _look(path: Path) -> Standing:
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return _standing(path, Stands.dangling if path.is_symlink() else Stands.nothing)
    except PermissionError:
        return _standing(path, Stands.closed)
    except OSError as error:
        if error.errno == errno.ELOOP:
            return _standing(path, Stands.dangling)
        return Standing(Stands.dangling, f"{path}: no file can stand here ({error.strerror}).")
    if stat.S_ISDIR(status.st_mode):
        return _standing(path, Stands.folder)
    if not stat.S_ISREG(status.st_mode):
        return _standing(path, Stands.device)
    try:
        stands = _file(path)
    except LockedError as locked:
        return Standing(Stands.locked, str(locked))
    except OSError:
        return _standing(path, Stands.closed)
    if path.is_symlink() and DECISION[stands] is _ASIDE:
        return _standing(path, Stands.linked)
    return _standing(path, stands)


def check(path: Path, place: Place) -> Standing:
    """What stands at `path`, if a warehouse may be built there. Raises EngineError if that is refused."""
    standing = look(path)
    if DECISION[standing.stands][place] is Action.refuse:
        if standing.stands is Stands.locked:
            raise LockedError(standing.message)
        raise EngineError(f"{standing.message} {REMEDY[place]}")
    return standing


def clear(path: Path, place: Place) -> None:
    """Make `path` free for a new warehouse as DECISION says, with a warning where a file is set aside.

    Raises EngineError where it is refused.
    """
    standing = check(path, place)
    if DECISION[standing.stands][place] is not Action.aside:
        return
    aside = set_aside(path)
    warnings.warn(
        f"{path} is {standing.stands}; it was kept as {aside.name} and a new one is built.",
        ForeignFileWarning,
        stacklevel=3,
    )


def set_aside(path: Path) -> Path:
    """Move a file out of the way, beside where it was; returns its new place. Nothing is lost."""
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.name}.set-aside-{number}")):
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        raise EngineError(f"{path}: cannot be kept under another name ({error.strerror}).") from None
    return aside


def _standing(path: Path, stands: Stands) -> Standing:
    more = "; name a file" if stands is Stands.folder else ""
    return Standing(stands, f"{path}: this is {stands}{more}.")


def _file(path: Path) -> Stands:
    """What a regular file is. Raises LockedError, and OSError where it cannot be read."""
    with path.open("rb") as handle:
        head = handle.read(HEADER)
    if head[8:] != MAGIC:
        return Stands.file
    try:
        with duckdb.connect(":memory:") as con:
            attach(con, path, "other")
            return Stands.warehouse if _has_mark(con) else Stands.database
    except duckdb.Error:
        return Stands.damaged if _has_names(path) else Stands.ruin


def _has_mark(con: duckdb.DuckDBPyConnection) -> bool:
    """Own mark: a table `meta` in `main` with exactly the columns that every version writes, and one row."""
    columns = con.execute(statement("warehouse/meta_columns")).fetchall()
    if tuple(name for (name,) in columns) != META:
        return False
    return con.execute("select count(*) from other.main.meta").fetchall() == [(1,)]


def _has_names(path: Path) -> bool:
    content = path.read_bytes()
    return sum(name.encode() not in content for name in NAMES) <= MAY_LACK

"""Where things lie: figures, definitions and the warehouse, in a checkout and in an installed wheel."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import NoReturn

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent


def named(text: str) -> Path:
    """The path that a person names: a leading `~` is the home folder, where there is one.

    A shell puts it in, a file of settings does not; the engine would read it and Python would not.
    """
    return Path(os.path.expanduser(text))


def _set(variable: str) -> str:
    """What a variable of the environment holds; blanks alone are nothing."""
    value = os.environ.get(variable, "")
    return value if value.strip() else ""


def data_dir() -> Path:
    """Folder of figures: $ESCALA_DATA, else `data/` of the checkout, else the copy inside the wheel."""
    if folder := _set("ESCALA_DATA"):
        return named(folder)
    return shipped_data()


def shipped_data() -> Path:
    """Folder of the figures that come with Escala: in a checkout `data/`, else the copy inside the wheel."""
    inside = PACKAGE / "_data"
    return inside if inside.is_dir() else CHECKOUT / "data"


def entries_dir() -> Path:
    """Folder of the built-in catalogue entries."""
    return PACKAGE / "catalogue" / "entries"


def extra_entries_dirs() -> tuple[Path, ...]:
    """Further folders with entries of one's own: $ESCALA_CATALOGUE, several separated as in PATH."""
    return tuple(named(part) for part in _set("ESCALA_CATALOGUE").split(os.pathsep) if part.strip())


def models_dir() -> Path:
    """Folder of the SQL models."""
    return PACKAGE / "models"


def warehouse_is_named() -> bool:
    """Whether $ESCALA_WAREHOUSE names the place of the warehouse."""
    return bool(_set("ESCALA_WAREHOUSE"))


def warehouse_path() -> Path:
    """The published warehouse: $ESCALA_WAREHOUSE, else `.escala/` of the checkout, else the user's cache."""
    if path := _set("ESCALA_WAREHOUSE"):
        return named(path)
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / ".escala" / "escala.duckdb"
    return named(_set("XDG_CACHE_HOME") or "~/.cache") / "escala" / "escala.duckdb"


def workspace_place() -> str:
    """Where people's own entries lie: $ESCALA_WORKSPACE (a file or a URL), else a file of the user's.

    In a checkout `.escala/workspace.sqlite`. Unlike the warehouse it is no cache, so elsewhere it lies among
    the user's data.
    """
    if place := _set("ESCALA_WORKSPACE"):
        return place
    if (CHECKOUT / "pyproject.toml").is_file():
        return str(CHECKOUT / ".escala" / "workspace.sqlite")
    return str(named(_set("XDG_DATA_HOME") or "~/.local/share") / "escala" / "workspace.sqlite")


def files_below(folder: Path, suffixes: frozenset[str]) -> list[Path]:
    """All files below the folder whose names end so, in a stable order; none where there is no folder.

    Links to folders are followed, each folder once. Names that begin with a dot are left out: other programs
    keep their own there, such as macOS for every file on a stick.
    Raises OSError, with the place as `filename`, for a folder that cannot be listed and for one that is
    itself called so: passing over either would look like files that are not there.
    """
    paths: list[Path] = []
    seen: set[str] = set()
    if not folder.exists():
        return paths
    for place, folders, names in os.walk(folder, onerror=_raise, followlinks=True):
        real = os.path.realpath(place)
        folders[:] = [] if real in seen else [name for name in folders if not name.startswith(".")]
        if real in seen:
            continue
        seen.add(real)
        for name in folders:
            if Path(name).suffix in suffixes:
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.path.join(place, name))
        ours = (name for name in names if Path(name).suffix in suffixes and not name.startswith("."))
        paths += [Path(place, name) for name in ours]
    return sorted(paths)


def content(path: Path) -> bytes:
    """All bytes of a regular file. Raises OSError; a pipe or a device is refused, for it may never end."""
    if path.exists() and not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
        raise OSError(errno.EINVAL, "no regular file but a device, pipe or socket", str(path))
    return path.read_bytes()


def _raise(error: OSError) -> NoReturn:
    raise error

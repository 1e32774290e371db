"""Where things lie: figures, definitions and the warehouse, in a checkout and in an installed wheel."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent


def data_dir() -> Path:
    """Folder of figures: $ESCALA_DATA, else `data/` of the checkout, else the copy inside the wheel."""
    if chosen := os.environ.get("ESCALA_DATA"):
        return Path(chosen)
    inside = PACKAGE / "_data"
    return inside if inside.is_dir() else CHECKOUT / "data"


def entries_dir() -> Path:
    """Folder of the built-in catalogue entries."""
    return PACKAGE / "catalogue" / "entries"


def extra_entries_dirs() -> tuple[Path, ...]:
    """Further folders with entries of one's own: $ESCALA_CATALOGUE, several separated as in PATH."""
    return tuple(Path(part) for part in os.environ.get("ESCALA_CATALOGUE", "").split(os.pathsep) if part)


def models_dir() -> Path:
    """Folder of the SQL models."""
    return PACKAGE / "models"


def warehouse_is_named() -> bool:
    """Whether $ESCALA_WAREHOUSE names the place of the warehouse."""
    return bool(os.environ.get("ESCALA_WAREHOUSE"))


def warehouse_path() -> Path:
    """The published warehouse: $ESCALA_WAREHOUSE, else `.escala/` of the checkout, else the user's cache."""
    if chosen := os.environ.get("ESCALA_WAREHOUSE"):
        return Path(chosen)
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / ".escala" / "escala.duckdb"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "escala" / "escala.duckdb"


def files_below(folder: Path, suffixes: frozenset[str]) -> list[Path]:
    """All files below the folder whose names end so, in a stable order; none where there is no folder.

    Raises OSError, with the place as `filename`, for a folder that cannot be listed and for one that is
    itself called so: passing over either would look like files that are not there.
    """
    found: list[Path] = []
    if not folder.exists():
        return found
    for place, folders, names in os.walk(folder, onerror=_raise):
        for name in folders:
            if Path(name).suffix in suffixes:
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.path.join(place, name))
        found += [Path(place, name) for name in names if Path(name).suffix in suffixes]
    return sorted(found)


def _raise(error: OSError) -> NoReturn:
    raise error

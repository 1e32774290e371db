"""Reads files of entries; an error names file, entry and key."""

from __future__ import annotations

import tomllib
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kpis.catalogue.model import (
    CountryGroup,
    Dimension,
    Entry,
    Index,
    InputSeries,
    Kpi,
    KpiGroup,
    Scale,
    Source,
    Unit,
)
from kpis.errors import CatalogueError, unknown
from kpis.paths import content, files_below

TABLES: dict[str, type[Entry]] = {
    "kpi": Kpi,
    "unit": Unit,
    "scale": Scale,
    "dimension": Dimension,
    "kpi_group": KpiGroup,
    "group": CountryGroup,
    "source": Source,
    "input": InputSeries,
    "index": Index,
}
SUFFIXES = frozenset({".toml"})
LONGEST_VALUE = 60  # characters of a wrong value: enough to find it


class UnreadEntriesWarning(UserWarning):
    """A folder or a file of definitions holds none that are read."""


def read_entries(folder: Path) -> Iterator[tuple[str, Path, Entry]]:
    """Table, file and entry of all TOML files below a folder, in the order of the files.

    Raises CatalogueError naming a folder or file that cannot be read, and what is wrong in a file.
    """
    if not folder.is_dir():
        raise CatalogueError(f"{folder}: no such catalogue folder. Mend $ESCALA_CATALOGUE.")
    try:
        paths = files_below(folder, SUFFIXES)
    except OSError as error:
        raise CatalogueError(_unreadable(Path(error.filename), error)) from None
    _warn_of_unread(folder, paths)
    for path in paths:
        for table, entry in read_file(path):
            yield table, path, entry


def read_file(path: Path) -> Iterator[tuple[str, Entry]]:
    """Table and entry of all that one TOML file defines. Raises CatalogueError as `read_entries`."""
    for table, rows in _content(path).items():
        if table not in TABLES:
            raise CatalogueError(unknown("table", table, TABLES, place=str(path)))
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise CatalogueError(f"{path}: write [[{table}]] with double brackets, one for each entry.")
        for row in rows:
            yield table, _entry(path, TABLES[table], row)


def _warn_of_unread(folder: Path, paths: Sequence[Path]) -> None:
    """Warn of a folder without definitions, and of files whose names only look like definitions."""
    if not paths:
        warnings.warn(
            f"{folder}: no definitions here; their names end in .toml.", UnreadEntriesWarning, stacklevel=2
        )
    for path in sorted(folder.rglob("*")):
        name = path.name
        if ".toml" in name.casefold() and path.suffix not in SUFFIXES and not name.startswith("."):
            warnings.warn(
                f"{path} is not read. Let its name end in .toml.", UnreadEntriesWarning, stacklevel=2
            )


def _content(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(content(path).decode("utf-8-sig"))
    except OSError as error:
        raise CatalogueError(_unreadable(path, error)) from None
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path}: not UTF-8 text ({error.reason}). Save it as UTF-8.") from None
    except RecursionError:
        raise CatalogueError(f"{path}: values are nested too deep. Write each entry on its own.") from None
    except ValueError as error:  # of TOML, or of a number with thousands of digits
        raise CatalogueError(f"{path}: not valid TOML: {error}. Mend that line.") from None


def _unreadable(path: Path, error: OSError) -> str:
    return f"{path}: cannot be read ({error.strerror}). Mend its rights, or move it away."


def _entry(path: Path, model: type[Entry], row: dict[str, Any]) -> Entry:
    try:
        return model.model_validate(row)
    except ValidationError as error:
        name = _shortened(row.get("id") or row.get("index") or "(no id)")
        raise CatalogueError(f"{path}: entry '{name}': {_explain(error, model)}") from None


def _explain(error: ValidationError, model: type[Entry]) -> str:
    parts = []
    places = [fault["loc"] for fault in error.errors()]
    for fault in error.errors():
        place = fault["loc"]
        if fault["type"] == "too_short" and any(other[: len(place)] == place != other for other in places):
            continue  # a list is too short because one of its items is refused, which is reported
        key = _shortened(".".join(map(str, place)))
        if not place:
            parts.append(f"{fault['msg'].removeprefix('Value error, ')}.")
        elif fault["type"] == "extra_forbidden" and len(place) > 1:
            parts.append(f"key '{key}' is not known. Leave it out.")
        elif fault["type"] == "extra_forbidden":
            parts.append(unknown("key", key, model.model_fields))
        elif fault["type"] == "missing":
            parts.append(f"key '{key}' is missing.")
        elif fault["type"] == "literal_error":
            value, allowed = _shortened(fault["input"]), fault["ctx"]["expected"]
            parts.append(f"key '{key}': '{value}' is not allowed. Allowed: {allowed}.")
        else:
            parts.append(f"key '{key}': {fault['msg'].removeprefix('Value error, ')}.")
    return " ".join(parts)


def _shortened(value: object) -> str:
    """A value on one line, cut where it is long."""
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 3]}..."

"""When each source is expected to publish next, as `data/methodology/release_calendar.csv` says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kpis.errors import DataError, RequestError, unknown
from kpis.paths import data_dir
from kpis.sources.csvio import Row, read_rows

CERTAINTY = ("stated_rhythm", "observed_rhythm", "published_not_held", "unknown")
"""How sure a date is: the publisher states its rhythm; it was observed; the edition is out but not held here;
no date was found."""

UNKNOWN = "unknown"
NEEDED = ("source", "next_year", "next_month", "certainty")


@dataclass(frozen=True)
class Release:
    """The next publication of a source. year, month: None where not known; never before the year asked for.

    certainty: one of `CERTAINTY`, "unknown" where there is no year. not_held: the year of an edition that is
    already published but not held here, None where there is none.
    """

    year: int | None = None
    month: int | None = None
    certainty: str = UNKNOWN
    not_held: int | None = None


def next_release(
    source: str, as_of: int, *, newest_edition: int | None = None, expected: int | None = None
) -> Release:
    """The next publication of a source, seen from the year `as_of`.

    A date that has passed is no date: it is left out, and the source counts as one whose date is not
    announced. Within the year itself only the year is given, since the month may have passed. newest_edition:
    of the figure in question as it is here, which may be later than that of the source as a whole. expected:
    a year for this figure in particular, where the source's own has passed or is not known.
    Raises DataError for a wrong calendar.
    """
    row = _calendar(data_dir()).get(source, {"next_year": "", "next_month": "", "certainty": UNKNOWN})
    year, month = _number(row["next_year"]), _number(row["next_month"])
    certainty, not_held = row["certainty"], None
    if certainty == "published_not_held":
        not_held = year if newest_edition is None or (year is not None and newest_edition < year) else None
        year, certainty = None, "observed_rhythm"
    if year is None or year < as_of:
        year, month = expected, None
    if year is None or year < as_of:
        return Release(not_held=not_held)
    return Release(year, month if year > as_of else None, _sure(certainty), not_held)


def _sure(certainty: str) -> str:
    """A year that comes from the figure itself is a rhythm observed there."""
    return "observed_rhythm" if certainty == UNKNOWN else certainty


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def calendar(lang: str = "en") -> list[Row]:
    """The release calendar, one row per source, with the words of a language.

    source, what, last_edition, last_values_to, next_year and next_month ("" where not known; a date may have
    passed, see `next_release`), certainty (one of `CERTAINTY`), basis, note, source_url.
    Raises DataError for a wrong calendar, RequestError for another language.
    """
    if lang not in ("en", "es"):
        raise RequestError(unknown("language", lang, ("en", "es")))
    rows = [dict(row) for row in _calendar(data_dir()).values()]
    if lang == "en":
        return rows
    words = read_rows(data_dir() / "methodology" / f"release_calendar_{lang}.csv", key=("source",))
    translated = {row["source"]: row for row in words}
    return [row | translated.get(row["source"], {}) for row in rows]


@lru_cache(maxsize=4)
def _calendar(folder: Path) -> dict[str, Row]:
    path = folder / "methodology" / "release_calendar.csv"
    rows = read_rows(path, required=NEEDED, key=("source",))
    for row in rows:
        if row["certainty"] not in CERTAINTY:
            raise DataError(f"{path}: {row['source']}: {unknown('certainty', row['certainty'], CERTAINTY)}")
        if not all(cell.isdigit() or not cell for cell in (row["next_year"], row["next_month"])):
            raise DataError(f"{path}: {row['source']}: next_year and next_month are whole numbers or empty.")
    return {row["source"]: row for row in rows}

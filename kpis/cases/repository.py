"""The cases of `data/cases`, with the texts of one language and the dimensions each concerns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from kpis.cases.further import CATALOGUE, NONE, Further
from kpis.errors import DataError, RequestError, unknown
from kpis.paths import data_dir
from kpis.sources.csvio import Row, read_rows

LANGUAGES = ("en", "es")
LISTS = ("sdg_targets", "channel")
COLUMNS = (
    "case_id", "name", "country_iso3", "level", "institution", "start_year", "status", "summary", "channel",
    "theme", "innovation_type", "maturity_stage", "sdg_targets", "recognition", "source_title",
    "source_url", "verified",
)  # fmt: skip
VERIFIED = {"true": True, "false": False}


def checked_codes(kind: str, codes: Iterable[str], allowed: Iterable[str]) -> list[str]:
    """Codes that are all allowed, as a list. Raises RequestError naming the first that is not."""
    requested, valid = [codes] if isinstance(codes, str) else list(codes), list(allowed)
    for code in requested:
        if code not in valid:
            raise RequestError(unknown(kind, code, valid))
    return requested


def split(cell: str) -> tuple[str, ...]:
    """The parts of a cell that lists several, separated by semicolons."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def texts(path: Path, keys: Sequence[str], columns: Sequence[str]) -> dict[tuple[str, ...], Row]:
    """Rows of a file of translations by their key; none where the file does not exist."""
    if not path.is_file():
        return {}
    rows = read_rows(path, required=columns, key=keys)
    return {tuple(row[key] for key in keys): row for row in rows}


def translate(
    rows: list[Row], path: Path, keys: Sequence[str], columns: Sequence[str], optional: Sequence[str] = ()
) -> list[bool]:
    """Put the texts of a file of translations into `rows`; returns for each row whether it has one.

    A row is translated with all of `columns` or not at all; texts of `optional` columns follow if present.
    """
    translations = texts(path, keys, columns)
    is_translated = []
    for row in rows:
        translation = translations.get(tuple(row[key] for key in keys), {})
        whole = all(translation.get(column) for column in columns)
        if whole:
            row.update(
                {column: translation[column] for column in (*columns, *optional) if translation.get(column)}
            )
        is_translated.append(whole)
    return is_translated


def load(lang: str = "en", further: Further = NONE) -> pd.DataFrame:
    """All cases, indexed by case_id, in the order of the file, then those of `further`.

    Columns of `data/cases/cases.csv`, and: sdg_targets and channel as tuples of codes; start_year as whole
    number (missing = unknown, never inferred); verified as bool (False: no page was read that confirms
    it); dimensions: tuple of the dimensions the case bears on, by theme and type (`themes.csv`) and by the
    actions that cite it; translated: whether name and summary are our own translation into `lang`; origin
    (one of `ORIGINS`) and centre ("" but for an exchanged case).
    Where a translation is missing the English text stands and `translated` is False; a further case stands in
    the language in which it was written, and is left out where the catalogue has its id.
    Raises RequestError for another language, DataError for a row that breaks the schema.
    """
    checked_codes("language", lang, LANGUAGES)
    return _loaded(data_dir(), lang, further).copy()


@lru_cache(maxsize=8)
def _loaded(folder: Path, lang: str, further: Further) -> pd.DataFrame:
    path = folder / "cases" / "cases.csv"
    rows = [{**row, "origin": CATALOGUE, "centre": ""} for row in read_rows(path, required=COLUMNS)]
    translated = [False] * len(rows)
    if lang != "en":
        texts_of = folder / "cases" / f"cases_{lang}.csv"
        translated = translate(rows, texts_of, ["case_id"], ["name", "summary"], ["institution"])
    held = {row["case_id"] for row in rows}
    beside = [dict(record) for record in further.records if record["case_id"] not in held]
    frame = pd.DataFrame([*rows, *beside], columns=[*COLUMNS, "origin", "centre"])
    _checked(frame, path)
    for column in LISTS:
        frame[column] = frame[column].map(split)
    frame["start_year"] = pd.to_numeric(frame["start_year"].replace("", None)).astype("Int64")
    frame["verified"] = frame["verified"].map(VERIFIED).astype(bool)
    frame["dimensions"] = _dimensions(frame, folder)
    frame["translated"] = [*translated, *[False] * len(beside)]
    return frame.set_index("case_id")


def _checked(frame: pd.DataFrame, path: Path) -> None:
    """Raises DataError for a case_id held twice, a verified that is neither, a year that is no number."""
    faults = {
        "case_id": frame["case_id"].duplicated() | frame["case_id"].eq(""),
        "verified": ~frame["verified"].isin(list(VERIFIED)),
        "start_year": ~frame["start_year"].str.fullmatch(r"\d{4}|"),
    }
    for column, wrong in faults.items():
        if wrong.any():
            row = frame[wrong].iloc[0]
            name = row["case_id"] or "(no case_id)"
            raise DataError(
                f"{path}: row {name}: {column} '{row[column]}' is wrong. Allowed: a case_id once, "
                "verified true or false, a start year of four digits or empty."
            )


def _dimensions(frame: pd.DataFrame, folder: Path) -> list[tuple[str, ...]]:
    """Dimensions of each case: of its theme, its type, and the actions that cite it; each once."""
    stated = {
        (row["kind"], row["theme"]): split(row["dimensions"])
        for row in read_rows(folder / "cases" / "themes.csv", required=("dimensions",), key=("kind", "theme"))
    }
    cited: dict[str, list[str]] = {}
    for action in read_rows(folder / "methodology" / "actions.csv", required=("dimension",)):
        for case in split(action["example_case_ids"]):
            cited.setdefault(case, []).append(action["dimension"])
    return [
        tuple(
            dict.fromkeys(
                [
                    *stated.get(("case", theme), ()),
                    *stated.get(("type", type_), ()),
                    *cited.get(case, ()),
                ]
            )
        )
        for case, theme, type_ in zip(frame["case_id"], frame["theme"], frame["innovation_type"], strict=True)
    ]

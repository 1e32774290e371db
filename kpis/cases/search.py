"""Search in the cases: an inverted index over both languages, accents and case aside, small slips forgiven.

A case is found if every word of the query is found in it. A word is found as it is, else as the beginning
of a longer word, else one letter off (moved, missing, too many or changed).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log
from pathlib import Path

import pandas as pd

from kpis.cases import knowledge
from kpis.cases.repository import LANGUAGES, known, load
from kpis.paths import data_dir
from kpis.sources.csvio import read_rows
from kpis.stages import STAGES
from kpis.stages.readers import members
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

WEIGHTS = {"name": 3.0, "country": 3.0, "theme": 2.0, "institution": 2.0, "summary": 1.0, "other": 1.0}
EXACT, BEGINNING, ONE_OFF = 1.0, 0.6, 0.4
LONG_ENOUGH = 4  # letters a word needs before one of them may be wrong
LONGEST = 200  # characters of a query that are read
STOP = frozenset({
    "a", "al", "an", "and", "con", "de", "del", "el", "en", "for", "in", "la", "las", "los", "of", "on",
    "or", "para", "por", "the", "to", "un", "una", "with", "y",
})  # fmt: skip

Codes = Iterable[str]


@dataclass(frozen=True)
class Index:
    """words: word → case → weight (the best field it stands in). near: word less one letter → words."""

    words: dict[str, dict[str, float]]
    near: dict[str, set[str]]
    cases: int


def words(text: str) -> list[str]:
    """Words of a text for comparison: accents and case aside.

    >>> words("Identificación móvil (2014)")
    ['identificacion', 'movil', '2014']
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", bare.casefold())


def search(
    query: str = "",
    *,
    theme: Codes = (),
    dimension: Codes = (),
    stage: Codes = (),
    channel: Codes = (),
    target: Codes = (),
    group: Codes = (),
    level: Codes = (),
    verified: bool | None = None,
    lang: str = "en",
    store: Tables = DEFAULT,
) -> pd.DataFrame:
    """Cases that hold every word of `query` and pass every filter, best first; an empty query finds all.

    Columns of `load(lang)`, and score (0 without a query) and matched (tuple of the words found). Equal
    scores stand by case_id. The words are looked for in both languages, whatever `lang` shows.
    Filters take one code or several; several codes of one filter are alternatives, a target may be a goal
    ("16"). group: group ids, members of today (read from `store`, default the default warehouse).
    Raises RequestError for a code that no case has, or an unknown group.
    """
    cases = load(lang)
    keep = _filtered(cases, theme, dimension, stage, channel, target, level, verified)
    if asked := known("group", group, _groups(store) if group else ()):
        inside = {area for one in asked for area in _members(one, store)}
        keep &= cases["country_iso3"].isin(inside)
    found = _found(query[:LONGEST])
    if found is None:
        every = cases[keep].sort_index().assign(score=0.0)
        every["matched"] = pd.Series([()] * len(every), index=every.index, dtype=object)
        return every
    shown = cases[keep & cases.index.isin(list(found))]
    shown = shown.assign(score=[round(found[case][0], 4) for case in shown.index])
    matched = [tuple(sorted(found[case][1])) for case in shown.index]
    shown["matched"] = pd.Series(matched, index=shown.index, dtype=object)
    return shown.sort_index().sort_values("score", ascending=False, kind="stable")


def _filtered(
    cases: pd.DataFrame,
    theme: Codes,
    dimension: Codes,
    stage: Codes,
    channel: Codes,
    target: Codes,
    level: Codes,
    verified: bool | None,
) -> pd.Series:
    """Which cases pass every filter but the group."""
    keep = pd.Series(True, index=cases.index)
    for kind, column, codes, allowed in (
        ("theme", "theme", theme, set(cases["theme"])),
        ("stage", "maturity_stage", stage, STAGES),
        ("level", "level", level, set(cases["level"])),
    ):
        if asked := known(kind, codes, allowed):
            keep &= cases[column].isin(asked)
    targets = set(cases["sdg_targets"].explode())
    for kind, column, codes, listed in (
        ("dimension", "dimensions", dimension, set(knowledge.dimensions())),
        ("channel", "channel", channel, set(cases["channel"].explode())),
        ("SDG target", "sdg_targets", target, targets | {one.split(".")[0] for one in targets}),
    ):
        if asked := known(kind, codes, listed):
            keep &= cases[column].map(lambda held, asked=asked: _any(held, asked)).astype(bool)
    return keep if verified is None else keep & cases["verified"].eq(verified)


def _any(held: tuple[str, ...], asked: list[str]) -> bool:
    return any(one in asked or one.split(".")[0] in asked for one in held)


@with_store
def _groups(store: Tables) -> list[str]:
    return store.query("select group_id from group_def")["group_id"].tolist()


@with_store
def _members(group: str, store: Tables) -> list[str]:
    return members(store, group, store.as_of)


def _found(query: str) -> dict[str, tuple[float, set[str]]] | None:
    """Case → score and words found; None where the query is empty."""
    if not query.strip():
        return None
    asked = list(dict.fromkeys(words(query)))
    asked = [word for word in asked if word not in STOP] or asked
    index = _index(data_dir())
    total: dict[str, tuple[float, set[str]]] = {}
    for at, word in enumerate(asked):
        hits = _word(index, word)
        if at == 0:
            total = hits
        else:
            total = {
                case: (total[case][0] + score, total[case][1] | seen)
                for case, (score, seen) in hits.items()
                if case in total
            }
    return total


def _word(index: Index, word: str) -> dict[str, tuple[float, set[str]]]:
    """Case → score and words for one word of the query: the word itself and longer ones, else near ones."""
    close = {word: EXACT} if word in index.words else {}
    if len(word) > 1:
        close |= {one: BEGINNING for one in index.words if one.startswith(word) and one != word}
    if not close and len(word) >= LONG_ENOUGH:
        close = {one: ONE_OFF for key in _less_one(word) for one in index.near.get(key, ())}
    hits: dict[str, tuple[float, set[str]]] = {}
    for one, closeness in close.items():
        rarity = log(1 + index.cases / len(index.words[one]))
        for case, weight in index.words[one].items():
            before, seen = hits.get(case, (0.0, set()))
            hits[case] = max(before, closeness * weight * rarity), seen | {one}
    return hits


def _less_one(word: str) -> set[str]:
    """The word, and the word without each of its letters in turn."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


@lru_cache(maxsize=4)
def _index(folder: Path) -> Index:
    held: dict[str, dict[str, float]] = defaultdict(dict)
    areas = {row["ref_area"]: row for row in read_rows(folder / "reference" / "area.csv")}
    for lang in LANGUAGES:
        cases, names = load(lang), knowledge.themes("case", lang)["name"]
        for row in cases.reset_index().to_dict("records"):
            area = areas.get(row["country_iso3"], {})
            fields = {
                **{field: row[field] for field in ("name", "institution", "summary")},
                "country": f"{area.get(f'name_{lang}', '')} {row['country_iso3']}",
                "theme": f"{row['theme']} {names.get(row['theme'], '')}",
                "other": f"{row['case_id']} {row['recognition']} {' '.join(row['channel'])}",
            }
            for field, text in fields.items():
                for word in words(text):
                    place = held[word]
                    place[row["case_id"]] = max(place.get(row["case_id"], 0.0), WEIGHTS[field])
    near: dict[str, set[str]] = defaultdict(set)
    for word in held:
        if len(word) >= LONG_ENOUGH:
            for key in _less_one(word):
                near[key].add(word)
    return Index(dict(held), dict(near), len(load()))

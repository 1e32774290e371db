"""Search in the cases: an inverted index over both languages; ignores accents and case, tolerates typos.

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
from kpis.cases.repository import LANGUAGES, checked_codes, load
from kpis.paths import data_dir
from kpis.sources.csvio import read_rows
from kpis.stages import STAGES
from kpis.stages.readers import Tables, members, year_of_reading
from kpis.warehouse import current

WEIGHTS = {"name": 3.0, "country": 3.0, "theme": 2.0, "institution": 2.0, "summary": 1.0, "other": 1.0}
EXACT, BEGINNING, NEAR = 1.0, 0.6, 0.4
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
    store: Tables | None = None,
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
    if group_ids := checked_codes("group", group, _groups(store) if group else ()):
        inside = {area for group_id in group_ids for area in _members(group_id, store)}
        keep &= cases["country_iso3"].isin(inside)
    scores = _scores(query[:LONGEST])
    if scores is None:
        unscored = cases[keep].sort_index().assign(score=0.0)
        unscored["matched"] = pd.Series([()] * len(unscored), index=unscored.index, dtype=object)
        return unscored
    hits = cases[keep & cases.index.isin(list(scores))]
    hits = hits.assign(score=[round(scores[case][0], 4) for case in hits.index])
    matched = [tuple(sorted(scores[case][1])) for case in hits.index]
    hits["matched"] = pd.Series(matched, index=hits.index, dtype=object)
    return hits.sort_index().sort_values("score", ascending=False, kind="stable")


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
        if requested := checked_codes(kind, codes, allowed):
            keep &= cases[column].isin(requested)
    targets = set(cases["sdg_targets"].explode())
    for kind, column, codes, valid in (
        ("dimension", "dimensions", dimension, set(knowledge.dimensions())),
        ("channel", "channel", channel, set(cases["channel"].explode())),
        ("SDG target", "sdg_targets", target, targets | {code.split(".")[0] for code in targets}),
    ):
        if requested := checked_codes(kind, codes, valid):
            keep &= (
                cases[column]
                .map(lambda codes_of_case, requested=requested: _any(codes_of_case, requested))
                .astype(bool)
            )
    return keep if verified is None else keep & cases["verified"].eq(verified)


def _any(codes: tuple[str, ...], requested: list[str]) -> bool:
    return any(code in requested or code.split(".")[0] in requested for code in codes)


def _groups(store: Tables | None) -> list[str]:
    tables = store if store is not None else current.store()
    return tables.query("select group_id from group_def")["group_id"].tolist()


def _members(group: str, store: Tables | None) -> list[str]:
    tables = store if store is not None else current.store()
    return members(tables, group, year_of_reading(tables))


def _scores(query: str) -> dict[str, tuple[float, set[str]]] | None:
    """Case → score and words found; None where the query is empty."""
    if not query.strip():
        return None
    query_words = list(dict.fromkeys(words(query)))
    query_words = [word for word in query_words if word not in STOP] or query_words
    index = _index(data_dir())
    total: dict[str, tuple[float, set[str]]] = {}
    for at, word in enumerate(query_words):
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
        close |= {entry: BEGINNING for entry in index.words if entry.startswith(word) and entry != word}
    if not close and len(word) >= LONG_ENOUGH:
        close = {entry: NEAR for key in _deletions(word) for entry in index.near.get(key, ())}
    hits: dict[str, tuple[float, set[str]]] = {}
    for entry, closeness in close.items():
        rarity = log(1 + index.cases / len(index.words[entry]))
        for case, weight in index.words[entry].items():
            before, seen = hits.get(case, (0.0, set()))
            hits[case] = max(before, closeness * weight * rarity), seen | {entry}
    return hits


def _deletions(word: str) -> set[str]:
    """The word, and the word without each of its letters in turn."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


@lru_cache(maxsize=4)
def _index(folder: Path) -> Index:
    weights_of_words: dict[str, dict[str, float]] = defaultdict(dict)
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
                    place = weights_of_words[word]
                    place[row["case_id"]] = max(place.get(row["case_id"], 0.0), WEIGHTS[field])
    near: dict[str, set[str]] = defaultdict(set)
    for word in weights_of_words:
        if len(word) >= LONG_ENOUGH:
            for key in _deletions(word):
                near[key].add(word)
    return Index(dict(weights_of_words), dict(near), len(load()))

"""Search in the cases: an inverted index over both languages, accents and case aside, small slips forgiven.

A case matches if every word of the query matches in it: as it is, as the beginning of a longer word, and only
where neither occurs anywhere, as a slip of the most similar one (`kpis/matching.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial, reduce
from math import log
from pathlib import Path

import pandas as pd

from kpis.cases import knowledge
from kpis.cases.further import NONE, Further
from kpis.cases.repository import LANGUAGES, checked_codes, load
from kpis.groups import is_own
from kpis.matching import nearest, words
from kpis.paths import data_dir
from kpis.sources.csvio import read_rows
from kpis.stages import STAGES
from kpis.stages.readers import members
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

WEIGHTS = {"name": 3.0, "country": 3.0, "theme": 2.0, "institution": 2.0, "summary": 1.0, "other": 1.0}
EXACT, BEGINNING, NEAR = 1.0, 0.6, 0.4  # how much a word counts that is written so, begins so, is like it
MAX_QUERY_LENGTH = 200  # characters that are read
STOP = frozenset({
    "a", "al", "an", "and", "con", "de", "del", "el", "en", "for", "in", "la", "las", "los", "of", "on",
    "or", "para", "por", "the", "to", "un", "una", "with", "y",
})  # fmt: skip

Codes = Iterable[str]
Matches = dict[str, tuple[float, set[str]]]  # case → score and words that matched


@dataclass(frozen=True)
class Index:
    """words: word → case → weight (the best field it stands in). cases: how many there are."""

    words: dict[str, dict[str, float]]
    cases: int


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
    further: Further = NONE,
) -> pd.DataFrame:
    """Cases that hold every word of `query` and pass every filter, best first; an empty query finds all.

    Columns of `load(lang)`, and score (0 without a query) and matched (tuple of the words found). Equal
    scores stand by case_id. The words are looked for in both languages, whatever `lang` shows.
    Filters take one code or several; several codes of one filter are alternatives, a target may be a goal
    ("16"). group: group ids, members of today (read from `store`, default the default warehouse). further:
    cases beside the catalogue, found like all others.
    Raises RequestError for a code that no case has, or an unknown group.
    """
    cases = load(lang, further)
    keep = _filtered(cases, theme, dimension, stage, channel, target, level, verified)
    if group_ids := _group_ids(group, store):
        areas = {area for group_id in group_ids for area in _members(group_id, store)}
        keep &= cases["country_iso3"].isin(areas)
    matches = _matches(query[:MAX_QUERY_LENGTH], further)
    if matches is None:
        return _scored(cases[keep].sort_index(), {})
    hits = _scored(cases[keep & cases.index.isin(list(matches))].sort_index(), matches)
    return hits.sort_values("score", ascending=False, kind="stable")


def _scored(cases: pd.DataFrame, matches: Matches) -> pd.DataFrame:
    """The cases with columns score and matched; 0 and () for a case without a match."""
    scores = {case: matches.get(case, (0.0, set())) for case in cases.index}
    scored = cases.assign(score=[round(score, 4) for score, _ in scores.values()])
    matched = [tuple(sorted(words)) for _, words in scores.values()]
    scored["matched"] = pd.Series(matched, index=cases.index, dtype=object)
    return scored


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
        if valid_codes := checked_codes(kind, codes, allowed):
            keep &= cases[column].isin(valid_codes)
    targets = set(cases["sdg_targets"].explode())
    for kind, column, codes, allowed in (
        ("dimension", "dimensions", dimension, set(knowledge.dimensions())),
        ("channel", "channel", channel, set(cases["channel"].explode())),
        ("SDG target", "sdg_targets", target, targets | {code.split(".")[0] for code in targets}),
    ):
        if valid_codes := checked_codes(kind, codes, allowed):
            keep &= cases[column].map(partial(_has_any, valid_codes)).astype(bool)
    return keep if verified is None else keep & cases["verified"].eq(verified)


def _has_any(valid_codes: list[str], codes: tuple[str, ...]) -> bool:
    """Whether a case with these codes, or goals of targets, has one of those asked for."""
    return any(code in valid_codes or code.split(".")[0] in valid_codes for code in codes)


def _group_ids(group: Codes, store: Tables) -> list[str]:
    """Published groups, checked, and those of one's own, which say by themselves who belongs to them."""
    codes = [group] if isinstance(group, str) else list(group or ())
    published = [code for code in codes if not is_own(code)]
    own = [code for code in codes if is_own(code)]
    return [*checked_codes("group", published, _groups(store) if published else ()), *own]


@with_store
def _groups(store: Tables) -> list[str]:
    return store.query("select group_id from group_def")["group_id"].tolist()


@with_store
def _members(group: str, store: Tables) -> list[str]:
    return members(store, group, store.as_of)


def _matches(query: str, further: Further) -> Matches | None:
    """Case → score and words that matched; None where the query is empty."""
    if not query.strip():
        return None
    typed = list(dict.fromkeys(words(query)))
    index = _index(data_dir(), further)
    by_word = [_word(index, word) for word in [word for word in typed if word not in STOP] or typed]
    return reduce(_both, by_word) if by_word else {}


def _both(matches: Matches, others: Matches) -> Matches:
    """Cases of two matches that are in both: scores added, words together."""
    return {
        case: (matches[case][0] + score, matches[case][1] | matched)
        for case, (score, matched) in others.items()
        if case in matches
    }


def _word(index: Index, word: str) -> Matches:
    """The match of one word of the query: by the word itself and longer ones, else by similar ones."""
    weights = {word: EXACT} if word in index.words else {}
    if len(word) > 1:
        weights |= {other: BEGINNING for other in index.words if other.startswith(word) and other != word}
    weights = weights or dict.fromkeys(nearest(word, index.words), NEAR)
    matches: Matches = {}
    for indexed_word, closeness in weights.items():
        rarity = log(1 + index.cases / len(index.words[indexed_word]))
        for case, weight in index.words[indexed_word].items():
            best, matched = matches.get(case, (0.0, set()))
            matches[case] = max(best, closeness * weight * rarity), matched | {indexed_word}
    return matches


@lru_cache(maxsize=4)
def _index(folder: Path, further: Further) -> Index:
    indexed: dict[str, dict[str, float]] = defaultdict(dict)
    areas = {row["ref_area"]: row for row in read_rows(folder / "reference" / "area.csv")}
    for lang in LANGUAGES:
        themes = knowledge.themes("case", lang)["name"]
        for row in load(lang, further).reset_index().to_dict("records"):
            area = areas.get(row["country_iso3"], {})
            fields = {
                **{field: row[field] for field in ("name", "institution", "summary")},
                "country": f"{area.get(f'name_{lang}', '')} {row['country_iso3']}",
                "theme": f"{row['theme']} {themes.get(row['theme'], '')}",
                "other": f"{row['case_id']} {row['recognition']} {' '.join(row['channel'])} {row['centre']}",
            }
            for field, text in fields.items():
                for word in words(text):
                    weights = indexed[word]
                    weights[row["case_id"]] = max(weights.get(row["case_id"], 0.0), WEIGHTS[field])
    return Index(dict(indexed), len(load(further=further)))

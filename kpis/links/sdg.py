"""Which SDG targets KPIs and components measure, serve directly or enable: three kinds of evidence.

Only measured links may enter an SDG score; an enabling link is a condition among others, never an effect
(methodology, C).
"""

from __future__ import annotations

import pandas as pd

from kpis import cases
from kpis.cases import EVIDENCE

GOALS = range(1, 18)
_TARGETS_OF_GOALS = (
    (5, "ab"), (5, "abc"), (9, "abcd"), (7, "abc"), (6, "abc"), (6, "ab"), (3, "ab"), (10, "ab"), (5, "abc"),
    (7, "abc"), (7, "abc"), (8, "abc"), (3, "ab"), (7, "abc"), (9, "abc"), (10, "ab"), (19, ""),
)  # fmt: skip
"""By goal: how many targets are numbered, and the letters of its means of implementation (A/RES/70/1)."""
TARGETS = tuple(
    f"{goal}.{mark}"
    for goal, (numbered, letters) in zip(GOALS, _TARGETS_OF_GOALS, strict=True)
    for mark in (*range(1, numbered + 1), *letters)
)
"""The 169 targets, in the order of the UN."""
COLUMNS = ("component", "name", "kpi", "goal", "target", "evidence", "mechanism", "source_url", "own")


def by_goal(links: pd.DataFrame) -> pd.DataFrame:
    """One row per goal 1–17 and kind of evidence: goal, evidence, n_kpis, n_targets, targets (in order).

    links: rows of `Warehouse.sdg_links`. A KPI counts once per goal and kind; without a link 0.
    """
    groups = links.sort_values("target", key=lambda column: column.map(target_order)).groupby(
        ["goal", "evidence"]
    )
    table = groups.agg(
        n_kpis=("kpi", "nunique"),
        n_targets=("target", "nunique"),
        targets=("target", lambda column: tuple(dict.fromkeys(column))),
    )
    all_pairs = pd.MultiIndex.from_product([GOALS, EVIDENCE], names=["goal", "evidence"])
    table = table.reindex(all_pairs).reset_index()
    table[["n_kpis", "n_targets"]] = table[["n_kpis", "n_targets"]].fillna(0).astype(int)
    table["targets"] = [targets if isinstance(targets, tuple) else () for targets in table["targets"]]
    return table


def mechanisms(lang: str = "en") -> pd.DataFrame:
    """One row per component and target, with the columns of `COLUMNS`.

    kpi: the id where the component is a figure, else empty; name: where it is a field of work, else empty.
    mechanism: how it serves the target; own: it is in `lang`, not left in English for want of a translation.
    Source: methodology, C (`kpis.cases.linkage`).
    """
    rows = cases.linkage(lang=lang)
    names = pd.concat([cases.themes(kind, lang)["name"] for kind in ("case", "component")])
    rows = rows.rename(columns={"sdg_target": "target", "evidence_kind": "evidence"}).assign(
        name=rows["theme"].map(names).fillna(""),
        goal=rows["sdg_target"].str.split(".").str[0].astype(int),
        own=rows["translated"] | (lang == "en"),
    )
    return rows[list(COLUMNS)]


def target_order(target: str) -> tuple[int, int, str]:
    """Targets as the UN lists them: by number, the means of implementation (letters) after them.

    >>> sorted(["16.10", "16.a", "16.9"], key=target_order)
    ['16.9', '16.10', '16.a']
    """
    goal, _, part = target.partition(".")
    return int(goal), int(part) if part.isdigit() else 1000, part

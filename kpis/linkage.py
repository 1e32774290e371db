"""Which SDG targets KPIs and components measure, serve directly or enable: three kinds of evidence.

Only measured links may enter an SDG score; an enabling link is a condition among others, never an effect
(methodology, C).
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kpis.errors import DataError, unknown
from kpis.paths import data_dir
from kpis.sources.csvio import read_rows

GOALS = range(1, 18)
EVIDENCE = ("measured", "direct", "enabling")
"""Kinds of evidence, strongest first: is the indicator, delivers what the target names, a condition."""

COLUMNS = ("component", "sdg_target", "mechanism", "evidence_kind", "source_url")
KPI_OF = {f"EGDI_{part}": part for part in ("OSI", "TII", "HCI", "EPI")}
"""Components of the methodology whose KPI has another id."""


def by_goal(links: pd.DataFrame) -> pd.DataFrame:
    """One row per goal 1–17 and kind of evidence: goal, evidence, n_kpis, n_targets, targets (in order).

    links: rows of `Warehouse.sdg_links`. A KPI counts once per goal and kind; without a link 0.
    """
    found = links.sort_values("target", key=lambda column: column.map(target_order)).groupby(
        ["goal", "evidence"]
    )
    table = found.agg(
        n_kpis=("kpi", "nunique"),
        n_targets=("target", "nunique"),
        targets=("target", lambda column: tuple(dict.fromkeys(column))),
    )
    every = pd.MultiIndex.from_product([GOALS, EVIDENCE], names=["goal", "evidence"])
    table = table.reindex(every).reset_index()
    table[["n_kpis", "n_targets"]] = table[["n_kpis", "n_targets"]].fillna(0).astype(int)
    table["targets"] = [one if isinstance(one, tuple) else () for one in table["targets"]]
    return table


def mechanisms(lang: str = "en", folder: Path | None = None) -> pd.DataFrame:
    """One row per component and target: component, kpi, goal, target, evidence, mechanism, source_url, own.

    component: of the methodology, in small letters where it is a field of work; kpi: the id where it is a
    figure, else empty. mechanism: how it serves the target, in `lang` where there is a translation
    (own), else in English. Raises DataError for an unknown kind of evidence.
    Source: methodology, C (sdg_linkage.csv and its translations).
    """
    home = (folder or data_dir()) / "methodology"
    said = _translated(home / f"linkage_{lang}.csv")
    rows = []
    for row in read_rows(home / "sdg_linkage.csv", required=COLUMNS):
        component, target, kind = row["component"], row["sdg_target"], row["evidence_kind"]
        if kind not in EVIDENCE:
            raise DataError(f"sdg_linkage.csv, {component}: {unknown('kind of evidence', kind, EVIDENCE)}")
        own = said.get((component, target))
        rows.append(
            {
                "component": component,
                "kpi": KPI_OF.get(component, "" if component.islower() else component),
                "goal": int(target.split(".")[0]),
                "target": target,
                "evidence": kind,
                "mechanism": own or row["mechanism"],
                "source_url": row["source_url"],
                "own": lang == "en" or own is not None,
            }
        )
    return pd.DataFrame(rows)


def target_order(target: str) -> tuple[int, int, str]:
    """Targets as the UN lists them: by number, the means of implementation (letters) after them.

    >>> sorted(["16.10", "16.a", "16.9"], key=target_order)
    ['16.9', '16.10', '16.a']
    """
    goal, _, part = target.partition(".")
    return int(goal), int(part) if part.isdigit() else 1000, part


def _translated(file: Path) -> dict[tuple[str, str], str]:
    if not file.is_file():
        return {}
    rows = read_rows(file, required=("component", "sdg_target", "mechanism"))
    return {(row["component"], row["sdg_target"]): row["mechanism"] for row in rows}

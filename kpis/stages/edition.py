"""What changed from the first edition of the methodology to the second: rules, gates, countries, and why."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kpis.errors import RequestError, unknown
from kpis.paths import data_dir
from kpis.sources.csvio import Row, read_rows
from kpis.sql import statement
from kpis.stages.core import BARS, compute
from kpis.stages.gates import STAGES
from kpis.stages.panel import Ints
from kpis.stages.readers import Tables, inputs, matrix, year_of_reading
from kpis.warehouse.current import DEFAULT, with_store

READINGS = ("first", "new_figures", "second")
"""first: its rules and figures, as shown until version 0.2.2; new_figures: its rules on the newer figures,
read in 2026; second: rules and figures of this edition. From first to new_figures the figures changed, from
there to second the gates and rules. The first two are kept in a table, since their figures are gone."""

RULES = ("clock", "age", "closed", "least", "confidence", "gci", "answers")
CHANGES = ("kept", "changed", "new", "dropped")
COUNTS = ("not_assessed", *STAGES)
PILLARS = {"GCI_ORG": "institutional", "GCI_LEGAL": "legal"}
CLOSED = "_2020"  # ends the id of a pillar of the closed edition
FIRST_BARS = (4.0, 11.0, 17.0)  # of both pillars in the first edition
LANGUAGES = ("en", "es")


def texts(lang: str = "en") -> dict[str, str]:
    """The changed rules (`RULES`) and the causes of a country's change, in words. Raises RequestError."""
    return {row["text"]: row[_checked(lang)] for row in _rows("edition_texts.csv")}


def distribution(group: str = "WORLD", store: Tables = DEFAULT) -> pd.DataFrame:
    """How many members stand at each stage: one row per reading and dimension, `overall` last.

    reading (`READINGS`), dimension, not_assessed, emerging … connected. group: WORLD, LDC, SIDS or
    CARIBBEAN_SIDS. Raises RequestError for another group.
    """
    rows = _rows("edition_change.csv")
    if group not in (group_ids := list(dict.fromkeys(row["group_id"] for row in rows))):
        raise RequestError(unknown("group of the edition's counts", group, group_ids))
    before = pd.DataFrame([row for row in rows if row["group_id"] == group]).drop(columns="group_id")
    cells = matrix(group, store=store)
    now = pd.DataFrame({"not_assessed": cells.isna().sum()} | {
        name: (cells == level).sum() for level, name in enumerate(STAGES)})  # fmt: skip
    now = now.rename_axis("dimension").reset_index().assign(reading="second")
    return pd.concat([before, now[before.columns]], ignore_index=True).astype(dict.fromkeys(COUNTS, int))


def countries(lang: str = "en") -> pd.DataFrame:
    """The twenty countries that changed most: one row per country and changed dimension.

    rank, ref_area, stages_moved (over all dimensions), overall_before, overall_after, dimension,
    stage_before, stage_old_rules_new_data, stage_after (stages by name, "" = not assessed), causes (tuple of
    codes), why (the same in words). Raises RequestError for another language.
    """
    words = texts(lang)
    frame = pd.DataFrame(_rows("edition_countries.csv"))
    frame["causes"] = frame["causes"].str.split(";").map(tuple)
    frame["why"] = ["; ".join(words[cause] for cause in causes) for causes in frame["causes"]]
    return frame.astype({"rank": int, "stages_moved": int})


def gate_changes(lang: str = "en") -> pd.DataFrame:
    """One row per dimension and KPI: change (`CHANGES`) and its reason in words. Raises RequestError."""
    column = f"text_{_checked(lang)}"
    frame = pd.DataFrame(_rows("edition_gates.csv"))
    return frame[["dimension", "kpi", "change"]].assign(text=frame[column])


@with_store
def gci_part(store: Tables = DEFAULT) -> pd.DataFrame:
    """What the change from the index of 2020 to that of 2024 does: one row per pillar that is a gate.

    kpi, dimension, n Member States with both, n_higher and n_lower: those whose pillar passes more or fewer
    of the first edition's bars (4, 11, 17) in 2024 than in 2020, median_2020 and median_2024 (points 0–20),
    stages_higher, stages_lower: Member States whose stage of the dimension is higher or lower than with the
    pillar of 2020 in its place (missing for the legal one, whose bars changed with the method). Part of this
    is the change of method, part progress; the two cannot be separated. Empty where no pillars are held.
    """
    names = [name for kpi in PILLARS for name in (kpi, kpi + CLOSED)]
    stored = store.query(statement("stages/gate_values"), {"kpis": names}).pivot(
        index="ref_area", columns="kpi", values="obs_value"
    )
    rows = [
        _pillar(kpi, stored[[kpi, kpi + CLOSED]].dropna(), store)
        for kpi in PILLARS
        if {kpi, kpi + CLOSED} <= set(stored.columns)
    ]
    whole = dict.fromkeys(("stages_higher", "stages_lower"), "Int64")
    return pd.DataFrame(rows).astype(whole) if rows else pd.DataFrame()


def _pillar(kpi: str, both: pd.DataFrame, tables: Tables) -> dict[str, object]:
    new, old = (both[name].to_numpy()[:, None] >= FIRST_BARS for name in (kpi, kpi + CLOSED))
    rise = new.sum(axis=1) - old.sum(axis=1)
    gate = inputs(tables)[1].set_index("kpi").loc[kpi]
    stages = _stages_without(kpi, tables) if tuple(gate[BARS]) == FIRST_BARS else None
    return {
        "kpi": kpi,
        "dimension": PILLARS[kpi],
        "n": len(both),
        "n_higher": int((rise > 0).sum()),
        "n_lower": int((rise < 0).sum()),
        "median_2020": float(both[kpi + CLOSED].median()),
        "median_2024": float(both[kpi].median()),
        "stages_higher": None if stages is None else int((stages > 0).sum()),
        "stages_lower": None if stages is None else int((stages < 0).sum()),
    }


def _stages_without(kpi: str, tables: Tables) -> Ints:
    """Stages of today less those with the closed pillar in place of the open one, where both exist."""
    values, gates, areas = inputs(tables)
    year = year_of_reading(tables)
    closed = tables.query(statement("stages/gate_values"), {"kpis": [kpi + CLOSED]}).assign(kpi=kpi)
    other = pd.concat([values[values["kpi"] != kpi], closed])
    aged = gates.assign(window=gates["window"].where(gates["kpi"] != kpi, np.inf))
    now, then = (
        compute(cells, table, areas=areas, years=[year]).dimensions[PILLARS[kpi]].stage[0]
        for cells, table in ((values, gates), (other, aged))
    )
    return np.asarray((now - then)[(now >= 0) & (then >= 0)])


def _checked(lang: str) -> str:
    if lang not in LANGUAGES:
        raise RequestError(unknown("language", lang, LANGUAGES))
    return lang


def _rows(name: str) -> list[Row]:
    return read_rows(data_dir() / "methodology" / name)

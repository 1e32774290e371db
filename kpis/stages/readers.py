"""Stages of the warehouse: profile of one area, history, matrix of a group, who moved, who passes a bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from kpis.errors import RequestError, unknown
from kpis.groups import is_own, read_id
from kpis.names import area_code
from kpis.sql import statement
from kpis.stages import frames, rules
from kpis.stages.core import BARS, Stages, compute
from kpis.stages.gates import load_gates
from kpis.stages.panel import Ints, build_panel
from kpis.tables import Tables as Tables  # re-exported
from kpis.warehouse.current import DEFAULT, with_store
from kpis.warehouse.once import once_per_store

FIRST_YEAR = 2003  # the first UN survey whose figures are held
WHOLE = dict.fromkeys(("stage", "stage_all", "stage_mean", "next_stage", "oldest_age"), "Int8")
FLAGS = dict.fromkeys(("capped", "in_doubt"), "boolean")

Inputs = tuple[pd.DataFrame, pd.DataFrame, list[str]]


@with_store
def computed(store: Tables = DEFAULT) -> Stages:
    """All stages of a warehouse: UN Member States, every year from 2003 to the year of reading.

    A year is judged with the values that were within their limits then, so the last year is judged as every
    page reads it (`meta.as_of`), not as of the newest value. store: default the default warehouse; one with
    other figures gives other stages. Computed once for each open store, which is read-only. What is stored
    of it, `table` reads; this opens it to every KPI and bar.
    Raises EngineError, CatalogueError or DataError where there is no warehouse and none can be built.
    """
    return _computed(store)


@once_per_store
def _computed(store: Tables) -> Stages:
    values, gates, areas = inputs(store)
    return compute(values, gates, areas=areas, years=range(FIRST_YEAR, store.as_of + 1))


def year_of_reading(store: Tables) -> int:
    """The year to which ages are counted, on every page: that of the warehouse."""
    return store.as_of


@once_per_store
def inputs(store: Tables) -> Inputs:
    """What `compute` takes, read once from a warehouse: values, gates with windows, UN Member States."""
    facts = store.query("select kpi, fresh_years, limit_high from kpi")
    windows = dict(zip(facts["kpi"], facts["fresh_years"], strict=True))
    gates = load_gates(windows=windows, limits=dict(zip(facts["kpi"], facts["limit_high"], strict=True)))
    values = store.query(statement("stages/gate_values"), {"kpis": sorted(set(gates["kpi"]))})
    areas = store.query("select ref_area from area where un_member order by ref_area")
    return values, gates, areas["ref_area"].tolist()


@with_store
def table(
    store: Tables = DEFAULT, *, areas: Sequence[str] | None = None, year: int | None = None
) -> pd.DataFrame:
    """The stored stages: one row per dimension, ref_area and time_period; columns of `Stages.table`.

    areas: codes; year: one; None: all. Errors of the warehouse: see `computed`.
    """
    return _typed(store.query(statement("stages/table"), {"areas": areas, "year": year}))


@with_store
def overall_table(store: Tables = DEFAULT) -> pd.DataFrame:
    """The stored overall stages: one row per ref_area and time_period; columns of `Stages.overall`."""
    return _typed(store.query(statement("stages/overall")))


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Whole numbers and flags that may be missing, as such."""
    return rows.astype({name: dtype for name, dtype in (WHOLE | FLAGS).items() if name in rows})


def history(area: str, store: Tables = DEFAULT) -> pd.DataFrame:
    """Stages of one area over time: `table` for this area, dimension by dimension, years ascending.

    A change may come from another KPI having data, not from the country: compare n_with_data, or ask
    `movers`. Values are those held today, also for past years. Raises RequestError for an unknown area.
    """
    judged = computed(store)
    return judged.rows_of(known_area(judged, area))


@with_store
def matrix(group: str = "WORLD", year: int | None = None, store: Tables = DEFAULT) -> pd.DataFrame:
    """Stages of a group's members: one row per ref_area, one column per dimension, and `overall`; 0–3.

    group: a group_id; members are those of the year. year: default that of reading. Missing = not assessed.
    Raises RequestError for an unknown group or a year without stages.
    """
    judged = computed(store)
    at = known_year(judged, year)
    inside = members(store, group, judged.panel.years[at])
    stages = _with_overall(judged.stage_cube()[at])
    names = [*judged.dimensions, "overall"]
    frame = pd.DataFrame({name: frames.whole(stages[:, n]) for n, name in enumerate(names)})
    frame.index = pd.Index(judged.panel.areas, name="ref_area")
    return frame.loc[frame.index.isin(inside)]


@with_store
def doubts(group: str = "WORLD", year: int | None = None, store: Tables = DEFAULT) -> pd.DataFrame:
    """Which stages of `matrix` are in doubt (`kpis/stages/doubt.py`): the same rows and columns, booleans.

    False where no stage was assessed. Errors as in `matrix`.
    """
    judged = computed(store)
    at = judged.panel.years[known_year(judged, year)]
    rows, whole = judged.table(), judged.overall()
    frame = rows[rows["time_period"] == at].pivot(index="ref_area", columns="dimension", values="in_doubt")
    frame["overall"] = whole[whole["time_period"] == at].set_index("ref_area")["in_doubt"]
    inside = frame.loc[frame.index.isin(members(store, group, at)), [*judged.dimensions, "overall"]]
    return inside.fillna(False).astype(bool)


def _with_overall(cube: Ints) -> Ints:
    """Stages (area, dimension) with the overall stage as one more column."""
    return np.concatenate([cube, rules.overall(cube)[0][:, None]], axis=-1)


def movers(from_year: int, to_year: int, store: Tables = DEFAULT) -> pd.DataFrame:
    """Who changed stage between two years: one row per dimension and ref_area with stages in both.

    stage_from, stage_to, change (stages), change_same_kpis: the change when both years are judged only by
    KPIs that have data in both (missing with fewer than three), n_same: how many these are. A change that
    change_same_kpis does not confirm comes from other KPIs having data. Largest rise first.
    Raises RequestError if a year has no stages or the first is not before the second.
    """
    judged = computed(store)
    start, end = known_year(judged, from_year), known_year(judged, to_year)
    if start >= end:
        raise RequestError(f"from_year {from_year} must lie before to_year {to_year}.")
    rows = pd.concat([_moved(judged, name, start, end) for name in judged.dimensions])
    return rows.sort_values(
        ["change", "dimension", "ref_area"], ascending=[False, True, True], ignore_index=True
    )


def _moved(judged: Stages, dimension: str, start: int, end: int) -> pd.DataFrame:
    result = judged.dimensions[dimension]
    both = (result.stage[start] >= 0) & (result.stage[end] >= 0)
    like, n = like_for_like(result.level[start], result.level[end])
    frame = pd.DataFrame(
        {
            "dimension": dimension,
            "ref_area": judged.panel.areas,
            "stage_from": result.stage[start],
            "stage_to": result.stage[end],
            "change": result.stage[end] - result.stage[start],
            "change_same_kpis": pd.Series(like).astype("Int8"),
            "n_same": n,
        }
    )
    assessed: pd.DataFrame = frame.loc[both]
    return assessed


def like_for_like(before: Any, after: Any) -> tuple[Any, Any]:
    """Change of the two-thirds stage over the KPIs with data at both times, and how many these are.

    before, after: levels with KPIs on the last axis, -1 = no data. Fewer than three in common: missing.
    """
    common = (before >= 0) & (after >= 0)
    old, new = (rules.stage_two_thirds(np.where(common, level, -1)) for level in (before, after))
    return np.where(old >= 0, new - old, np.nan), common.sum(axis=-1)


@with_store
def reach(
    year: int | None = None, *, windows: Mapping[str, int] | None = None, store: Tables = DEFAULT
) -> pd.DataFrame:
    """How many pass each bar: one row per KPI and stage above emerging.

    kpi, stage, threshold, first_year and last_year of the values counted, n_un_members with a value,
    pass_un_members, and the same for LDCs, SIDS and Caribbean SIDS of the year. year: default that of
    reading. windows: KPI → how many years old a value may be, where it differs from the KPI's entry.
    Source: methodology, B.2.
    """
    values, gates, areas = inputs(store)
    judged = computed(store)
    at = judged.panel.years[known_year(judged, year)]
    gates = gates.drop_duplicates("kpi").assign(
        window=lambda g: g["kpi"].map(dict(windows or {})).fillna(g["window"])
    )
    panel = build_panel(values, gates, areas, [at])
    rows = []
    groups = {"un_members": areas} | {
        group.lower(): members(store, group, at) for group in ("LDC", "SIDS", "CARIBBEAN_SIDS")
    }
    for column, gate in enumerate(gates.to_dict("records")):
        value = pd.Series(panel.value[0, :, column], index=panel.areas).dropna()
        years = at - panel.age[0, :, column][~np.isnan(panel.age[0, :, column])]
        for stage in BARS:
            row: dict[str, Any] = {"kpi": gate["kpi"], "stage": stage, "threshold": gate[stage]}
            row |= {
                "first_year": years.min() if len(years) else None,
                "last_year": years.max() if len(years) else None,
            }
            for group, codes in groups.items():
                inside = value[value.index.isin(codes)]
                row |= {f"n_{group}": len(inside), f"pass_{group}": int((inside >= gate[stage]).sum())}
            rows.append(row)
    return pd.DataFrame(rows).astype({"first_year": "Int64", "last_year": "Int64"})


@with_store
def moved_bars(
    by: float, *, basis: str = "working", year: int | None = None, store: Tables = DEFAULT
) -> pd.DataFrame:
    """How many stages change when bars are multiplied by 1 + by: one row per dimension, then `overall`.

    dimension, n_assessed, n_up, n_down. by: for example 0.10 or -0.10. basis: which bars move, working (the
    proposals of the methodology), published, or all; yes/no answers and counts never do, and no bar passes a
    natural limit. Source: methodology, B.2. Raises RequestError for another basis or a year without stages.
    """
    if basis not in (allowed := ("working", "published", "all")):
        raise RequestError(unknown("basis", basis, allowed))
    values, gates, areas = inputs(store)
    judged = computed(store)
    at = known_year(judged, year)
    moves = gates["scaled"] & (gates["basis"].eq(basis) | (basis == "all"))
    other = gates.copy()
    raised = (gates[BARS] * (1 + by)).clip(upper=gates["limit"].fillna(np.inf), axis=0)
    other[BARS] = gates[BARS].where(~moves, raised)
    changed = compute(values, other, areas=areas, years=[judged.panel.years[at]])
    before, after = _with_overall(judged.stage_cube()[at]), _with_overall(changed.stage_cube()[0])
    return pd.DataFrame(
        {
            "dimension": [*judged.dimensions, "overall"],
            "n_assessed": (before >= 0).sum(axis=0),
            "n_up": (after > before).sum(axis=0),
            "n_down": (after < before).sum(axis=0),
        }
    )


def members(store: Tables, group: str, year: int) -> list[str]:
    """Members of a group in a year, sorted; of a group of one's own its countries, in any year.

    Raises RequestError for an unknown group.
    """
    if is_own(group):
        return list(read_id(group).areas)
    groups = store.query("select group_id from group_def")["group_id"]
    if group not in set(groups):
        raise RequestError(unknown("group", group, groups))
    return store.query(statement("stages/members"), {"group": group, "year": int(year)})["ref_area"].tolist()


def known_area(judged: Stages, area: str) -> int:
    """Place of an area on the panel. Raises RequestError if it is no UN Member State."""
    return judged.panel.areas.index(area_code(area, judged.panel.areas, kind="UN Member State"))


def known_year(judged: Stages, year: int | None) -> int:
    """Place of a year on the panel, the last by default. Raises RequestError outside its range."""
    years = judged.panel.years
    if year is None:
        return len(years) - 1
    if year not in years:
        raise RequestError(f"year {year} has no stages. Allowed: {years[0]} to {years[-1]}.")
    return years.index(year)

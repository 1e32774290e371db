"""Peers by group, by size, by rank and by structure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from kpis.cards import MethodCard
from kpis.errors import RequestError, unknown
from kpis.income import INCOME_SERIES
from kpis.names import area_code
from kpis.sql import statement
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store
from kpis.warehouse.once import once_per_store
from kpis.warehouse.parts import shared

FEATURES = {
    "ln_income": INCOME_SERIES,
    "ln_population": "SP.POP.TOTL",
    "connectivity": "SDG_17.8.1",
    "schooling": "HCI_MYS",
}
"""What similarity is made of → the series or KPI it is read from."""

MAX_AGE = 8  # years a feature may lie behind the newest value of its series
BANDS = (1e6, 3e6, 1e7, 3e7, 1e8)  # cut points of population, about half a power of ten apart
GAPS = [f"gap_{feature}" for feature in FEATURES]
COLUMNS = ["ref_area", "kind", "reason", "group_id", "own", "theirs", "distance", *GAPS]
SPECIAL = (("sids", "SIDS"), ("ldc", "LDC"), ("lldc", "LLDC"))

METHODS = [
    MethodCard(
        "structural",
        "Peers by structure",
        "Root mean square of the differences, in standard deviations, of ln income, ln population, Internet "
        "users (percent) and mean years of schooling, over UN Member States that have all of them.",
        "Working rule; standardised Euclidean distance",
        "1e-12",
        "working",
    ),
    MethodCard(
        "special",
        "Peers among special groups",
        "SIDS get SIDS of their region, then other SIDS; LDCs and landlocked countries likewise.",
        "Working rule after the lessons for LDCs and SIDS of the methodology, B.5",
        "exact",
        "working",
    ),
]


@with_store
def peers(
    area: str,
    kind: str = "structural",
    k: int | None = 8,
    *,
    kpi: str | None = None,
    store: Tables = DEFAULT,
) -> pd.DataFrame:
    """Peers of a UN Member State by one rule, nearest first.

    area: ISO 3166-1 alpha-3. kind: region, subregion, income, special, population, next_above or structural.
    k: how many at most; None = all. kpi: for next_above the KPI to rise on; for the others the outcome that
    will be compared: features that enter it are then left out of the distance. store: default the default
    warehouse.

    Returns one row per peer: ref_area, kind, reason (a code), group_id (what they share), own and theirs (the
    numbers behind the reason: population, or KPI values), distance, gap_… (peer minus area, in standard
    deviations). distance is structural; for population the absolute log ratio, for next_above the difference
    in the KPI's unit. Missing: an area without all features has no structural distance (complete cases only);
    it can still be a peer by group, after the others. An area in no special group has no special peers.
    Raises RequestError for an unknown area, kind or KPI, and where the area lacks what the rule needs.
    """
    if kind not in KINDS:
        raise RequestError(unknown("kind of peers", kind, KINDS))
    facts = _facts(store)
    area = area_code(area, facts.index, kind="UN Member State")
    rows = with_distance(facts, area, kpi, store)
    if kind == "next_above":
        return _finish(_next_above(area, kpi, rows, store), kind, k)
    return _finish(RULES[kind](area, rows), kind, k)


@with_store
def default_peers(area: str, k: int = 8, *, kpi: str | None = None, store: Tables = DEFAULT) -> pd.DataFrame:
    """The countries to compare with when none are named: columns and errors as `peers`.

    SIDS and LDCs: their special group, their region first. Others: the most similar of their region, filled
    up with the most similar anywhere; where income is not published, neighbours of the subregion and region.
    """
    facts = _facts(store)
    area = area_code(area, facts.index, kind="UN Member State")
    if _cell(facts, area, "sids") or _cell(facts, area, "ldc"):
        return peers(area, "special", k, kpi=kpi, store=store)
    rows = with_distance(facts, area, kpi, store)
    if rows["distance"].isna().all():
        near, far = _subregion(area, rows), _region(area, rows)
    else:
        far = _structural(area, rows)
        near = far[rows.loc[far.index, "region"] == _cell(rows, area, "region")]
        near = near.assign(reason="similar_same_region", group_id=_cell(rows, area, "region"))
    both = pd.concat([near, far])
    return _finish(both[~both.index.duplicated()], "default", k)


@once_per_store
def _facts(store: Tables) -> pd.DataFrame:
    return store.query(statement("peers/facts"), FEATURES | {"max_age": MAX_AGE}).set_index("ref_area")


def with_distance(facts: pd.DataFrame, area: str, outcome: str | None, store: Tables) -> pd.DataFrame:
    """Facts with `distance` and the gaps to `area`, both NaN where a feature is missing.

    A feature that enters `outcome`, or that it enters, is left out, or the outcome would choose its peers.
    """
    used = [
        name for name, series in FEATURES.items() if outcome is None or not shared(store, series, outcome)
    ]
    features = facts[used].astype(float)
    complete = features.dropna()
    standard = (features - complete.mean()) / complete.std(ddof=0)
    gaps = standard - standard.loc[area]
    distance = np.sqrt((gaps**2).mean(axis=1, skipna=False)) if used else np.nan
    named = gaps.reindex(columns=list(FEATURES)).set_axis(GAPS, axis=1)
    return facts.assign(distance=distance).join(named)


def _cell(rows: pd.DataFrame, area: str, column: str) -> Any:
    return rows.at[area, column]


def _pick(
    rows: pd.DataFrame, area: str, is_peer: pd.Series, reason: str, group: str | None = None
) -> pd.DataFrame:
    """The peers without the area itself, nearest first; without a distance, by similar population."""
    picked = rows[is_peer & (rows.index != area)].assign(
        reason=reason, group_id=group, own=np.nan, theirs=np.nan
    )
    ratio = (np.log(picked["population"]) - np.log(_cell(rows, area, "population"))).abs()
    return picked.assign(_ratio=ratio).sort_values(["distance", "_ratio", "ref_area"])


def _region(area: str, rows: pd.DataFrame) -> pd.DataFrame:
    return _pick(
        rows, area, rows["region"] == _cell(rows, area, "region"), "same_region", _cell(rows, area, "region")
    )


def _subregion(area: str, rows: pd.DataFrame) -> pd.DataFrame:
    subregion = _cell(rows, area, "subregion")
    return _pick(rows, area, rows["subregion"] == subregion, "same_subregion", subregion)


def _income(area: str, rows: pd.DataFrame) -> pd.DataFrame:
    income_class = _cell(rows, area, "income")
    if pd.isna(income_class):
        raise RequestError(f"{area} has no income class of the World Bank. Ask for region or population.")
    return _pick(rows, area, rows["income"] == income_class, "same_income_class", income_class)


def _special(area: str, rows: pd.DataFrame) -> pd.DataFrame:
    tiers = []
    for column, group in SPECIAL:
        if _cell(rows, area, column):
            here = rows["region"] == _cell(rows, area, "region")
            tiers.append(_pick(rows, area, rows[column] & here, f"{column}_same_region", group))
            tiers.append(_pick(rows, area, rows[column] & ~here, column, group))
    if not tiers:
        return _pick(rows, area, pd.Series(False, index=rows.index), "none")
    ranked = pd.concat(tiers)
    return ranked[~ranked.index.duplicated()]


def _population(area: str, rows: pd.DataFrame) -> pd.DataFrame:
    population = float(_cell(rows, area, "population"))
    band = np.digitize(rows["population"].to_numpy(dtype=float), BANDS)
    edges = ["0", *(f"{cut / 1e6:g}" for cut in BANDS), ""]
    mine = int(np.digitize(population, BANDS))
    same_band = _pick(
        rows, area, pd.Series(band == mine, index=rows.index), "same_population_band",
        f"{edges[mine]}-{edges[mine + 1]} million",
    )  # fmt: skip
    same_band = same_band.assign(own=population, theirs=same_band["population"], distance=same_band["_ratio"])
    return same_band.sort_values(["distance", "ref_area"])


def _structural(area: str, rows: pd.DataFrame) -> pd.DataFrame:
    if rows["distance"].isna().all():
        lacking = [name for name in FEATURES if pd.isna(_cell(rows, area, name))]
        what = f"has no recent {', '.join(lacking)}" if lacking else "shares every feature with the outcome"
        raise RequestError(f"{area} {what}, so similarity cannot be judged. Ask for region or population.")
    return _pick(rows, area, rows["distance"].notna(), "similar")


def _next_above(area: str, kpi: str | None, rows: pd.DataFrame, store: Tables) -> pd.DataFrame:
    direction = store.query("select kpi, direction from kpi").set_index("kpi")["direction"]
    if kpi is None or kpi not in direction:
        raise RequestError(unknown("KPI", kpi or "", direction.index, place="next_above needs a KPI"))
    if direction[kpi] == "context":
        raise RequestError(f"KPI {kpi} has no better side, so nobody is above. Choose another KPI.")
    ranked = store.query(statement("peers/ranked"), {"kpi": kpi}).set_index("ref_area")
    if area not in ranked.index:
        raise RequestError(f"{area} has no recent value of {kpi}, so it has no rank. Choose another KPI.")
    value = ranked["obs_value"]
    better = ranked.index[ranked["sort_key"] < ranked["sort_key"][area]]
    above = pd.Series(rows.index.isin(better), index=rows.index)
    picked = _pick(rows, area, above, "next_above", kpi)
    value_here, value_there = float(value[area]), value.reindex(picked.index)
    picked = picked.assign(own=value_here, theirs=value_there, distance=(value_there - value_here).abs())
    return picked.sort_values(["distance", "ref_area"])


def _finish(picked: pd.DataFrame, kind: str, k: int | None) -> pd.DataFrame:
    frame = picked.rename_axis("ref_area").reset_index().assign(kind=kind)[COLUMNS]
    return frame if k is None else frame.head(k)


RULES: dict[str, Callable[[str, pd.DataFrame], pd.DataFrame]] = {
    "region": _region,
    "subregion": _subregion,
    "income": _income,
    "special": _special,
    "population": _population,
    "structural": _structural,
}
KINDS = (*RULES, "next_above")

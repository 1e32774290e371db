"""Tables that come from matrices, not from sets: scores, index values, stages, progress, forecast.

The conductor calls `derive` on a warehouse in the making; every rule lives in the room of its name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import duckdb
import pandas as pd

from kpis import egdi, forecast, progress, stages
from kpis.catalogue import Catalogue
from kpis.catalogue.model import Index
from kpis.composite.normalise import normalise
from kpis.errors import DataError
from kpis.sql import statement
from kpis.steps import step
from kpis.warehouse.frames import create_table

PUBLISHED = "published"  # the scenario of what publishers print and of rules that take it as it is
RECOMPUTED = "recomputed"  # the same indices from their parts
SCORE_SCALE = (0.0, 100.0)
LISTS = ("blocking", "blocking_all", "unlock", "without_data", "bottleneck", "doubt_from")  # of ids


class Building:
    """A warehouse in the making, read as a published one is."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self.version, self.as_of = self._con.execute("select version, as_of from meta").fetchall()[0]

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """Rows of a query, values bound by name."""
        return self._con.execute(sql, dict(parameters or {})).df()


def derive(con: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Create the tables of `store.DERIVED`, in this order, from those of the models."""
    building = Building(con)
    computations: dict[str, Callable[[], pd.DataFrame]] = {
        "score": lambda: scores(building),
        "index_value": lambda: index_values(building, catalogue),
        "stage": lambda: _as_published(stages.computed(building).table()),
        "stage_overall": lambda: _as_published(stages.computed(building).overall()),
        "progress": lambda: _as_published(progress_table(building)),
        "forecast_gate": lambda: forecast.gates(building),
        "forecast": lambda: forecasts(building),
    }
    for name, make in computations.items():
        with step(f"table {name} cannot be computed from these figures", DataError):
            create_table(con, name, make(), lists=LISTS)


def _as_published(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with their scenario; a what-if writes others, by the same rules."""
    frame.insert(0, "scenario", PUBLISHED)
    return frame


def scores(building: Building) -> pd.DataFrame:
    """One row per scenario, KPI with goalposts, ref_area and time_period: score 0–100, clipped."""
    posts = building.query("select kpi, worst, best from kpi where worst is not null order by position")
    columns = ["scenario", "kpi", "ref_area", "time_period", "score"]
    values = building.query(
        "select kpi, ref_area, time_period, obs_value from kpi_value where list_contains($kpis, kpi)",
        {"kpis": posts["kpi"].tolist()},
    )
    if values.empty:
        return pd.DataFrame(columns=columns).astype({"time_period": "int64", "score": float})
    scored_posts = posts[posts["kpi"].isin(values["kpi"])]
    bounds = zip(scored_posts["worst"].astype(float), scored_posts["best"].astype(float), strict=True)
    goalposts = dict(zip(scored_posts["kpi"].astype(str), bounds, strict=True))
    wide = values.pivot(index=["ref_area", "time_period"], columns="kpi", values="obs_value")
    scored = normalise(wide, "goalposts", goalposts=goalposts, scale=SCORE_SCALE)
    long = scored.melt(ignore_index=False, value_name="score").dropna(subset=["score"]).reset_index()
    return long.assign(scenario=PUBLISHED).sort_values(["kpi", "ref_area", "time_period"])[columns]


def index_values(building: Building, catalogue: Catalogue) -> pd.DataFrame:
    """One row per scenario, index node, ref_area and time_period.

    value; share_present: share of the weight whose part is held; share_imputed: share that rests on imputed
    parts (0: nothing is imputed here). `published` is as printed, `recomputed` from the parts of the edition.
    """
    parts = [
        _both_ways(building, index, edition) for index in catalogue.indices for edition in index.editions
    ]
    columns = ["scenario", "node", "ref_area", "time_period", "value", "share_present", "share_imputed"]
    return pd.concat([pd.DataFrame(columns=columns), *(part for part in parts if len(part))])[columns].astype(
        {"time_period": "int64", "value": float, "share_present": float, "share_imputed": float}
    )


def _both_ways(building: Building, index: Index, edition: int) -> pd.DataFrame:
    names = [component.kpi for component in index.components]
    wide = building.query(
        statement("egdi/edition_values"), {"kpis": [index.index, *names], "edition": edition}
    ).pivot(index="ref_area", columns="kpi", values="obs_value")
    if index.index not in wide or not set(names) <= set(wide):
        return pd.DataFrame()
    wide = wide.dropna(subset=[index.index])
    weight = pd.Series({component.kpi: abs(component.weight) for component in index.components})
    present = wide[names].notna() @ weight / weight.sum()
    frames = [
        pd.DataFrame({"scenario": scenario, "value": value, "share_present": present})
        for scenario, value in ((PUBLISHED, wide[index.index]), (RECOMPUTED, egdi.composite(wide, index)))
    ]
    rows = pd.concat(frames).rename_axis("ref_area").reset_index()
    return rows.assign(node=index.index, time_period=edition, share_imputed=0.0)


def forecasts(building: Building) -> pd.DataFrame:
    """The UN indices of the next editions, then the annual KPIs that `forecast_gate` lets pass.

    Columns of `forecast.table` and `forecast.annual_rows`, where they say what is missing; years and ranks
    are whole numbers.
    """
    passed = building.query("select kpi from forecast_gate where passed order by kpi")["kpi"].tolist()
    parts = [forecast.table(building), forecast.annual_rows(building, passed)]
    rows = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    whole = ["time_period", "origin", *rows.filter(regex="^rank").columns]
    texts = ["measure", "ref_area"]
    return rows.astype(
        dict.fromkeys(rows.columns.difference(texts), "float64") | dict.fromkeys(whole, "Int64")
    )


def progress_table(building: Building) -> pd.DataFrame:
    """One row per KPI with a target, UN Member State and method.

    Columns of the models `progress_endpoint` and `progress_precedent`, of `progress.assess_table` and of
    `progress.as_read`, then `verdict` and
    `on_track_by` of `progress.disagreement`.
    """
    endpoints = building.query(
        "select * from progress_endpoint left join progress_precedent using (kpi, ref_area)"
    )
    assessed = pd.concat([progress.assess_table(endpoints, method) for method in progress.METHODS])
    read = progress.as_read(assessed)
    verdicts = progress.disagreement(read)[["kpi", "ref_area", "verdict", "on_track_by"]]
    return read.merge(verdicts, on=["kpi", "ref_area"]).sort_values(
        ["kpi", "ref_area", "method"], ignore_index=True
    )

"""The stage table in plain pandas: long frames, merges and groupings, for comparison of results and times."""

from __future__ import annotations

import numpy as np
import pandas as pd

BARS = ("enhanced", "transactional", "connected")
KEYS = ["dimension", "ref_area", "time_period"]
FEWEST, YOUNG = 3, 3  # gates with data that a stage needs; years up to which confidence can be high


def table(values: pd.DataFrame, gates: pd.DataFrame, areas: list[str], years: list[int]) -> pd.DataFrame:
    """Stage by two thirds, by gate and by mean, confidence, mean distance, by area, dimension and year.

    Fewer columns than `kpis.stages`: no smallest set, no probabilities, no doubt.
    """
    usable = values[values["obs_status"] != "U"].astype({"time_period": "int64"}).sort_values("time_period")
    grid = gates.merge(pd.DataFrame({"ref_area": areas}), how="cross").merge(
        pd.DataFrame({"time_period": years}), how="cross"
    )
    figures = pd.merge_asof(
        grid.sort_values("time_period"),
        usable.assign(year=usable["time_period"])[["kpi", "ref_area", "time_period", "year", "obs_value"]],
        on="time_period",
        by=["kpi", "ref_area"],
    )
    figures = figures[figures["time_period"] - figures["year"] <= figures["window"]]
    low = figures["base"]
    figures = figures.assign(level=0, position=0.0)
    for stage in BARS:
        height = figures[stage] - low
        ramp = ((figures["obs_value"] - low) / height.where(height > 0)).clip(0, 1)
        figures["level"] += (figures["obs_value"] >= figures[stage]).astype(int)
        figures["position"] += ramp.where(height > 0, (figures["obs_value"] >= figures[stage]).astype(float))
        low = figures[stage]
    grouped = figures.groupby(KEYS)
    result = grouped.agg(n=("level", "size"), stage_all=("level", "min"), mean=("position", "mean"))
    result["stage"] = 0
    for stage in (1, 2, 3):
        share = figures.assign(passes=figures["level"] >= stage).groupby(KEYS)["passes"].mean()
        result["stage"] += (share >= 2 / 3 - 1e-12).astype(int)
    result["stage_mean"] = np.floor(result["mean"] + 1e-9).astype(int)
    result = result[result["n"] >= FEWEST].reset_index()
    result = result.merge(_confidence(figures, gates), on=KEYS, how="left").fillna({"confidence": "low"})
    return result.merge(_distance(figures, result), on=KEYS, how="left")


def _confidence(figures: pd.DataFrame, gates: pd.DataFrame) -> pd.DataFrame:
    """high, medium or low from the core gates that have data; no row where none has."""
    core = figures[figures["role"] == "core"].assign(age=lambda rows: rows["time_period"] - rows["year"])
    groups = core.groupby(KEYS).agg(n=("kpi", "size"), oldest=("age", "max")).reset_index()
    of = groups["dimension"].map(gates[gates["role"] == "core"].groupby("dimension").size())
    groups["confidence"] = "medium"
    groups.loc[(groups["n"] == of) & (groups["oldest"] <= YOUNG), "confidence"] = "high"
    groups.loc[2 * (of - groups["n"]) >= of, "confidence"] = "low"
    return groups[[*KEYS, "confidence"]]


def _distance(figures: pd.DataFrame, result: pd.DataFrame) -> pd.DataFrame:
    rows = figures.merge(result[[*KEYS, "stage"]], on=KEYS)
    rows = rows[(rows["level"] <= rows["stage"]) & (rows["stage"] < 3)]
    scale = rows[["base", *BARS]].to_numpy()
    at = rows["stage"].to_numpy() + 1
    bar = scale[np.arange(len(rows)), at]
    below = np.where(scale < bar[:, None], scale, -np.inf).max(axis=1)
    return (
        rows.assign(distance_mean=(bar - rows["obs_value"]) / (bar - below))
        .groupby(KEYS, as_index=False)["distance_mean"]
        .mean()
    )

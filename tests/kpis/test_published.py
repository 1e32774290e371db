"""Published indices from their components, with the library and not with code of their own."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kpis import composite
from kpis.queries import Warehouse

HDI_ROUNDING = 0.001  # the Report prints three decimals; components are rounded too
GTMI_ROUNDING = 0.000002  # four components and the index, each rounded to six decimals


def wide(wh: Warehouse, series: list[str], year: int) -> pd.DataFrame:
    return wh.sql(
        "select series, ref_area, obs_value from observation "
        "where list_contains($s, series) and time_period = $y",
        {"s": series, "y": year},
    ).pivot(index="ref_area", columns="series", values="obs_value")


def test_human_development_index_2023_from_its_four_components(wh: Warehouse) -> None:
    """UNDP technical note 1: goalposts, schooling averaged, income as logarithm, geometric mean."""
    parts = wide(wh, ["HDR.LE", "HDR.EYS", "HDR.MYS", "HDR.GNIPC", "HDR.HDI"], 2023).dropna()
    published = parts.pop("HDR.HDI")
    parts["HDR.GNIPC"] = np.log(parts["HDR.GNIPC"])
    goalposts = {
        "HDR.LE": (20, 85),
        "HDR.EYS": (0, 18),
        "HDR.MYS": (0, 15),
        "HDR.GNIPC": (np.log(100), np.log(75_000)),
    }
    scores = composite.normalise(parts, "goalposts", goalposts=goalposts, scale=(0, 1))
    structure = pd.DataFrame(
        [
            ("HDR.LE", "health", 1),
            ("HDR.EYS", "education", 1),
            ("HDR.MYS", "education", 1),
            ("HDR.GNIPC", "income", 1),
            ("health", "HDI", 1),
            ("education", "HDI", 1),
            ("income", "HDI", 1),
            ("HDI", "", 1),
        ],
        columns=["code", "parent", "weight"],
    )
    nodes = composite.aggregate(scores, structure, {"education": "arithmetic", "HDI": "geometric"})
    assert len(published) == 193
    assert (nodes["HDI"] - published).abs().max() <= HDI_ROUNDING


@pytest.mark.parametrize("year", [2020, 2022, 2025])
def test_govtech_index_is_the_mean_of_its_components(wh: Warehouse, year: int) -> None:
    names = ["GTMI.CGSI", "GTMI.PSDI", "GTMI.DCEI", "GTMI.GTEI"]
    parts = wide(wh, [*names, "GTMI"], year)
    structure = pd.DataFrame(
        [(name, "index", 1) for name in names] + [("index", "", 1)], columns=["code", "parent", "weight"]
    )
    found = composite.aggregate(parts[names], structure)["index"]
    assert len(parts) >= 192
    assert (found - parts["GTMI"]).abs().max() <= GTMI_ROUNDING


def test_govtech_groups_follow_the_cut_points(wh: Warehouse) -> None:
    rows = wh.sql(
        "select o.obs_value, c.class from observation as o join classification as c "
        "on c.scheme = 'GTMI_GROUP' and c.ref_area = o.ref_area and c.time_period = o.time_period "
        "where o.series = 'GTMI'"
    )
    expected = pd.cut(rows["obs_value"], [-1, 0.25, 0.5, 0.75, 1], labels=list("DCBA"), right=False)
    assert len(rows) == 593
    assert (expected.astype(str) == rows["class"]).all()


def test_the_egdi_of_2024_through_the_library(wh: Warehouse) -> None:
    """z-scores, weights and min-max of `composite` give the published OSI, as `egdi` does by itself."""
    weights = {"OSI_IF": 0.10, "OSI_CP": 0.05, "OSI_SP": 0.45, "OSI_EPI": 0.35, "OSI_TEC": 0.05}
    parts = wide(wh, [*weights, "OSI"], 2024)
    scores = composite.normalise(parts[list(weights)], "z-score", scale=(0, 1))
    structure = pd.DataFrame(
        [(name, "OSI", weight) for name, weight in weights.items()] + [("OSI", "", 1)],
        columns=["code", "parent", "weight"],
    )
    raw = composite.aggregate(scores, structure)[["OSI"]]
    found = composite.normalise(raw, "min-max", scale=(0, 1))["OSI"]
    assert (found - parts["OSI"]).abs().max() <= 0.0001

"""Shared figures as a warehouse says them."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest

from kpis.catalogue import Catalogue
from kpis.catalogue.parts import all_parts
from kpis.queries import Warehouse
from kpis.warehouse.parts import shared


def test_the_table_is_the_catalogue(wh: Warehouse, catalogue: Catalogue) -> None:
    rows = wh.sql("select kpi, part from kpi_part")
    assert rows.groupby("kpi")["part"].agg(frozenset).to_dict() == all_parts(catalogue)


def test_sharing_goes_both_ways(wh: Warehouse) -> None:
    for a, b in combinations(("EGDI", "GTMI", "GTMI_CGSI", "SDG_17.8.1", "SDG_8.10.2", "HDI"), 2):
        assert shared(wh.tables, a, b) == shared(wh.tables, b, a)
    assert "SDG_17.8.1" in shared(wh.tables, "EGDI", "GTMI_CGSI")
    assert shared(wh.tables, "EGDI", "SDG_8.10.2") == ()
    assert shared(wh.tables, "HDI", "HCI") == ("HCI_EYS", "HCI_MYS")


def test_what_is_no_kpi_stands_alone(wh: Warehouse) -> None:
    assert shared(wh.tables, "SP.POP.TOTL", "EGDI") == ()
    assert shared(wh.tables, "SP.POP.TOTL", "SP.POP.TOTL") == ("SP.POP.TOTL",)


def test_without_closed_sources_a_figure_is_shared_still(open_only: Warehouse) -> None:
    """GCI is left out, and what it feeds still holds it."""
    rows = open_only.sql("select kpi, part from kpi_part")
    assert set(rows["kpi"]) == set(open_only.kpis()["kpi"])
    assert "GCI" not in set(rows["kpi"])
    assert "GCI" in shared(open_only.tables, "GTMI_GTEI", "GTMI")


@pytest.fixture(scope="module")
def alike(wh: Warehouse) -> pd.DataFrame:
    """Pairs of KPIs with the same value in nine of ten countries and years, or with r above 0.99."""
    return wh.sql(
        """
        with figure as (
            -- values that many countries share, such as 0 and 100, prove nothing
            select kpi, ref_area, time_period, obs_value from kpi_value
            qualify count(*) over (partition by kpi, obs_value) <= 3
        )
        select a.kpi as a, b.kpi as b, count(*) as n
        from figure as a
        join figure as b on b.ref_area = a.ref_area and b.time_period = a.time_period and b.kpi > a.kpi
        group by all
        having n >= 30 and (
            avg(cast(abs(a.obs_value - b.obs_value) <= 0.005 * abs(a.obs_value) as int)) >= 0.9
            or corr(a.obs_value, b.obs_value) > 0.99
        )
        """
    )


def test_figures_that_are_the_same_number_are_known_to_be_shared(wh: Warehouse, alike: pd.DataFrame) -> None:
    pairs = set(zip(alike["a"], alike["b"], strict=True))
    assert pairs >= {("EPI", "OSI_EPI"), ("ACCOUNT_WOMEN", "SDG_8.10.2")}  # the search does find such pairs
    unsaid = [pair for pair in sorted(pairs) if not shared(wh.tables, *pair)]
    assert unsaid == [], "say in `contains` of one that the other is inside it"

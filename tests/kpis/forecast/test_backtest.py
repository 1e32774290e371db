"""How often the recipe was right, beside the figures of the comparison it comes from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kpis.forecast import Panel, backtest, draws, fit, load_panel, summary
from tests.kpis.forecast.study import COLUMNS, PRINTED, means, printed_countries, study_panel

VALUES, PLACES, SHARES = 0.0005, 0.05, 0.005  # a few digits of what was printed
WIDTH_OF_RANKS = 0.1  # printed with one decimal
BANDS_OF_A_COUNTRY = {"p": 0.008, "rank_p": 1, "p_better_rank": 0.03}  # two Monte Carlo errors of a quantile


@pytest.fixture(scope="module")
def panel(wh) -> Panel:
    return study_panel(load_panel(wh.tables))


def tolerance(column: str) -> float:
    if "within" in column:
        return SHARES
    if column == "rank_width_80":
        return WIDTH_OF_RANKS
    return PLACES if column.startswith("rank") else VALUES


@pytest.mark.parametrize("ahead", [1, 2, 3])
def test_it_reproduces_the_printed_table(panel, ahead):
    result = means(panel, ahead)
    allowed = np.array([tolerance(column) for column in COLUMNS])
    outside = np.abs(result - PRINTED[ahead]) > allowed
    assert not outside.any(), dict(zip(np.array(COLUMNS)[outside], result[outside], strict=True))


def agreement(panel: Panel) -> dict[str, float]:
    """Share of the printed figures of ten countries that come out alike, by kind of figure."""
    table = pd.concat([summary(draws(fit(panel, ahead)), panel) for ahead in (1, 2, 3)])
    table = table[table["measure"] == "EGDI"]
    both = printed_countries().merge(table, on=["ref_area", "time_period"], suffixes=("_printed", ""))
    assert len(both) == 30
    shares = {}
    for kind, allowed in BANDS_OF_A_COUNTRY.items():
        names = [kind] if kind in both else [f"{kind}{share}" for share in (10, 50, 90)]
        gaps = pd.concat([(both[name] - both[f"{name}_printed"]).abs() for name in names]).dropna()
        shares[kind] = float((gaps <= allowed).mean())
    return shares


def test_the_ten_countries_come_out_as_printed(panel):
    assert agreement(panel) == {"p": 1, "rank_p": 1, "p_better_rank": 1}


def test_nine_in_ten_figures_of_the_ten_countries_hold_with_todays_inputs(wh):
    assert min(agreement(load_panel(wh.tables)).values()) >= 0.9


@pytest.mark.parametrize("origin", [2018, 2022])
def test_no_origin_reads_a_later_figure_of_networks(wh, origin):
    """Not in a hole either: a value after it would draw the line across."""
    panel = load_panel(wh.tables)
    known = [rows[rows["time_period"] <= origin] for rows in panel.series]
    others = [rows.assign(obs_value=rows["obs_value"][::-1].to_numpy()) for rows in panel.series]
    later = [rows[rows["time_period"] > origin] for rows in others]
    series = tuple(pd.concat(parts) for parts in zip(known, later, strict=True))
    then, shuffled = panel.until(origin), replace(panel, series=series).until(origin)
    for name in ("internet_change", "mobile_change"):
        assert np.array_equal(getattr(then, name), getattr(shuffled, name), equal_nan=True)
    n = len(then.editions)
    all_years = np.stack([panel.internet_change[:n], panel.mobile_change[:n]])
    assert np.isnan(np.stack([then.internet_change, then.mobile_change])).sum() > np.isnan(all_years).sum()


def test_only_countries_with_a_published_egdi_at_both_ends_are_cases(wh):
    """The UN printed none for three countries in 2012, though it printed their parts."""
    cases = backtest(load_panel(wh.tables), 1, n=20)  # who is a case does not depend on the draws
    assert len(cases) == 1517
    without = cases[cases["ref_area"].isin(["CAF", "GIN", "LBY"])]
    assert set(without["origin"]) == {2008, 2014, 2016, 2018, 2020, 2022}

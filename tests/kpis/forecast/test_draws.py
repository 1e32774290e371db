"""Draws: one by hand, ranks that add up, the same on every machine."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.forecast import competition_rank, draws, fit, load_panel, summary
from tests.kpis.forecast.conftest import small_panel

BY_HAND = 5e-6  # five digits by hand


def test_the_first_draw_by_hand(panel):
    first = draws(fit(panel), n=1, seed=1)
    assert first.indices[0, :, 0] == pytest.approx([0.5, 0.605660, 0.994340], abs=BY_HAND)
    assert first.indices[0, :, 1] == pytest.approx([0.7153, 0.9153, 1], abs=5e-5)
    assert first.egdi[0] == pytest.approx([0.57176, 0.70698, 0.89811], abs=BY_HAND)
    assert first.rank[0].tolist() == [3, 2, 1]


def test_more_draws_only_add_rows(panel):
    few, many = draws(fit(panel), n=50), draws(fit(panel), n=200)
    assert np.array_equal(few.egdi, many.egdi[:50])


def test_no_gain_is_no_plan(panel):
    model = fit(panel)
    assert np.array_equal(draws(model, 100, gain=np.zeros((3, 3))).egdi, draws(model, 100).egdi)


@given(small=st.floats(0, 0.2), more=st.floats(0, 0.2))
def test_a_larger_gain_never_makes_a_rank_less_likely(small, more):
    model = fit(small_panel())
    gain = np.zeros((3, 3))
    gain[0] = small
    larger = gain.copy()
    larger[0] += more
    before, after = (draws(model, 60, gain=each).rank[:, 0] for each in (gain, larger))
    assert (after <= before).all()


def test_who_lacks_a_figure_has_no_forecast_and_the_others_have(panel):
    levels = panel.levels.copy()
    levels[-1, 1, 2] = np.nan
    sample = draws(fit(replace(panel, levels=levels)), 20)
    assert np.isnan(sample.egdi[:, 1]).all()
    assert np.isnan(sample.rank[:, 1]).all()
    assert set(np.unique(sample.rank[:, [0, 2]])) == {1, 2}


def test_a_country_without_a_rank_today_has_bands_and_no_chance_of_a_better_one(panel):
    egdi = panel.egdi.copy()
    egdi[-1, 1] = np.nan
    unranked = replace(panel, egdi=egdi)
    table = summary(draws(fit(unranked), 20), unranked).set_index(["measure", "ref_area"])
    row, other = table.loc[("EGDI", "BBB")], table.loc[("EGDI", "AAA")]
    assert not np.isnan(row["rank_p50"])
    assert np.isnan([row["p_better_rank"], row["p_worse_rank"]]).all()
    assert other["p_better_rank"] + other["p_worse_rank"] <= 1


def test_equal_at_four_decimals_shares_the_better_rank():
    ranks = competition_rank(np.array([[0.50001, 0.50004, 0.4, np.nan, 0.9]]))
    assert ranks[0, [0, 1, 2, 4]].tolist() == [2, 2, 4, 1]
    assert np.isnan(ranks[0, 3])


def test_a_rise_of_all_leaves_the_ranks(panel):
    """Where nothing is cut to 0 to 1."""
    low = replace(panel, levels=panel.levels * 0.3)
    higher = replace(low, levels=low.levels + 0.05)
    assert np.array_equal(draws(fit(low), 60).rank, draws(fit(higher), 60).rank)


def test_ranks_of_one_draw_add_up(wh):
    """On the published figures: 193 countries, one rank each where no two are equal."""
    sample = draws(fit(load_panel(wh.tables)), 200)
    without_tie = [row for row in sample.rank if len(set(row)) == 193]
    assert len(without_tie) > 5
    assert {row.sum() for row in without_tie} == {193 * 194 / 2}

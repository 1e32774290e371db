"""What compound growth promised, by hand and on the real figures."""

from __future__ import annotations

import numpy as np
import pytest

from kpis.forecast import expected
from kpis.forecast.promises import growth_rates, promises
from kpis.forecast.series import load_series

NAN = np.nan


def test_growth_since_the_first_value_within_eight_years():
    table = np.array([[10.0, 0.0], [NAN, 5.0], [40.0, 10.0]])
    assert growth_rates(table)[2].tolist() == [1.0, pytest.approx(NAN, nan_ok=True)]  # no growth from 0
    assert growth_rates(table[1:])[1].tolist() == [pytest.approx(NAN, nan_ok=True), 1.0]


def test_promises_by_hand():
    """One year ahead: A doubles to 40, so said 80 and came 50; B 20, 30, 45, so said 67.5 and came 70."""
    table = np.array([[10.0, 20.0, 50.0], [20.0, 30.0, 50.0], [40.0, 45.0, 50.0], [50.0, 70.0, 50.0]])
    kept = promises(table, 60, ahead=(1,))
    assert (kept.made, kept.came_true) == (2, 1)
    falling = promises(100 - table, 20, direction=-1, ahead=(1,))
    assert (falling.made, falling.came_true) == (0, 0)
    nothing = promises(table, 60)
    assert (nothing.made, nothing.came_true) == (0, 0)


def test_a_fall_below_a_level_is_promised_where_less_is_better():
    table = np.array([[80.0], [40.0], [20.0], [12.0]])
    assert promises(table, 15, direction=-1, ahead=(1,)).came_true == 1
    assert promises(table, 11, direction=-1, ahead=(1,)).came_true == 0


def test_most_promises_of_internet_use_were_not_kept(wh):
    """Said to reach 90 per cent within five to seven years: about one in five did."""
    internet = next(each for each in load_series(wh.tables) if each.kpi == "SDG_17.8.1")
    kept = promises(internet.past, 90)
    assert kept.made > 2000
    assert kept.came_true / kept.made == pytest.approx(0.18, abs=0.03)


def test_compound_growth_counts_far_more_countries_than_may_be_expected(wh):
    counts = expected(wh.tables).set_index("kpi")
    internet = counts.loc["SDG_17.8.1"]
    assert internet["growth"] > 2 * internet["calibrated"]
    assert internet["n"] > internet["growth"]
    two = expected(wh.tables, ["COL", "HTI"]).set_index("kpi").loc["SDG_17.8.1"]
    rows = wh.forecast(["COL", "HTI"], "SDG_17.8.1")
    assert two["n"] == len(rows) == 2
    assert two["calibrated"] == pytest.approx(rows["p_nearly"].sum())

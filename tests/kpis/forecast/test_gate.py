"""The gate of annual KPIs: its rules, an origin by hand, and which of the real KPIs pass."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from kpis.forecast import stored_gates
from kpis.forecast.gate import REASONS, Gate, gate, is_open, score
from kpis.forecast.panel import bridged
from kpis.forecast.promises import AHEAD
from tests.kpis.forecast.test_annual import history

GOOD = Gate(6, cases=300, within_80=0.8, error=5.0, crps=3.06, fan_crps=3.0)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, ""),
        ({"cases": 299}, "few_cases"),
        ({"within_80": 0.74}, "band_too_narrow"),
        ({"within_80": 0.88}, "band_too_wide"),
        ({"crps": 3.07}, "worse_than_fan"),
        ({"fan_crps": float("nan")}, "worse_than_fan"),  # nothing to compare with is no pass
    ],
)
def test_the_first_rule_that_was_not_met(change, reason):
    tried = dataclasses.replace(GOOD, **change)
    assert tried.reason == reason
    assert tried.passed == (not reason)


def test_who_has_something_left_to_reach():
    levels = np.array([0.2, 0.6, 94.9, 95.0, np.nan])
    assert is_open(levels, 1).tolist() == [True, True, True, False, False]
    assert is_open(levels, -1).tolist() == [False, True, True, True, False]


def test_scores_of_cases_with_some_and_no_draws():
    """Draws 1 and 3 against 2: mean distance 1, minus half the mean distance of pairs, 1/2."""
    draws = np.array([[3.0, 1.0, np.nan], [2.0, 2.0, 2.0], [np.nan] * 3])
    assert score(draws, np.array([2.0, 2.0, 2.0])).tolist() == [0.5, 0.0, pytest.approx(np.nan, nan_ok=True)]


def test_cases_are_open_starts_with_a_later_value():
    """A start is a published value, never one that a later value fills in; an outcome may be one."""
    table = history()
    tried, outcomes = gate(table, 3), bridged(table)
    origins = range(4, len(table) - 3)
    cases = sum(int(((table[at] < 95) & ~np.isnan(outcomes[at + 3])).sum()) for at in origins)
    assert (outcomes[4:-3][np.isnan(table[4:-3])] < 95).any()  # there are holes that would be starts
    assert tried.cases == cases > 300
    assert 0.6 < tried.within_80 < 0.95
    assert tried.crps < tried.error


def test_mirrored_shares_pass_the_same_gate():
    """Less of what is left is as good as more of what there is, but where the scale ends for one of them."""
    table = 20 + 0.6 * history()
    up, down = gate(table, 3), gate(100 - table, 3, direction=-1)
    assert down.cases == up.cases
    assert down.error == pytest.approx(up.error)


def test_too_short_a_past_has_no_case():
    tried = gate(history(n_years=7), 3)
    assert (tried.cases, tried.reason) == (0, "few_cases")
    assert np.isnan(tried.within_80)


def test_the_verdicts_of_the_real_kpis(wh):
    """What is measured every year or in enough rounds passes; the others say why not."""
    table = stored_gates(wh.tables).set_index("kpi")
    assert table["passed"].to_dict() == {
        "CHILD_MORTALITY": False, "PRICE_FIXED_BB": False, "PRICE_MOBILE_BB": False, "SDG_1.1.1": True,
        "SDG_1.3.1": False, "SDG_16.9.1": False, "SDG_17.8.1": True, "SDG_3.8.1": False, "SDG_4.1.2": False,
        "SDG_5.5.1": True, "SDG_7.1.1": True, "SDG_8.10.2": False, "SDG_9.c.1": False, "SDG_9.c.1_3G": False,
    }  # fmt: skip
    few = ["SDG_9.c.1", "SDG_8.10.2", "SDG_16.9.1"]
    assert table.loc[few, "reason"].tolist() == ["few_cases"] * 3
    assert table.loc[["SDG_3.8.1", "PRICE_FIXED_BB"], "reason"].tolist() == ["too_far", "not_a_share"]
    refused = table[~table["passed"]]
    assert set(refused["reason"]) <= set(REASONS)
    passed = table[table["passed"]]
    assert passed["within_80"].between(0.75, 0.87).all()
    assert passed["horizon"].between(min(AHEAD), 8).all()
    assert (passed["reason"] == "").all()

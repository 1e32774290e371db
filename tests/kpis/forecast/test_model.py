"""The recipe on three countries, step by step."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kpis.errors import RequestError
from kpis.forecast import Panel, fit

# By hand, to six digits; the tolerance is half of the last one.
BY_HAND = 5e-7


def test_the_common_change_is_carried_for_osi_and_tii_but_not_for_hci(panel):
    assert fit(panel).shift == pytest.approx([0.1, 0.15, 0], abs=BY_HAND)


def test_a_rise_of_osi_is_partly_lost_again(panel):
    """Six rows, one feature: the slope of least squares, −1, times 6/106."""
    model = fit(panel)
    assert model.slopes[0] == pytest.approx([-6 / 106], abs=BY_HAND)
    assert model.own[:, 0] == pytest.approx([0, 0.005660, -0.005660], abs=BY_HAND)
    assert not model.own[:, 1:].any()


def test_the_centre_is_the_last_value_with_both_changes(panel):
    centre = [[0.5, 0.65, 0.5], [0.705660, 0.85, 0.6], [0.894340, 0.95, 0.7]]
    assert fit(panel).centre == pytest.approx(np.array(centre), abs=BY_HAND)


def test_residuals_are_what_a_fit_without_the_spell_leaves(panel):
    residuals = fit(panel).residuals
    assert residuals[0, :, 0] == pytest.approx([0, 0.1, -0.1], abs=BY_HAND)
    assert residuals[1, :, 0] == pytest.approx([0, -0.1, 0.1], abs=BY_HAND)
    assert not residuals[:, :, 1:].round(12).any()


@pytest.mark.parametrize(("ahead", "size"), [(1, 0.054127), (2, 0.088388)])
def test_the_common_shock_grows_with_the_horizon(panel, ahead, size):
    common = fit(panel, ahead).common
    assert common[:, 1] == pytest.approx([-size, size], abs=BY_HAND)
    assert not common[:, [0, 2]].round(12).any()


@pytest.mark.parametrize("ahead", [0, 4, -1])
def test_no_further_than_three_editions(panel, ahead):
    with pytest.raises(RequestError, match="1 to 3 editions"):
        fit(panel, ahead)


def test_two_editions_are_too_few(panel):
    with pytest.raises(RequestError, match="at least 3 editions; there are 2"):
        fit(panel.until(2022))


def test_the_future_is_not_read(panel: Panel):
    """What comes after the origin may be shuffled: the fit of the origin is the same."""
    rng = np.random.default_rng(7)
    four = replace(
        panel,
        editions=(*panel.editions, 2026),
        levels=np.concatenate([panel.levels, rng.random((1, 3, 3))]),
        egdi=np.concatenate([panel.egdi, rng.random((1, 3))]),
        osi_change=np.concatenate([panel.osi_change, rng.random((1, 3))]),
        internet_change=np.concatenate([panel.internet_change, rng.random((1, 3))]),
        mobile_change=np.concatenate([panel.mobile_change, rng.random((1, 3))]),
    )
    assert np.array_equal(fit(four.until(2024)).centre, fit(panel).centre)

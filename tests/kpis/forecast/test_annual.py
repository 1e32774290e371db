"""Draws of annual KPIs: tables by hand, laws, and a plain version that takes one country at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.forecast.annual import (
    FEWEST_DONORS,
    MOST_OF_ONE,
    N_DONORS,
    Donors,
    Starts,
    donors,
    fan,
    paces,
    quantiles,
    sample,
)

NAN = np.nan


def history(n_years: int = 18, n_areas: int = 40, seed: int = 1) -> np.ndarray:
    """Shares that mostly rise, a tenth of them missing; year × area."""
    rng = np.random.default_rng(seed)
    steps = rng.normal(2, 3, (n_years, n_areas))
    table = np.clip(rng.uniform(1, 60, n_areas) + steps.cumsum(axis=0), 0, 100)
    table[rng.random(table.shape) < 0.1] = NAN
    return table


def starts_of(table: np.ndarray, year: int) -> Starts:
    area = np.flatnonzero(~np.isnan(table[year]))
    return Starts(area, table[year, area], paces(table)[year, area])


def test_the_pace_begins_with_the_first_value_within_eight_years():
    table = np.array([[10.0, NAN], [NAN, 3.0], [14.0, 5.0], *[[NAN, NAN]] * 7, [30.0, 9.0]])
    pace = paces(table)
    assert pace[2].tolist() == [2.0, 2.0]
    assert pace[10].tolist() == [2.0, 0.5]  # from year 2: year 0 and year 1 lie more than eight years before
    assert np.isnan(pace[0]).tolist() == [True, True]


def test_donors_are_starts_with_a_value_so_many_years_later():
    table = np.array([[10.0, NAN], [12.0, 50.0], [NAN, 60.0], [20.0, 65.0]])
    pool = donors(table, paces(table), 2)
    assert pool.level.tolist() == [
        [pytest.approx(NAN, nan_ok=True), 12.0],
        [pytest.approx(NAN, nan_ok=True), 50],
    ]
    assert pool.outcome[:, 1].tolist() == [20.0, 65.0]
    assert donors(table, paces(table), 4).level.shape == (2, 0)


def test_too_few_donors_give_no_draws():
    table = history(n_areas=FEWEST_DONORS)
    one_start = donors(table[:6], paces(table[:6]), 5)
    others = (~np.isnan(one_start.level)).sum()
    assert others <= FEWEST_DONORS
    assert np.isnan(sample(starts_of(table, 5), one_start)).all()


def plain(level: float, pace: float, own: int, pool: Donors) -> np.ndarray:
    """The recipe, one country at a time, with least squares of its own."""
    start, area = np.nonzero(~np.isnan(pool.level.T))
    keep = area != own
    start, area = start[keep], area[keep]
    was, rate, later = (part[area, start] for part in (pool.level, pool.pace, pool.outcome))

    def logit(share: np.ndarray | float) -> np.ndarray:
        share = np.clip(share, 0.5, 99.5)
        return np.log(share / (100 - share))

    def percent(value: np.ndarray) -> np.ndarray:
        return 100 / (1 + np.exp(-value))

    def nearest(distance: np.ndarray) -> list[int]:
        taken: list[int] = []
        for at in np.argsort(distance, kind="stable").tolist():
            if sum(area[each] == area[at] for each in taken) < MOST_OF_ONE:
                taken.append(at)
        return taken[:N_DONORS]

    apart = np.abs(logit(level) - logit(was))
    both = (apart / logit(was).std()) ** 2
    if not np.isnan(pace):
        both = np.nan_to_num(both + ((pace - rate) / np.nanstd(rate)) ** 2, nan=np.inf)
    alike, near = nearest(both), nearest(apart)
    fitted = (was > 0.5) & (was < 97)
    terms = np.column_stack([np.ones(len(was)), np.nan_to_num(rate) * pool.horizon, logit(was)])
    slopes = np.linalg.lstsq(terms[fitted], (logit(later) - logit(was))[fitted], rcond=None)[0]
    own_terms = np.array([1, np.nan_to_num(pace) * pool.horizon, float(logit(level))])
    centre = percent(logit(level) + own_terms @ slopes)
    line = np.clip(was + np.nan_to_num(rate) * pool.horizon, 0, 100)
    own_line = np.clip(level + np.nan_to_num(pace) * pool.horizon, 0, 100)
    draws = [
        percent(logit(level) + (logit(later) - logit(was))[alike]),
        centre + (later - percent(logit(was) + terms @ slopes))[near],
        own_line + (later - line)[near],
    ]
    return np.clip(np.concatenate(draws), 0, 100)


@pytest.mark.parametrize("n_areas", [12, 40])  # with 12 there are fewer than 80 donors
@pytest.mark.parametrize("horizon", [1, 5])
def test_all_countries_at_once_are_the_plain_recipe_of_each(n_areas, horizon):
    table = history(n_areas=n_areas)
    table[:-2, 0] = NAN  # one country without a pace
    pool, starts = donors(table, paces(table), horizon), starts_of(table, -1)
    drawn = np.sort(sample(starts, pool), axis=1)
    assert len(starts.area) >= n_areas / 2
    for case, own in enumerate(starts.area.tolist()):
        reference = np.sort(plain(starts.level[case], starts.pace[case], own, pool))
        assert drawn[case][: len(reference)] == pytest.approx(reference, abs=1e-9)
        assert np.isnan(drawn[case][len(reference) :]).all()


def test_own_spells_do_not_count():
    table = history()
    starts = Starts(np.array([3]), np.array([40.0]), np.array([1.0]))
    other = table.copy()
    other[:, 3] = 100 - other[:, 3]
    before, after = (sample(starts, donors(each, paces(each), 4)) for each in (table, other))
    assert before == pytest.approx(after, abs=1e-9)
    other[:, 4] = 100 - other[:, 4]
    assert before != pytest.approx(sample(starts, donors(other, paces(other), 4)), abs=1e-9)


@given(seed=st.integers(0, 30), year=st.integers(8, 12))
def test_no_later_value_is_read(seed, year):
    table = history(seed=seed)
    shuffled = table.copy()
    np.random.default_rng(seed + 1).shuffle(shuffled[year + 1 :])
    starts, again = starts_of(table, year), starts_of(shuffled, year)
    known, same = (donors(each[: year + 1], paces(each)[: year + 1], 3) for each in (table, shuffled))
    assert np.array_equal(sample(starts, known), sample(again, same), equal_nan=True)


@given(seed=st.integers(0, 30), horizon=st.integers(1, 8), stretch=st.sampled_from([1.0, 1.4]))
def test_bands_are_ordered_and_within_the_scale(seed, horizon, stretch):
    table = history(seed=seed)
    drawn = sample(starts_of(table, -1), donors(table, paces(table), horizon), stretch=stretch)
    bands = quantiles(drawn, (0.025, 0.1, 0.5, 0.9, 0.975))
    assert bands.size
    assert (np.diff(bands, axis=0) >= 0).all()
    assert bands.min() >= 0
    assert bands.max() <= 100


def test_stretching_widens_about_the_median():
    table = history()
    starts, pool = starts_of(table, -1), donors(table, paces(table), 3)
    narrow, wide = (quantiles(sample(starts, pool, stretch=by), (0.25, 0.5, 0.75)) for by in (1.0, 1.4))
    middle = (narrow[0] > 30) & (narrow[2] < 70)
    assert middle.any()
    assert wide[1][middle] == pytest.approx(narrow[1][middle])
    assert (wide[2] - wide[0])[middle] == pytest.approx(1.4 * (narrow[2] - narrow[0])[middle])


def test_the_fan_takes_the_nearest_start_of_each_other_country():
    """Eleven others at 20 and later 30 + their place; the last of two equal starts counts, one is too far."""
    table = np.full((4, 13), 20.0)
    table[2], table[3] = 30 + np.arange(13.0), 40 + np.arange(13.0)
    table[:2, 12] = 60
    starts = Starts(np.array([0]), np.array([20.0]), np.array([NAN]))
    reached = fan(starts, donors(table, paces(table), 2), 1.0)[0]
    assert np.isnan(reached[[0, 12]]).all()
    assert reached[1:12].tolist() == [41.0 + place for place in range(11)]
    assert np.isnan(fan(starts, donors(table[:, :9], paces(table[:, :9]), 2), 1.0)).all()

"""One country among the draws that are held: the same answer as drawing everybody anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.errors import RequestError
from kpis.forecast import all_futures, draws, fit, load_panel
from kpis.forecast.futures import Futures, make_futures
from tests.kpis.forecast.conftest import small_panel

N = 60
GAIN = st.lists(st.floats(-0.3, 0.3), min_size=3, max_size=3).map(np.array)


@pytest.fixture
def sample(panel) -> Futures:
    return make_futures(panel, 1, N)


def anew(model, area: str, gain: np.ndarray, n: int = N):
    """EGDI and rank of one country, all countries drawn with its gain."""
    place, everyone = model.areas.index(area), np.zeros_like(model.centre)
    everyone[place] = gain
    whole = draws(model, n, gain=everyone)
    return whole.egdi[:, place], whole.rank[:, place]


@given(gain=GAIN, area=st.sampled_from(["AAA", "BBB", "CCC"]))
def test_it_is_the_same_as_drawing_everybody_anew(gain, area):
    panel = small_panel()
    egdi, rank = anew(fit(panel), area, gain)
    future = make_futures(panel, 1, N).of(area, gain)
    assert np.array_equal(future.egdi, egdi)
    assert np.array_equal(future.rank, rank)


@pytest.mark.parametrize("area", ["COL", "EST", "HTI"])
def test_also_among_all_countries(wh, area):
    panel, gain = load_panel(wh.tables), np.array([0.1, 0.02, 0.0])
    egdi, rank = anew(fit(panel, 2), area, gain, n=300)
    future = make_futures(panel, 2, 300).of(area, gain)
    assert np.array_equal(future.egdi, egdi)
    assert np.array_equal(future.rank, rank)


def test_no_gain_is_the_forecast(panel, sample):
    whole = draws(fit(panel), N)
    assert np.array_equal(sample.of("BBB").egdi, whole.egdi[:, 1])
    assert np.array_equal(sample.of("BBB").rank, whole.rank[:, 1])


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_the_bar_of_a_rank_is_where_the_rank_begins(sample, rank):
    for area in ("AAA", "BBB", "CCC"):
        future = sample.of(area)
        reached = np.round(future.egdi, 4) >= sample.bar(area, rank)
        assert np.array_equal(reached, future.rank <= rank)


def test_the_last_place_is_free(sample):
    assert (sample.bar("AAA", 3) == -1).all()


def test_a_rank_costs_the_value_of_the_country_there(panel, sample):
    whole = draws(fit(panel), N)
    second = np.sort(np.round(whole.egdi, 4), axis=1)[:, 1]
    assert sample.cost(2).p50 == pytest.approx(np.median(second))
    assert np.isnan(sample.cost(4).p50)


def test_a_value_gives_one_more_than_there_are_ahead(sample):
    assert sample.place_of(1.0).p50 == 1
    assert sample.place_of(0.0).p50 == 4


def test_who_lacks_a_figure_has_no_future_and_is_nobodys_rival(panel):
    levels = panel.levels.copy()
    levels[-1, 2, 0] = np.nan
    panel = replace(panel, levels=levels)
    sample = make_futures(panel, 1, N)
    future = sample.of("CCC", np.array([0.1, 0.1, 0.1]))
    assert np.isnan(future.egdi).all()
    assert np.isnan(future.rank).all()
    assert np.array_equal(sample.of("BBB").rank, draws(fit(panel), N).rank[:, 1])


def test_an_unknown_country_is_named(sample):
    with pytest.raises(RequestError, match="XYZ"):
        sample.of("XYZ")


def test_the_draws_of_a_warehouse_are_made_once(wh):
    assert all_futures(wh.tables) is all_futures(wh.tables)

"""With a plan: what an edition can see, two readings, the laws they obey, and what a goal takes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.errors import RequestError
from kpis.forecast import Aim, PlanForecast, fit, forecast_plan, needed
from kpis.forecast.futures import Futures, all_futures, make_futures
from kpis.forecast.plan import gains, visible, with_delta
from tests.kpis.forecast.conftest import small_panel

N = 60
DELTA = st.fixed_dictionaries({name: st.floats(-0.2, 0.4) for name in ("OSI", "TII", "HCI")})
SERVICES = {"OSI_SP": 0.95}
PORTAL = {"OSI_SP": 0.95, "OSI_TEC": 0.95, "OSI_CP": 0.95, "OSI_IF": 1.0}
WITH_NETWORKS = PORTAL | {"TII_INTERNET_USERS": 90.0}
# Colombia in 2028: middle rank and chance of rank 50, instead of the usual course and on top of it.
STUDY = [
    (SERVICES, (55, 49), (0.40, 0.54)),
    (PORTAL, (53, 47), (0.45, 0.59)),
    (WITH_NETWORKS, (53, 42), (0.45, 0.71)),
]
PLACES, SHARES, EGDI = 1, 0.02, 0.002  # the study's own Monte Carlo error


@pytest.fixture(scope="module")
def small() -> list[Futures]:
    """Three countries, one and two editions after 2024."""
    return [make_futures(small_panel(), ahead, N) for ahead in (1, 2)]


def of_small(sample: list[Futures], delta: dict[str, float], **choices) -> PlanForecast:
    return with_delta(sample, "AAA", delta, **{"done": 2024, "aim": Aim("rank", 2)} | choices)


@pytest.mark.parametrize(
    ("done", "edition", "services", "others"),
    [
        (2026, 2026, False, False),
        (2026, 2028, True, True),
        (2027, 2028, True, False),
        (2028, 2028, False, False),
        (2029, 2030, True, False),
        (2030, 2030, False, False),
    ],
)
def test_an_edition_sees_portals_of_the_year_before_and_figures_of_two(done, edition, services, others):
    assert visible("OSI", done, edition) is services
    assert visible("TII", done, edition) is others
    assert visible("HCI", done, edition) is others


@pytest.mark.parametrize(("changes", "ranks", "chances"), STUDY)
def test_it_reproduces_the_study(wh, changes, ranks, chances):
    edition = forecast_plan(wh.tables, "COL", changes, aim=Aim("rank", 50), done=2026).editions[1]
    assert edition.nothing_new.rank.p50 == pytest.approx(61, abs=PLACES)
    assert (edition.instead.rank.p50, edition.on_top.rank.p50) == pytest.approx(ranks, abs=PLACES)
    assert edition.nothing_new.chance == pytest.approx(0.28, abs=SHARES)
    assert edition.chance == pytest.approx(chances, abs=SHARES)


def test_what_rank_50_takes_is_that_of_the_study(wh):
    forecast = forecast_plan(wh.tables, "COL", {}, aim=Aim("rank", 50))
    need, price = forecast.editions[1].need, forecast.editions[1].price
    assert need is not None and price is not None  # noqa: PT018 # for the types
    assert (need.even, need.high) == pytest.approx((0.031, 0.073), abs=EGDI)
    assert need.high_egdi == pytest.approx(0.893, abs=EGDI)
    assert forecast.price_now == pytest.approx(0.840, abs=EGDI)
    assert (price.p10, price.p50, price.p90) == pytest.approx((0.787, 0.860, 0.916), abs=EGDI)


def test_networks_done_a_year_later_do_not_show_in_2028(wh):
    late = forecast_plan(wh.tables, "COL", WITH_NETWORKS, done=2027).editions
    without = forecast_plan(wh.tables, "COL", PORTAL, done=2027).editions
    assert late[1].unseen == ("TII",)
    assert late[1].on_top.rank == without[1].on_top.rank
    assert late[2].on_top.rank.p50 < without[2].on_top.rank.p50


@given(delta=DELTA)
def test_a_plan_on_top_is_never_worse_than_in_place_of_the_usual_course(delta):
    model = fit(small_panel(), 2)
    instead, on_top = gains(model, "AAA", delta, 2024)
    assert (instead <= on_top).all()


@given(delta=DELTA, more=st.floats(0, 0.3))
def test_a_larger_change_never_makes_the_goal_less_likely(delta, more):
    sample = [make_futures(small_panel(), 1, N)]
    larger = {name: value + more for name, value in delta.items()}
    small, large = (of_small(sample, each, done=2022).editions[0] for each in (delta, larger))
    assert large.instead.chance >= small.instead.chance
    assert large.on_top.chance >= small.on_top.chance
    assert large.on_top.rank.p50 <= small.on_top.rank.p50


@given(delta=DELTA)
def test_a_share_of_nothing_is_nothing_new(delta):
    sample = [make_futures(small_panel(), 1, N)]
    edition = of_small(sample, delta, done=2022, delivered=0.0).editions[0]
    assert edition.instead == edition.on_top == edition.nothing_new


def test_half_delivered_is_half_the_gain(small):
    whole, half = (of_small(small, {"OSI": 0.3}, delivered=share).editions[1] for share in (1.0, 0.5))
    assert half.gain_on_top["OSI"] == pytest.approx(whole.gain_on_top["OSI"] / 2)


def test_no_change_is_no_plan(small):
    for edition in of_small(small, {}).editions:
        assert edition.instead == edition.on_top == edition.nothing_new
        assert not edition.reaches


def test_an_edition_that_cannot_see_the_plan_is_as_without(small):
    edition = of_small(small, {"OSI": 0.3, "TII": 0.2}, done=2026).editions[0]
    assert (edition.reaches, edition.unseen) == (False, ("OSI", "TII"))
    assert edition.instead == edition.on_top == edition.nothing_new


def test_a_usual_fall_goes_on_under_the_cautious_reading():
    """Where OSI is expected to fall, a plan in its place does not undo the fall as well."""
    falling = replace(fit(small_panel()), own=np.full((3, 3), -0.5))
    instead, on_top = gains(falling, "AAA", {"OSI": 0.2}, 2024)
    assert instead.tolist() == on_top.tolist()


def test_both_readings_are_shown_as_one_band(small):
    edition = of_small(small, {"OSI": 0.3}).editions[1]
    assert edition.egdi.p10 == min(edition.instead.egdi.p10, edition.on_top.egdi.p10)
    assert edition.egdi.p90 == max(edition.instead.egdi.p90, edition.on_top.egdi.p90)
    assert edition.rank.p50_low <= edition.rank.p50_high
    assert edition.chance == (edition.instead.chance, edition.on_top.chance)


@pytest.mark.parametrize("aim", [Aim("rank", 2), Aim("egdi", 0.6)])
@pytest.mark.parametrize("chance", [0.5, 0.8])
def test_the_gain_that_is_needed_gives_the_chance_and_a_smaller_one_does_not(small, aim, chance):
    gain = needed(small[0], "AAA", aim, chance)
    enough, less = (aim.chance(small[0].of("AAA", np.full(3, each))) for each in (gain, gain - 2e-4))
    assert enough >= chance > less


def test_a_better_chance_never_takes_less(small):
    need = of_small(small, {}).editions[0].need
    assert need is not None
    assert need.even <= need.high
    assert need.even_egdi <= need.high_egdi


def test_what_nobody_can_reach_is_missing(small):
    assert np.isnan(needed(small[0], "AAA", Aim("egdi", 1.01), 0.5))


def test_without_a_goal_there_is_no_chance_and_no_need(small):
    edition = of_small(small, {"OSI": 0.1}, aim=None).editions[0]
    assert np.isnan(edition.nothing_new.chance)
    assert (edition.need, edition.price) == (None, None)


def test_a_country_without_a_last_value_has_no_forecast_and_the_reason():
    panel = small_panel()
    levels = panel.levels.copy()
    levels[-1, 0, 1] = np.nan
    sample = [make_futures(replace(panel, levels=levels), 1, N)]
    forecast = of_small(sample, {"OSI": 0.1})
    edition = forecast.editions[0]
    assert forecast.missing == ("TII",)
    assert np.isnan([edition.egdi.p50_low, edition.rank.p90, edition.on_top.chance]).all()
    assert edition.need is not None
    assert np.isnan(edition.need.even)


def test_the_table_has_a_row_for_each_edition_and_course(small):
    table = of_small(small, {"OSI": 0.3}).table
    assert table[["time_period", "course"]].to_numpy().tolist() == [
        [year, course] for year in (2026, 2028) for course in ("nothing_new", "instead", "on_top")
    ]
    assert table.loc[table["course"] == "nothing_new", "gain_OSI"].tolist() == [0, 0]


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_that_cannot_be_is_refused(small, share):
    with pytest.raises(RequestError, match="0 to 1"):
        of_small(small, {}, delivered=share)


def test_a_plan_done_before_it_begins_is_refused(wh):
    with pytest.raises(RequestError, match="2026 or a later year"):
        forecast_plan(wh.tables, "COL", SERVICES, done=2025)


def test_all_editions_are_drawn(wh):
    assert [sample.year for sample in all_futures(wh.tables)] == [2026, 2028, 2030]

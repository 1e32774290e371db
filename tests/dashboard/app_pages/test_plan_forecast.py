"""The forecast of the page Plan: answer, chart, what stands beside it; on the real page, both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from math import nan
from pathlib import Path

import pytest

from dashboard.app_pages.plan import forecast_lanes as lanes
from dashboard.app_pages.plan import forecast_words as words
from dashboard.app_pages.plan import reads as plan_reads
from kpis.forecast import Aim, PlanForecast, forecast_plan
from kpis.forecast.plan import Need
from tests.dashboard.app_pages.test_plan import plan_page
from tests.dashboard.plotly_figure import checked
from tests.dashboard.test_pages import opened, text_of

RANK_50 = Aim("rank", 50)
SERVICES = {"OSI_SP": 0.95}
WITH_NETWORKS = SERVICES | {"TII_INTERNET_USERS": 90.0}
INDICES = {"OSI": "services", "TII": "networks", "HCI": "people"}
MEMBERS = 193


@pytest.fixture(autouse=True)
def _at_home(home: Path) -> None:
    """Every page reads the warehouse of all tests."""


@pytest.fixture
def forecast(wh):
    """The forecast of a country with some changes."""

    def make(area: str = "COL", changes=SERVICES, **choices) -> PlanForecast:
        return forecast_plan(wh.tables, area, changes, **{"aim": RANK_50} | choices)

    return make


def names(figure) -> list[str]:
    return [trace.name for trace in checked(figure).data]


def test_the_answer_says_both_ranks_with_their_bands_and_the_chance(forecast, ctx):
    text = words.answer("Colombia", forecast(), 2028, ctx)
    assert "If nothing new happens, Colombia will be around rank 61 (41 to 80) in 2028" in text
    assert "with the plan, done by 2027, around rank 49 to 55 (28 to 74)" in text
    assert "The chance of reaching rank 50 or a better one rises from 28% to between 40% and 53%." in text


def test_the_edition_of_the_goal_has_its_own_chance(forecast, ctx):
    assert "In 2030 it is between" in words.answer("Colombia", forecast(), 2030, ctx)
    assert "In 2030" not in words.answer("Colombia", forecast(), 2029, ctx)


def test_a_share_is_said(forecast, ctx):
    text = words.answer("Colombia", forecast(delivered=0.5), 2028, ctx)
    assert "with 50% of the plan, done by 2027" in text


def test_a_plan_of_nothing_and_one_too_late_are_told_apart(forecast, ctx):
    nothing, late = forecast(changes={}), forecast(done=2030)
    assert "changes no part of EGDI" in words.answer("Colombia", nothing, 2030, ctx)
    assert "Done by 2030, the plan comes too late" in words.answer("Colombia", late, 2030, ctx)
    assert "stays at 28%" in words.answer("Colombia", nothing, 2030, ctx)


def test_a_chance_from_under_the_least_has_an_upper_end_only(forecast, ctx):
    edition = forecast().editions[1]
    low, high = replace(edition.instead, chance=0.02), replace(edition.on_top, chance=0.08)
    assert words.plan_chance(replace(edition, instead=low, on_top=high), ctx) == "at most 8%"
    assert words.plan_chance(replace(edition, instead=low, on_top=low), ctx) == "under 5%"


def test_what_was_never_seen_is_said_of_a_later_edition(forecast, ctx):
    plan = forecast()
    seen, never = (words.whole(plan, plan.editions[-1], 44, did, ctx) for did in (5, 0))
    assert "5 of 44 countries" in seen
    assert "was never seen: none of 44 countries" in never


def test_a_change_for_the_worse_lowers_the_chance(forecast, ctx):
    assert "falls from 28%" in words.answer("Colombia", forecast(changes={"OSI_SP": 0.3}), 2028, ctx)


def test_where_the_cautious_reading_adds_nothing_the_chance_does_not_rise(forecast, ctx):
    text = words.answer("Colombia", forecast(changes={"OSI_SP": 0.75}), 2028, ctx)
    assert "is 28% without the plan, between 28% and" in text


def test_how_often_such_a_rise_was_seen_and_loudly_where_never(forecast, ctx):
    edition = forecast().editions[1]
    some, never = (words.precedent(forecast(), edition, 44, did, ctx) for did in (5, 0))
    assert "of 44 countries that once stood near, 5 made it in as many editions" in some
    assert never.startswith("But never seen: none of 44 countries")
    assert words.rise(forecast(), edition) == edition.instead.egdi.p50 - forecast().egdi_now


def test_without_a_forecast_the_reason_is_said(forecast, ctx):
    text = words.no_forecast("Colombia", replace(forecast(), missing=("TII",)), INDICES, ctx)
    assert "Colombia" in text
    assert "networks of 2024" in text


def test_haiti_moves_its_value_and_hardly_its_rank(forecast, wh, ctx):
    egdi = kpi_view(wh)
    assert [str(text) for text in words.values(forecast("HTI", {"OSI_SP": 0.3}), egdi, ctx)][1:] == [
        "The plan moves the value, hardly the rank."
    ]
    assert len(words.values(forecast(), egdi, ctx)) == 1


def kpi_view(wh):
    from dashboard.reads import shared

    return shared.kpis(wh, "en")["EGDI"]


def test_the_price_of_a_rank_then_beside_now(forecast, wh, ctx):
    price, even, high = (plain(text) for text in words.takes(forecast(), kpi_view(wh), ctx))
    assert price == "Rank 50 cost an EGDI of 0.84 in 2024; in 2028 it will probably cost 0.86 (0.79 to 0.92)."
    assert "chance of 50%" in even
    assert "0.86: every sub-index 0.03 above" in even
    assert "chance of 80%" in high
    assert "0.89: every sub-index 0.07 above" in high


def test_the_rank_of_an_egdi_then_beside_now(forecast, wh, ctx):
    price = plain(words.takes(forecast(aim=Aim("egdi", 0.85)), kpi_view(wh), ctx)[0])
    assert price.startswith("An EGDI of 0.85 gave rank 45 in 2024; in 2028 it will probably give rank 54 (")


def test_what_the_usual_course_reaches_and_what_nothing_does(forecast, wh, ctx):
    egdi = kpi_view(wh)
    assert "the usual course is enough" in words.takes(forecast("EST"), egdi, ctx)[1]
    assert "not even the highest values" in words.takes(beyond_reach(forecast()), egdi, ctx)[1]
    assert "No chance can be given for a stage" in words.takes(forecast(aim=None), egdi, ctx)[0]


def beyond_reach(forecast: PlanForecast) -> PlanForecast:
    """The same with a goal that no value reaches."""
    need = Need(even=nan, even_egdi=nan, high=nan, high_egdi=nan)
    return replace(forecast, editions=tuple(replace(each, need=need) for each in forecast.editions))


def plain(text) -> str:
    return text.striptags()


def test_what_comes_too_late_is_said_for_each_edition(forecast, ctx):
    first, second, third = words.too_late(forecast(changes=WITH_NETWORKS), 2030, INDICES, ctx)
    assert first.startswith("2026 cannot show the plan: it assessed portals in 2025")
    assert second == "2028 will not show yet: networks. Its figures of these are of 2026."
    assert third == "Services done only in 2030, the year of the goal, show in 2032 at the earliest."


def test_a_usual_rise_that_exceeds_the_plan_is_said(forecast, ctx):
    (sentence,) = words.absorbed(forecast(changes=WITH_NETWORKS, done=2026), INDICES, ctx)
    assert sentence.startswith("networks: the usual rise to 2028, +0.1")
    assert words.absorbed(forecast(changes=WITH_NETWORKS, done=2027), INDICES, ctx) == []


def test_without_internet_figures_the_notes_say_so(forecast, ctx):
    with_figures, without = (words.honest(forecast(), each, ctx) for each in (True, False))
    assert len(without) == len(with_figures) + 1


def test_lanes_hold_a_dashed_line_for_nothing_new_and_a_hatched_bar_for_the_plan(forecast, ctx):
    chart = checked(lanes.figure(forecast(), MEMBERS, ctx))
    usual = [trace for trace in chart.data if trace.name == "nothing_new"]
    plans = [trace for trace in chart.data if trace.name == "plan"]
    assert [trace.line.dash for trace in usual] == ["dash"] * 3
    assert [trace.marker.pattern.shape for trace in plans] == ["/"] * 2  # none where it comes too late
    assert list(usual[1].x) == [41, 61, 80]


def test_lanes_of_a_plan_of_nothing_are_those_without_it(forecast, ctx):
    assert names(lanes.figure(forecast(changes={}), MEMBERS, ctx)) == ["nothing_new"] * 3


def test_an_egdi_goal_shows_the_egdi(forecast, ctx):
    chart = checked(lanes.figure(forecast(aim=Aim("egdi", 0.85)), MEMBERS, ctx))
    assert max(chart.data[0].x) < 1
    assert "EGDI with its band" in lanes.alt(forecast(aim=Aim("egdi", 0.85)), ctx)


def test_a_goal_far_off_is_pointed_at(forecast, ctx):
    texts = [note.text for note in checked(lanes.figure(forecast("HTI"), MEMBERS, ctx)).layout.annotations]
    assert "goal: rank 50 →" in texts


def test_the_alternative_text_names_every_edition(forecast, ctx):
    text = lanes.alt(forecast(), ctx)
    assert "2026: 64 (46 to 77) if nothing new happens, 64 (46 to 77) with the plan" in text
    assert "2028: 61 (41 to 80) if nothing new happens, 49 to 55 (28 to 74) with the plan" in text


def test_the_view_takes_the_levers_of_the_address():
    app = opened(plan_page, lang="en", country="COL", reach="rank", show="forecast", set="OSI_SP:0.95")
    assert not app.exception
    text = text_of(app)
    assert "with the plan, done by 2027, around rank 49 to 55 (28 to 74)" in text
    assert "Taken from the view “What if”" in text
    app.button(key="forecast_reset").click().run(timeout=30)
    assert [box.label for box in app.expander] == ["Taken from the targets of the plan: 14 components"]


def test_year_and_share_stand_in_the_address():
    app = opened(
        plan_page, lang="es", country="COL", reach="rank", show="forecast", set="OSI_SP:0.95",
        done="2029", delivered="50",
    )  # fmt: skip
    assert "con el 50 % del plan, cumplido en 2029" in text_of(app).replace("\u00a0", " ")
    assert app.selectbox(key="control_done").value == "2029"


def test_a_plan_without_precedent_says_so_in_the_answer():
    text = text_of(opened(plan_page, lang="en", country="HTI", reach="rank", show="forecast"))
    assert "But never seen: none of 49 countries" in text
    text = text_of(opened(plan_page, lang="en", country="COL", reach="rank", show="forecast"))
    assert "never seen" not in text
    assert "The plan is taken as delivered. What 2030 shows of it raises EGDI by" in text


def test_a_rank_costs_what_it_cost_in_the_last_edition_and_depends_on_others():
    text = text_of(opened(plan_page, lang="en", country="COL", reach="rank", until="2028"))
    assert re.search(r"by 2028 takes \+0\.\d+ more EGDI, at the values of 2024", text)
    assert "The rank depends on the others too." in text
    text = text_of(opened(plan_page, lang="en", country="COL", reach="egdi", aim="0.85", until="2028"))
    assert "takes" in text
    assert not re.search("at the values of|depends on the others", text)


def test_what_a_later_edition_shows_has_a_precedent_of_its_own():
    text = text_of(opened(plan_page, lang="en", country="RWA", reach="rank", until="2028", show="forecast"))
    assert re.search(r"What 2028 shows of it raises EGDI by 0\.\d+ from 2024: of \d+", text)
    assert re.search(r"What 2030 shows of the plan (raises EGDI by|was never seen)", text)


def test_targets_that_move_nothing_are_named():
    app = opened(plan_page, lang="en", country="RWA", reach="connected", show="forecast")
    text = text_of(app)
    assert "Targets that are no part of EGDI and move nothing here: Fixed-broadband subscriptions" in text
    assert "No chance can be given for a stage" in text


@pytest.mark.parametrize(
    "reach", [{"reach": "connected"}, {"reach": "egdi", "aim": "0.85"}, {"reach": "rank"}]
)
@pytest.mark.parametrize("country", ["URY", "HTI", "EST", "RWA"])
def test_every_goal_has_an_answer(country, reach):
    app = opened(plan_page, lang="es", country=country, show="forecast", **reach)
    assert not app.exception
    assert "Si no ocurre nada nuevo" in text_of(app)


@pytest.mark.parametrize("name", ["done", "delivered"])
def test_a_bad_year_or_share_is_noted(name):
    app = opened(plan_page, lang="en", country="COL", show="forecast", **{name: "x"})
    assert not app.exception
    assert f"<code>{name}</code> = <code>x</code> was ignored" in text_of(app)


@pytest.mark.parametrize(("lang", "sentence"), [("en", "too few editions"), ("es", "muy pocas ediciones")])
def test_with_too_few_editions_the_view_says_so(lang, sentence, monkeypatch):
    monkeypatch.setattr(plan_reads, "can_forecast", lambda wh: False)
    app = opened(plan_page, country="COL", show="forecast", lang=lang)
    assert not app.exception
    assert sentence in str(app.info[0].value)
    assert "plan_forecast" not in text_of(app)

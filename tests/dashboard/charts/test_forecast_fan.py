"""The fan of a forecast: bands around the middle line, told from what is published by dash and by name."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import forecast_fan
from dashboard.charts.context import Context, KpiView
from dashboard.charts.look import LIGHT
from dashboard.components.numbers import POINT
from tests.dashboard.plotly_figure import checked

EGDI = KpiView("EGDI", "EGDI", "index, 0 to 1", "", "higher", 4, usual_step=2, most=1.0)
VALUE = forecast_fan.of_value(EGDI)
RANK = forecast_fan.of_rank(EGDI, 193, "rank, 1 is best")
PUBLISHED = pd.DataFrame(
    {
        "id": "COL",
        "time_period": [2018, 2020, 2022, 2024],
        "obs_value": [0.6871, 0.7164, 0.7261, 0.7793],
        "obs_status": "A",
    }
)
RANKS = PUBLISHED.assign(obs_value=[61.0, 67.0, 70.0, 68.0])
CTX = Context(t=str, number=POINT.number, separators=POINT.separators, look=LIGHT, as_of=2026)
ROWS = pd.DataFrame(
    {
        "time_period": [2026, 2028, 2030],
        "p10": [0.74, 0.73, 0.74],
        "p25": [0.78, 0.78, 0.79],
        "p50": [0.813, 0.833, 0.847],
        "p75": [0.85, 0.88, 0.89],
        "p90": [0.877, 0.906, 0.926],
        "rank_p10": [45.0, 41.0, 38.0],
        "rank_p25": [55.0, 50.0, 48.0],
        "rank_p50": [64.0, 61.0, 59.0],
        "rank_p75": [71.0, 72.0, 71.0],
        "rank_p90": [77.0, 80.0, 81.0],
    }
)


def drawn(published, measure, ctx, *more):
    fans = [forecast_fan.fan(ROWS, measure), *more]
    return checked(forecast_fan.figure(published, fans, measure, "Colombia", ctx))


@pytest.mark.parametrize(("published", "measure"), [(PUBLISHED, VALUE), (RANKS, RANK)])
def test_bands_open_at_the_last_edition_and_enclose_the_middle(published, measure, ctx):
    outer, inner, middle, line = drawn(published, measure, ctx).data
    assert list(middle.x) == [2024, 2026, 2028, 2030]
    assert middle.y[0] == line.y[-1] == published["obs_value"].iloc[-1]
    for band in (outer, inner):
        assert band.fill == "toself"
        assert len(band.y) == 8
        high, low = band.y[:4], band.y[:3:-1]
        assert high[0] == low[0] == middle.y[0]
        between = [a < y < b for a, y, b in zip(low[1:], middle.y[1:], high[1:], strict=True)]
        assert between == [True] * 3
    assert [a < b for a, b in zip(outer.y[:3:-1][1:], inner.y[:3:-1][1:], strict=True)] == [True] * 3


def test_what_is_published_and_what_is_forecast_differ_in_more_than_colour(ctx):
    outer, inner, middle, line = drawn(RANKS, RANK, ctx).data
    assert (line.line.dash, middle.line.dash) == ("solid", "dash")
    assert (outer.line.dash, inner.line.dash) == ("dot", "dot")
    assert outer.line.color == ctx.look.accent
    assert middle.marker.symbol == "circle-open"


def test_every_band_and_the_middle_are_named_with_their_numbers(ctx):
    words = [note.text for note in drawn(RANKS, RANK, ctx).layout.annotations]
    assert words == ["forecast", "8 of 10: 38 to 81", "half: 48 to 71", "<b>median: 59</b>"]


def test_the_better_rank_is_on_top_and_the_better_value_too(ctx):
    foot, head = drawn(RANKS, RANK, ctx).layout.yaxis.range
    assert foot > 81 > 38 > head
    foot, head = drawn(PUBLISHED, VALUE, ctx).layout.yaxis.range
    assert foot < 0.6871 < 0.926 < head


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_axis_ends_with_the_scale(low, high):
    low, high = sorted((low, high))
    fan = forecast_fan.fan(ROWS.assign(p10=low, p90=high), VALUE)
    flat = PUBLISHED.assign(obs_value=low)
    foot, head = forecast_fan.figure(flat, [fan], VALUE, "Colombia", CTX).layout["yaxis"]["range"]
    assert -0.05 <= foot <= low <= high <= head <= 1.05
    assert foot < head


def test_hover_says_the_band_and_two_decimals(ctx):
    middle = drawn(PUBLISHED, VALUE, ctx).data[2]
    assert middle.customdata[1] == ("0.81<br>half end between 0.78 and 0.85<br>8 of 10 between 0.74 and 0.88")


def test_a_phone_has_a_legend_in_place_of_labels(ctx):
    narrow = replace(ctx, narrow=True)
    assert [note.text for note in drawn(RANKS, RANK, narrow).layout.annotations] == ["forecast"]
    assert forecast_fan.legend(narrow).count("<li>") == 4


def test_a_second_fan_is_an_outline_with_a_name(ctx):
    plan = forecast_fan.fan(ROWS.assign(rank_p50=[60.0, 53.0, 50.0]), RANK, "with the plan")
    figure = drawn(RANKS, RANK, ctx, plan)
    dashes = [trace.line.dash for trace in figure.data if trace.fill is None]
    assert dashes == ["dash", "dot", "dot", "longdash", "solid"]
    assert figure.layout.annotations[-1].text == "<b>with the plan: 50</b> (38 to 81)"


def test_the_chart_in_words_gives_every_forecast_with_its_band(ctx):
    said = forecast_fan.alt(RANKS, forecast_fan.fan(ROWS, RANK), RANK, "Colombia", ctx)
    assert said == (
        "Colombia, rank, 1 is best: published 61 (2018) – 68 (2024); forecast with the band of 8 of 10, "
        "2026: 64 (45 to 77); 2028: 61 (41 to 80); 2030: 59 (38 to 81)."
    )


def test_an_edition_without_a_forecast_has_no_band():
    holed = ROWS.assign(p50=[0.8, float("nan"), 0.85])
    assert forecast_fan.fan(holed, VALUE).bands["time_period"].tolist() == [2026, 2030]

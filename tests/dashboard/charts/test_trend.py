"""A trend as the browser reads it: lines by name, labels that lead to them, areas told apart by marks too."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from dashboard.charts import trend
from dashboard.charts.trend import End, Line
from dashboard.components.chart import written
from tests.dashboard.plotly_figure import checked

YEARS = [2020, 2022, 2024]


def table(**lines: list[float | None]) -> pd.DataFrame:
    parts = [
        pd.DataFrame({"id": name, "time_period": YEARS, "obs_value": values, "obs_status": "A"})
        for name, values in lines.items()
    ]
    return pd.concat(parts, ignore_index=True)


def test_a_line_says_its_name_and_the_text_of_every_value(share, ctx):
    rows = table(COL=[1.0, None, 3.0], URY=[2.0, 3.0, 4.0])
    lines = [Line("COL", "Colombia", "series"), Line("URY", "Uruguay", "series")]
    chart = trend.figure(rows, lines, share, ctx)
    first, second = checked(chart).data
    assert [trace.meta["line"] for trace in (first, second)] == ["COL", "URY"]
    assert (first.name, list(first.x), list(first.customdata)) == ("Colombia", [2020, 2024], ["1.0%", "3.0%"])
    assert [note.name for note in checked(chart).layout.annotations] == ["end:COL", "end:URY"]


def test_ten_areas_side_by_side_differ_without_their_colours(share, ctx):
    names = [f"A{number}" for number in range(10)]
    rows = table(**{name: [number, number, number] for number, name in enumerate(names, 1)})
    drawn = checked(trend.figure(rows, [Line(name, name, "series") for name in names], share, ctx)).data
    assert len({(trace.line.dash, trace.marker.symbol[0]) for trace in drawn}) == 10
    assert len({trace.marker.symbol[0] for trace in drawn}) == len(trend.SIGNS) == 10


def test_labels_that_are_moved_far_are_connected_with_their_lines():
    ends = [End(name, name, 2024, value, "#000000") for name, value in (("A", 50), ("B", 50), ("C", 90))]
    first, second, third = trend.end_labels(ends, (0, 100), 350)
    assert [note["showarrow"] for note in (first, second, third)] == [True, True, False]
    assert abs(first["ay"] - second["ay"]) == trend.LABEL
    assert first["ax"] == third["xshift"] == trend.CONNECTED
    [alone] = trend.end_labels(ends[:1], (0, 100), 350)
    assert (alone["showarrow"], alone["xshift"], alone["yshift"]) == (False, trend.BESIDE, 0)


def test_the_browser_is_told_what_it_says_of_lines_and_that_the_chart_fills_the_screen(share, ctx):
    chart = trend.figure(table(COL=[1.0, 2.0, 3.0]), [Line("COL", "Colombia")], share, ctx)
    sent = json.loads(written(chart, "A trend.", {}))
    assert sent["fills"] == 0
    assert sent["lines"] == {"log": False, "base": None}
    assert {"keys", "place", "kept", "freed", "scales"} <= set(sent["words"])


def test_a_name_too_long_for_the_end_of_its_line_gives_way_to_its_letters(share, ctx):
    name = "Pequeños Estados insulares en desarrollo"
    rows = table(SIDS=[1.0, 2.0, 3.0])
    labels = [
        checked(trend.figure(rows, [Line("SIDS", name, "series", brief)], share, ctx))
        .layout.annotations[0]
        .text
        for brief in ("PEID", "")
    ]
    assert labels == ["<b>PEID 3.0%</b>", "<b>Pequeños Estados insulares en… 3.0%</b>"]


@pytest.mark.parametrize(
    ("years", "most", "named"),
    [
        ([*range(2003, 2006), *range(2008, 2025, 2), 2025], 6, [2004, 2008, 2012, 2016, 2020, 2025]),
        ([*range(2003, 2006), *range(2008, 2025, 2)], 8, [2005, 2008, 2012, 2016, 2020, 2024]),
        ([2022, 2024], 8, [2022, 2024]),
        ([2024], 8, [2024]),
    ],
)
def test_years_that_an_axis_names_do_not_touch(years: list[int], most: int, named: list[int]) -> None:
    assert trend.named_years(years, most) == named

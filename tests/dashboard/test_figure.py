"""A chart of plain values: parts of the layout add up, missing is None, Plotly knows all of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts.figure import Chart, bar, choropleth, heatmap, scatter, scattergeo


@pytest.fixture
def chart() -> Chart:
    return Chart({"template": {"layout": {"margin": {"l": 8}}}, "height": 200})


def test_parts_of_the_layout_add_up_and_the_last_word_counts(chart):
    chart.update_xaxes(title={"text": "year"}, range=[0, 1])
    chart.update_xaxes(title={"standoff": 6}, range=[0, 2])
    chart.update_layout(height=300)
    written = chart.to_dict()["layout"]
    assert written["xaxis"] == {"title": {"text": "year", "standoff": 6}, "range": [0, 2]}
    assert written["height"] == 300


def test_charts_share_a_template_and_none_changes_it(chart):
    template = {"layout": {"margin": {"l": 8}}}
    one, other = Chart({"template": template}), Chart({"template": template})
    one.update_layout(template={"layout": {"margin": {"l": 1}}})
    one.add_annotation(text="mine")
    assert template == {"layout": {"margin": {"l": 8}}}
    assert "annotations" not in other.to_dict()["layout"]


def test_lines_and_stripes_reach_from_side_to_side_as_plotly_draws_them(chart):
    plotly = go.Figure()
    for one in (chart, plotly):
        one.add_vline(x=2, line={"width": 1})
        one.add_hline(y=0.5, line={"width": 2})
        one.add_hrect(y0=-1, y1=1, fillcolor="#000000")
    known = [shape.to_plotly_json() for shape in plotly.layout.shapes]
    assert chart.to_dict()["layout"]["shapes"] == known


def test_missing_is_none_and_numbers_are_plain(chart):
    chart.add_traces(
        [
            bar(
                x=pd.Series(["a", None, "c"]), y=pd.array([1, None, 3], dtype="Int64").to_numpy(dtype=object)
            ),
            scatter(x=np.array([0.5, np.nan]), y=[np.float64(2), pd.NA], text=("one", "two")),
            heatmap(z=np.array([[1.0, np.nan], [2.0, 3.0]])),
        ]
    )
    first, second, third = chart.to_dict()["data"]
    assert (first["x"], first["y"]) == (["a", None, "c"], [1, None, 3])
    assert (second["x"], second["y"], second["text"]) == ([0.5, None], [2.0, None], ["one", "two"])
    assert third["z"] == [[1.0, None], [2.0, 3.0]]
    assert type(second["y"][0]) is float


def test_whoever_looks_gets_plotlys_objects(chart):
    chart.add_trace(choropleth(locations=["COL"], z=[1], locationmode="ISO-3"))
    chart.add_trace(scattergeo(lon=[1.0], lat=[2.0]))
    assert [type(one) for one in chart.data] == [go.Choropleth, go.Scattergeo]
    assert chart.layout.height == 200


def test_a_part_that_plotly_does_not_know_is_found(chart):
    chart.add_trace(bar(x=[1], colour="red"))
    with pytest.raises(ValueError, match="colour"):
        _ = chart.checked


def test_it_is_written_once(chart):
    chart.add_trace(bar(x=[1]))
    assert chart.to_dict() is chart.to_dict()
    assert chart.to_plotly_json() is chart.to_dict()

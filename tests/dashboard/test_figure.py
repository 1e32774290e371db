"""A chart of plain values: parts of the layout add up, missing is None, Plotly knows all of it."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts.figure import Drawing, bar, choropleth, heatmap, scatter, scattergeo
from dashboard.components.chart import CONFIG, written
from tests.dashboard.plotly_figure import checked


@pytest.fixture
def drawing() -> Drawing:
    return Drawing({"template": {"layout": {"margin": {"l": 8}}}, "height": 200})


def test_parts_of_the_layout_add_up_and_the_last_word_counts(drawing):
    drawing.update_xaxes(title={"text": "year"}, range=[0, 1])
    drawing.update_xaxes(title={"standoff": 6}, range=[0, 2])
    drawing.update_layout(height=300)
    layout = drawing.chart().layout
    assert layout["xaxis"] == {"title": {"text": "year", "standoff": 6}, "range": [0, 2]}
    assert layout["height"] == 300


def test_charts_share_a_template_and_none_changes_it(drawing):
    template = {"layout": {"margin": {"l": 8}}}
    first, other = Drawing({"template": template}), Drawing({"template": template})
    first.update_layout(template={"layout": {"margin": {"l": 1}}})
    first.add_annotation(text="mine")
    assert template == {"layout": {"margin": {"l": 8}}}
    assert "annotations" not in other.chart().layout


def test_lines_and_stripes_reach_from_side_to_side_as_plotly_draws_them(drawing):
    go_figure = go.Figure()
    for figure in (drawing, go_figure):
        figure.add_vline(x=2, line={"width": 1})
        figure.add_hline(y=0.5, line={"width": 2})
        figure.add_hrect(y0=-1, y1=1, fillcolor="#000000")
    expected = [shape.to_plotly_json() for shape in go_figure.layout.shapes]
    assert drawing.chart().layout["shapes"] == expected


def test_missing_is_none_and_numbers_are_plain(drawing):
    drawing.add_traces(
        [
            bar(
                x=pd.Series(["a", None, "c"]), y=pd.array([1, None, 3], dtype="Int64").to_numpy(dtype=object)
            ),
            scatter(x=np.array([0.5, np.nan]), y=[np.float64(2), pd.NA], text=("one", "two")),
            heatmap(z=np.array([[1.0, np.nan], [2.0, 3.0]])),
        ]
    )
    first, second, third = drawing.chart().data
    assert (first["x"], first["y"]) == (["a", None, "c"], [1, None, 3])
    assert (second["x"], second["y"], second["text"]) == ([0.5, None], [2.0, None], ["one", "two"])
    assert third["z"] == [[1.0, None], [2.0, 3.0]]
    assert type(second["y"][0]) is float


def test_plotly_reads_a_chart(drawing):
    drawing.add_trace(choropleth(locations=["COL"], z=[1], locationmode="ISO-3"))
    drawing.add_trace(scattergeo(lon=[1.0], lat=[2.0]))
    assert [type(trace) for trace in checked(drawing.chart()).data] == [go.Choropleth, go.Scattergeo]
    assert checked(drawing.chart()).layout.height == 200


def test_a_part_that_plotly_does_not_know_is_found(drawing):
    drawing.add_trace(bar(x=[1], colour="red"))
    with pytest.raises(ValueError, match="colour"):
        checked(drawing.chart())


def test_a_finished_chart_does_not_change(drawing):
    drawing.add_trace(bar(x=[1]))
    finished = drawing.chart()
    drawing.add_trace(bar(x=[2]))
    drawing.update_layout(height=300)
    assert [trace["x"] for trace in finished.data] == [[1]]
    assert finished.layout["height"] == 200
    with pytest.raises(FrozenInstanceError):
        finished.layout = {}


def test_the_browser_is_sent_a_chart_as_it_is(drawing):
    """The values are the chart's own, unchecked: also a slip."""
    drawing.add_trace(bar(x=[1], colour="red"))
    finished = drawing.chart()
    sent = json.loads(written(finished, "One bar", {"staticPlot": True}))
    assert {part: sent[part] for part in ("data", "layout")} == finished.to_dict()
    assert sent["alt"] == "One bar"
    assert sent["config"] == {**CONFIG, "staticPlot": True}

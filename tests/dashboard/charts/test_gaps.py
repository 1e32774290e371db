"""Gaps in lines: years without a value are never drawn as if they had been measured."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pandas as pd
import pytest

from dashboard.app_pages.country import sparkline
from dashboard.charts import gaps, trend
from dashboard.charts.trend import Line
from tests.dashboard.plotly_figure import checked


def rows(years, statuses=None):
    columns = {"id": "A", "time_period": years, "obs_value": [float(year - 2000) for year in years]}
    return pd.DataFrame(columns | {"obs_status": statuses or ["A"] * len(years)})


def years(trace):
    return [None if pd.isna(x) else int(x) for x in trace.x]


def test_a_gap_interrupts_the_line_and_fine_dots_lead_across(share, ctx):
    kpi = replace(share, usual_step=1)
    dots, line = checked(trend.figure(rows([2002, 2003, 2021]), [Line("A", "Area")], kpi, ctx)).data
    assert years(line) == [2002, 2003, None, 2021]
    assert years(dots) == [2003, 2021, None]
    assert list(dots.y)[:2] == [3.0, 21.0]
    assert dots.line.dash == gaps.FINE
    assert line.customdata[-1].endswith("no value since 2003")


def test_the_usual_step_is_no_gap(share, ctx):
    kpi = replace(share, usual_step=2)
    [line] = checked(trend.figure(rows([2018, 2020, 2022, 2024]), [Line("A", "Area")], kpi, ctx)).data
    assert None not in years(line)
    assert trend.gap_note(rows([2018, 2020, 2022, 2024]), kpi, ctx) == ""


def test_without_a_usual_step_nothing_is_a_gap(share, ctx):
    [line] = checked(trend.figure(rows([2003, 2021]), [Line("A", "Area")], share, ctx)).data
    assert years(line) == [2003, 2021]


def test_nothing_leads_across_a_break_in_the_series(share, ctx):
    kpi, table = replace(share, usual_step=1), rows([2003, 2021], ["A", "B"])
    [line] = checked(trend.figure(table, [Line("A", "Area")], kpi, ctx)).data
    assert years(line) == [2003, None, 2021]
    assert trend.gap_note(table, kpi, ctx) == ""  # no dots, so nothing to explain


@pytest.mark.parametrize(
    ("step", "note"),
    [
        (1, "fine dots: years without a value"),
        (2, "fine dots: years without a value, where one every 2 years is usual"),
    ],
)
def test_the_foot_says_what_the_dots_are(share, ctx, step, note):
    assert trend.gap_note(rows([2003, 2021]), replace(share, usual_step=step), ctx) == note


def test_the_alternative_text_names_the_gap(share, ctx):
    kpi = replace(share, usual_step=1)
    assert "no value between 2003 and 2021" in trend.alt(rows([2002, 2003, 2021]), [Line("A", "A")], kpi, ctx)


def test_a_sparkline_is_dotted_across_a_gap():
    drawing = unquote(sparkline.image([2002, 2003, 2021, 2022], [1.0, 2.0, 3.0, 4.0], "", 1, scale=(0, 5)))
    assert drawing.count("<polyline") == 3
    assert drawing.count("stroke-dasharray") == 1
    assert "dasharray" not in unquote(sparkline.image([2002, 2021], [1.0, 2.0], "", scale=(0, 5)))

"""Own values in the views of change: rows of their own, below their area, in no count and no order."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.app_pages.compare import course_panels, moved_figures, own_moves, year_dots
from dashboard.charts import own_values
from dashboard.charts.context import Context, KpiView
from kpis.workspace.figures import OwnValue
from tests.dashboard.plotly_figure import checked

AREAS = (("A", "Alpha"), ("B", "Beta"))
NAMES, SPAN = dict(AREAS), (2018, 2024)
NONE = (None, None, None)


def value(table: str, *points: tuple[str, float]) -> OwnValue:
    period, newest = points[-1]
    return OwnValue(table, "K", "K", "K", "%", "higher", period, newest, "", "", None, None, NONE, points)


MINE = (
    ("A", value("t", ("2018-Q4", 10.0), ("2020", 40.0), ("2024", 30.0))),
    ("B", value("t", ("2024", 90.0))),
)
VALUES = pd.DataFrame(
    [(area, year, amount, "A") for area, year, amount in (
        ("A", 2018, 50.0), ("A", 2024, 60.0), ("B", 2018, 40.0), ("B", 2024, 80.0)
    )],
    columns=["id", "time_period", "obs_value", "obs_status"],
)  # fmt: skip
MOVES = pd.DataFrame(
    [("B", "Beta", 40.0, 80.0, 40.0), ("A", "Alpha", 50.0, 60.0, 10.0)], columns=list(own_moves.COLUMNS)
)


def test_an_own_value_of_both_years_is_a_row_below_its_area_and_the_other_is_named(
    share: KpiView, ctx: Context
) -> None:
    mine = own_moves.rows(MINE, NAMES, SPAN, ctx)
    assert mine.values.tolist() == [["own:A:t", "own figure: Alpha", 10.0, 30.0, 20.0]]
    both = own_moves.beside(MOVES, mine)
    assert both["id"].tolist() == ["B", "A", "own:A:t"]  # more change than A, yet not before it
    assert own_moves.note(MINE, NAMES, SPAN, ctx).endswith("2018 or 2024, not drawn: Beta")
    for draw in (moved_figures.dumbbell, moved_figures.slope):
        drawn = checked(draw(both, share, SPAN, ctx))
        assert "own figure: Alpha" in str(drawn.layout)
        assert "diamond" in str([trace.marker.symbol for trace in drawn.data])


def test_dots_move_in_the_years_of_the_international_values(share: KpiView, ctx: Context) -> None:
    steps = own_moves.steps(MINE, AREAS, VALUES, SPAN, ctx)
    assert steps["time_period"].tolist() == [2018, 2024]
    rows = pd.concat([VALUES, steps], ignore_index=True)
    shown = (*AREAS, ("own:A:t", "own figure: Alpha"))
    drawn = checked(year_dots.figure(rows, shown, share, ctx))
    assert list(drawn.layout.yaxis.ticktext) == ["Beta", "Alpha", "own figure: Alpha"]
    assert [colour == ctx.look.paper for colour in drawn.data[1].marker.color] == [False, False, True]
    assert all(drawn.data[1].text)  # every dot has its words: `static/dots.js` moves both


def test_a_panel_has_the_own_values_of_its_area_alone(share: KpiView, ctx: Context) -> None:
    of_own = pd.DataFrame({"id": "own:A:t", "time_period": [2020], "obs_value": [40.0], "obs_status": ""})
    drawn = checked(course_panels.figure(pd.concat([VALUES, of_own], ignore_index=True), AREAS, share, ctx))
    assert [trace.name for trace in drawn.data if trace.name].count("own figure") == 1
    assert "own figure" in course_panels.legend(ctx, "", AREAS, with_own_figures=True)


def test_a_download_names_the_table_as_source_and_no_licence(share: KpiView, ctx: Context) -> None:
    kpi = replace(share, source="un", licence="CC BY 4.0")
    export = own_values.origin(pd.DataFrame({"id": ["A", "own:A:my: table"]}), kpi, ctx)
    assert export["source"].tolist() == ["un", "own figure: my: table"]
    assert export["licence"].tolist() == ["CC BY 4.0", ""]

"""Compare: two years side by side, panels, best and worst, and what each view says and lets choose."""

from __future__ import annotations

import pandas as pd
import pytest
from markupsafe import Markup

from dashboard.app_pages.compare import (
    course_panels,
    extremes,
    moved,
    moved_figures,
    year_dots,
    years,
)
from dashboard.charts import profile, profile_words
from dashboard.charts.context import Context, KpiView
from tests.dashboard.plotly_figure import checked
from tests.dashboard.test_pages import compare_page, opened, text_of

SHARE = KpiView("SHARE", "Coverage", "percent", "%", "higher", 1, usual_step=2)
COST = KpiView("COST", "Cost", "US dollars", "", "lower", 0)
AREAS = (("AAA", "Aland"), ("BBB", "Borduria"), ("CCC", "Cascara"), ("DDD", "Elbonia"))
VALUES = pd.DataFrame(
    [
        ("AAA", 2012, 10.0, "A"),
        ("AAA", 2024, 30.0, "A"),
        ("BBB", 2012, 50.0, "A"),
        ("BBB", 2018, 45.0, "B"),
        ("BBB", 2024, 40.0, "A"),
        ("CCC", 2012, 20.0, "A"),
        ("CCC", 2024, 25.5, "A"),
        ("DDD", 2018, 12.0, "A"),
    ],
    columns=["id", "time_period", "obs_value", "obs_status"],
)
SPAN = (2012, 2024)


def plain(markup: Markup) -> str:
    return markup.striptags()


def test_changes_are_sorted_and_who_lacks_a_year_is_left_out_by_name(ctx: Context) -> None:
    moves = moved.moves_of(VALUES, AREAS, SPAN, SHARE)
    assert moves.rows["id"].tolist() == ["AAA", "CCC", "BBB"]
    assert moves.rows["change"].tolist() == [20.0, 5.5, -10.0]
    assert moves.absent == ("Elbonia",)
    assert moves.broken == ("Borduria",)
    assert moved.absent_note(moves, ctx) == "left out, without a value in 2012 or 2024: Elbonia"
    assert moved.title(moves, ctx) == "2 up, 1 down from 2012 to 2024"
    assert moved.moves_of(VALUES, AREAS, SPAN, COST).rows["id"].tolist() == ["BBB", "CCC", "AAA"]


@pytest.mark.parametrize(
    ("kpi", "group", "span", "words"),
    [
        (SHARE, "", SPAN, "Rose most from 2012 to 2024, of 3: Aland +20.0 points, Cascara +5.5 points."),
        (SHARE, "LDC", SPAN, "of 3 in LDC: Aland"),
        (COST, "", SPAN, "Cost. Fell most from 2012 to 2024, of 3: Borduria −10."),
        (SHARE, "", (2018, 2024), "Coverage. From 2018 to 2024: Borduria −5.0 points."),
        (SHARE, "", (2012, 2018), "Coverage. From 2012 to 2018: Borduria −5.0 points."),
        (SHARE, "", (2012, 2013), "Coverage: none of those chosen has a value in both 2012 and 2013."),
    ],
)  # fmt: skip
def test_the_headline_names_who_moved_most(
    ctx: Context, kpi: KpiView, group: str, span: years.Span, words: str
) -> None:
    text = plain(moved.headline(moved.moves_of(VALUES, AREAS, span, kpi, group), kpi, ctx))
    assert words in text


def test_of_many_rows_both_ends_and_the_own_country_are_drawn(ctx: Context) -> None:
    areas = tuple((f"A{n:02}", f"Area {n}") for n in range(60))
    rows = [
        (area, year, float(n if year == 2024 else 0), "A")
        for n, (area, _) in enumerate(areas)
        for year in SPAN
    ]
    moves = moved.moves_of(pd.DataFrame(rows, columns=VALUES.columns), areas, SPAN, SHARE)
    shown = moved.drawn(moves, "A30")
    assert len(shown) == 2 * moved.EACH_END + 1
    assert "A30" in set(shown["id"])
    assert "all 60 are in the table" in moved.few_note(moves, len(shown), ctx)


def test_two_dots_and_slope_tell_rise_from_fall_without_colour(ctx: Context) -> None:
    rows = moved.moves_of(VALUES, AREAS, SPAN, SHARE).rows
    figure = checked(moved_figures.dumbbell(rows, SHARE, SPAN, ctx, own="CCC"))
    assert [note.text for note in figure.layout.annotations] == [
        "▲ +20.0\u00a0points",
        "<b>▲ +5.5\u00a0points</b>",
        "▼ −10.0\u00a0points",
    ]
    assert [line.line.dash for line in figure.data if line.mode == "lines"] == ["solid", "solid", "dot"]
    slope = checked(moved_figures.slope(rows, SHARE, SPAN, ctx, own="CCC"))
    assert [list(line.y) for line in slope.data] == [[10, 30], [50, 40], [20, 25.5]]  # the own one on top
    assert slope.data[-1].line.color == ctx.look.accent


def test_each_line_has_a_panel_on_the_same_scale_with_the_own_country_behind(ctx: Context) -> None:
    figure = checked(course_panels.figure(VALUES, AREAS, SHARE, ctx, own="AAA"))
    assert len({trace.xaxis for trace in figure.data}) == 4
    assert figure.layout.yaxis.range == figure.layout.yaxis4.range
    assert figure.layout.annotations[0].text == "<b>Aland</b> 30.0%"
    accent = [trace.xaxis for trace in figure.data if trace.line.color == ctx.look.accent]
    assert sorted(set(accent)) == ["x", "x2", "x3", "x4"]


def test_the_dots_of_a_year_are_sent_with_all_their_frames(ctx: Context) -> None:
    chart = year_dots.figure(VALUES, AREAS, SHARE, ctx)
    checked(chart)
    frames = chart.beside["dots"]
    assert frames["names"] == ["Borduria", "Aland", "Cascara", "Elbonia"]
    assert frames["years"] == [2012, 2018, 2024]
    assert frames["values"][1] == [45.0, None, None, 12.0]
    assert frames["texts"][2] == ["40.0%", "30.0%", "25.5%", None]


def test_profiles_of_many_have_a_panel_each(ctx: Context) -> None:
    shape = pd.DataFrame({"row": ["a", "b"], "label": ["A", "B"]})
    dots = pd.DataFrame(
        [(area, row, 10.0 * n, "main", "") for n, (area, _) in enumerate(AREAS[:3]) for row in ("a", "b")],
        columns=["id", "row", "percentile", "kind", "said"],
    )
    figure = checked(profile.small_multiples(shape, dots, ctx, areas=list(AREAS), own="BBB"))
    titles = [note.text for note in figure.layout.annotations]
    assert titles == ["<b>Aland</b>", "<b>Borduria</b>", "<b>Cascara</b>"]
    ink, accent = ctx.look.ink, ctx.look.accent
    assert [trace.marker.color for trace in figure.data[2::3]] == [ink, accent, ink]


def test_a_profile_in_words(ctx: Context) -> None:
    summary = pd.DataFrame(
        [("AAA", "s", 80.0), ("AAA", "l", 20.0), ("BBB", "s", 60.0), ("BBB", "l", 50.0)],
        columns=["id", "row", "percentile"],
    )
    labels = {"s": "Services", "l": "Law"}
    assert profile_words.headline(summary, list(AREAS), labels, ctx) == (
        "Aland: ahead of the others' median in 1 of 2 dimensions, most in Services, farthest behind in Law."
    )
    assert profile_words.headline(summary, list(AREAS[:2]), labels, ctx) == (
        "Aland: ahead of Borduria in 1 of 2 dimensions, most in Services, farthest behind in Law."
    )
    alone = summary[summary["id"] == "AAA"]
    assert (
        profile_words.headline(alone, list(AREAS), labels, ctx)
        == "Aland: highest in Services, lowest in Law."
    )


def test_best_and_worst_follow_the_better_side_and_leave_ties_of_all_alone() -> None:
    coded = KpiView("CODE", "Answer", "", "", "higher", 0, unit_kind="answer", top=3)
    rows = pd.DataFrame(
        [
            ("SHARE", "AAA", 90.04, 1), ("SHARE", "BBB", 90.01, 1), ("SHARE", "CCC", 10.0, 1),
            ("COST", "AAA", 5.0, 1), ("COST", "BBB", 9.0, 1),
            ("CODE", "AAA", 3.0, 1), ("CODE", "WORLD", 1.0, 190),
            ("FLAT", "AAA", 1.0, 1), ("FLAT", "BBB", 1.0, 1),
            ("SIDE", "AAA", 1.0, 1), ("SIDE", "BBB", 2.0, 1),
        ],
        columns=["kpi", "id", "obs_value", "n"],
    )  # fmt: skip
    flat, side = KpiView("FLAT", "", "", "", "higher", 0), KpiView("SIDE", "", "", "", "context", 0)
    kpis = {kpi.id: kpi for kpi in (SHARE, COST, coded, flat, side)}
    marks = extremes.marks(rows, kpis)
    assert marks == {
        ("SHARE", "AAA"): "best",
        ("SHARE", "BBB"): "best",
        ("SHARE", "CCC"): "worst",
        ("COST", "AAA"): "best",
        ("COST", "BBB"): "worst",
    }
    assert extremes.counts(marks, extremes.BEST) == {"AAA": 2, "BBB": 1}


def test_the_usual_years_are_those_that_nearly_all_have() -> None:
    assert years.usual(VALUES[VALUES["id"] != "DDD"]) == SPAN
    assert years.usual(VALUES[VALUES["time_period"] == 2012]) is None
    assert years.nearest([2012, 2018, 2024], (2013, 2020)) == (2018, 2018)
    assert years.nearest([2012, 2018, 2024], (2030, 2000)) == (2012, 2024)


def test_what_is_cut_off_by_choice_is_read_at_its_end(ctx: Context) -> None:
    assert years.read_at(ctx, VALUES, (2012, 2018)).as_of == 2018
    assert years.read_at(ctx, VALUES, SPAN).as_of == ctx.as_of
    assert years.read_at(ctx, VALUES, None).as_of == ctx.as_of


@pytest.mark.usefixtures("home")
def test_the_caribbean_change_of_a_link_leaves_the_areas_aside() -> None:
    app = opened(
        compare_page, lang="en", show="change", group="CARIBBEAN_SIDS", **{"from": "2012", "to": "2024"}
    )
    assert not app.exception
    assert "Rose most from 2012 to 2024, of 16 in Caribbean SIDS: Jamaica" in plain(Markup(text_of(app)))
    assert not app.multiselect
    assert app.select_slider(key="control_years").value == (2012, 2024)
    app.select_slider(key="control_years").set_value((2008, 2024)).run(timeout=30)
    assert "Rose most from 2008 to 2024" in text_of(app)
    assert app.session_state["escala_url"].address()["from"] == ["2008"]


@pytest.mark.usefixtures("home")
def test_views_of_many_kpis_have_no_kpi_to_choose_and_speak_of_what_they_show() -> None:
    app = opened(compare_page, lang="en", mine="COL", show="profile", kpi="OSI")
    assert "Colombia: ahead of the others' median in" in Markup(text_of(app)).striptags()
    assert not [box for box in app.selectbox if box.key == "control_kpi"]
    table = opened(compare_page, lang="en", area="COL,URY,MEX,PER,ECU", show="table", dimension="overall")
    text = text_of(table)
    assert "Best value most often: Uruguay" in text
    assert '<th scope="row">Uruguay' in text  # fewer KPIs than areas: an area has a row
    assert "best: </span>" in text


@pytest.mark.usefixtures("home")
def test_a_coded_answer_has_levels_and_no_years_to_move() -> None:
    app = opened(compare_page, lang="en", area=["COL", "URY"], kpi="GTMI_I35", show="change")
    assert not app.exception
    assert not app.select_slider
    assert "Digital transformation strategy" in text_of(app)

"""What pages keep belongs to its reader: language, look, numbers, device and links are part of the key."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dashboard.app_pages.cases import views as case_views
from dashboard.app_pages.compare import all_kpis as compare_table
from dashboard.app_pages.compare import courses, profile_view
from dashboard.app_pages.country import in_depth, strengths
from dashboard.app_pages.country import profile_view as country_profile
from dashboard.app_pages.forecast import frames as forecast_frames
from dashboard.app_pages.gaps import frames as gaps
from dashboard.app_pages.lens import all_goals, association, income
from dashboard.app_pages.lessons import linkage as lessons_linkage
from dashboard.app_pages.plan import gates as plan_gates
from dashboard.app_pages.plan import goal as plan_goal
from dashboard.app_pages.progress import path_view
from dashboard.app_pages.progress import views as progress_views
from dashboard.app_pages.releases import ranks as releases
from dashboard.app_pages.robustness import frames as robustness_frames
from dashboard.app_pages.robustness import own_weights
from dashboard.app_pages.robustness.own_tables import Filter
from dashboard.app_pages.stages import country as stage_country
from dashboard.app_pages.stages import group as stage_group
from dashboard.app_pages.stages import moved as stage_moved
from dashboard.app_pages.world import views as world
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.look import DARK, LIGHT
from dashboard.components import language
from dashboard.components.links import address
from dashboard.components.numbers import COMMA, POINT, NumberFormat
from dashboard.reads import lens
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.reads.robustness import Choice
from dashboard.reads.standing import standing
from kpis import plan
from kpis.links.association import Association
from tests.dashboard.plotly_figure import checked

GOAL = plan_goal.Choice("COL", plan.make_goal(stage="connected"), 2030)
REBUILT = Choice("EGDI", 2024, None, None, (), 0.25)
WEIGHTED = Choice("EGDI", 2024, None, None, (50.0, 25.0, 25.0), 0.25)
LISTED = Filter("CARIBBEAN_SIDS", "gain", "")
NAMED = (("COL", "Colombia"), ("URY", "Uruguay"))


def kpi(one: Reader) -> KpiView:
    """The index that pages begin with."""
    return data.kpis(one.warehouse, one.lang)["EGDI"]


def associated(one: Reader) -> Association:
    """An association that holds."""
    _rows, found = lens.pair(one.warehouse, one.lang, "EGDI", "SDG_8.10.2")
    assert found is not None
    return found


KEPT = {
    "compare, profile": lambda one: profile_view.profiles(one, NAMED),
    "compare, table": lambda one: compare_table.values(one, NAMED),
    "country, sentence": lambda one: standing(one, "COL"),
    "country, strengths": lambda one: strengths.html(one, "COL", "SUB_419"),
    "country, profile": lambda one: country_profile.framed(one, "COL", "CARIBBEAN_SIDS"),
    "country, trend": lambda one: in_depth.draw_trend(one, kpi(one), "COL", "CARIBBEAN_SIDS"),
    "world, map": lambda one: world.chart(one, kpi(one), world.Choice(2024, view="map")),
    "world, tiles": lambda one: world.chart(one, kpi(one), world.Choice(2024, view="tiles")),
    "world, ranking": lambda one: world.chart(one, kpi(one), world.Choice(2024, view="ranking")),
    "stages, ladder": lambda one: stage_country.ladder(one, "COL"),
    "stages, history": lambda one: stage_country.history(one, "COL"),
    "plan, paces": lambda one: plan_gates.draw_paces(one, GOAL)[0],
    "robustness, world": lambda one: robustness_frames.skyline(one, REBUILT)[0],
    "robustness, ranges": lambda one: robustness_frames.intervals(one, REBUILT, "COL", "WORLD"),
    "robustness, choices": lambda one: robustness_frames.by_choice(one, REBUILT, "COL"),
    "robustness, parts": lambda one: robustness_frames.without(one, REBUILT, "COL"),
    "robustness, shifts": lambda one: robustness_frames.shifts(one, REBUILT),
    "robustness, own": lambda one: own_weights.all_countries(one, WEIGHTED, "COL", LISTED),
    "robustness, own moves": lambda one: own_weights.largest_moves(one, WEIGHTED, "COL"),
    "stages, gates": lambda one: stage_country.gates(one, "COL"),
    "stages, matrix": lambda one: stage_group.matrix(one, "COL", "SIDS", 2024),
    "progress, status": lambda one: progress_views.status(one, "COL", "unsd", 2030),
    "progress, path": lambda one: tuple(
        vars(path_view.path(one, "COL", "SDG_17.8.1", "unsd", 2030)).values()
    ),
    "progress, group": lambda one: progress_views.group(one, "CARIBBEAN_SIDS", None, "unsd"),
    "lens, goals": lambda one: all_goals.matrix(one, "COL"),
    "lens, pair": lambda one: association.framed(one, associated(one), "COL", "SIDS"),
    "lens, income": lambda one: income.framed(one, "EGDI", "COL", "SIDS"),
    "gaps, group": lambda one: gaps.group(one, "SIDS", "ranking"),
    "gaps, tiles": lambda one: gaps.group(one, "WORLD", "tiles", "NAM"),
    "gaps, dimensions": lambda one: gaps.group(one, "WORLD", "dimensions", "JAM"),
    "gaps, country": lambda one: gaps.country_bars(one, "NAM"),
    "forecast, shares": lambda one: forecast_frames.held_shares(one, 1, "group"),
    "forecast, guesses": lambda one: forecast_frames.against_guesses(one, 1),
    "forecast, editions": lambda one: forecast_frames.common_misses(one, 1),
    "forecast, chances": lambda one: forecast_frames.given_chances(one, 1),
    "forecast, country": lambda one: forecast_frames.of_one_country(one, 1, "COL"),
    "releases, ranks": lambda one: releases.chart(one, "EGDI", "WORLD", "COL"),
    "cases, map": lambda one: case_views.on_map(one, "", (), "COL"),
    "compare, trend": lambda one: courses.lines(one, kpi(one), NAMED),
    "country, ranking": lambda one: in_depth.draw_ranking(one, kpi(one), "COL", "CARIBBEAN_SIDS"),
    "stages, flow": lambda one: stage_moved.draw_flow(one, "WORLD", (2020, 2024), "overall"),
    "stages, moves": lambda one: stage_moved.draw_moves(one, "WORLD", (2020, 2024))[1],
    "cases, list": lambda one: case_views.searched(one, "list", "", (), "COL", 20),
    "lessons, links": lambda one: lessons_linkage.links_table(one, "any", "any"),
}
LINKED = (
    "compare, table",
    "stages, gates",
    "progress, status",
    "lens, goals",
    "cases, list",
    "lessons, links",
    "robustness, own",
)


@pytest.fixture
def reader(home: Path, monkeypatch: pytest.MonkeyPatch):
    """Makes readers of the published warehouse; the one made last is the reader of this run."""

    def make(lang: str = "en", form: NumberFormat = POINT, look=LIGHT, **more: object) -> Reader:
        monkeypatch.setattr(language, "current", lambda: lang)
        ctx = Context(
            t=language.text, number=form.number, separators=form.separators, look=look, as_of=2026, lang=lang
        )
        return replace(Reader(lang, ctx, data.warehouse()), **more)

    return make


def said(found: object) -> str:
    """All texts of a kept answer in one."""
    if isinstance(found, str):
        return found
    if isinstance(found, tuple):
        return " ".join(map(said, found))
    if isinstance(found, Chart):
        return json.dumps(found.to_dict(), ensure_ascii=False)
    table = found.table() if hasattr(found, "table") else ""
    return " ".join([table, *(str(getattr(found, part, "")) for part in ("title", "foot", "alt", "legend"))])


@pytest.mark.parametrize("name", KEPT)
def test_two_readers_each_get_their_own_language(name, reader):
    english = said(KEPT[name](reader("en")))
    spanish = said(KEPT[name](reader("es", COMMA)))
    assert english != spanish
    assert said(KEPT[name](reader("en"))) == english


def decoded(value: object) -> object:
    """Plotly's JSON with its packed numbers as lists; missing is None."""
    if isinstance(value, dict) and {"dtype", "bdata"} <= set(value):
        numbers = np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"])
        shape = [int(part) for part in str(value["shape"]).split(",")] if "shape" in value else [-1]
        return decoded(numbers.reshape(shape))
    if isinstance(value, dict):
        return {name: decoded(one) for name, one in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [decoded(one) for one in value]
    if isinstance(value, np.generic):
        return decoded(value.item())
    return None if value != value else value


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("name", KEPT)
def test_a_cached_chart_is_valid(name, narrow, reader):
    one = reader()
    found = KEPT[name](replace(one, ctx=replace(one.ctx, narrow=narrow)))
    for chart in [one for one in (found if isinstance(found, tuple) else ()) if isinstance(one, Chart)]:
        written, plotly = chart.to_dict(), decoded(checked(chart).to_plotly_json())
        assert written["layout"] == plotly["layout"]  # as Plotly would have it: no shorthand, no slip
        assert written["data"] == plotly["data"]
        for trace in written["data"]:  # Plotly leaves out all but one of the bars with the same id
            assert len(set(trace.get("ids", []))) == len(trace.get("ids", []))
        assert chart.data


def test_the_tile_grid_stands_by_region_on_a_phone_where_its_codes_would_cover_each_other(reader):
    one = reader()
    _sentence, wide, _wide_frame = KEPT["gaps, tiles"](one)
    _sentence, small, framed = KEPT["gaps, tiles"](replace(one, ctx=replace(one.ctx, narrow=True)))
    assert not framed.scrolls
    assert small.layout["height"] > 2 * wide.layout["height"]
    assert small.layout["xaxis"]["range"][1] < wide.layout["xaxis"]["range"][1] / 2


@pytest.mark.parametrize("name", ["compare, profile", "stages, matrix", "progress, path", "cases, map"])
def test_two_readers_each_get_their_own_look(name, reader):
    light, dark = said(KEPT[name](reader())), said(KEPT[name](reader(look=DARK)))
    assert LIGHT.paper in light
    assert DARK.paper in dark
    assert DARK.paper not in light


@pytest.mark.parametrize("name", LINKED)
def test_links_of_what_is_kept_carry_the_choices_of_their_reader(name, reader):
    plain = said(KEPT[name](reader()))
    chosen = said(KEPT[name](reader(link_parameters=(("look", "dark"),))))
    assert "look=dark" in chosen
    assert "look=dark" not in plain


def test_a_link_takes_the_choices_from_its_reader(reader):
    assert address("gaps", reader(link_parameters=(("nf", "1 234,5"),)), country="COL") == (
        "./gaps?lang=en&nf=1+234%2C5&country=COL"
    )

"""What pages keep belongs to its reader: language, look, numbers, device and links are part of the key."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dashboard.app_pages.cases import views as case_views
from dashboard.app_pages.compare import page as compare
from dashboard.app_pages.country import one_kpi
from dashboard.app_pages.country import page as country
from dashboard.app_pages.gaps import page as gaps
from dashboard.app_pages.lens import cloud as lens_cloud
from dashboard.app_pages.lens import goal as lens_goal
from dashboard.app_pages.lens import reads as lens
from dashboard.app_pages.lessons import page as lessons
from dashboard.app_pages.plan import gates as plan_gates
from dashboard.app_pages.plan import goal as plan_goal
from dashboard.app_pages.progress import views as progress_views
from dashboard.app_pages.releases import page as releases
from dashboard.app_pages.robustness import frames as robustness_frames
from dashboard.app_pages.robustness.reads import Choice
from dashboard.app_pages.stages import country as stage_country
from dashboard.app_pages.stages import moved as stage_moved
from dashboard.app_pages.stages import page as stages
from dashboard.app_pages.world import page as world
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.look import DARK, LIGHT
from dashboard.components import language
from dashboard.components.numbers import COMMA, POINT, NumberFormat
from dashboard.components.shell import link
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis import plan
from kpis.links.association import Association
from tests.dashboard.plotly_figure import checked

GOAL = plan_goal.Choice("COL", plan.make_goal(stage="connected"), 2030)
REBUILT = Choice("EGDI", 2024, None, None, (), 0.25)
NAMED = (("COL", "Colombia"), ("URY", "Uruguay"))


def kpi(reader: Reader) -> KpiView:
    """The index that pages begin with."""
    return data.kpis(reader.warehouse, reader.lang)["EGDI"]


def associated(reader: Reader) -> Association:
    """An association that holds."""
    _rows, association = lens.pair(reader.warehouse, reader.lang, "EGDI", "SDG_8.10.2")
    assert association is not None
    return association


CACHED = {
    "compare, profile": lambda reader: compare.draw_profile(reader, NAMED),
    "compare, table": lambda reader: compare.draw_table(reader, NAMED),
    "country, sentence": lambda reader: country.write_standing(reader, "COL"),
    "country, three": lambda reader: country.list_extremes(reader, "COL"),
    "country, profile": lambda reader: country.draw_profile(reader, "COL", "CARIBBEAN_SIDS"),
    "country, trend": lambda reader: one_kpi.draw_trend(reader, kpi(reader), "COL", "CARIBBEAN_SIDS"),
    "world, map": lambda reader: world.draw_chart(reader, kpi(reader), 2024, "WORLD", "map"),
    "world, tiles": lambda reader: world.draw_chart(reader, kpi(reader), 2024, "WORLD", "tiles"),
    "world, ranking": lambda reader: world.draw_chart(reader, kpi(reader), 2024, "WORLD", "ranking"),
    "stages, ladder": lambda reader: stage_country.ladder(reader, "COL"),
    "stages, history": lambda reader: stage_country.history(reader, "COL"),
    "plan, paces": lambda reader: plan_gates.draw_paces(reader, GOAL)[0],
    "robustness, world": lambda reader: robustness_frames.skyline(reader, REBUILT)[0],
    "robustness, ranges": lambda reader: robustness_frames.intervals(reader, REBUILT, "COL", "WORLD"),
    "robustness, choices": lambda reader: robustness_frames.by_choice(reader, REBUILT, "COL"),
    "robustness, parts": lambda reader: robustness_frames.without(reader, REBUILT, "COL"),
    "robustness, shifts": lambda reader: robustness_frames.shifts(reader, REBUILT),
    "stages, gates": lambda reader: stage_country.gates(reader, "COL"),
    "stages, matrix": lambda reader: stages.draw_matrix(reader, "COL", "SIDS", 2024),
    "progress, status": lambda reader: progress_views.status(reader, "COL", "unsd", 2030),
    "progress, path": lambda reader: tuple(
        vars(progress_views.path(reader, "COL", "SDG_17.8.1", "unsd", 2030)).values()
    ),
    "progress, group": lambda reader: progress_views.group(reader, "CARIBBEAN_SIDS", None, "unsd"),
    "lens, goals": lambda reader: lens_goal.overview(reader, "COL"),
    "lens, pair": lambda reader: lens_cloud.draw_pair(reader, associated(reader), "COL", "SIDS"),
    "lens, income": lambda reader: lens_cloud.draw_residuals(reader, "EGDI", "COL", "SIDS"),
    "gaps, group": lambda reader: gaps.draw_group(reader, "SIDS", "ranking"),
    "gaps, tiles": lambda reader: gaps.draw_group(reader, "WORLD", "tiles"),
    "gaps, dimensions": lambda reader: gaps.draw_group(reader, "SIDS", "dimensions"),
    "gaps, country": lambda reader: gaps.draw_bars(reader, "NAM"),
    "releases, ranks": lambda reader: releases.draw_ranks(reader, "EGDI", "WORLD", "COL"),
    "cases, map": lambda reader: case_views.on_map(reader, "", ()),
    "compare, trend": lambda reader: compare.draw_trend(reader, kpi(reader), NAMED),
    "country, ranking": lambda reader: one_kpi.draw_ranking(reader, kpi(reader), "COL", "CARIBBEAN_SIDS"),
    "stages, flow": lambda reader: stage_moved.draw_flow(reader, "WORLD", (2020, 2024), "overall"),
    "stages, moves": lambda reader: stage_moved.draw_moves(reader, "WORLD", (2020, 2024))[1],
    "cases, list": lambda reader: case_views.searched(reader, "list", "", ()),
    "lessons, links": lambda reader: lessons.list_links(reader, "any", "any"),
}
LINKED = (
    "compare, table",
    "stages, gates",
    "progress, status",
    "lens, goals",
    "cases, list",
    "lessons, links",
)


@pytest.fixture
def reader(home: Path):
    """Makes readers of the published warehouse; the one made last is the reader of this run."""
    assert home.is_file()

    def make(lang: str = "en", form: NumberFormat = POINT, look=LIGHT, **more: object) -> Reader:
        language.use(lang)
        ctx = Context(
            t=language.text, number=form.number, separators=form.separators, look=look, as_of=2026, lang=lang
        )
        return replace(Reader(lang, ctx, data.warehouse()), **more)

    yield make
    language.use("en")


def texts(answer: object) -> str:
    """All texts of a kept answer in one."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, tuple):
        return " ".join(map(texts, answer))
    if isinstance(answer, Chart):
        return json.dumps(answer.to_dict(), ensure_ascii=False)
    table = answer.table() if hasattr(answer, "table") else ""
    return " ".join([table, *(str(getattr(answer, part, "")) for part in ("title", "foot", "alt", "legend"))])


@pytest.mark.parametrize("name", CACHED)
def test_two_readers_each_get_their_own_language(name, reader):
    english = texts(CACHED[name](reader("en")))
    spanish = texts(CACHED[name](reader("es", COMMA)))
    assert english != spanish
    assert texts(CACHED[name](reader("en"))) == english


def decoded(value: object) -> object:
    """Plotly's JSON with its packed numbers as lists; missing is None."""
    if isinstance(value, dict) and {"dtype", "bdata"} <= set(value):
        numbers = np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"])
        shape = [int(part) for part in str(value["shape"]).split(",")] if "shape" in value else [-1]
        return decoded(numbers.reshape(shape))
    if isinstance(value, dict):
        return {name: decoded(cell) for name, cell in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [decoded(cell) for cell in value]
    if isinstance(value, np.generic):
        return decoded(value.item())
    return None if value != value else value


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("name", CACHED)
def test_a_cached_chart_is_valid(name, narrow, reader):
    desktop = reader()
    answer = CACHED[name](replace(desktop, ctx=replace(desktop.ctx, narrow=narrow)))
    for chart in [part for part in (answer if isinstance(answer, tuple) else ()) if isinstance(part, Chart)]:
        written, plotly = chart.to_dict(), decoded(checked(chart).to_plotly_json())
        assert written["layout"] == plotly["layout"]  # as Plotly would have it: no shorthand, no slip
        assert written["data"] == plotly["data"]
        for trace in written["data"]:  # Plotly leaves out all but one of the bars with the same id
            assert len(set(trace.get("ids", []))) == len(trace.get("ids", []))
        assert chart.data


@pytest.mark.parametrize("name", ["world, tiles", "gaps, tiles"])
def test_the_tile_grid_scrolls_on_a_phone_where_its_codes_would_cover_each_other(name, reader):
    desktop = reader()
    *_texts, wide = CACHED[name](desktop)
    *_texts, small = CACHED[name](replace(desktop, ctx=replace(desktop.ctx, narrow=True)))
    assert (wide.scrolls, small.scrolls) == (False, True)


@pytest.mark.parametrize("name", ["compare, profile", "stages, matrix", "progress, path", "lens, goals"])
def test_two_readers_each_get_their_own_look(name, reader):
    light, dark = texts(CACHED[name](reader())), texts(CACHED[name](reader(look=DARK)))
    assert LIGHT.paper in light
    assert DARK.paper in dark
    assert DARK.paper not in light


@pytest.mark.parametrize("name", LINKED)
def test_links_of_what_is_kept_carry_the_choices_of_their_reader(name, reader):
    plain = texts(CACHED[name](reader()))
    with_look = texts(CACHED[name](reader(link_parameters=(("look", "dark"),))))
    assert "look=dark" in with_look
    assert "look=dark" not in plain


def test_a_link_takes_the_choices_from_its_reader(reader):
    assert link("gaps", reader(link_parameters=(("nf", "1 234,5"),)), country="COL") == (
        "./gaps?lang=en&nf=1+234%2C5&country=COL"
    )

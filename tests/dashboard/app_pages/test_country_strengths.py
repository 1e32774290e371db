"""Strengths and gaps at a glance; scales of small trends; letters of groups."""

from __future__ import annotations

import re

import pytest

from dashboard.app_pages.country import profile_view, reads, strengths
from dashboard.charts.context import Context, KpiView
from dashboard.components import groups
from dashboard.reads.reader import Reader
from dashboard.reads.shared import stage_profile
from kpis.queries import Warehouse

GROUPS = [("SUB_419", ">LAC</abbr>"), ("EUROPE", "Europe"), ("LDC", ">LDCs</abbr>")]


@pytest.fixture
def reader(wh: Warehouse, ctx: Context) -> Reader:
    return Reader("en", ctx, wh)


def test_every_entry_has_value_year_rank_and_the_median_of_the_peers(reader: Reader) -> None:
    html = str(strengths.html(reader, "COL", "SUB_419"))
    entries = re.findall(r"<li>.*?</li>", html)
    assert len(entries) == 8
    for entry in entries:
        assert re.search(r'kpi=[\w.]+#chart-one_kpi">[^<]+</a>', entry)
        assert re.search(r"<small>20\d\d · rank \d+ of 1\d\d · median <abbr", entry)
        assert re.search(r'alt="Colombia: percentile \d+; median of Latin America', entry)


@pytest.mark.parametrize(
    ("area", "first", "second"),
    [
        ("COL", "Strongest against the world", "Weakest against the world"),
        ("HTI", "Nearest to the middle of the ranking", "Weakest against the world"),
    ],
)
def test_a_list_wholly_below_the_middle_is_not_called_strong(
    area: str, first: str, second: str, reader: Reader
) -> None:
    html = str(strengths.html(reader, area, "SUB_419"))
    assert re.findall(r'class="e-title">([^<]+)<', html) == [first, second]


@pytest.mark.parametrize("area", ["JAM", "COL", "HTI", "DNK"])
def test_the_note_says_where_what_is_strong_against_the_world_is_behind_in_stages(
    area: str, reader: Reader, wh: Warehouse
) -> None:
    frame = profile_view.framed(reader, area, "SUB_419")[1]
    best = re.match(r"Against the world, strongest: ([^;]+);", frame.title)
    behind = {reader.dimensions[code].lower() for code in stage_profile(wh, area).bottleneck}
    said = "strong among countries, yet below the gates of its next stage" in str(frame.foot)
    assert said == (best is not None and best[1] in behind)
    assert said == (area in ("JAM", "COL"))  # that both happen, in the figures of this version


def test_a_strip_without_peers_has_the_country_alone(reader: Reader) -> None:
    assert strengths.drawing(50.0, None, reader.ctx.look).count("<path") == 0
    assert strengths.drawing(50.0, 20.0, reader.ctx.look).count("<path") == 1


def test_sentences_print_three_decimals_at_most(share: KpiView, reader: Reader) -> None:
    assert reader.kpi("EGDI").brief.precision == 3
    assert share.brief == share


def test_a_scale_is_that_of_goalposts_then_of_limits_then_of_the_values(wh: Warehouse) -> None:
    scales = reads.scales(wh)
    assert scales["EGDI"] == (0, 1)
    assert scales["SDG_17.8.1"] == (0, 100)
    assert scales["GCI_LEGAL"] == (0, 20)
    low, high = scales["HCI_MYS"]  # years of schooling have no limits
    assert 0 < low < high < 20
    assert len(scales) == len(wh.sql("select distinct kpi from kpi_value"))


@pytest.mark.parametrize(
    ("group", "text"), [("SUB_419", ">LAC</abbr>"), ("EUROPE", "Europe"), ("LDC", ">LDCs</abbr>")]
)
def test_groups_have_letters_where_these_are_in_use(reader: Reader, group: str, text: str) -> None:
    assert groups.short(reader, group).endswith(text)

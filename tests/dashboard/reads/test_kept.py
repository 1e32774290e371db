"""Answers kept for several readers: made once for all looks, and each reader's links lead on as chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest
from markupsafe import Markup

from dashboard.charts.context import Context
from dashboard.charts.look import DARK, LIGHT
from dashboard.components.links import to
from dashboard.components.numbers import POINT
from dashboard.reads.kept import carrying, completed, drawn, worded
from dashboard.reads.reader import Reader
from kpis.queries import Warehouse

DARK_LINKS = (("nf", "1 234,5"), ("look", "dark"))


class _Named:
    version = "one"


@pytest.fixture
def reader() -> Reader:
    """A reader who has chosen nothing; no figures are asked for."""
    ctx = Context(t=str, number=POINT.number, separators=".,", look=LIGHT, as_of=2026)
    return Reader("en", ctx, cast(Warehouse, _Named()))


def of_dark(reader: Reader) -> Reader:
    """The same in the dark look, which links carry along."""
    return replace(reader, ctx=replace(reader.ctx, look=DARK), link_parameters=DARK_LINKS)


def test_words_are_made_once_for_all_looks_and_link_as_each_reader_chose(reader):
    made = []

    @worded(4)
    def words(one: Reader, page: str) -> tuple[str, Markup, dict[str, list[Markup]]]:
        made.append(page)
        link = to(one, page, "a & b", show="list")
        return "plain", link, {"rows": [link]}

    plain, chosen = words(reader, "gaps"), words(of_dark(reader), "gaps")
    assert made == ["gaps"]
    link = (
        '<a target="_self" href="./gaps?lang=en&amp;nf=1+234%2C5&amp;look=dark&amp;show=list">a &amp; b</a>'
    )
    assert plain[1] == '<a target="_self" href="./gaps?lang=en&amp;show=list">a &amp; b</a>'
    assert chosen == ("plain", link, {"rows": [link]})
    assert isinstance(chosen[1], Markup)
    assert chosen[1] == to(of_dark(reader), "gaps", "a & b", show="list")


def test_words_that_ask_for_a_colour_fail_for_every_reader(reader):
    @worded(4)
    def words(one: Reader) -> str:
        return one.ctx.look.paper

    with pytest.raises(AttributeError, match="paper"):
        words(reader)


def test_a_chart_is_made_for_each_look_and_not_for_what_links_carry(reader):
    made = []

    @drawn(4)
    def paper(one: Reader) -> str:
        made.append(one.link_parameters)
        return one.ctx.look.paper

    assert paper(reader) == paper(replace(reader, link_parameters=DARK_LINKS)) == LIGHT.paper
    assert paper(of_dark(reader)) == DARK.paper
    assert made == [(), ()]


def test_what_a_frame_carries_gets_into_no_answer_that_is_kept(reader):
    @worded(4)
    def link(one: Reader) -> Markup:
        return to(one, "gaps", "x")

    with carrying(DARK_LINKS):
        assert "look=dark" in to(reader, "gaps", "x")
        assert "look=dark" in link(reader)
    assert "look=dark" not in link(reader)
    assert "look=dark" not in to(reader, "gaps", "x")


def test_only_links_of_the_app_without_these_choices_are_completed():
    markup = '<a href="https://example.org/?lang=en">x</a> <a href="./gaps?lang=en&amp;look=dark">y</a>'
    assert completed(markup, DARK_LINKS) == markup
    assert completed(7, DARK_LINKS) == 7
    assert completed('href="./?lang=es#top"', (("nf", "auto"),)) == 'href="./?lang=es&amp;nf=auto#top"'

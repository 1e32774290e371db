"""Light drawings: values where they belong, gaps left open, words as text."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.documents import light
from dashboard.pictures.model import About, Course, DotRange, Fan, Ladder, Picture, Rung, Span, Step, Trend

HOSTILE = '"><script>alert(1)</script>&'
ABOUT = About("Title", "unit", "Source: x", HOSTILE, "es")
TREND = Trend(
    ABOUT,
    (
        Course(
            "San Vicente y las Granadinas",
            ((2018, 0.2), (2020, None), (2022, 0.4), (2024, 0.8)),
            "focus",
            HOSTILE,
        ),
        Course("mediana", ((2018, 0.5), (2024, 0.5)), "median"),
    ),
    goal=(0.9, "meta"),
)
DOTS = DotRange(
    ABOUT,
    (Span("Servicios", 10, 30, 50, 40, "40"), Span("Datos", None, None, None, None, "–")),
    ("a", "b", "c"),
)
LADDER = Ladder(ABOUT, (Rung("Servicios", 2), Rung("Datos", None)), ("uno", "dos", "tres", "cuatro"))
FAN = Fan(ABOUT, TREND.courses[1], (Step(2026, 0.4, 0.5, 0.7),), ("8 de cada 10", "la mitad"))


def drawn(picture: Picture) -> ElementTree.Element:
    """The drawing as XML: it must be some."""
    return ElementTree.fromstring(light.draw(picture))


@pytest.mark.parametrize("picture", [TREND, DOTS, LADDER, FAN])
def test_a_drawing_is_small_told_in_words_and_holds_no_markup_of_others(picture: Picture) -> None:
    svg = drawn(picture)
    assert svg.get("aria-label") == HOSTILE
    assert not list(svg.iter("script"))
    assert len(light.draw(picture)) < 6_000


def test_a_course_is_open_where_a_value_is_missing_and_right_where_it_is_not() -> None:
    svg = drawn(TREND)
    lines = [node.get("d", "") for node in svg.iter("path") if node.get("class") == "f"]
    assert len(lines) == 2  # in the legend, and from 2022 to 2024
    dots = [node for node in svg.iter("circle")]
    assert len(dots) == 1  # 2018 alone, before the gap
    (x1, y1), (x2, y2) = [tuple(map(float, point.split(","))) for point in lines[1][1:].split()]
    low, high = light.ticks(0.2, 0.9)[0], light.ticks(0.2, 0.9)[-1]
    # one decimal of a unit is written, so two rounded ends differ by at most .1
    assert y1 - y2 == pytest.approx(light.PLOT * (0.8 - 0.4) / (high - low), abs=0.11)
    assert x1 < x2


def test_a_row_without_values_has_its_name_and_no_mark() -> None:
    svg = drawn(DOTS)
    own = [float(node.get("cx", "0")) for node in svg.iter("circle")]
    assert len(own) == 2  # in the legend, and of the row that has a value
    room = light.WIDE - light.NAMES - light.RIGHT - 30
    assert own[1] == pytest.approx(light.NAMES + room * 0.4, abs=0.06)  # written with one decimal
    assert [node.text for node in svg.iter("text")].count("–") == 1


def test_a_ladder_fills_the_squares_up_to_the_stage() -> None:
    squares = [node.get("class") for node in drawn(LADDER).iter("rect")]
    assert squares == ["d", "d", "d", "o", "o", "o", "o", "o"]
    assert "3 · tres" in [node.text for node in drawn(LADDER).iter("text")]


def test_numbers_follow_the_language() -> None:
    numbers = [node.text or "" for node in drawn(TREND).iter("text") if node.get("class") == "e"]
    assert any(re.fullmatch(r"0,\d", number) for number in numbers)


@given(st.floats(-1e5, 1e5), st.one_of(st.just(0.0), st.floats(1e-3, 1e6)))
def test_ticks_are_round_and_hold_the_values(low: float, reach: float) -> None:
    marks = light.ticks(low, low + reach)
    steps = {round(b - a, 6) for a, b in pairwise(marks)}
    assert 2 <= len(marks) <= 8
    assert max(steps) == pytest.approx(min(steps), rel=1e-3)  # each is rounded to ten decimals
    assert marks[0] <= low + 1e-6 * max(1, abs(low), reach)
    assert marks[-1] >= low + reach - 1e-6 * max(1, abs(low), reach)

"""Numbers in the reader's format."""

from __future__ import annotations

import math

import pytest

from dashboard.charts.context import Context, KpiView
from dashboard.components.numbers import COMMA, POINT, SPACE, STYLES, number_format


@pytest.mark.parametrize(
    ("form", "expected"), [(POINT, "1,234.5"), (COMMA, "1.234,5"), (SPACE, "1\u202f234,5")]
)
def test_marks_follow_the_format(form, expected):
    assert form.number(1234.5, 1) == expected


def test_halves_round_away_from_zero_as_the_un_prints_them():
    assert POINT.number(0.66775, 4) == "0.6678"
    assert POINT.number(-2.5) == "\u22123"
    assert POINT.number(2.675, 2) == "2.68"


def test_missing_is_a_dash_and_never_zero():
    assert POINT.number(None) == POINT.number(math.nan) == "–"


def test_sign_and_negative_zero():
    assert POINT.number(0.3, 1, sign=True) == "+0.3"
    assert POINT.number(-0.04, 1) == "0.0"


def test_format_is_chosen_apart_from_language():
    assert number_format("auto", "es") is COMMA
    assert number_format("1,234.5", "es") is POINT
    assert number_format("nonsense", "en") is POINT
    assert all(form.number(1234.5, 1).replace("\u202f", " ") == name for name, form in STYLES.items())


def test_value_carries_its_symbol(ctx: Context, spanish: Context, share: KpiView):
    assert ctx.value(77.0, share) == "77.0%"
    assert spanish.value(77.0, share) == "77,0\u00a0%"
    assert ctx.value(None, share) == "–"

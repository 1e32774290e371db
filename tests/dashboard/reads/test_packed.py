"""Kept answers lie packed and come back as they were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from dashboard.charts.figure import Chart
from dashboard.reads.packed import LONG, Packed, packed, unpacked

ROW = "<tr><td>República Dominicana</td><td>0,7</td></tr>"
LONG_ROW = ROW * (LONG // len(ROW) + 1)


@dataclass(frozen=True)
class Framed:
    """As a frame: texts beside what cannot be packed."""

    foot: str
    make: Any


def make() -> str:
    return ROW


@pytest.mark.parametrize(
    "answer",
    [
        LONG_ROW,
        Markup(LONG_ROW),
        LONG_ROW.encode(),
        "\udcff" * LONG,
        (LONG_ROW, 1, None),
        [LONG_ROW, (Markup(LONG_ROW), {"a": LONG_ROW, "b": [ROW]})],
        Framed(LONG_ROW, make),
    ],
    ids=["text", "HTML", "bytes", "broken text", "tuple", "nested", "dataclass"],
)
def test_a_long_text_is_packed_and_comes_back(answer: Any):
    small = packed(answer)
    assert small is not answer
    back = unpacked(small)
    assert back == answer
    assert type(back) is type(answer)


def test_a_chart_comes_back_with_what_stands_beside_it():
    chart = Chart(LONG_ROW.encode(), {"fills": 0.5})
    small = packed(chart)
    assert isinstance(small.written, Packed)
    assert len(small.written.content) * 5 < len(chart.written)
    assert (unpacked(small).written, unpacked(small).beside) == (chart.written, {"fills": 0.5})
    assert chart.written == LONG_ROW.encode(), "the chart itself is left alone"


@pytest.mark.parametrize("answer", [ROW, (ROW, 1), {"a": ROW}, Framed(ROW, make), 1, None, Framed])
def test_what_has_no_long_text_is_the_same_object(answer: Any):
    assert packed(answer) is answer
    assert unpacked(answer) is answer


@given(st.recursive(st.text() | st.integers(), lambda part: st.lists(part) | st.tuples(part, part)))
def test_whatever_is_packed_comes_back(answer: Any):
    long = [answer, LONG_ROW]
    assert unpacked(packed(long)) == long

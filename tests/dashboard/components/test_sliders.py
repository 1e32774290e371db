"""Sliders: where the median of the peers stands."""

from __future__ import annotations

import pytest

from dashboard.components import sliders
from dashboard.components.sliders import Range
from dashboard.reads.reader import Reader


@pytest.mark.parametrize(
    ("span", "at"),
    [
        (Range(0, 1, 3, 0.25), 25.0),
        (Range(10, 20, 0, 20.0), 100.0),
        (Range(0, 1, 3, None), None),
        (Range(0, 1, 3, float("nan")), None),
        (Range(0, 1, 3, 1.2), None),
        (Range(1, 1, 3, 1.0), None),
    ],
)
def test_a_median_stands_on_the_track_or_nowhere(span: Range, at: float | None) -> None:
    assert sliders.share(span) == at


def test_the_mark_says_whose_median_it_is(ctx) -> None:
    html = sliders.mark(Reader("en", ctx, "v"), Range(0, 1, 3, 0.75))
    assert "--at:75.0%" in html
    assert "median 0.750" in html
    assert "median of &lt;SIDS&gt;" in sliders.peers("<SIDS>")
    assert sliders.mark(Reader("en", ctx, "v"), Range(0, 1, 3)) == ""

"""What a frame says below its chart: also where it was asked for a chart that the view has not."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.test_pages import text_of


def closed(chart: str, others: list[str]) -> None:
    from dashboard.components import alone, embedded

    embedded.close(alone.Wish(chart, others=others), chart)


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (["ladder", "stage_history"], "This view has no chart nope. It has: ladder, stage_history."),
        ([], "This view has no chart."),
    ],
)
def test_a_wrong_chart_is_told_with_those_that_there_are(others: list[str], said: str) -> None:
    app = AppTest.from_function(closed, args=("nope", others), default_timeout=30).run()
    assert not app.exception
    assert said in text_of(app)
    assert "Open in Escala" in text_of(app)

"""The flow from stage to stage: bands add up, say who and how many, and need no colour."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from dashboard.charts import stage_flow
from kpis.queries import Warehouse
from tests.dashboard.app_pages.test_stages import stages_page
from tests.dashboard.plotly_figure import checked
from tests.dashboard.test_pages import opened, text_of

MOVES = pd.DataFrame(
    {
        "name": ["Aland", "Borduria", "Cascara", "Elbonia", "Freedonia"],
        "stage_from": [0, 0, 3, 1, 1],
        "stage_to": [1, 1, 2, 1, 3],
    }
)


@pytest.fixture
def bands() -> pd.DataFrame:
    """One falls, one stays, three rise in two bands."""
    return stage_flow.flows(MOVES)


def test_bands_hold_every_country_once(bands: pd.DataFrame) -> None:
    assert bands[["stage_from", "stage_to", "n"]].to_numpy().tolist() == [
        [3, 2, 1],
        [1, 3, 1],
        [1, 1, 1],
        [0, 1, 2],
    ]
    assert bands["names"].iloc[3] == ["Aland", "Borduria"]


def test_title_and_words_say_the_counts(bands: pd.DataFrame, ctx) -> None:
    assert stage_flow.title(bands, "Services", ctx) == "Services: 3 of 5 countries up, 1 down"
    alt = stage_flow.alt(bands, (2020, 2024), ctx)
    assert "2020 to 2024" in alt
    assert "1 emerging → 2 enhanced: 2" in alt
    none = stage_flow.flows(MOVES.head(0))
    assert stage_flow.title(none, "Services", ctx) == "No stages known in both years"
    assert checked(stage_flow.figure(none, (2020, 2024), ctx)).data == ()


def test_bands_do_not_overlap_at_their_ends_and_direction_is_not_colour_only(bands, ctx) -> None:
    figure = stage_flow.figure(bands, (2020, 2024), ctx)
    ends = {0: [], -1: []}
    for trace in checked(figure).data:
        half = len(trace.y) // 2
        low, high = trace.y[:half], trace.y[half:][::-1]
        for at in (0, -1):
            ends[at].append((low[at], high[at]))
    for side in ends.values():
        side.sort()
        assert len(side) > 1
        assert all(band[1] <= next_band[0] + 1e-9 for band, next_band in itertools.pairwise(side))
    shapes = {trace.name: trace.fillpattern.shape for trace in checked(figure).data}
    assert shapes == {"32": "\\", "13": "", "11": "", "01": ""}
    texts = [annotation.text for annotation in checked(figure).layout.annotations]
    assert "<b>▲ 2</b>" in texts
    assert "<b>▼ 1</b>" in texts
    assert "1 emerging: <b>2</b>" in texts
    assert "4 connected: <b>0</b>" not in texts
    assert "4 connected: <b>1</b>" in texts


def test_long_lists_of_names_are_cut_in_the_hover(ctx) -> None:
    band = {"stage_from": 0, "stage_to": 1, "names": [f"C{n:02}" for n in range(20)]}
    hover = stage_flow.hover(band, ctx)
    assert "1 emerging → 2 enhanced: 20" in hover
    assert "C11" in hover
    assert "C12" not in hover
    assert "and 8 more" in hover


@pytest.mark.parametrize("dimension", ["overall", "services", "nonsense"])
def test_every_dimension_opens(dimension: str, home, wh: Warehouse) -> None:
    app = opened(stages_page, lang="es", show="moves", peers="SIDS", dimension=dimension)
    assert not app.exception
    assert ("se ignoró" in text_of(app)) == (dimension == "nonsense")
    assert "países, " in text_of(app)

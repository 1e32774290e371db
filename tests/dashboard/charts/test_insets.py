"""The map of the world and its parts: every small State can be seen, hit and named."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts import insets, tile_grid, world_map
from dashboard.charts.world_map import SMALL_STATES
from dashboard.charts.zooms import WORLD, ZOOMS
from kpis import paths
from tests.dashboard.plotly_figure import checked


@pytest.fixture
def small() -> pd.DataFrame:
    """All small States and those of the insets, with made-up values."""
    codes = sorted(SMALL_STATES | insets.codes(insets.INSETS))
    table = pd.read_csv(paths.data_dir() / "reference" / "area.csv", keep_default_na=False)
    table = table[table["ref_area"].isin(codes)].assign(name=lambda rows: rows["name_en"])
    assert len(table) == len(codes)
    places = table[["lat", "lon"]].astype(float)
    values = {"obs_value": range(len(table)), "time_period": 2024, "rank": 1, "n": len(table)}
    return table[["ref_area", "name"]].assign(**places, **values)


def ids(traces: list) -> list[str]:
    """Ids of the marks of some traces."""
    return [mark for trace in traces for mark in trace.ids or []]


def test_each_small_state_is_a_square_or_a_mark_once(small, share, ctx):
    figure = checked(world_map.figure(small, share, ctx, inset=True))
    drawn = ids([trace for trace in figure.data if trace.type in ("bar", "scattergeo")])
    assert sorted(drawn) == sorted(f"country:{code}" for code in small["ref_area"])


def test_the_square_of_mine_is_outlined_and_its_name_stands_on_the_map(small, share, ctx):
    figure = checked(world_map.figure(small, share, ctx, inset=True, mine="ATG"))
    assert {shape.xref for shape in figure.layout.shapes} == {"x2"}
    names = [text for trace in figure.data if trace.type == "scattergeo" for text in trace.text or []]
    assert names == ["<b>Antigua and Barbuda</b>"]


def test_in_a_part_of_the_world_small_states_are_named_once(small, share, ctx):
    figure = checked(world_map.figure(small, share, ctx, inset=True, mine="BRB", zoom="CARIBBEAN"))
    names = [text.strip() for trace in figure.data if trace.type == "scattergeo" for text in trace.text]
    assert names.count("<b>Barbados</b>") == 1
    assert "Saint Lucia" in names
    assert "Malta" not in names
    assert list(figure.layout.geo.lonaxis.range) == [ZOOMS["CARIBBEAN"].west, ZOOMS["CARIBBEAN"].east]


@pytest.mark.parametrize("zoom", ZOOMS)
def test_insets_lie_within_the_map_and_apart(zoom, small, share, ctx):
    layout = checked(world_map.figure(small, share, ctx, inset=True, zoom=zoom)).layout.to_plotly_json()
    boxes = [
        (*layout[f"xaxis{at}"]["domain"], *layout[f"yaxis{at}"]["domain"])
        for at in range(2, 2 + len(ZOOMS[zoom].insets))
    ]
    assert len(boxes) == (3 if zoom == WORLD else len(ZOOMS[zoom].insets))
    for left, right, foot, head in boxes:
        assert 0 <= left < right <= 1
        assert 0 <= foot < head <= 1
        overlaps = [
            box for box in boxes if box[0] < right and left < box[1] and box[2] < head and foot < box[3]
        ]
        assert len(overlaps) == 1  # itself


def test_the_line_of_date_parts_no_region():
    assert ZOOMS["OCEANIA"].has(-172.4)  # Samoa
    assert ZOOMS["OCEANIA"].has(134.6)  # Palau
    assert not ZOOMS["OCEANIA"].has(-61.8)


def test_regions_one_below_the_other_keep_every_country_and_fit_a_phone():
    grid = pd.read_csv(paths.data_dir() / "geo" / "tile_grid.csv", keep_default_na=False)
    areas = pd.read_csv(paths.data_dir() / "reference" / "area.csv", keep_default_na=False)
    regions = areas.set_index("ref_area")["region"]
    stacked, heads = tile_grid.by_region(grid, regions, "WSM")
    assert sorted(stacked["ref_area"]) == sorted(grid["ref_area"])
    assert not stacked.duplicated(["col", "row"]).any()
    assert stacked["col"].max() <= 13  # 24 pixels each on a screen of 390
    assert list(heads) == ["Oceania", "Africa", "Americas", "Asia", "Europe"]
    assert not stacked["row"].isin(heads.values()).any()

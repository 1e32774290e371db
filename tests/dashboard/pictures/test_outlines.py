"""The outlines of maps: kept as they are made, every Member State on them."""

from __future__ import annotations

import json

import numpy as np
import pytest

from dashboard.charts import insets
from dashboard.charts.zooms import WORLD, ZOOMS
from dashboard.pictures import outlines
from dashboard.pictures.outlines import Frame
from dashboard.pictures.values import land_svg, values
from kpis.paths import data_dir
from kpis.queries import Warehouse
from tests.dashboard.pictures.samples import world


@pytest.mark.parametrize("zoom", ["CARIBBEAN", pytest.param(WORLD, marks=pytest.mark.long)])
def test_what_is_kept_is_what_is_made(zoom: str) -> None:
    topology = json.loads((data_dir() / "geo" / "world_110m.json").read_text(encoding="utf-8"))
    made = json.loads(json.dumps(outlines.made(topology, ZOOMS[zoom])))
    assert made == outlines.kept()[zoom]
    assert set(outlines.kept()) == set(ZOOMS)


def test_the_projection_is_even_about_its_middle_and_keeps_north_above() -> None:
    frame = Frame(ZOOMS[WORLD])
    lat = np.array([-50.0, 0.0, 40.0, 80.0])
    east, y = frame.projected(np.full(4, 60.0), lat)
    west, _y = frame.projected(np.full(4, -60.0), lat)
    assert east + west == pytest.approx(1)
    assert (np.diff(y) < 0).all()
    assert frame.projected(np.array(0.0), np.array(float(frame.part.north)))[1] == pytest.approx(0)
    # Natural Earth: 0.8707 of the equator's radians, so the world is 0.52 times as high as wide.
    high = 2 * (1.4220 / (2 * 0.8707 * np.pi))
    poles = [float(frame.projected(np.array(0.0), np.array(lat))[1]) for lat in (90.0, -90.0)]
    assert poles[1] - poles[0] == pytest.approx(high, abs=0.001)


def test_every_member_state_is_on_the_map_of_the_world(wh: Warehouse) -> None:
    areas = wh.areas()
    members = set(areas.loc[areas["un_member"], "ref_area"])
    kept = outlines.kept()[WORLD]
    marked = {mark[0] for mark in kept["marks"]} | insets.codes(insets.of(ZOOMS[WORLD]))
    assert members - set(kept["areas"]) - marked == set()
    small = {code for code in members if len(kept["areas"].get(code, "")) < 30}
    assert small - marked == set()


def test_a_map_draws_shades_hatches_and_land_of_others() -> None:
    picture = world("en")
    fills = ["#111111", "#222222", "#333333", "#444444", "#555555"]
    svg = land_svg(picture, fills)
    drawn = [code for code, _class in picture.areas if code in outlines.kept()[WORLD]["areas"]]
    assert sum(svg.count(f'fill="{fill}"') for fill in fills) == len(drawn)
    assert svg.count('fill="url(#e-hatch)"') == len(picture.without)
    assert values(picture)["land"]["high"] == pytest.approx(Frame(ZOOMS[WORLD]).high, abs=0.001)

"""Lighter outlines: fewer points, the same countries, neighbours that still meet."""

from __future__ import annotations

import json
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
import pytest

from kpis.paths import data_dir
from kpis.queries import Warehouse
from kpis.sources import outlines

GEO = data_dir() / "geo"


def test_points_near_the_line_go_and_ends_and_corners_stay():
    line = np.array([[0, 0], [1, 0.01], [2, 0], [3, 2], [4, 0]], dtype=float)
    assert outlines.shortened(line, 0.1).tolist() == [[0, 0], [2, 0], [3, 2], [4, 0]]
    assert outlines.shortened(line, 10).tolist() == [[0, 0], [4, 0]]


def test_no_point_left_out_lies_further_than_the_tolerance():
    steps = np.random.default_rng(2030).normal(0, 0.05, (400, 2))
    line = np.cumsum(steps, axis=0)
    kept = outlines.shortened(line, 0.1)
    for point in line:
        ends = list(pairwise(kept))
        away = min(_distance(point, start, end) for start, end in ends)
        assert away <= 0.1 + 1e-12  # rounding of the projection


def _distance(point: np.ndarray, start: np.ndarray, end: np.ndarray) -> float:
    along = end - start
    share = np.clip((point - start) @ along / (along @ along), 0, 1) if along.any() else 0
    return float(np.hypot(*(point - start - share * along)))


def test_a_closed_line_keeps_three_corners_whatever_the_tolerance():
    turn = np.linspace(0, 2 * np.pi, 50)
    ring = np.column_stack([np.cos(turn), np.sin(turn)])
    ring[-1] = ring[0]
    kept = outlines.shortened(ring, 100)
    assert len(kept) >= 4
    assert (kept[0] == kept[-1]).all()
    assert len({tuple(point) for point in kept.tolist()}) >= 3


def square(left: float, size: float) -> list[list[float]]:
    return [[left, 0], [left + size, 0], [left + size, size], [left, size], [left, 0]]


def topology(lines: list[list[list[float]]], countries: dict[str, list]) -> dict:
    """A topology on a grid of thousandths of a degree."""
    arcs = []
    for line in lines:
        grid = np.rint(np.array(line) * 1000).astype(int)
        arcs.append(np.diff(grid, axis=0, prepend=[[0, 0]]).tolist())
    shapes = [{"type": "MultiPolygon", "arcs": arcs_, "id": code} for code, arcs_ in countries.items()]
    land = {"type": "MultiPolygon", "arcs": list(chain(*countries.values()))}
    return {
        "type": "Topology",
        "bbox": [-1, -1, 30, 30],
        "transform": {"scale": [0.001, 0.001], "translate": [0, 0]},
        "arcs": arcs,
        "objects": {
            "countries": {"type": "GeometryCollection", "geometries": shapes},
            "land": {"type": "GeometryCollection", "geometries": [land]},
            "rivers": {"type": "GeometryCollection", "geometries": [{"type": "LineString", "arcs": [0]}]},
        },
    }


def test_small_islands_go_unless_they_are_all_of_a_country():
    world = topology(
        [square(0, 5), square(10, 0.01), square(20, 0.01)], {"BIG": [[[0]], [[1]]], "TNY": [[[2]]]}
    )
    light = outlines.lighter(world)
    big, tiny = light["objects"]["countries"]["geometries"]
    assert (len(big["arcs"]), len(tiny["arcs"])) == (1, 1)
    assert len(light["objects"]["land"]["geometries"][0]["arcs"]) == 2
    assert len(light["arcs"]) == 2
    assert light["objects"]["rivers"]["geometries"] == []


@pytest.fixture(scope="module")
def light() -> dict:
    return json.loads((GEO / "world_110m.json").read_text(encoding="utf-8"))


def test_the_file_holds_what_the_tool_makes_of_the_full_outlines(light: dict):
    full = json.loads((GEO / "world_50m.json").read_text(encoding="utf-8"))
    assert outlines.lighter(full) == light
    before, after = (sum(map(len, one["arcs"])) for one in (full, light))
    assert after < before / 5


def test_no_member_state_loses_its_shape(light: dict, wh: Warehouse):
    full = json.loads((GEO / "world_50m.json").read_text(encoding="utf-8"))
    members = set(wh.areas().query("un_member")["ref_area"])
    before, after = (
        {shape.get("id"): shape for shape in one["objects"]["countries"]["geometries"]}
        for one in (full, light)
    )
    assert set(before) == set(after)
    for code in members & set(before):
        assert all(after[code]["arcs"]), code


def test_lines_end_where_they_ended_so_that_neighbours_meet(light: dict):
    full = json.loads((GEO / "world_50m.json").read_text(encoding="utf-8"))
    assert _ends(light) <= _ends(full)


def _ends(topology_: dict) -> set[tuple[float, float]]:
    """First and last points of all lines, in hundredths of a degree."""
    (east, north), (left, bottom) = topology_["transform"]["scale"], topology_["transform"]["translate"]
    base = topology_["bbox"][:2]
    found = set()
    for arc in topology_["arcs"]:
        points = np.cumsum(np.array(arc), axis=0) * (east, north) + (left, bottom)
        for point in (points[0], points[-1]):
            found.add(tuple(np.rint((point - base) * outlines.GRID).astype(int).tolist()))
    return found


def test_the_tool_writes_beside_the_full_file(tmp_path: Path):
    world = topology([square(0, 5)], {"BIG": [[[0]]]})
    (tmp_path / "world_50m.json").write_text(json.dumps(world), encoding="utf-8")
    outlines.main(tmp_path)
    assert json.loads((tmp_path / "world_110m.json").read_text(encoding="utf-8")) == outlines.lighter(world)

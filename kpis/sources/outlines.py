"""Lighter outlines for the world as a whole: the 1:50 m topology without the detail that no screen shows.

A world map has two to four pixels for a degree, the topology some hundred points. The lines that countries
share are shortened once (Ramer–Douglas–Peucker), so that neighbours still meet. An island that is smaller
than a point goes, unless it is all that its country has there: no State loses its shape.

Plotly knows two files of the world by name; the full one stays `world_50m.json`, the light one takes the
name `world_110m.json`. `python -m kpis.sources.outlines` writes it anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from kpis.paths import data_dir

TOLERANCE = 0.08  # degrees; a third of a pixel on a map of 1,500 pixels
SMALLEST = 0.2  # degrees across; below, an island is no larger than a point
GRID = 100  # steps of the written grid in a degree
DRAWN_LAYERS = ("countries", "land")  # the layers that are drawn; Plotly needs the others to exist
Topology = dict[str, Any]


def shortened(line: np.ndarray, tolerance: float) -> np.ndarray:
    """Points (n × 2) of a line that stay: ends, and what lies further than `tolerance` from the rest.

    A closed line keeps at least three corners.
    """
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    parts = [(0, len(line) - 1)]
    if len(line) > 3 and (line[0] == line[-1]).all():
        far = int(np.argmax(((line - line[0]) ** 2).sum(axis=1)))
        third = _furthest(line, 0, far)[0] if far > 1 else _furthest(line, far, len(line) - 1)[0]
        keep[[far, third]] = True
        first, second = sorted((far, third))
        parts = [(0, first), (first, second), (second, len(line) - 1)]
    while parts:
        start, end = parts.pop()
        at, distance = _furthest(line, start, end)
        if distance > tolerance:
            keep[at] = True
            parts += [(start, at), (at, end)]
    return line[keep]


def _furthest(line: np.ndarray, start: int, end: int) -> tuple[int, float]:
    """The point between two others that lies furthest from the stretch between them, and how far."""
    if end - start < 2:
        return start, 0.0
    between, base = line[start + 1 : end] - line[start], line[end] - line[start]
    length = float(base @ base)
    share = np.clip(between @ base / length, 0, 1) if length else np.zeros(len(between))
    away = np.hypot(*(between - share[:, None] * base).T)
    at = int(np.argmax(away))
    return start + 1 + at, float(away[at])


def lighter(topology: Topology, tolerance: float = TOLERANCE, smallest: float = SMALLEST) -> Topology:
    """The topology with shortened lines, without the smallest islands and without layers that are not drawn.

    topology: quantised TopoJSON with polygons in the layers `countries` (with `id`) and `land`.
    """
    (east, north), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = [
        np.cumsum(np.array(arc, dtype=float), axis=0) * (east, north) + (left, bottom)
        for arc in topology["arcs"]
    ]
    gone: set[int] = set()
    layers: dict[str, Any] = {}
    for name in DRAWN_LAYERS:
        shapes = topology["objects"][name]["geometries"]
        layers[name] = [
            _pruned(shape, lines, smallest, gone, first=name == DRAWN_LAYERS[0]) for shape in shapes
        ]
    return _written(topology, layers, lines, tolerance)


def _polygons(shape: dict[str, Any]) -> list[list[list[int]]]:
    return [shape["arcs"]] if shape["type"] == "Polygon" else list(shape["arcs"])


def _pruned(
    shape: dict[str, Any], lines: list[np.ndarray], smallest: float, gone: set[int], *, first: bool
) -> dict[str, Any]:
    """A shape without its smallest islands. `gone` collects their lines from countries and tells land."""
    polygons = _polygons(shape)
    if first:
        across = [_across([lines[_index(arc)] for arc in polygon[0]]) for polygon in polygons]
        least = min(smallest, max(across))
        polygons_left = [polygon for polygon, size in zip(polygons, across, strict=True) if size >= least]
        gone |= {_index(arc) for polygon in polygons if polygon not in polygons_left for arc in polygon[0]}
    else:
        polygons_left = [
            polygon for polygon in polygons if not all(_index(arc) in gone for arc in polygon[0])
        ]
    return shape | {"type": "MultiPolygon", "arcs": polygons_left}


def _index(arc: int) -> int:
    """TopoJSON writes a line that is walked backwards as its complement."""
    return arc if arc >= 0 else ~arc


def _across(parts: list[np.ndarray]) -> float:
    points = np.concatenate(parts)
    return float(np.hypot(*np.ptp(points, axis=0)))


def _written(
    topology: Topology, layers: dict[str, Any], lines: list[np.ndarray], tolerance: float
) -> Topology:
    """The TopoJSON: the lines that are still used, numbered anew, on a grid of 1/GRID degree."""
    used: dict[int, int] = {}

    def renumbered(arc: int) -> int:
        at = used.setdefault(_index(arc), len(used))
        return at if arc >= 0 else ~at

    shapes = {
        name: [
            shape
            | {"arcs": [[[renumbered(arc) for arc in ring] for ring in polygon] for polygon in shape["arcs"]]}
            for shape in layer
        ]
        for name, layer in layers.items()
    }
    objects = {name: {"type": "GeometryCollection", "geometries": []} for name in topology["objects"]}
    for name, layer in shapes.items():
        objects[name]["geometries"] = layer
    return {
        "type": "Topology",
        "objects": objects,
        "arcs": [_steps(shortened(lines[at], tolerance), topology["bbox"]) for at in used],
        "bbox": topology["bbox"],
        "transform": {"scale": [1 / GRID, 1 / GRID], "translate": topology["bbox"][:2]},
    }


def _steps(line: np.ndarray, bbox: list[float]) -> list[list[int]]:
    """A line as TopoJSON writes it: its first point on the grid, then the step to each next one."""
    grid = np.rint((line - bbox[:2]) * GRID).astype(int)
    steps = np.diff(grid, axis=0, prepend=[[0, 0]])
    moved = np.asarray(steps.any(axis=1))
    moved[[0, -1]] = True
    return [[int(x), int(y)] for x, y in steps[moved]]


def main(folder: Path) -> None:
    """Reads `world_50m.json` in a folder and writes `world_110m.json` beside it."""
    topology = json.loads((folder / "world_50m.json").read_text(encoding="utf-8"))
    light = json.dumps(lighter(topology), separators=(",", ":"))
    (folder / "world_110m.json").write_text(f"{light}\n", encoding="utf-8")


if __name__ == "__main__":
    main(data_dir() / "geo")

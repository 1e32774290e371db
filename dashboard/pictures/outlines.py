"""The outlines of maps, projected once: `python -m dashboard.pictures.outlines` writes them anew.

Natural Earth projection (Tom Patterson; polynomial of Bojan Šavrič, Bernhard Jenny and others, 2011), turned
to the middle of the part of the world that is shown, as on the World page. Lines that countries share are
shortened once, so that neighbours still meet.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.charts.world_map import MOVED, SMALL_STATES
from dashboard.charts.zooms import ZOOMS, Zoom
from kpis.paths import data_dir
from kpis.sources.outlines import shortened

FILE = Path(__file__).parent / "outlines.json"
TOLERANCE = 0.14 / 360  # of the width of the map: a third of a point on a slide
SMALLEST = 0.4 / 360  # of the width; a smaller island goes unless it is all that its country has
GRID = 10_000  # steps of the written grid across the map
OFF_THE_MAP = frozenset({"ATA"})
Ring = np.ndarray


@dataclass(frozen=True)
class Frame:
    """A part of the world as it lies on paper, its width being 1; y grows downwards from the north end."""

    part: Zoom

    @property
    def high(self) -> float:
        """How high it is."""
        return float(self.projected(np.array(0.0), np.array(float(self.part.south)))[1])

    def projected(self, lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Places of degrees; lon is counted from the middle of the part, so from -180 to 180."""
        x, y = _natural_earth(lon, lat)
        broadest = np.array(min(max(0.0, self.part.south), self.part.north))
        wide = 2 * float(_natural_earth(np.array(self.part.wide / 2), broadest)[0])
        top = float(_natural_earth(np.array(0.0), np.array(float(self.part.north)))[1])
        return x / wide + 0.5, (top - y) / wide

    def turned(self, lon: float) -> float:
        """A longitude as it is counted from the middle."""
        return (lon - self.part.middle + 180) % 360 - 180

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a place lies."""
        x, y = self.projected(np.array(self.turned(lon)), np.array(lat))
        return float(x), float(y)


def _natural_earth(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    across, up = np.radians(lon), np.radians(lat)
    p2, p4 = up**2, up**4
    x = across * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
    y = up * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    return x, y


@lru_cache(maxsize=1)
def kept() -> dict[str, Any]:
    """The written outlines by part of the world.

    Each has `high` in steps of the grid, `areas`: by ISO code the path of an area as SVG writes it, large
    ones first so that enclaves lie on top, and `marks`: code, x and y of small States in shares of the width.
    """
    outlines: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return outlines


def made(topology: dict[str, Any], part: Zoom) -> dict[str, Any]:
    """The outlines of a topology in one part of the world."""
    frame = Frame(part)
    scale, move = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + move for arc in topology["arcs"]]
    tolerance = TOLERANCE * part.wide
    arcs = [shortened(arc, tolerance) if len(arc) > 2 else arc for arc in arcs]
    areas: dict[str, list[np.ndarray]] = {}
    places: dict[str, tuple[float, float]] = {}
    for area in topology["objects"]["countries"]["geometries"]:
        code = area["id"]
        places[code] = MOVED.get(code, tuple(reversed(area["properties"]["ct"])))
        if code not in OFF_THE_MAP:
            rings = _seen([_ring(polygon[0], arcs) for polygon in area["arcs"]], SMALLEST * part.wide)
            drawn = [ring for ring in (_drawn(ring, frame) for ring in rings) if _inside(ring, frame)]
            areas.setdefault(code, []).extend(drawn)
    order = sorted((code for code in areas if areas[code]), key=lambda code: -max(map(_size, areas[code])))
    return {
        "high": round(frame.high * GRID),
        "areas": {code: "".join(map(_path, areas[code])) for code in order},
        "marks": list(_marks(places, frame)),
    }


def _marks(places: dict[str, tuple[float, float]], frame: Frame) -> Any:
    for code in sorted(SMALL_STATES & places.keys()):
        x, y = frame.place(*places[code])
        if 0 < x < 1 and 0 < y < frame.high:
            yield [code, round(x, 4), round(y, 4)]


def _ring(numbers: list[int], arcs: list[np.ndarray]) -> Ring:
    """The points of a ring of arcs; a negative number is an arc backwards."""
    parts = [arcs[at] if at >= 0 else arcs[~at][::-1] for at in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _seen(rings: list[Ring], smallest: float) -> list[Ring]:
    """The rings that are larger than a point, or the largest."""
    across = [float(np.ptp(ring, axis=0).max()) for ring in rings]
    return [ring for ring, size in zip(rings, across, strict=True) if size >= smallest or size == max(across)]


def _drawn(ring: Ring, frame: Frame) -> np.ndarray:
    """A ring on the grid; one across the seam stays in one piece, beside the end where most of it lies."""
    whole = np.unwrap(ring[:, 0], period=360)
    middle = float(whole.min() + whole.max()) / 2
    lon = whole - middle + frame.turned(middle)
    x, y = frame.projected(lon, np.clip(ring[:, 1], -85, 84))
    points = (np.stack([x, y], axis=1) * GRID).round().astype(int)
    moved = np.ones(len(points), dtype=bool)
    moved[1:] = (np.diff(points, axis=0) != 0).any(axis=1)
    return points[moved]


def _inside(ring: np.ndarray, frame: Frame) -> bool:
    """Whether some of a ring may lie in the frame."""
    (left, top), (right, foot) = ring.min(axis=0), ring.max(axis=0)
    return bool(right > 0 and left < GRID and foot > 0 and top < frame.high * GRID)


def _size(ring: np.ndarray) -> float:
    return float(np.prod(np.ptp(ring, axis=0)))


def _path(ring: np.ndarray) -> str:
    """A ring in steps from point to point: the shortest that SVG knows."""
    steps = " ".join(f"{x} {y}" for x, y in np.diff(ring, axis=0))
    return f"M{ring[0][0]} {ring[0][1]}l{steps}z"


def write() -> None:
    """Writes the outlines of `data/geo`."""
    topology = json.loads((data_dir() / "geo" / "world_110m.json").read_text(encoding="utf-8"))
    outlines = {zoom: made(topology, part) for zoom, part in ZOOMS.items()}
    FILE.write_text(json.dumps(outlines, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()

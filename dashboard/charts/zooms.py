"""Parts of the world map: where each lies, and what fills the frame around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

WORLD = "WORLD"
ON_A_PHONE = 0.55  # of the width
CORE = 0.3  # of the width, at either side of the middle: beyond, neighbours are seen and not named


@dataclass(frozen=True)
class Zoom:
    """A part of the map, in degrees: longitude of its middle, how far it reaches, southern and northern end.

    As wide as the frame, which is about twice as wide as high: neighbours are seen at either side. insets:
    where an inset (`insets.py`) by its title finds sea enough: its lower left corner, in shares of the map.
    named: small States have room for their names. core: share of the width that is the part itself.
    heart: longitude of its middle, where more of one side is seen; None: that of the frame. beside: latitude,
    longitude and side of the name of a larger State, in the sea beside it.
    """

    middle: float
    wide: float
    south: float
    north: float
    insets: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    named: bool = True
    core: float = CORE
    heart: float | None = None
    beside: Mapping[str, tuple[float, float, str]] = field(default_factory=dict)

    @property
    def own_middle(self) -> float:
        """Longitude of the middle of the part itself."""
        return self.middle if self.heart is None else self.heart

    @property
    def west(self) -> float:
        """Longitude of the left end."""
        return self.middle - self.wide / 2

    @property
    def east(self) -> float:
        """Longitude of the right end; above 180 beyond the line of date."""
        return self.middle + self.wide / 2

    def has(self, lon: float) -> bool:
        """Whether a longitude is of the part itself, not of its neighbours."""
        return abs((lon - self.own_middle + 180) % 360 - 180) <= self.core * self.wide


ZOOMS = {
    WORLD: Zoom(
        11, 360, -57, 84, {"Caribbean": (0, 0.01), "Pacific": (0.82, 0.31), "Europe": (0.405, 0.01)}, False
    ),
    "AFRICA": Zoom(17, 204, -37, 39),
    # The inset has the sea to the west; Africa and Europe whole fill the frame to the east.
    "AMERICAS": Zoom(-57, 216, -56, 66, {"Caribbean": (0, 0.01)}, False, core=0.26, heart=-85),
    "ASIA": Zoom(88, 190, -12, 56),
    "EUROPE": Zoom(17, 106, 34, 71, {"Europe": (0.04, 0.05)}, False),
    "OCEANIA": Zoom(170, 200, -47, 20),
    "CARIBBEAN": Zoom(
        -71,
        52,
        8.5,
        28,
        heart=-66.4,
        beside={
            "BHS": (25.4, -75.2, "middle right"),
            "BLZ": (17.3, -87.7, "middle right"),
            "CUB": (20.0, -78.6, "middle center"),
            "DOM": (21.0, -70.2, "middle center"),
            "HTI": (17.2, -73.6, "middle center"),
            "JAM": (17.0, -77.3, "middle center"),
            "TTO": (10.6, -60.7, "middle right"),
        },
    ),
}


def part(zoom: str, *, narrow: bool) -> Zoom:
    """A part of the map; on a phone without the neighbours at either side."""
    full = ZOOMS[zoom]
    if not narrow or zoom == WORLD:
        return full
    return replace(full, middle=full.own_middle, wide=ON_A_PHONE * full.wide, core=0.5)

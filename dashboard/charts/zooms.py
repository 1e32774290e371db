"""Parts of the world map: where each lies, and what fills the frame around it."""

from __future__ import annotations

from dataclasses import dataclass

WORLD = "WORLD"


@dataclass(frozen=True)
class Zoom:
    """A part of the map, in degrees: longitude of its middle, how far it reaches, southern and northern end.

    Frames are about twice as wide as high, so that neighbours are seen at either side.
    """

    middle: float
    wide: float
    south: float
    north: float

    @property
    def west(self) -> float:
        """Longitude of the left end."""
        return self.middle - self.wide / 2

    @property
    def east(self) -> float:
        """Longitude of the right end; above 180 beyond the line of date."""
        return self.middle + self.wide / 2


ZOOMS = {
    WORLD: Zoom(11, 360, -57, 84),
    "AFRICA": Zoom(17, 170, -37, 39),
    "AMERICAS": Zoom(-80, 230, -56, 74),
    "ASIA": Zoom(88, 150, -12, 56),
    "EUROPE": Zoom(17, 110, 34, 71),
    "OCEANIA": Zoom(172, 150, -47, 20),
    "CARIBBEAN": Zoom(-71, 44, 8.5, 28),
}

"""A picture as `charts.typ` takes it: its values, and of a map the land in the shades of its classes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from dashboard.charts import insets
from dashboard.charts.classes import MOST
from dashboard.charts.look import LIGHT
from dashboard.charts.world_map import SIDES
from dashboard.charts.zooms import ZOOMS
from dashboard.components.language import catalogue
from dashboard.pictures import outlines
from dashboard.pictures.model import Picture, WorldMap


def values(picture: Picture) -> dict[str, Any]:
    """The values of a picture, ready for JSON. Raises KeyError for a map of an unknown part of the world."""
    return asdict(picture) | land(picture)


def land(picture: Picture) -> dict[str, Any]:
    """What a map is drawn with besides its values; nothing for other kinds."""
    return _of_map(picture) if isinstance(picture, WorldMap) else {}


def _of_map(picture: WorldMap) -> dict[str, Any]:
    fills = [_ramp(picture)[shade] for shade in _shades(picture)]
    if picture.tiles:
        letters = LIGHT.on_sides if picture.sided else LIGHT.on_classes
        return {"fills": fills, "letters": [letters[shade] for shade in _shades(picture)]}
    shown = ZOOMS[picture.region]
    kept = outlines.kept()[picture.region]
    drawn = insets.of(shown)
    elsewhere = insets.codes(drawn)
    return {
        "fills": fills,
        "land": {
            "svg": land_svg(picture, fills),
            "high": kept["high"] / outlines.GRID,
            "marks": [mark for mark in kept["marks"] if mark[0] not in elsewhere],
            "insets": [_inset(inset, shown.insets[inset.title], picture.about.lang) for inset in drawn],
            "named": shown.named,
            "core": shown.core,
            "sides": SIDES,
        },
    }


def _ramp(picture: WorldMap) -> tuple[str, ...]:
    return LIGHT.sides if picture.sided else LIGHT.classes


def _shades(picture: WorldMap) -> tuple[int, ...]:
    """The place of each class in the ramp; few classes still span the whole."""
    count = len(picture.classes)
    if picture.shades or count == 0:
        return picture.shades
    return tuple(round(at * (MOST - 1) / (count - 1)) for at in range(count)) if count > 1 else (3,)


def _inset(inset: insets.Inset, corner: tuple[float, float], lang: str) -> dict[str, Any]:
    """An inset: its title, its lower left corner in shares of the map, its tiles by column and row."""
    rows = [line.split() for line in inset.rows]
    tiles = [
        [code, column, row]
        for row, line in enumerate(rows)
        for column, code in enumerate(line)
        if code != "..."
    ]
    return {
        "title": catalogue(lang).gettext(inset.title),
        "x": corner[0],
        "y": corner[1],
        "right": inset.right,
        "columns": len(rows[0]),
        "rows": len(rows),
        "tiles": tiles,
    }


HATCH = (
    '<defs><pattern id="e-hatch" width="60" height="60" patternUnits="userSpaceOnUse">'
    f'<rect width="60" height="60" fill="{LIGHT.missing}"/>'
    f'<path d="M0 60L60 0" stroke="{LIGHT.peers}" stroke-width="7"/></pattern></defs>'
)
BORDER, OUTLINE = 5, 26  # of the grid: around an area, and around one that stands out


def land_svg(picture: WorldMap, fills: list[str]) -> str:
    """The land as SVG: areas in the shade of their class, hatched without data, plain if no Member State.

    All that goes in are our own paths and colours of the look; codes of the picture only choose among them.
    """
    kept = outlines.kept()[picture.region]
    paths: dict[str, str] = kept["areas"]
    plain = LIGHT.outside
    shade = {code: fills[at] for code, at in picture.areas} | dict.fromkeys(picture.without, "url(#e-hatch)")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {outlines.GRID} {kept["high"]}">{HATCH}'
        f'<g stroke-width="{BORDER}" stroke-linejoin="round" stroke="{plain}" fill="{plain}">',
        *(f'<path d="{path}"/>' for code, path in paths.items() if code not in shade),
        f'</g><g stroke-width="{BORDER}" stroke-linejoin="round" stroke="{LIGHT.outline}">',
        *(f'<path d="{path}" fill="{shade[code]}"/>' for code, path in paths.items() if code in shade),
        f'</g><g stroke-width="{OUTLINE}" stroke-linejoin="round" stroke="{LIGHT.ink}" fill="none">',
        *(f'<path d="{paths[code]}"/>' for code in picture.outlined if code in paths),
        "</g></svg>",
    ]
    return "".join(parts)

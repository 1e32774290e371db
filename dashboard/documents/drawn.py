"""The drawing of a figure without its words, which a document sets itself; and how high it stands."""

from __future__ import annotations

import math
import re
from dataclasses import asdict
from typing import Any, Literal

from markupsafe import Markup, escape

from dashboard.documents.glyphs import shown
from dashboard.pictures.model import DotRange, Ladder, Matrix, Paces, Picture, Ranking
from dashboard.pictures.typesetter import typeset
from dashboard.pictures.values import land

SOURCE = "documents/bare.typ"
LINES_HIGH, CURVE = 3.1, 0.42  # a row in lines of type; a curve or a map in parts of its width
MANY_ROWS = 12  # of a matrix, whose rows then stand closer


def height(picture: Picture, width: float, size: float) -> float:
    """How high a drawing stands, in points. width: of the drawing; size: of its type."""
    rows = _rows(picture)
    if rows is None:
        return max(CURVE * width, 13 * size)
    return (2.4 + LINES_HIGH * rows) * size


def _rows(picture: Picture) -> float | None:
    """Rows of a picture that has rows, its head among them; None for curves and maps."""
    match picture:
        case Ladder():
            is_noted = any(rung.note for rung in picture.rungs)
            return len(picture.rungs) * (0.83 if is_noted else 0.75)  # a note takes three small lines
        case Ranking():
            return len(picture.bars) * 0.52
        case DotRange():
            return 1 + len(picture.spans) * 0.62
        case Matrix():
            return 1 + len(picture.rows) * (1 if len(picture.rows) <= MANY_ROWS else 0.43)
        case Paces():
            return 1 + len(picture.lanes)
    return None


def values(picture: Picture) -> Any:
    """The picture for the typesetter, every text such as the fonts can show it."""
    return shown(asdict(picture)) | land(picture)


def draw_bare(
    picture: Picture,
    form: Literal["svg", "png"],
    width: float,
    size: float,
    most: float = math.inf,
) -> bytes:
    """The drawing alone, `width` points wide with type of `size` points; PNG with 200 pixels an inch.

    most: points of its height, in which type gets smaller where there are many rows.
    """
    sheet = {"width": width, "height": min(height(picture, width, size), most), "type": size}
    return typeset(SOURCE, {"picture": values(picture), "sheet": sheet}, form, ppi=200)


def svg(picture: Picture, width: float, size: float, name: str) -> Markup:
    """The drawing inside a page of HTML, told in words. name: class of the element."""
    drawing = draw_bare(picture, "svg", width, size).decode()
    opening = re.match(r"\s*(?:<\?xml[^>]*>\s*)?<svg\b[^>]*>", drawing)
    box = re.search(r'viewBox="([\d. -]+)"', opening[0]) if opening else None
    if opening is None or box is None:
        raise ValueError("the drawing is no SVG with a viewBox")
    head = (
        f'<svg class="{escape(name)}" role="img" aria-label="{escape(picture.about.alt)}" viewBox="{box[1]}"'
        ' xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    )
    return Markup(head + drawing[opening.end() :])  # noqa: S704 - the rest is the typesetter's own

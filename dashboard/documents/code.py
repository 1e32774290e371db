"""An address as a code that phones read, made here: for the last slide and the end of a hand-out."""

from __future__ import annotations

from io import BytesIO

import segno

from dashboard.charts.look import LIGHT
from dashboard.texts import mark

SEE_LIVE = mark("See it live")
EDGE = 4  # modules around a code, which phones need to find it


def svg(address: str) -> str:
    """The code as an element of a page, without a size."""
    return str(
        segno.make(address, error="m").svg_inline(
            dark=LIGHT.ink, light=LIGHT.paper, border=EDGE, omitsize=True
        )
    )


def picture(address: str) -> bytes:
    """The code as SVG for a file of its own."""
    stream = BytesIO()
    segno.make(address, error="m").save(stream, kind="svg", dark=LIGHT.ink, light="#FFFFFF", border=EDGE)
    return stream.getvalue()


def png(address: str) -> bytes:
    """The code as PNG, large enough to be printed."""
    stream = BytesIO()
    segno.make(address, error="m").save(
        stream, kind="png", scale=16, dark=LIGHT.ink, light="#FFFFFF", border=EDGE
    )
    return stream.getvalue()

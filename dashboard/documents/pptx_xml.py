"""What python-pptx has no words for: bars from one value to another, entries left out of a legend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.oxml import parse_xml
from pptx.util import Pt

from dashboard.charts.look import LIGHT
from dashboard.documents.pptx_parts import C
from dashboard.pictures.model import Span

NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
AFTER_BARS = ("cat", "val", "smooth", "extLst")  # parts of a series that stand behind its error bars
AFTER_ENTRIES = ("layout", "overlay", "spPr", "txPr", "extLst")  # parts of a legend, behind its entries


def add_spans(series: Any, spans: Sequence[Span]) -> None:
    """Lines from the low to the high end of each row, on the series of the low ends.

    As error bars: lines from the highest to the lowest value are the chart's own form of it, but LibreOffice
    draws none.
    """
    points = "".join(_point(at, span) for at, span in enumerate(spans))
    bars = parse_xml(
        f"<c:errBars {NAMESPACES}><c:errDir val='y'/><c:errBarType val='plus'/><c:errValType val='cust'/>"
        f"<c:noEndCap val='1'/><c:plus><c:numLit><c:ptCount val='{len(spans)}'/>{points}</c:numLit></c:plus>"
        f"<c:spPr><a:ln w='{Pt(5)}' cap='rnd'><a:solidFill><a:srgbClr val='{LIGHT.pale[1:]}'/></a:solidFill>"
        "</a:ln></c:spPr></c:errBars>"
    )
    _before(series._element, bars, AFTER_BARS)  # noqa: SLF001


def _point(at: int, span: Span) -> str:
    if span.low is None or span.high is None:
        return ""
    return f"<c:pt idx='{at}'><c:v>{span.high - span.low:.6g}</c:v></c:pt>"


def leave_out_of_legend(chart: Any, *series: int) -> None:
    """Takes series out of the legend, where another of the same words stands for them."""
    for at in series:
        entry = parse_xml(
            f"<c:legendEntry {NAMESPACES}><c:idx val='{at}'/><c:delete val='1'/></c:legendEntry>"
        )
        _before(chart.legend._element, entry, AFTER_ENTRIES)  # noqa: SLF001


def _before(parent: Any, child: Any, names: Sequence[str]) -> None:
    """Puts an element in front of the first of the parts that must follow it."""
    tags = [f"{C}{name}" for name in names]
    places = (at for at, one in enumerate(parent) if one.tag in tags)
    parent.insert(next(places, len(parent)), child)

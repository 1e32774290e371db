"""A cloud of points as a chart of a slide that can be edited."""

from __future__ import annotations

import math
from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from dashboard.charts.look import LIGHT
from dashboard.documents.pptx_parts import Box, C, chart_of, label, legend, rgb
from dashboard.documents.wording import plain
from dashboard.pictures.model import Cloud, Role

SMALL = 14.0  # size of the type of axes and names, in points
COLOURS: dict[Role, str] = {"peer": LIGHT.pale, "series": LIGHT.peers, "focus": LIGHT.accent}


def add(slide: Any, cloud: Cloud, box: Box) -> Any:
    """Points over two axes; the line is a series of its own."""
    out, others, line = (plain(word) for word in cloud.words)
    kinds: list[tuple[str, Role, Any, int]] = [
        (others, "peer", XL_MARKER_STYLE.CIRCLE, 6),
        (out, "series", XL_MARKER_STYLE.DIAMOND, 9),
        ("", "focus", XL_MARKER_STYLE.CIRCLE, 13),
    ]
    held = [(*kind, points) for kind in kinds if (points := [q for q in cloud.points if q.role == kind[1]])]
    data = XyChartData()
    for name, _role, _style, _size, points in held:
        series = data.add_series(name or plain(points[0].name))
        for point in points:
            series.add_data_point(point.x, point.y)
    ends = data.add_series(line)
    for x, y in cloud.line:
        ends.add_data_point(x, y)
    frame = chart_of(slide, XL_CHART_TYPE.XY_SCATTER, box, data)
    drawn = list(frame.chart.plots[0].series)
    for series, (_name, role, style, size, points) in zip(drawn, held, strict=False):
        _marks(series, COLOURS[role], style, size)
        for at, point in enumerate(points):
            if point.label:
                label(series, at, plain(point.label), LIGHT.ink, SMALL, bold=False)
    drawn[-1].marker.style = XL_MARKER_STYLE.NONE
    drawn[-1].format.line.color.rgb = rgb(LIGHT.ink)
    drawn[-1].format.line.dash_style = MSO_LINE.ROUND_DOT
    _axes_of(frame.chart, cloud)
    legend(frame.chart)
    return frame


def _marks(series: Any, colour: str, style: Any, size: int) -> None:
    """Marks without a line between them."""
    series.format.line.fill.background()
    series.marker.style, series.marker.size = style, size
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = rgb(colour)
    series.marker.format.line.color.rgb = rgb(LIGHT.outline)


def _axes_of(chart: Any, cloud: Cloud) -> None:
    """Words of both axes, which cross below all points; x by powers of ten where it is so drawn."""
    for axis, words in ((chart.category_axis, cloud.x), (chart.value_axis, cloud.y)):
        axis.has_title = True
        frame = axis.axis_title.text_frame
        frame.text = plain(words)
        frame.paragraphs[0].runs[0].font.size, frame.paragraphs[0].runs[0].font.bold = Pt(SMALL), False
        axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.has_major_gridlines = False
    chart.category_axis.tick_labels.font.size = chart.value_axis.tick_labels.font.size = Pt(SMALL)
    if cloud.log:
        scaling = next(chart.element.iter(f"{C}valAx")).find(f"{C}scaling")
        scaling.insert(0, scaling.makeelement(f"{C}logBase", {"val": "10"}))
        xs = [point.x for point in cloud.points]
        chart.category_axis.minimum_scale = 10.0 ** math.floor(math.log10(min(xs)))
        chart.category_axis.maximum_scale = 10.0 ** math.ceil(math.log10(max(xs)))
        labels = chart.category_axis.tick_labels
        labels.number_format, labels.number_format_is_linked = "#,##0", False

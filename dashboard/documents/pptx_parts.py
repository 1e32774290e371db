"""What all charts of slides share: a quiet chart, colours, labels, a legend."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.util import Pt

from dashboard.charts.look import LIGHT
from dashboard.documents.grid import BODY
from dashboard.pictures.model import Role

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WIDTHS: dict[Role, float] = {
    "focus": 3.5,
    "peer": 1.75,
    "median": 2.25,
    "series": 2.5,
    "goal": 1.5,
    "up": 2.5,
    "down": 2.5,
}
Box = tuple[int, int, int, int]


def chart_of(slide: Any, kind: Any, box: Box, data: CategoryChartData | XyChartData) -> Any:
    """A quiet chart: type of BODY, no grid but hairlines, no frame."""
    frame = slide.shapes.add_chart(kind, *box, data)
    chart = frame.chart
    chart.font.size = Pt(BODY)
    chart.font.color.rgb = rgb(LIGHT.ink)
    chart.has_title = False
    chart.has_legend = False
    for axis in (chart.category_axis, chart.value_axis):
        axis.format.line.color.rgb = rgb(LIGHT.outline)
        axis.major_tick_mark = XL_TICK_MARK.NONE
        axis.tick_labels.font.size = Pt(BODY)
    chart.category_axis.has_major_gridlines = False
    chart.value_axis.has_major_gridlines = True
    chart.value_axis.major_gridlines.format.line.color.rgb = rgb(LIGHT.rule)
    chart.value_axis.format.line.fill.background()
    return frame


def rgb(colour: str) -> RGBColor:
    """A colour of the look."""
    made: RGBColor = RGBColor.from_string(colour[1:])
    return made


def legend(chart: Any) -> None:
    """The names of the series, below."""
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(BODY)


def label(series: Any, at: int, text: str, colour: str, size: float = BODY, *, bold: bool = True) -> None:
    """Words at a point, as the document has them."""
    mark = series.points[at].data_label
    frame = mark.text_frame
    frame.text = text
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = rgb(colour)
    mark.position = XL_LABEL_POSITION.ABOVE


def fill(part: Any, colour: str) -> None:
    """One colour for all of a bar or a point."""
    part.format.fill.solid()
    part.format.fill.fore_color.rgb = rgb(colour)

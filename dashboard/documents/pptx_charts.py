"""Pictures as charts of a slide that can be edited, with their numbers inside the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from dashboard.charts.look import LIGHT
from dashboard.documents import pptx_parts as parts
from dashboard.documents.deck import BODY
from dashboard.documents.wording import plain
from dashboard.pictures.model import Course, DotRange, Fan, Picture, Ranking, Role, Trend

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
COLOURS: dict[Role, str] = {
    "focus": LIGHT.accent,
    "peer": LIGHT.peers,
    "median": LIGHT.ink,
    "series": LIGHT.series[1],
    "goal": LIGHT.worse,
}
WIDTHS: dict[Role, float] = {"focus": 3.5, "peer": 1.75, "median": 2.25, "series": 2.5, "goal": 1.5}
MARKS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.TRIANGLE, XL_MARKER_STYLE.DIAMOND)
"""Of lines that share a role, told apart by mark and colour."""
MOST_YEARS = 12  # that stand side by side on an axis
Box = tuple[int, int, int, int]
Goal = tuple[float, str] | None
Points = Sequence[tuple[int, float | None]]


def add(slide: Any, picture: Picture, box: Box, lang: str) -> None:
    """The picture as a chart in a box. Raises ValueError for a picture without such a form."""
    match picture:
        case Trend():
            frame = _trend(slide, picture, box)
        case Fan():
            frame = _fan(slide, picture, box)
        case Ranking():
            frame = _ranking(slide, picture, box)
        case DotRange():
            frame = _dot_range(slide, picture, box)
        case _:
            raise ValueError(f"no chart of a slide shows a picture of kind {picture.kind}")
    frame.element.nvGraphicFramePr.cNvPr.set("descr", plain(picture.about.alt))
    for element in frame.chart.element.iter(f"{A}defRPr", f"{A}rPr"):
        element.set("lang", lang)


def _chart(slide: Any, kind: Any, box: Box, data: CategoryChartData | XyChartData) -> Any:
    """A quiet chart: type of BODY, no grid but hairlines, no frame."""
    frame = slide.shapes.add_chart(kind, *box, data)
    chart = frame.chart
    chart.font.size = Pt(BODY)
    chart.font.color.rgb = _rgb(LIGHT.ink)
    chart.has_title = False
    chart.has_legend = False
    for axis in (chart.category_axis, chart.value_axis):
        axis.format.line.color.rgb = _rgb(LIGHT.outline)
        axis.major_tick_mark = XL_TICK_MARK.NONE
        axis.tick_labels.font.size = Pt(BODY)
    chart.category_axis.has_major_gridlines = False
    chart.value_axis.has_major_gridlines = True
    chart.value_axis.major_gridlines.format.line.color.rgb = _rgb(LIGHT.rule)
    chart.value_axis.format.line.fill.background()
    return frame


def _rgb(colour: str) -> RGBColor:
    rgb: RGBColor = RGBColor.from_string(colour[1:])
    return rgb


def _legend(chart: Any) -> None:
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(BODY)


def _line(series: Any, role: Role, *, dash: Any = None, colour: str = "", mark: int = 0) -> None:
    """Draws a line as its role asks. colour, mark: of one that shares its role with others."""
    tone = _rgb(colour or COLOURS[role])
    series.smooth = False
    series.format.line.color.rgb = tone
    series.format.line.width = Pt(WIDTHS[role])
    if dash is not None:
        series.format.line.dash_style = dash
    series.marker.style = MARKS[mark % len(MARKS)]
    series.marker.size = 7 if role == "focus" or mark else 5
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = tone
    series.marker.format.line.fill.background()


def _label(series: Any, at: int, text: str, colour: str) -> None:
    """Words at a point, as the document has them."""
    label = series.points[at].data_label
    frame = label.text_frame
    frame.text = text
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(BODY), True
    run.font.color.rgb = _rgb(colour)
    label.position = XL_LABEL_POSITION.ABOVE


def _courses(slide: Any, courses: Sequence[Course], goal: Goal, box: Box) -> Any:
    """Lines over the years, with the goal as the last; the frame of the chart.

    On an axis of numbers, so that years stand as far apart as they are; where a line is interrupted on one of
    names, which knows gaps.
    """
    years = [year for course in courses for year, _value in course.points]
    ends = (min(years), max(years))
    lines = [(plain(course.name), course.points) for course in courses]
    if goal is not None:
        lines.append((plain(goal[1]), ((ends[0], goal[0]), (ends[1], goal[0]))))
    if any(value is None for _name, points in lines for _year, value in points):
        return _with_gaps(slide, lines, range(ends[0], ends[1] + 1), box)
    data = XyChartData()
    for name, points in lines:
        series = data.add_series(name)
        for year, value in points:
            series.add_data_point(year, value)
    frame = _chart(slide, XL_CHART_TYPE.XY_SCATTER_LINES, box, data)
    axis = frame.chart.category_axis
    axis.minimum_scale, axis.maximum_scale = ends[0] - 1, ends[1] + 1
    axis.major_unit = max(1, -(-(ends[1] - ends[0]) // MOST_YEARS))
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False
    axis.has_major_gridlines = False
    return frame


def _with_gaps(slide: Any, lines: Sequence[tuple[str, Points]], years: range, box: Box) -> Any:
    data = CategoryChartData()
    data.categories = [str(year) for year in years]
    for name, points in lines:
        held = dict(points)
        data.add_series(name, [held.get(year) for year in years])
    frame = _chart(slide, XL_CHART_TYPE.LINE_MARKERS, box, data)
    for blanks in frame.chart.element.iter(f"{C}dispBlanksAs"):
        blanks.set("val", "gap")
    return frame


def _trend(slide: Any, trend: Trend, box: Box) -> Any:
    frame = _courses(slide, trend.courses, trend.goal, box)
    chart = frame.chart
    series = list(chart.plots[0].series)
    for at, (line, course) in enumerate(zip(series, trend.courses, strict=False)):
        shared = sum(other.role == course.role for other in trend.courses) > 1
        colour = LIGHT.series[at % len(LIGHT.series)] if shared else ""
        _line(line, course.role, colour=colour, mark=at if shared else 0)
        held = [at for at, (_year, value) in enumerate(course.points) if value is not None]
        if held and course.label and course.role == "focus" and len(course.points) == len(held):
            _label(line, held[-1], plain(course.label), COLOURS[course.role])
    if trend.goal is not None:
        _goal(series[-1])
    _legend(chart)
    return frame


def _goal(series: Any) -> None:
    _line(series, "goal", dash=MSO_LINE.DASH)
    series.marker.style = XL_MARKER_STYLE.NONE


def _fan(slide: Any, fan: Fan, box: Box) -> Any:
    """The past as a line; what follows as three: the middle, and the ends between which eight of ten fall."""
    band, middle = fan.words
    held = [(year, value) for year, value in fan.past.points if value is not None]
    start = tuple(held[-1:])

    def ahead(name: str, end: str, role: Role) -> Course:
        steps = tuple((step.year, float(getattr(step, end))) for step in fan.steps)
        return Course(name, (*start, *steps), role)

    courses = [
        fan.past,
        ahead(middle, "middle", "median"),
        ahead(band, "high", "peer"),
        ahead(f"{band} ↓", "low", "peer"),
    ]
    frame = _courses(slide, courses, fan.goal, box)
    series = list(frame.chart.plots[0].series)
    _line(series[0], "focus")
    for line, course in zip(series[1:4], courses[1:], strict=True):
        _line(line, course.role, dash=MSO_LINE.DASH)
    for line in series[4:]:
        _goal(line)
    _legend(frame.chart)
    parts.leave_out_of_legend(frame.chart, 3)
    return frame


def _ranking(slide: Any, ranking: Ranking, box: Box) -> Any:
    data = CategoryChartData()
    data.categories = [plain(bar.name) for bar in ranking.bars]
    name = plain(ranking.about.unit) or plain(ranking.about.title)
    data.add_series(name, [bar.value for bar in ranking.bars])
    frame = _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, box, data)
    chart = frame.chart
    chart.category_axis.reverse_order = True  # a bar chart begins at the bottom
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = ranking.least
    if ranking.most is not None:
        chart.value_axis.maximum_scale = ranking.most * 1.25  # room for the words at the end
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 35, False
    series = plot.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = _rgb(LIGHT.peers)
    size = min(BODY, 0.8 * 372 / max(1, len(ranking.bars)))
    for at, bar in enumerate(ranking.bars):
        if bar.role == "focus":
            point = series.points[at]
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = _rgb(LIGHT.accent)
        if bar.value is not None:
            _end(series, at, plain(bar.label), size)
    return frame


def _end(series: Any, at: int, text: str, size: float) -> None:
    label = series.points[at].data_label
    label.text_frame.text = text
    label.text_frame.paragraphs[0].runs[0].font.size = Pt(max(size, 14))
    label.position = XL_LABEL_POSITION.OUTSIDE_END


def _dot_range(slide: Any, picture: DotRange, box: Box) -> Any:
    """A line from low to high for each row, the middle and the own value as marks on it."""
    spans = picture.spans
    data = CategoryChartData()
    data.categories = [plain(span.name) for span in spans]
    ends, middle, own = (plain(word) for word in picture.words)
    data.add_series(ends, [span.low for span in spans])
    data.add_series(f"{ends} ↑", [span.high for span in spans])
    data.add_series(middle, [span.middle for span in spans])
    data.add_series(own, [span.own for span in spans])
    frame = _chart(slide, XL_CHART_TYPE.LINE_MARKERS, box, data)
    chart = frame.chart
    marks = (
        (XL_MARKER_STYLE.DASH, 12, LIGHT.outline),
        (XL_MARKER_STYLE.DASH, 12, LIGHT.outline),
        (XL_MARKER_STYLE.DIAMOND, 12, LIGHT.ink),
        (XL_MARKER_STYLE.CIRCLE, 15, LIGHT.accent),
    )
    series = list(chart.plots[0].series)
    for line, (style, size, colour) in zip(series, marks, strict=True):
        line.format.line.fill.background()
        line.smooth = False
        line.marker.style, line.marker.size = style, size
        line.marker.format.fill.solid()
        line.marker.format.fill.fore_color.rgb = _rgb(colour)
        line.marker.format.line.color.rgb = _rgb(colour)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = picture.least, picture.most
    chart.category_axis.tick_labels.font.size = Pt(16)
    parts.add_spans(series[0], spans)
    _legend(chart)
    parts.leave_out_of_legend(chart, 1)
    return frame

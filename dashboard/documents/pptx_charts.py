"""Pictures as charts of a slide that can be edited, with their numbers inside the file."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from dashboard.charts.look import LIGHT
from dashboard.documents import pptx_cloud, pptx_xml
from dashboard.documents.grid import BODY
from dashboard.documents.office_colours import COLOURS
from dashboard.documents.pptx_parts import WIDTHS, A, Box, chart_of, fill, label, legend, rgb
from dashboard.documents.wording import plain
from dashboard.pictures.model import Cloud, Course, DotRange, Fan, Picture, Ranking, Role, Trend

MARKS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.TRIANGLE, XL_MARKER_STYLE.DIAMOND)
ENDS = 0.25  # of the scale, beyond the longest bar
MOST_YEARS = 12  # that stand side by side on an axis
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
        case Cloud():
            frame = pptx_cloud.add(slide, picture, box)
        case _:
            raise ValueError(f"no chart of a slide shows a picture of kind {picture.kind}")
    frame.element.nvGraphicFramePr.cNvPr.set("descr", plain(picture.about.alt))
    for element in frame.chart.element.iter(f"{A}defRPr", f"{A}rPr"):
        element.set("lang", lang)


def _line(series: Any, role: Role, colour: str = "", *, mark: int = 0, dash: Any = None) -> None:
    """Draws a line as its role asks. colour, mark: of one that shares its role with others."""
    colour = colour or COLOURS[role]
    series.smooth = False
    series.format.line.color.rgb = rgb(colour)
    series.format.line.width = Pt(WIDTHS[role])
    if dash is not None:
        series.format.line.dash_style = dash
    series.marker.style = MARKS[mark % len(MARKS)]
    series.marker.size = 7 if role == "focus" or mark else 5
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = rgb(colour)
    series.marker.format.line.fill.background()


def _courses(slide: Any, courses: Sequence[Course], goal: Goal, box: Box) -> Any:
    """Lines over the years, with the goal as the last; the frame of the chart.

    On an axis of numbers, so that years stand as far apart as they are. A line that is interrupted is one
    series for each of its runs, of which the legend names the first.
    """
    years = [year for course in courses for year, _value in course.points]
    ends = (min(years), max(years))
    lines = [(plain(course.name), course.points) for course in courses]
    if goal is not None:
        lines.append((plain(goal[1]), ((ends[0], goal[0]), (ends[1], goal[0]))))
    data, further = XyChartData(), []
    for name, points in lines:
        for at, run in enumerate(runs(points)):
            if at:
                further.append(len(data))
            series = data.add_series(name)
            for year, value in run:
                series.add_data_point(year, value)
    frame = chart_of(slide, XL_CHART_TYPE.XY_SCATTER_LINES, box, data)
    axis = frame.chart.category_axis
    axis.minimum_scale, axis.maximum_scale = ends[0] - 1, ends[1] + 1
    axis.major_unit = max(1, -(-(ends[1] - ends[0]) // MOST_YEARS))
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False
    axis.has_major_gridlines = False
    legend(frame.chart)
    pptx_xml.leave_out_of_legend(frame.chart, *further)
    return frame


def runs(points: Points) -> list[list[tuple[int, float]]]:
    """The runs of years between which a course is interrupted; one empty run of a course without a value."""
    found: list[list[tuple[int, float]]] = [[]]
    for year, value in points:
        if value is not None:
            found[-1].append((year, value))
        elif found[-1]:
            found.append([])
    return [run for run in found if run] or [[]]


class _Run(NamedTuple):
    """What a series shows: the course that it is part of, its colour and mark, whether it is its last run."""

    course: Course
    colour: str
    mark: int
    is_last: bool


def _runs_of(courses: Sequence[Course], *, apart: bool) -> list[_Run]:
    """The run behind each series. apart: lines that share a role differ in colour and mark."""
    told = []
    for at, course in enumerate(courses):
        shared = apart and sum(other.role == course.role for other in courses) > 1
        is_own = shared or course.role == "series"
        colour = LIGHT.series[at % len(LIGHT.series)] if is_own else COLOURS[course.role]
        count = len(runs(course.points))
        told += [_Run(course, colour, at if shared else 0, run == count - 1) for run in range(count)]
    return told


def _trend(slide: Any, trend: Trend, box: Box) -> Any:
    frame = _courses(slide, trend.courses, trend.goal, box)
    series = list(frame.chart.plots[0].series)
    for line, run in zip(series, _runs_of(trend.courses, apart=True), strict=False):
        course = run.course
        _line(line, course.role, run.colour, mark=run.mark)
        held = runs(course.points)[-1]
        if held and run.is_last and course.label and course.role == "focus":
            label(line, len(held) - 1, plain(course.label), run.colour)
    if trend.goal is not None:
        _goal(series[-1])
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
    told = _runs_of(courses, apart=False)
    for line, run in zip(series, told, strict=False):
        _line(line, run.course.role, run.colour, dash=None if run.course is fan.past else MSO_LINE.DASH)
    pptx_xml.leave_out_of_legend(
        frame.chart, *(at for at, run in enumerate(told) if run.course is courses[3])
    )
    if fan.goal is not None:
        _goal(series[-1])
    if fan.falls:
        axis = frame.chart.value_axis
        axis.reverse_order, axis.minimum_scale = True, 0
        axis.crosses = XL_AXIS_CROSSES.MAXIMUM  # the years stay below
    return frame


def _ranking(slide: Any, ranking: Ranking, box: Box) -> Any:
    data = CategoryChartData()
    data.categories = [plain(bar.name) for bar in ranking.bars]
    name = plain(ranking.about.unit) or plain(ranking.about.title)
    data.add_series(name, [bar.value for bar in ranking.bars])
    if any(bar.less for bar in ranking.bars):
        data.add_series("▼", [-bar.less or None for bar in ranking.bars])
    frame = chart_of(slide, XL_CHART_TYPE.BAR_CLUSTERED, box, data)
    chart = frame.chart
    chart.category_axis.reverse_order = True  # a bar chart begins at the bottom
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    below = [bar.less for bar in ranking.bars if bar.less]
    least = min([ranking.least, *(bar.value or 0.0 for bar in ranking.bars), *(-amount for amount in below)])
    most = max([ranking.most or 0.0, *(bar.value or 0.0 for bar in ranking.bars)])
    room = ENDS * (most - least)  # for the words at the ends of bars
    chart.value_axis.minimum_scale = least - room if least < 0 else least
    if ranking.most is not None or least < 0:
        chart.value_axis.maximum_scale = most + room
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 35, False
    series = plot.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(LIGHT.peers)
    size = min(BODY, 0.8 * 372 / max(1, len(ranking.bars)))
    for at, bar in enumerate(ranking.bars):
        if bar.role in ("focus", "up", "down"):
            fill(series.points[at], COLOURS[bar.role])
        if bar.value is not None and bar.label:
            _end(series, at, plain(bar.label), size)
    if below:
        _falls(plot, ranking, size)
    return frame


def _falls(plot: Any, ranking: Ranking, size: float) -> None:
    """The amounts to the other side of zero, in the rows of the others."""
    plot.overlap = 100
    for at, bar in enumerate(ranking.bars):
        if bar.less:
            fill(plot.series[1].points[at], LIGHT.worse)
            _end(plot.series[1], at, plain(bar.less_label), size)


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
    shown = [
        (ends, "low", (XL_MARKER_STYLE.DASH, 12, LIGHT.outline)),
        (f"{ends} ↑" if ends else "", "high", (XL_MARKER_STYLE.DASH, 12, LIGHT.outline)),
        (middle, "middle", (XL_MARKER_STYLE.DIAMOND, 12, LIGHT.ink)),
        (own, "own", (XL_MARKER_STYLE.CIRCLE, 15, LIGHT.accent)),
    ]
    shown = [entry for entry in shown if entry[0]]
    for name, column, _mark in shown:
        data.add_series(name, [getattr(span, column) for span in spans])
    frame = chart_of(slide, XL_CHART_TYPE.LINE_MARKERS, box, data)
    chart = frame.chart
    for series, (_name, _column, (style, size, colour)) in zip(chart.plots[0].series, shown, strict=True):
        series.format.line.fill.background()
        series.smooth = False
        series.marker.style, series.marker.size = style, size
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = rgb(colour)
        series.marker.format.line.color.rgb = rgb(colour)
    chart.value_axis.minimum_scale = math.floor(picture.least)
    chart.value_axis.maximum_scale = math.ceil(picture.most)
    chart.category_axis.tick_labels.font.size = Pt(16)
    legend(chart)
    if ends:
        pptx_xml.add_spans(chart.plots[0].series[0], spans)
        pptx_xml.leave_out_of_legend(chart, 1)
    return frame

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
from dashboard.documents.deck import BODY
from dashboard.documents.wording import plain
from dashboard.pictures.model import Cloud, Course, DotRange, Fan, Picture, Ranking, Role, Trend

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
COLOURS: dict[Role, str] = {
    "focus": LIGHT.accent,
    "peer": LIGHT.peers,
    "median": LIGHT.ink,
    "series": LIGHT.series[1],
    "goal": LIGHT.worse,
    "up": LIGHT.better,
    "down": LIGHT.worse,
}
WIDTHS: dict[Role, float] = {
    "focus": 3.5,
    "peer": 1.75,
    "median": 2.25,
    "series": 2.5,
    "goal": 1.5,
    "up": 2.5,
    "down": 2.5,
}
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
        case Cloud():
            frame = _cloud(slide, picture, box)
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


def _line(series: Any, role: Role, *, dash: Any = None) -> None:
    series.smooth = False
    series.format.line.color.rgb = _rgb(COLOURS[role])
    series.format.line.width = Pt(WIDTHS[role])
    if dash is not None:
        series.format.line.dash_style = dash
    series.marker.style = XL_MARKER_STYLE.CIRCLE
    series.marker.size = 7 if role == "focus" else 5
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = _rgb(COLOURS[role])
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
    for line, course in zip(series, trend.courses, strict=False):
        _line(line, course.role)
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
        ahead(f"{band} ↑", "high", "peer"),
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
    return frame


def _ranking(slide: Any, ranking: Ranking, box: Box) -> Any:
    data = CategoryChartData()
    data.categories = [plain(bar.name) for bar in ranking.bars]
    name = plain(ranking.about.unit) or plain(ranking.about.title)
    data.add_series(name, [bar.value for bar in ranking.bars])
    if any(bar.less for bar in ranking.bars):
        data.add_series("▼", [-bar.less or None for bar in ranking.bars])
    frame = _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, box, data)
    chart = frame.chart
    chart.category_axis.reverse_order = True  # a bar chart begins at the bottom
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    below = [bar.less for bar in ranking.bars if bar.less]
    least = min([ranking.least, *(bar.value or 0.0 for bar in ranking.bars), *(-amount for amount in below)])
    chart.value_axis.minimum_scale = least * 1.25  # room for the words at the end, where it is below zero
    if ranking.most is not None:
        chart.value_axis.maximum_scale = ranking.most * 1.25  # room for the words at the end
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 35, False
    series = plot.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = _rgb(LIGHT.peers)
    size = min(BODY, 0.8 * 372 / max(1, len(ranking.bars)))
    for at, bar in enumerate(ranking.bars):
        if bar.role in ("focus", "up", "down"):
            _fill(series.points[at], COLOURS[bar.role])
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
            _fill(plot.series[1].points[at], LIGHT.worse)
            _end(plot.series[1], at, plain(bar.less_label), size)


def _fill(part: Any, colour: str) -> None:
    part.format.fill.solid()
    part.format.fill.fore_color.rgb = _rgb(colour)


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
    data.add_series(f"{ends} ↑", [span.high for span in spans])
    data.add_series(f"{ends} ↓", [span.low for span in spans])
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
    for series, (style, size, colour) in zip(chart.plots[0].series, marks, strict=True):
        series.format.line.fill.background()
        series.smooth = False
        series.marker.style, series.marker.size = style, size
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = _rgb(colour)
        series.marker.format.line.color.rgb = _rgb(colour)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = picture.least, picture.most
    chart.category_axis.tick_labels.font.size = Pt(16)
    _span_lines(chart)
    _legend(chart)
    return frame


def _cloud(slide: Any, cloud: Cloud, box: Box) -> Any:
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
    frame = _chart(slide, XL_CHART_TYPE.XY_SCATTER, box, data)
    drawn = list(frame.chart.plots[0].series)
    for series, (_name, role, style, size, points) in zip(drawn, held, strict=False):
        _points(series, COLOURS[role], style, size)
        for at, point in enumerate(points):
            if point.label:
                _label(series, at, plain(point.label), LIGHT.ink)
    drawn[-1].marker.style = XL_MARKER_STYLE.NONE
    drawn[-1].format.line.color.rgb = _rgb(LIGHT.ink)
    drawn[-1].format.line.dash_style = MSO_LINE.ROUND_DOT
    _axes_of(frame.chart, cloud)
    _legend(frame.chart)
    return frame


def _points(series: Any, colour: str, style: Any, size: int) -> None:
    """Marks without a line between them."""
    series.format.line.fill.background()
    series.marker.style, series.marker.size = style, size
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = _rgb(colour)
    series.marker.format.line.fill.background()


def _axes_of(chart: Any, cloud: Cloud) -> None:
    """Words of both axes, which cross below all points; x by powers of ten where it is so drawn."""
    for axis, words in ((chart.category_axis, cloud.x), (chart.value_axis, cloud.y)):
        axis.has_title = True
        frame = axis.axis_title.text_frame
        frame.text = plain(words)
        frame.paragraphs[0].runs[0].font.size, frame.paragraphs[0].runs[0].font.bold = Pt(14), False
        axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.has_major_gridlines = False
    chart.category_axis.tick_labels.font.size = chart.value_axis.tick_labels.font.size = Pt(14)
    if cloud.log:
        scaling = next(chart.element.iter(f"{C}valAx")).find(f"{C}scaling")
        scaling.insert(0, scaling.makeelement(f"{C}logBase", {"val": "10"}))
        chart.category_axis.minimum_scale = min(point.x for point in cloud.points) * 0.9


def _span_lines(chart: Any) -> None:
    """The lines from the lowest to the highest of each row."""
    for plot in chart.element.iter(f"{C}lineChart"):
        lines = plot.makeelement(f"{C}hiLowLines", {})
        shape = lines.makeelement(f"{C}spPr", {})
        pen = shape.makeelement(f"{A}ln", {"w": str(Pt(5)), "cap": "rnd"})
        fill = pen.makeelement(f"{A}solidFill", {})
        fill.append(fill.makeelement(f"{A}srgbClr", {"val": LIGHT.pale[1:]}))
        pen.append(fill)
        shape.append(pen)
        lines.append(shape)
        marker = plot.find(f"{C}marker")
        place = list(plot).index(marker) if marker is not None else len(plot) - 2
        plot.insert(place, lines)

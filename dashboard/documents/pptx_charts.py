"""Pictures as charts of a slide that can be edited, with their numbers inside the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
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
MOST_YEARS = 12  # that stand side by side on an axis
Box = tuple[int, int, int, int]


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


def _years(courses: Sequence[Course], others: Sequence[int] = ()) -> list[int]:
    """The years of an axis: all from the first to the last, so that a gap is as long as it was."""
    held = [year for course in courses for year, _value in course.points] + list(others)
    return list(range(min(held), max(held) + 1))


def _interrupted(courses: Sequence[Course]) -> bool:
    """Whether a course has a gap, which is to stay one; years between editions are none."""
    return any(value is None for course in courses for _year, value in course.points)


def _chart(slide: Any, kind: Any, box: Box, data: CategoryChartData) -> Any:
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
    return RGBColor.from_string(colour[1:])


def _legend(chart: Any) -> None:
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(BODY)


def _values(course: Course, years: Sequence[int]) -> list[float | None]:
    at = dict(course.points)
    return [at.get(year) for year in years]


def _across(chart: Any, *, gaps: bool) -> None:
    """Whether a line leaves out the years without a value, or goes on across them."""
    for blanks in chart.element.iter(f"{C}dispBlanksAs"):
        blanks.set("val", "gap" if gaps else "span")


def _sparse(chart: Any, years: Sequence[int]) -> None:
    """Names as many years as stand side by side, the last among them where that is possible."""
    step = max(1, -(-len(years) // MOST_YEARS))
    for axis in chart.element.iter(f"{C}catAx"):
        for body in axis.iter(f"{A}bodyPr"):
            body.set("rot", "0")
        for tag in ("tickLblSkip", "tickMarkSkip"):
            skip = axis.makeelement(f"{C}{tag}", {"val": str(step)})
            last = axis.find(f"{C}noMultiLvlLbl")
            axis.insert(list(axis).index(last) if last is not None else len(axis), skip)


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


def _trend(slide: Any, trend: Trend, box: Box) -> Any:
    years = _years(trend.courses)
    data = CategoryChartData()
    data.categories = [str(year) for year in years]
    for course in trend.courses:
        data.add_series(plain(course.name), _values(course, years))
    if trend.goal is not None:
        data.add_series(plain(trend.goal[1]), [trend.goal[0]] * len(years))
    frame = _chart(slide, XL_CHART_TYPE.LINE_MARKERS, box, data)
    chart = frame.chart
    for series, course in zip(chart.plots[0].series, trend.courses, strict=False):
        _line(series, course.role)
        held = [year for year, value in course.points if value is not None]
        if held and course.label and course.role == "focus":
            _label(series, years.index(held[-1]), plain(course.label), COLOURS[course.role])
    if trend.goal is not None:
        _goal(chart.plots[0].series[len(trend.courses)])
    _legend(chart)
    _across(chart, gaps=_interrupted(trend.courses))
    _sparse(chart, years)
    return frame


def _goal(series: Any) -> None:
    _line(series, "goal", dash=MSO_LINE.DASH)
    series.marker.style = XL_MARKER_STYLE.NONE


def _fan(slide: Any, fan: Fan, box: Box) -> Any:
    """The past as a line; what follows as three: the middle, and the ends between which eight of ten fall."""
    ahead = {step.year: step for step in fan.steps}
    years = _years([fan.past], list(ahead))
    data = CategoryChartData()
    data.categories = [str(year) for year in years]
    data.add_series(plain(fan.past.name), _values(fan.past, years))
    band, middle = (plain(word) for word in fan.words)
    last = fan.past.points[-1] if fan.past.points else None

    def course(name: str) -> list[float | None]:
        own = {year: getattr(step, name) for year, step in ahead.items()}
        if last is not None:
            own.setdefault(last[0], last[1])
        return [own.get(year) for year in years]

    data.add_series(middle, course("middle"))
    data.add_series(f"{band} ↑", course("high"))
    data.add_series(f"{band} ↓", course("low"))
    if fan.goal is not None:
        data.add_series(plain(fan.goal[1]), [fan.goal[0]] * len(years))
    frame = _chart(slide, XL_CHART_TYPE.LINE_MARKERS, box, data)
    series = list(frame.chart.plots[0].series)
    _line(series[0], "focus")
    for line, role in zip(series[1:4], ("median", "peer", "peer"), strict=True):
        _line(line, role, dash=MSO_LINE.DASH)  # type: ignore[arg-type]  # of Role
    for line in series[4:]:
        _goal(line)
    _legend(frame.chart)
    _across(frame.chart, gaps=_interrupted([fan.past]))
    _sparse(frame.chart, years)
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

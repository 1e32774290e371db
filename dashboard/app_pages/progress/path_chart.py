"""The chart of a path: lines observed, required and projected, the target, and the fan behind them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.progress import fan as achieved
from dashboard.app_pages.progress import outlook
from dashboard.app_pages.progress.path import OBSERVED, PROJECTED, REQUIRED, capped, names, whole_years
from dashboard.charts import gaps, scales, trend
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, Drawing, Trace, scatter
from dashboard.charts.scalars import Row
from kpis.progress import NO_RECENT_FIGURE, Fan

TARGET = "target"  # as a line of one point
PLACES = {OBSERVED: 0.08, REQUIRED: 0.6}  # of a line's points: where its name stands


@dataclass(frozen=True)
class _Path:
    """What the parts of the chart are drawn from: lines cut at limits, row of progress, bands of the fan."""

    lines: pd.DataFrame
    row: Row
    kpi: KpiView
    ctx: Context
    bands: pd.DataFrame | None
    forecast: Row | None

    def points(self, line: str) -> pd.DataFrame:
        """The points of a line: time_period, obs_value."""
        return self.lines[self.lines["line"] == line]

    @property
    def span(self) -> tuple[float, float]:
        """Lowest and highest value of the axis."""
        values = [*self.lines["obs_value"], float(self.row["target"])]
        if self.bands is not None:
            values += [*self.bands["p10"], *self.bands["p90"]]
        if self.forecast is not None:
            values += [self.forecast[outlook.LOW], self.forecast[outlook.HIGH]]
        pad = (max(values) - min(values) or abs(max(values)) or 1) * 0.09
        return min(values) - pad, max(values) + pad


@dataclass(frozen=True)
class _End:
    """A label at the end of a line."""

    line: str
    text: str
    year: float
    value: float
    colour: str


def figure(
    lines: pd.DataFrame,
    row: Row,
    kpi: KpiView,
    ctx: Context,
    *,
    low: float | None = None,
    high: float | None = None,
    fan: Fan | None = None,
    forecast: Row | None = None,
    height: int = 330,
) -> Chart:
    """The chart. lines: of `path.table`; low, high: natural limits of the scale, which cut a projection.

    fan: what other countries achieved from the base value, drawn behind the lines. forecast: median and band
    of the year of the target, a row of `kpis.forecast.annual_rows`.
    """
    bands = None if fan is None else fan.bands(low, high)
    path = _Path(capped(lines, low, high), row, kpi, ctx, bands, forecast)
    fig = ctx.drawing(height)
    fig.fill()
    fig.put_beside(lines=scales.PARTS)
    if fan is not None and path.bands is not None:
        fig.add_traces(achieved.traces(path.bands, fan, kpi, ctx))
    for line in (REQUIRED, PROJECTED):
        fig.add_traces(_line(path, line))
    fig.add_trace(_target(path))
    if forecast is not None:
        fig.add_traces(outlook.traces(forecast, kpi, ctx))
    fig.add_traces(_line(path, OBSERVED))  # last: the line that the keyboard comes to first
    _axes(fig, path)
    fig.update_layout(margin={"b": 28})
    if not ctx.narrow:
        fig.add_annotations(_end_labels(path, height) + _line_labels(path))
        fig.update_layout(margin={"r": 246})
    return fig.chart()


def _pen(line: str, row: Row, ctx: Context) -> tuple[str, float, str]:
    """Colour, width and dash of a line."""
    if line == OBSERVED:
        return ctx.look.accent, 3.5, "solid"
    if line == REQUIRED:
        return ctx.look.ink, 1.75, "dot"
    if row["status"] == NO_RECENT_FIGURE:
        return ctx.look.muted, 1.75, "dash"
    return ctx.look.accent, 2.5, "dash"


def _line(path: _Path, line: str) -> list[Trace]:
    """A line, the observed one with fine dots across its gaps; nothing where it has no points."""
    part = path.points(line)
    if part.empty:
        return []
    points = list(zip(part["time_period"], part["obs_value"], strict=True))
    missed = gaps.between(whole_years(part), path.kpi.usual_step) if line == OBSERVED else []
    across = [(a, b) for a, b in pairwise(points) if (a[0], b[0]) in missed]
    dots = gaps.dots(across, _pen(line, path.row, path.ctx)[0])
    return trend.of_line(line, [*dots, _trace(path, line, points, missed)])


def _trace(path: _Path, line: str, points: list[tuple[float, float]], missed: list[tuple[int, int]]) -> Trace:
    """A line that is interrupted at its gaps."""
    colour, width, dash = _pen(line, path.row, path.ctx)
    x, y, hover = _interrupted(path, points, missed)
    return scatter(
        name=names(path.row, path.ctx)[line],
        x=x,
        y=y,
        mode="lines+markers" if line == OBSERVED else "lines",
        connectgaps=False,
        line={"color": colour, "width": width, "dash": dash},
        marker={"size": 7, "color": colour},
        customdata=hover,
        hovertemplate="<b>%{fullData.name}</b> %{x:d}: %{customdata}<extra></extra>",
    )


def _interrupted(
    path: _Path, points: list[tuple[float, float]], missed: list[tuple[int, int]]
) -> tuple[list[float | None], list[float | None], list[str]]:
    """x, y and values in words of a line; None stands before the first point after a gap.

    A point within a year, where a projection meets a limit, has no words: it is no value of a year.
    """
    starts = {end: start for start, end in missed}
    x: list[float | None] = []
    y: list[float | None] = []
    hover: list[str] = []
    for year, value in points:
        after = ""
        if year in starts:
            x, y, hover = [*x, None], [*y, None], [*hover, ""]
            after = f"<br>{gaps.since(starts[int(year)], path.ctx)}"
        x.append(year)
        y.append(value)
        hover.append(f"{path.ctx.value(value, path.kpi)}{after}" if year == int(year) else "")
    return x, y, hover


def _target(path: _Path) -> Trace:
    row, ctx = path.row, path.ctx
    return scatter(
        name=ctx.t("target"),
        meta={"line": TARGET},
        x=[row["target_year"]],
        y=[row["target"]],
        mode="markers",
        marker={"symbol": "diamond-open", "size": 14, "color": ctx.look.ink, "line": {"width": 2.5}},
        customdata=[ctx.value(row["target"], path.kpi)],
        hovertemplate="<b>%{fullData.name}</b> %{x:d}: %{customdata}<extra></extra>",
        cliponaxis=False,
    )


def _axes(fig: Drawing, path: _Path) -> None:
    years, row = path.lines["time_period"], path.row
    first = int(min(years.min(), row["base_year"]))
    last = int(max(years.max(), row["target_year"]))
    step = 5 if path.ctx.narrow or last - first > 20 else 2 if last - first > 12 else 1
    fig.update_xaxes(
        range=[first - 0.4, last + 0.4],
        showgrid=False,
        tickvals=[year for year in range(first, last + 1) if (int(row["target_year"]) - year) % step == 0],
        tickformat="d",
    )
    fig.update_yaxes(title={"text": path.kpi.unit}, range=list(path.span), nticks=6, automargin=True)


def _ends(path: _Path) -> list[_End]:
    """Where the trend leads, the forecast, the median of the others, the target."""
    row, ctx, kpi, ends = path.row, path.ctx, path.kpi, []
    ahead = path.points(PROJECTED)
    if not ahead.empty:
        year, value = float(ahead["time_period"].iloc[-1]), float(ahead["obs_value"].iloc[-1])
        text = f"{ctx.value(value, kpi)} {names(row, ctx)[PROJECTED]}"
        ends.append(_End(PROJECTED, text, year, value, _pen(PROJECTED, row, ctx)[0]))
    if path.forecast is not None:
        year, value = float(path.forecast["time_period"]), float(path.forecast[outlook.MEDIAN])
        text = f"{outlook.label(path.forecast, kpi, ctx)} {ctx.t('forecast')}"
        ends.append(_End(outlook.LINE, text, year, value, ctx.look.accent))
    if path.bands is not None and len(path.bands):
        ends.append(_median_of_others(path, path.bands))
    target = f"{ctx.t('target')} {ctx.value(row['target'], kpi)}"
    ends.append(_End(TARGET, target, float(row["target_year"]), float(row["target"]), ctx.look.ink))
    return ends


def _median_of_others(path: _Path, bands: pd.DataFrame) -> _End:
    """The end of the middle line of the fan; where it ends before the target, at the target with its year."""
    row, ctx = path.row, path.ctx
    last, value = int(bands["time_period"].iloc[-1]), float(bands["p50"].iloc[-1])
    text = f"{ctx.value(value, path.kpi)} {ctx.t('median of the others')}"
    if last < row["target_year"]:
        text = f"{text} ({last})"
    return _End(achieved.MIDDLE, text, float(max(last, row["target_year"])), value, ctx.look.muted)


def _end_labels(path: _Path, height: int) -> list[Trace]:
    """Labels at the ends of the lines ahead, none upon another."""
    ends = [trend.End(end.line, f"<b>{end.text}</b>", end.year, end.value, end.colour) for end in _ends(path)]
    return trend.end_labels(ends, path.span, height)


def _line_labels(path: _Path) -> list[Trace]:
    """Names on the lines observed and required."""
    return [_line_label(path, line) for line in PLACES if not path.points(line).empty]


def _line_label(path: _Path, line: str) -> Trace:
    part = path.points(line)
    point = part.iloc[int(len(part) * PLACES[line])]
    side = _side(path, line, point)
    rises = bool(part["obs_value"].iloc[-1] >= part["obs_value"].iloc[0])
    right = rises != (side > 0)
    return {
        "x": point["time_period"],
        "y": point["obs_value"],
        "yshift": side * 17,
        "xshift": 6 if right else -6,
        "xanchor": "left" if right else "right",
        "showarrow": False,
        "text": names(path.row, path.ctx)[line],
        "font": {"color": _pen(line, path.row, path.ctx)[0], "size": 13},
    }


def _side(path: _Path, line: str, point: pd.Series) -> int:
    """1 to write above a line, -1 below: away from the other lines, else where a rising line leaves room."""
    others = path.lines[~path.lines["line"].isin([line, OBSERVED])]
    near = others[(others["time_period"] - point["time_period"]).abs() < 1]["obs_value"]
    if not near.empty:
        return -1 if near.mean() >= point["obs_value"] else 1
    values = path.points(line)["obs_value"]
    return -1 if values.iloc[-1] >= values.iloc[0] else 1


def legend(
    lines: pd.DataFrame, bands: pd.DataFrame, row: Row, ctx: Context, forecast: Row | None = None
) -> Markup:
    """Lines and bands by name, as HTML; of a wide chart, which names its lines itself, the bands alone."""
    box, fan = Markup('<ul class="legend">{}</ul>'), achieved.legend(bands, ctx)
    if forecast is not None:
        fan = outlook.legend(forecast, ctx) + fan
    if not ctx.narrow:
        return box.format(fan) if fan else Markup("")
    entries = Markup("").join(
        _legend_entry(line, name, row, ctx)
        for line, name in names(row, ctx).items()
        if (lines["line"] == line).any()
    )
    return box.format(entries + Markup("<li>◇ {}</li>").format(ctx.t("target")) + fan)


def _legend_entry(line: str, name: str, row: Row, ctx: Context) -> Markup:
    colour, _width, dash = _pen(line, row, ctx)
    style = {"solid": "solid", "dash": "dashed", "dot": "dotted"}[dash]
    entry = Markup('<li><i style="height:0;border:0;border-top:3px {} {};vertical-align:.25em"></i>{}</li>')
    return entry.format(style, colour, name)

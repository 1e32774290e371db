"""The path of one KPI: what was observed, what the target requires, where the trend leads."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup, escape

from dashboard.app_pages.progress import fan as achieved
from dashboard.charts import gaps
from dashboard.charts import progress_figures as marks
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, Drawing, Trace, scatter
from dashboard.charts.figures import plain, point, sentence, words
from dashboard.charts.progress_words import LEVELS
from dashboard.charts.trend import LABEL, spread
from kpis.progress import NO_RECENT_FIGURE, REASONS, Fan

FIRST_YEAR = 2010  # a little before the base of 2015, so that the years ahead keep their room
STRAIGHT = "sdsn"  # the method whose pace is a straight line; the others grow by a rate
STAND_IN = 0.001  # what Statistics Canada puts in the place of 0
OBSERVED, REQUIRED, PROJECTED = "observed", "required", "projected"


def table(observed: pd.DataFrame, row: dict[str, Any], horizon: int) -> pd.DataFrame:
    """The three lines as rows: line, time_period, obs_value.

    observed: time_period, obs_value of the KPI in the area. row: one row of `Warehouse.progress`.
    The required line is left out where the target was met at the base, the projected one where the method
    has no rate. Both are drawn as the method computes them, also beyond a natural limit.
    """
    seen = observed[observed["time_period"] >= FIRST_YEAR].dropna(subset=["obs_value"])
    parts = [seen[["time_period", "obs_value"]].sort_values("time_period").assign(line=OBSERVED)]
    base, to = int(row["base_year"]), int(row["target_year"])
    if to > base and not meets(row["base_value"], row):
        years = np.arange(base, to + 1)
        parts.append(_line(REQUIRED, years, _required(years - base, to - base, row)))
    if pd.notna(row["projected"]) and horizon > row["latest_year"]:
        years = np.arange(int(row["latest_year"]), horizon + 1)
        ahead = years - int(row["latest_year"])
        span = row["latest_year"] - row["base_year"]
        if row["method"] == STRAIGHT:
            values = row["latest_value"] + (row["latest_value"] - row["base_value"]) / span * ahead
        else:
            values = row["latest_value"] * (1 + row["observed_rate"]) ** ahead
        parts.append(_line(PROJECTED, years, values))
    return pd.concat(parts, ignore_index=True)[["line", "time_period", "obs_value"]]


def _line(name: str, years: np.ndarray, values: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"line": name, "time_period": years, "obs_value": values})


def _required(ahead: np.ndarray, span: int, row: dict[str, Any]) -> np.ndarray:
    """Compound growth from base to target; a straight line for SDSN and where growth has no rate."""
    base, target = float(row["base_value"]), float(row["target"])
    if row["method"] == "statcan":
        base, target = base or STAND_IN, target or STAND_IN
    if row["method"] == STRAIGHT or base <= 0 or target <= 0:
        return base + (target - base) * ahead / span
    return np.asarray(base * (target / base) ** (ahead / span))


def meets(value: float, row: dict[str, Any]) -> bool:
    """Whether a value is on the target or past it."""
    return bool(value >= row["target"] if row["direction"] > 0 else value <= row["target"])


def title(row: dict[str, Any], horizon: int, kpi: KpiView, ctx: Context) -> Markup:
    """The finding: met, reached when, or where the trend leads instead; of an old value, that first."""
    if LEVELS[row["status"]] == "open":
        reason = ctx.t(REASONS[row["reason"]])
        return escape(f"{ctx.t('cannot be assessed').capitalize()}. {reason}")
    last = int(row["latest_year"])
    parts = {
        "target": point(row["target"], kpi, row["target_year"], ctx),
        "value": marks.last_value(row, kpi, ctx),
        "last": last,
        "since": int(row["base_year"]),
        "year": horizon,
        "ahead": marks.projected(row, kpi, horizon, ctx),
    }
    if _within(row["arrival"], horizon):
        parts["year"] = marks.arrival(row["arrival"])
    elif _within(row["unconfirmed_year"], horizon):
        parts["year"] = marks.unconfirmed(row["unconfirmed_year"])
    template = (
        _of_old(row, horizon, ctx) if row["status"] == NO_RECENT_FIGURE else _of_recent(row, horizon, ctx)
    )
    return sentence(template, **parts)


def _within(year: float, horizon: int) -> bool:
    return bool(pd.notna(year) and year <= horizon)


def _of_recent(row: dict[str, Any], horizon: int, ctx: Context) -> str:
    if meets(row["latest_value"], row):
        return ctx.t("Target met: {value} in {last}, target {target}")
    if _within(row["arrival"], horizon):
        return ctx.t("At the pace since {since} the target of {target} is reached in {year}")
    if pd.notna(row["unconfirmed_year"]):
        return ctx.t(
            "{value} in {last}: the trend {since}–{last} would have reached {target} in {year}; no later "
            "figure confirms it"
        )
    if pd.isna(row["projected"]):
        return ctx.t("{value} in {last}; no trend can be carried on; target {target}")
    return ctx.t("At the pace since {since}: {ahead} in {year}; target {target}")


def _of_old(row: dict[str, Any], horizon: int, ctx: Context) -> str:
    if meets(row["latest_value"], row):
        return ctx.t(
            "No recent figure (last: {last}): the target of {target} was met then; no later figure "
            "confirms it"
        )
    if not _within(row["unconfirmed_year"], horizon):
        return ctx.t("No recent figure (last: {last}). Value then: {value}; target {target}")
    if row["unconfirmed_year"] > ctx.as_of:
        return ctx.t(
            "No recent figure (last: {last}): the trend {since}–{last} would reach {target} in {year}; no "
            "later figure confirms it"
        )
    return ctx.t(
        "No recent figure (last: {last}): the trend {since}–{last} would have reached {target} in {year}; no "
        "later figure confirms it"
    )


def capped(lines: pd.DataFrame, low: float | None, high: float | None) -> pd.DataFrame:
    """What is drawn: a projected line that meets a natural limit of the scale stays there from then on."""
    ahead = lines[lines["line"] == PROJECTED]
    years, values = ahead["time_period"].to_numpy(dtype=float), ahead["obs_value"].to_numpy(dtype=float)
    for limit, side in ((high, 1.0), (low, -1.0)):
        if limit is None or pd.isna(limit) or not (past := side * (values - limit) > 0).any():
            continue
        at = int(past.argmax())
        if at:  # the moment at which the limit is met, within a year
            step = (limit - values[at - 1]) / (values[at] - values[at - 1])
            years = np.insert(years, at, years[at - 1] + step)
            values = np.insert(values, at, limit)
        values = np.minimum(values, limit) if side > 0 else np.maximum(values, limit)
    return pd.concat([lines[lines["line"] != PROJECTED], _line(PROJECTED, years, values)], ignore_index=True)


def names(row: dict[str, Any], ctx: Context) -> dict[str, str]:
    """The lines in words. The trend of an old value is one that no later figure confirms."""
    old = row["status"] == NO_RECENT_FIGURE
    return {
        OBSERVED: ctx.t("observed"),
        REQUIRED: ctx.t("required"),
        PROJECTED: ctx.t("unconfirmed trend") if old else ctx.t("if the trend goes on"),
    }


def _pen(line: str, row: dict[str, Any], ctx: Context) -> tuple[str, float, str]:
    if line == OBSERVED:
        return ctx.look.accent, 3.5, "solid"
    if line == REQUIRED:
        return ctx.look.ink, 1.75, "dot"
    if row["status"] == NO_RECENT_FIGURE:
        return ctx.look.muted, 1.75, "dash"
    return ctx.look.accent, 2.5, "dash"


def figure(
    lines: pd.DataFrame,
    row: dict[str, Any],
    kpi: KpiView,
    ctx: Context,
    *,
    low: float | None = None,
    high: float | None = None,
    fan: Fan | None = None,
    height: int = 330,
) -> Chart:
    """The chart. lines: of `table`; low, high: natural limits of the scale, at which a projection is cut.

    fan: what other countries achieved from the base value, drawn behind the lines.
    """
    shown, said = capped(lines, low, high), names(row, ctx)
    fig = ctx.drawing(height)
    bands = None if fan is None else fan.bands(low, high)
    if fan is not None and bands is not None:
        fig.add_traces(achieved.traces(bands, fan, kpi, ctx))
    ends: list[tuple[str, float, float, str]] = []
    for line in (REQUIRED, PROJECTED, OBSERVED):
        part = shown[shown["line"] == line]
        if part.empty:
            continue
        fig.add_traces(_traces(part, line, said[line], _pen(line, row, ctx), kpi, ctx))
        colour = _pen(line, row, ctx)[0]
        if line == PROJECTED:
            last = part.iloc[-1]
            text = f"{ctx.value(last['obs_value'], kpi)} {said[line]}"
            ends.append((text, float(last["time_period"]), float(last["obs_value"]), colour))
    fig.add_trace(_target(row, kpi, ctx))
    if bands is not None and len(bands):
        last = bands.iloc[-1]
        text = f"{ctx.value(last['p50'], kpi)} {ctx.t('median of the others')}"
        ends.append((text, float(last["time_period"]), float(last["p50"]), ctx.look.muted))
    target = f"{ctx.t('target')} {ctx.value(row['target'], kpi)}"
    ends.append((target, float(row["target_year"]), float(row["target"]), ctx.look.ink))
    room = _span(shown, row, bands)
    _axes(fig, shown, row, kpi, ctx, room)
    if not ctx.narrow:
        _labels(fig, ends, shown, row, ctx, height, room)
    return fig.chart()


def _traces(
    part: pd.DataFrame, line: str, name: str, pen: tuple[str, float, str], kpi: KpiView, ctx: Context
) -> list[Trace]:
    """One of the lines; the observed one is interrupted at its gaps, with fine dots across them."""
    colour, width, dash = pen
    points = list(zip(part["time_period"], part["obs_value"], strict=True))
    missed = gaps.between(_years(part), kpi.usual_step) if line == OBSERVED else []
    across = [(a, b) for a, b in pairwise(points) if (a[0], b[0]) in missed]
    ends = {end: start for start, end in missed}
    x: list[float | None] = []
    y: list[float | None] = []
    said: list[str] = []
    for year, value in points:
        if year in ends:
            x, y, said = [*x, None], [*y, None], [*said, ""]
        after = f"<br>{gaps.since(ends[year], ctx)}" if year in ends else ""
        x.append(year)
        y.append(value)
        said.append(f"<b>{name}</b> {int(year)}: {ctx.value(value, kpi)}{after}")
    drawn = scatter(
        name=line,
        x=x,
        y=y,
        mode="lines+markers" if line == OBSERVED else "lines",
        connectgaps=False,
        line={"color": colour, "width": width, "dash": dash},
        marker={"size": 7, "color": colour},
        customdata=said,
        hovertemplate="%{customdata}<extra></extra>",
    )
    return [*gaps.dots(across, colour), drawn]


def _years(part: pd.DataFrame) -> list[int]:
    """Whole years; a projection that meets a limit has a point within a year."""
    return [int(year) for year in part["time_period"]]


def gap_note(lines: pd.DataFrame, kpi: KpiView, ctx: Context) -> str:
    """What the fine dots across gaps mean, for the foot; empty where the observed line has no gap."""
    missed = gaps.between(_years(lines[lines["line"] == OBSERVED]), kpi.usual_step)
    return gaps.note(kpi, ctx) if missed else ""


def _target(row: dict[str, Any], kpi: KpiView, ctx: Context) -> Trace:
    said = f"<b>{ctx.t('target')}</b> {int(row['target_year'])}: {ctx.value(row['target'], kpi)}"
    return scatter(
        x=[row["target_year"]],
        y=[row["target"]],
        mode="markers",
        marker={"symbol": "diamond-open", "size": 14, "color": ctx.look.ink, "line": {"width": 2.5}},
        customdata=[said],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )


def _span(shown: pd.DataFrame, row: dict[str, Any], bands: pd.DataFrame | None) -> tuple[float, float]:
    values = [*shown["obs_value"], float(row["target"])]
    if bands is not None:
        values += [*bands["p10"], *bands["p90"]]
    pad = (max(values) - min(values) or abs(max(values)) or 1) * 0.09
    return min(values) - pad, max(values) + pad


def _axes(
    fig: Drawing,
    shown: pd.DataFrame,
    row: dict[str, Any],
    kpi: KpiView,
    ctx: Context,
    room: tuple[float, float],
) -> None:
    first = int(min(shown["time_period"].min(), row["base_year"]))
    last = int(max(shown["time_period"].max(), row["target_year"]))
    step = 5 if ctx.narrow or last - first > 20 else 2 if last - first > 12 else 1
    fig.update_xaxes(
        range=[first - 0.4, last + 0.4],
        showgrid=False,
        tickvals=[year for year in range(first, last + 1) if (int(row["target_year"]) - year) % step == 0],
        tickformat="d",
    )
    fig.update_yaxes(title={"text": kpi.unit}, range=list(room), nticks=6, automargin=True)


def _labels(
    fig: Drawing,
    ends: list[tuple[str, float, float, str]],
    shown: pd.DataFrame,
    row: dict[str, Any],
    ctx: Context,
    height: int,
    room: tuple[float, float],
) -> None:
    """Names at the ends of the lines ahead, on the lines behind, none upon another."""
    low, high = room
    scale = (height - 50) / (high - low)
    placed = spread([(value - low) * scale for _, _, value, _ in ends], LABEL, height - 50)
    for (text, year, value, colour), at in zip(ends, placed, strict=True):
        fig.add_annotation(
            x=year,
            y=value,
            xshift=12,
            yshift=at - (value - low) * scale,
            xanchor="left",
            showarrow=False,
            text=f"<b>{text}</b>",
            font={"color": colour, "size": 13},
        )
    for line, at in ((OBSERVED, 0.08), (REQUIRED, 0.6)):
        part = shown[shown["line"] == line]
        if part.empty:
            continue
        point = part.iloc[int(len(part) * at)]
        side = _side(shown, line, point)
        rises = bool(part["obs_value"].iloc[-1] >= part["obs_value"].iloc[0])
        fig.add_annotation(
            x=point["time_period"],
            y=point["obs_value"],
            yshift=side * 17,
            xshift=6 if rises != (side > 0) else -6,
            xanchor="left" if rises != (side > 0) else "right",
            showarrow=False,
            text=names(row, ctx)[line],
            font={"color": _pen(line, row, ctx)[0], "size": 13},
        )
    fig.update_layout(margin={"r": 200, "b": 28})


def _side(shown: pd.DataFrame, line: str, point: pd.Series) -> int:
    """1 to write above a line, -1 below: away from the other lines, else where a rising line leaves room."""
    others = shown[(shown["line"] != line) & (shown["line"] != OBSERVED)]
    near = others[(others["time_period"] - point["time_period"]).abs() < 1]["obs_value"]
    if not near.empty:
        return -1 if near.mean() >= point["obs_value"] else 1
    part = shown[shown["line"] == line]["obs_value"]
    return -1 if part.iloc[-1] >= part.iloc[0] else 1


def legend(lines: pd.DataFrame, bands: pd.DataFrame, row: dict[str, Any], ctx: Context) -> str:
    """Lines and bands by name, as HTML; of a wide chart, which names its lines itself, the bands alone."""
    if not ctx.narrow:
        return f'<ul class="legend">{achieved.legend(bands, ctx)}</ul>' if len(bands) else ""
    parts = []
    for line, text in names(row, ctx).items():
        if (lines["line"] == line).any():
            colour, _width, dash = _pen(line, row, ctx)
            style = {"solid": "solid", "dash": "dashed", "dot": "dotted"}[dash]
            parts.append(
                f'<li><i style="height:0;border:0;border-top:3px {style} {colour};vertical-align:.25em"></i>'
                f"{escape(text)}</li>"
            )
    parts.append(f"<li>◇ {escape(ctx.t('target'))}</li>{achieved.legend(bands, ctx)}")
    return f'<ul class="legend">{"".join(parts)}</ul>'


def alt(lines: pd.DataFrame, row: dict[str, Any], horizon: int, name: str, kpi: KpiView, ctx: Context) -> str:
    """The path in words: first and last observed value, where the trend leads, the target."""
    seen = lines[lines["line"] == OBSERVED]
    template = ctx.t(
        "Path of {kpi}, {name}: observed {first} ({since}) – {last}; {title}; required by {year}: {target}."
    )
    return template.format(
        kpi=kpi.name,
        name=name,
        first=ctx.value(seen["obs_value"].iloc[0], kpi),
        since=int(seen["time_period"].iloc[0]),
        last=words(seen["obs_value"].iloc[-1], kpi, seen["time_period"].iloc[-1], ctx)
        + gaps.listed(gaps.between(_years(seen), kpi.usual_step), ctx),
        title=plain(title(row, horizon, kpi, ctx)),
        year=int(row["target_year"]),
        target=ctx.value(row["target"], kpi),
    )

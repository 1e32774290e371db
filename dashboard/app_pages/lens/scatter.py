"""A cloud of countries with a straight line: one marked, its peers named where there is room."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from markupsafe import Markup

from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Drawing, Trace, scatter
from dashboard.charts.scalars import Row, records, whole

MOST_NAMED = 7
ROOM = (0.11, 0.055)  # a name keeps this share of width and height free of other names


@dataclass(frozen=True)
class Axes:
    """Titles of the axes, whether x is logarithmic, whether a cross is drawn at 0."""

    x: str
    y: str
    log: bool = False
    cross: bool = False


def figure(
    rows: pd.DataFrame,
    line: tuple[list[float], list[float]],
    axes: Axes,
    ctx: Context,
    *,
    area: str | None,
    peers: frozenset[str],
    height: int = 345,
) -> Chart:
    """The cloud with its line; the area in the accent colour, peers darker than other countries.

    rows: ref_area, name, x, y, hover (the tooltip). line: its x and its y values.
    """
    kind = np.where(
        rows["ref_area"] == area, "area", np.where(rows["ref_area"].isin(peers), "peers", "others")
    )
    drawing = ctx.drawing(height)
    drawing.fill()
    drawing.add_trace(_line(line, ctx))
    drawing.add_traces([_points(rows[kind == name], name, ctx) for name in ("others", "peers", "area")])
    for row in records(named(rows, area, peers, axes.log, few=ctx.narrow)):
        drawing.add_annotation(**_name(row, axes, row["ref_area"] == area, ctx))
    _draw_axes(drawing, axes, ctx)
    drawing.update_layout(margin={"t": 18})
    return drawing.chart()


def _line(line: tuple[list[float], list[float]], ctx: Context) -> Trace:
    return scatter(
        name="line",
        x=line[0],
        y=line[1],
        mode="lines",
        hoverinfo="skip",
        line={"color": ctx.look.ink, "width": 1.25, "dash": "dot"},
    )


def _name(row: Row, axes: Axes, is_area: bool, ctx: Context) -> dict[str, object]:
    """The name of a country above its point."""
    return {
        "x": float(np.log10(row["x"])) if axes.log else row["x"],
        "y": row["y"],
        "text": f"<b>{row['name']}</b>" if is_area else row["name"],
        "font": {"color": ctx.look.accent if is_area else ctx.look.muted, "size": 13},
        "showarrow": False,
        "yshift": 19 if is_area else 14,
    }


def _draw_axes(drawing: Drawing, axes: Axes, ctx: Context) -> None:
    if axes.cross:
        cross = {"color": ctx.look.rule, "width": 1.5}
        drawing.add_hline(y=0, line=cross, layer="below")
        drawing.add_vline(x=0, line=cross, layer="below")
    ticks = {"type": "log", "dtick": "D2" if not ctx.narrow else 1, "tickformat": ",~r"} if axes.log else {}
    drawing.update_xaxes(
        title={"text": axes.x, "standoff": 6}, showgrid=False, automargin=True, nticks=8, **ticks
    )
    drawing.update_yaxes(title={"text": axes.y}, nticks=6, automargin=True)


def _points(rows: pd.DataFrame, kind: str, ctx: Context) -> Trace:
    look = ctx.look
    marker = {
        "others": {"size": 7, "color": look.pale, "line": {"color": look.outline, "width": 0.5}},
        "peers": {"size": 9, "color": look.peers, "symbol": "diamond"},
        "area": {"size": 14, "color": look.accent, "line": {"color": look.ink, "width": 1.5}},
    }[kind]
    return scatter(
        name=kind, x=rows["x"], y=rows["y"], mode="markers", marker=marker, customdata=rows["hover"],
        hovertemplate="%{customdata}<extra></extra>", cliponaxis=False,
    )  # fmt: skip


def named(
    rows: pd.DataFrame, area: str | None, peers: frozenset[str], log: bool = False, *, few: bool = False
) -> pd.DataFrame:
    """The rows that get a name: the country, then the peers farthest from the middle that find room."""
    x = np.log10(rows["x"].to_numpy(dtype=float)) if log else rows["x"].to_numpy(dtype=float)
    places = np.column_stack([_scaled(x), _scaled(rows["y"].to_numpy(dtype=float))])
    positions: list[int] = []
    for position in _by_priority(rows, places, area, peers):
        is_near = (np.abs(places[positions] - places[position]) < ROOM).all(axis=1)
        if not is_near.any():
            positions.append(position)
        if len(positions) == (2 if few else MOST_NAMED):
            break
    return rows.iloc[positions]


def _by_priority(
    rows: pd.DataFrame, places: np.ndarray, area: str | None, peers: frozenset[str]
) -> list[int]:
    """Positions of the country and of its peers, those first that lie farthest from the middle."""
    distance = ((places - np.median(places, axis=0)) ** 2).sum(axis=1)
    is_area = (rows["ref_area"] == area).to_numpy()
    is_peer = rows["ref_area"].isin(peers).to_numpy() & ~is_area
    farthest = pd.Series(distance)[is_peer].sort_values(ascending=False).index
    return [*np.flatnonzero(is_area).tolist(), *map(whole, farthest)]


def _scaled(values: np.ndarray) -> np.ndarray:
    """Values from 0 to 1; all 0 where they are equal."""
    span = values.max() - values.min()
    return np.asarray((values - values.min()) / (span or 1))


def legend(ctx: Context, group: str, area: str | None) -> Markup:
    """The marks in words, as HTML."""
    item = Markup('<li><span style="color:{}">{}</span> {}</li>')
    look = ctx.look
    items = [
        item.format(look.peers, "◆", group),
        item.format(look.outline, "●", ctx.t("other countries")),
        Markup("<li>┈ {}</li>").format(ctx.t("straight line")),
    ]
    if area is not None:
        items.insert(0, item.format(look.accent, "⬤", area))
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(items))

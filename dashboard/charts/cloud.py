"""A cloud of countries with a straight line: one marked, its peers named where there is room."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap

import numpy as np
import pandas as pd
from markupsafe import Markup

from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Drawing, Trace, scatter
from dashboard.charts.scalars import Row, records, whole

MOST_NAMED = 7
PHONE_LINE = 44  # characters of a title below an axis
ROOM = (0.11, 0.055)  # a name keeps this share of width and height free of other names
LETTER, TALL = 0.0075, 0.09  # shares of width and height that a letter and a line of text take
AWAY = 0.07  # share of the height between a point and the middle of a name above or below it
MET = 10  # points that a name may cover rather than meet another name
# Where a name may stand beside its point, the best side first, and the pixels that it is moved by.
SIDES: dict[str, tuple[int, int]] = {"above": (0, 14), "below": (0, -14), "right": (9, 0), "left": (-9, 0)}
ANCHORS = {"right": "left", "left": "right"}  # of a text that stands there


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
    shown = named(rows, area, peers, axes.log, few=ctx.narrow)
    for row, side in zip(records(shown), sides(rows, shown, axes.log), strict=True):
        if side:
            drawing.add_annotation(**_name(row, side, axes, row["ref_area"] == area, ctx))
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


def _name(row: Row, side: str, axes: Axes, is_area: bool, ctx: Context) -> dict[str, object]:
    """The name of a country on a side of its point."""
    right, up = SIDES[side]
    return {
        "x": float(np.log10(row["x"])) if axes.log else row["x"],
        "y": row["y"],
        "text": f"<b>{row['name']}</b>" if is_area else row["name"],
        "font": {"color": ctx.look.accent if is_area else ctx.look.muted, "size": 13},
        "showarrow": False,
        "xanchor": ANCHORS.get(side, "center"),
        "xshift": right,
        "yshift": up + (5 if is_area and up > 0 else -5 if is_area and up else 0),
    }


def _draw_axes(drawing: Drawing, axes: Axes, ctx: Context) -> None:
    if axes.cross:
        cross = {"color": ctx.look.rule, "width": 1.5}
        drawing.add_hline(y=0, line=cross, layer="below")
        drawing.add_vline(x=0, line=cross, layer="below")
    ticks = {"type": "log", "dtick": "D2" if not ctx.narrow else 1, "tickformat": ",~r"} if axes.log else {}
    drawing.update_xaxes(
        title={"text": _in_lines(axes.x, ctx), "standoff": 6},
        showgrid=False,
        automargin=True,
        nticks=8,
        **ticks,
    )
    drawing.update_yaxes(title={"text": axes.y}, nticks=6, automargin=True)


def _in_lines(title: str, ctx: Context) -> str:
    """The title of an axis, on a phone in as many lines as it needs: it would be cut at both ends."""
    return "<br>".join(wrap(title, PHONE_LINE)) if ctx.narrow else title


def _points(rows: pd.DataFrame, kind: str, ctx: Context) -> Trace:
    look = ctx.look
    marker = {
        "others": {"size": 7, "color": look.rest, "line": {"color": look.outline, "width": 0.5}},
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
    places = _places(rows, log)
    positions: list[int] = []
    for position in _by_priority(rows, places, area, peers):
        is_near = (np.abs(places[positions] - places[position]) < ROOM).all(axis=1)
        if not is_near.any():
            positions.append(position)
        if len(positions) == (2 if few else MOST_NAMED):
            break
    return rows.iloc[positions]


def sides(rows: pd.DataFrame, shown: pd.DataFrame, log: bool = False) -> list[str]:
    """On which side of its point each name stands: where it covers fewest points and no other name.

    shown: those of `rows` that are named, in their order. "" where every side meets another name or the edge.
    """
    places = _places(rows, log)
    chosen: list[str] = []
    boxes: list[np.ndarray] = []
    for at, name in zip(rows.index.get_indexer(shown.index), shown["name"], strict=True):
        others = np.delete(places, at, axis=0)
        costs = {side: _cost(_box(places[at], name, side), others, boxes) for side in SIDES}
        best = min(costs, key=costs.__getitem__)
        if chosen and costs[best] >= MET:
            chosen.append("")
            continue
        chosen.append(best)
        boxes.append(_box(places[at], name, best))
    return chosen


def _box(place: np.ndarray, name: str, side: str) -> np.ndarray:
    """Left, right, lower and upper end of a name beside a point, in shares of width and height."""
    wide, (x, y) = LETTER * len(name), place
    if side in ANCHORS:
        start = x + 0.01 if side == "right" else x - 0.01 - wide
        return np.array([start, start + wide, y - TALL / 2, y + TALL / 2])
    low = (y + AWAY if side == "above" else y - AWAY) - TALL / 2
    return np.array([x - wide / 2, x + wide / 2, low, low + TALL])


def _cost(box: np.ndarray, points: np.ndarray, names: list[np.ndarray]) -> float:
    """How many points a name would cover; another name, or the edge of the chart, counts for `MET`."""
    left, right, low, high = box
    covered = ((points > (left, low)) & (points < (right, high))).all(axis=1).sum()
    met = sum(left < other[1] and right > other[0] and low < other[3] and high > other[2] for other in names)
    return float(covered + MET * met + MET * (left < -0.02 or right > 1.02 or low < -0.05))


def _places(rows: pd.DataFrame, log: bool) -> np.ndarray:
    """Where points stand, in shares of width and height."""
    x = rows["x"].to_numpy(dtype=float)
    return np.column_stack([_scaled(np.log10(x) if log else x), _scaled(rows["y"].to_numpy(dtype=float))])


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
        item.format(f"{look.rest};-webkit-text-stroke:.5px {look.outline}", "●", ctx.t("other countries")),
        Markup("<li>┈ {}</li>").format(ctx.t("straight line")),
    ]
    if area is not None:
        items.insert(0, item.format(look.accent, "⬤", area))
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(items))

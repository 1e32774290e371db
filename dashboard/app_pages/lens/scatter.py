"""A cloud of countries with a straight line: one marked, its peers named where there is room."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Trace, scatter

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
    """rows: ref_area, name, x, y, hover; line: its x and y values. area in accent, peers darker."""
    fig = ctx.drawing(height)
    kind = np.where(
        rows["ref_area"] == area, "area", np.where(rows["ref_area"].isin(peers), "peers", "others")
    )
    fig.add_trace(
        scatter(
            name="line",
            x=line[0],
            y=line[1],
            mode="lines",
            hoverinfo="skip",
            line={"color": ctx.look.ink, "width": 1.25, "dash": "dot"},
        )
    )
    for name in ("others", "peers", "area"):
        fig.add_trace(_points(rows[kind == name], name, ctx))
    for row in named(rows, area, peers, axes.log, few=ctx.narrow).itertuples():
        fig.add_annotation(
            x=float(np.log10(row.x)) if axes.log else row.x,
            y=row.y,
            text=f"<b>{row.name}</b>" if row.ref_area == area else row.name,
            font={"color": ctx.look.accent if row.ref_area == area else ctx.look.muted, "size": 13},
            showarrow=False,
            yshift=19 if row.ref_area == area else 14,
        )
    if axes.cross:
        fig.add_hline(y=0, line={"color": ctx.look.rule, "width": 1.5}, layer="below")
        fig.add_vline(x=0, line={"color": ctx.look.rule, "width": 1.5}, layer="below")
    ticks = {"type": "log", "dtick": "D2" if not ctx.narrow else 1, "tickformat": ",~r"} if axes.log else {}
    fig.update_xaxes(
        title={"text": axes.x, "standoff": 6}, showgrid=False, automargin=True, nticks=8, **ticks
    )
    fig.update_yaxes(title={"text": axes.y}, nticks=6, automargin=True)
    fig.update_layout(margin={"t": 18})
    return fig.chart()


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
    x = np.log10(rows["x"]) if log else rows["x"]
    place = pd.DataFrame({"x": _shared(x), "y": _shared(rows["y"])}, index=rows.index)
    away = ((place - place.median()) ** 2).sum(axis=1)
    order = [*rows.index[rows["ref_area"] == area]]
    order += [
        *away[rows["ref_area"].isin(peers) & (rows["ref_area"] != area)].sort_values(ascending=False).index
    ]
    kept: list[object] = []
    for one in order:
        taken = place.loc[kept]
        near = ((taken["x"] - place.at[one, "x"]).abs() < ROOM[0]) & (
            (taken["y"] - place.at[one, "y"]).abs() < ROOM[1]
        )
        if not near.any():
            kept.append(one)
        if len(kept) == (2 if few else MOST_NAMED):
            break
    return rows.loc[kept]


def _shared(values: pd.Series) -> pd.Series:
    span = values.max() - values.min()
    return (values - values.min()) / (span or 1)


def legend(ctx: Context, group: str, area: str | None) -> str:
    """The marks in words, as HTML."""
    from html import escape

    look = ctx.look
    parts = [
        f'<li><span style="color:{look.peers}">◆</span> {escape(group)}</li>',
        f'<li><span style="color:{look.outline}">●</span> {escape(ctx.t("other countries"))}</li>',
        f"<li>┈ {escape(ctx.t('straight line'))}</li>",
    ]
    if area is not None:
        parts.insert(0, f'<li><span style="color:{look.accent}">⬤</span> {escape(area)}</li>')
    return f'<ul class="legend">{"".join(parts)}</ul>'

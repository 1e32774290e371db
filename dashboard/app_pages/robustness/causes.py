"""What moves a rank: the share of each choice in its variance, and the rank without each component."""

from __future__ import annotations

import pandas as pd

from dashboard.app_pages.robustness import words
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Drawing, bar, scatter

ROW = 34


def shares(parts: pd.DataFrame, area: str | None) -> pd.Series:
    """Share of each choice in the variance of the rank (0–1), of one country or of all together.

    parts: `Robustness.parts`. Empty where the rank never varies or there are no parts.
    """
    found = (parts.loc[area] if area else parts.sum()).dropna()
    return found[found.index] / found.sum() if found.sum() > 0 else pd.Series(dtype=float)


def bars(found: pd.Series, ctx: Context) -> Chart:
    """Horizontal bars of `shares`, the largest in accent."""
    look = ctx.look
    fig = ctx.drawing(len(found) * ROW + 12)
    fig.add_trace(
        bar(
            orientation="h",
            y=[words.choice(one, ctx) for one in found.index],
            x=found,
            width=0.6,
            marker={"color": [look.accent if one == found.idxmax() else look.peers for one in found.index]},
            text=[words.share(one, ctx) for one in found],
            textposition="outside",
            textfont={"color": look.ink, "size": 14},
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    fig.update_xaxes(visible=False, range=[0, found.max() * 1.25])
    fig.update_yaxes(
        autorange="reversed",
        automargin=True,
        showgrid=False,
        ticklabelstandoff=6,
        tickfont={"color": look.ink, "size": 14},
    )
    return fig.chart()


def bars_title(found: pd.Series, ctx: Context) -> str:
    """Which choice matters most."""
    most = str(found.idxmax())
    return ctx.t("What matters most: {choice}, {share}").format(
        choice=words.choice(most, ctx).lower(), share=words.share(found[most], ctx)
    )


def bars_alt(found: pd.Series, ctx: Context) -> str:
    """The shares in words."""
    said = "; ".join(f"{words.choice(str(one), ctx)} {words.share(part, ctx)}" for one, part in found.items())
    return ctx.t("Share of each choice in the variance of the rank. {rows}.").format(rows=said)


def moves(ranks: pd.Series, nominal: float, labels: dict[str, str], ctx: Context) -> Chart:
    """A country's rank without each component: a line from its rank with all to the rank without.

    ranks: by component, missing where the others give no rank; nominal: the rank with all of them.
    """
    look = ctx.look
    fig = ctx.drawing(len(ranks) * ROW + 40)
    at = list(range(len(ranks)))
    for place, rank in zip(at, ranks, strict=True):
        fig.add_trace(
            scatter(
                x=[nominal, rank],
                y=[place, place],
                mode="lines",
                line={"color": look.better if rank < nominal else look.worse, "width": 4},
                hoverinfo="skip",
            )
        )
    fig.add_vline(x=nominal, line={"color": look.ink, "width": 1})
    fig.add_trace(
        scatter(
            x=ranks,
            y=at,
            mode="markers+text",
            marker={
                "symbol": [_pointing(rank, nominal) for rank in ranks],
                "size": 13,
                "color": [look.better if r < nominal else look.worse for r in ranks],
            },
            text=[f"<b>{ctx.number(rank)}</b>" for rank in ranks],
            textposition=["middle left" if r < nominal else "middle right" for r in ranks],
            textfont={"color": look.ink, "size": 14},
            cliponaxis=False,
            hovertext=[labels[str(one)] for one in ranks.index],
            hovertemplate="%{hovertext}: %{x}<extra></extra>",
        )
    )
    low, high = min(nominal, ranks.min()), max(nominal, ranks.max())
    room = max(3.0, (high - low) * 0.15)
    fig.update_xaxes(range=[low - room, high + room], side="top", tickformat="d", nticks=6, automargin=True)
    _named(fig, [labels[str(one)] for one in ranks.index], ctx)
    return fig.chart()


def _pointing(rank: float, nominal: float) -> str:
    if rank == nominal:
        return "circle"
    return "triangle-left" if rank < nominal else "triangle-right"


def shifts(mean: pd.Series, labels: dict[str, str], ctx: Context) -> Chart:
    """Mean absolute shift of all ranks without each component, in places."""
    look = ctx.look
    fig = ctx.drawing(len(mean) * ROW + 12)
    fig.add_trace(
        bar(
            orientation="h",
            y=list(range(len(mean))),
            x=mean,
            width=0.6,
            marker={"color": [look.accent if one == mean.idxmax() else look.peers for one in mean.index]},
            text=[ctx.number(one, 1) for one in mean],
            textposition="outside",
            textfont={"color": look.ink, "size": 14},
            cliponaxis=False,
            hovertext=[labels[str(one)] for one in mean.index],
            hovertemplate="%{hovertext}: %{text}<extra></extra>",
        )
    )
    fig.update_xaxes(visible=False, range=[0, mean.max() * 1.25])
    _named(fig, [labels[str(one)] for one in mean.index], ctx)
    return fig.chart()


def _named(fig: Drawing, names: list[str], ctx: Context) -> None:
    fig.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=names,
        range=[len(names) - 0.5, -0.5],
        automargin=True,
        showgrid=False,
        ticklabelstandoff=6,
        tickfont={"color": ctx.look.ink, "size": 14},
    )


def moves_title(ranks: pd.Series, nominal: float, labels: dict[str, str], ctx: Context) -> str:
    """The component whose absence moves the rank most."""
    away = (ranks - nominal).abs()
    if away.isna().all() or away.max() == 0:
        return ctx.t("No component moves the rank when it is left out")
    most = str(away.idxmax())
    return ctx.t("Without {component}: rank {rank} instead of {nominal}").format(
        component=labels[most], rank=ctx.number(ranks[most]), nominal=ctx.number(nominal)
    )


def shifts_title(mean: pd.Series, labels: dict[str, str], ctx: Context) -> str:
    """The component whose absence moves ranks most on average."""
    most = str(mean.idxmax())
    return ctx.t("Without {component} ranks move most: {places} places on average").format(
        component=labels[most], places=ctx.number(mean[most], 1)
    )


def without_alt(ranks: pd.Series, labels: dict[str, str], ctx: Context, *, precision: int = 0) -> str:
    """The ranks or mean shifts by component in words."""
    said = "; ".join(f"{labels[str(one)]} {ctx.number(value, precision)}" for one, value in ranks.items())
    intro = (
        ctx.t("Rank without each component") if precision == 0 else ctx.t("Mean shift of ranks, in places")
    )
    return f"{intro}. {said}."

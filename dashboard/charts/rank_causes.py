"""What moves a rank: the share of each choice in its variance, and the rank without each component."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import robustness_words as words
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Drawing, Trace, bar, scatter

ROW = 34


def shares(parts: pd.DataFrame, area: str | None) -> pd.Series[float]:
    """Share of each choice in the variance of the rank (0–1), of one country or of all together.

    parts: `Robustness.parts`. Empty where the rank never varies or there are no parts.
    """
    variance = (parts.loc[[area]].iloc[0] if area else parts.sum()).dropna()
    return variance / variance.sum() if variance.sum() > 0 else pd.Series(dtype=float)


def bars(shares: pd.Series[float], ctx: Context) -> Chart:
    """Horizontal bars of `shares`, the largest in accent."""
    fig = ctx.drawing(len(shares) * ROW + 12)
    fig.add_trace(
        _bars(
            shares,
            ctx,
            y=[words.choice(str(choice), ctx) for choice in shares.index],
            text=[words.share(share, ctx) for share in shares],
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    fig.update_xaxes(visible=False, range=[0, shares.max() * 1.25])
    fig.update_yaxes(autorange="reversed", **_names_axis(ctx))
    return fig.chart()


def _bars(values: pd.Series[float], ctx: Context, **attributes: object) -> Trace:
    """Horizontal bars, the largest in accent, with their text outside."""
    look, largest = ctx.look, values.idxmax()
    return bar(
        orientation="h",
        x=values,
        width=0.6,
        marker={"color": [look.accent if key == largest else look.peers for key in values.index]},
        textposition="outside",
        textfont={"color": look.ink, "size": 14},
        cliponaxis=False,
        **attributes,
    )


def _names_axis(ctx: Context) -> Trace:
    return {
        "automargin": True,
        "showgrid": False,
        "ticklabelstandoff": 6,
        "tickfont": {"color": ctx.look.ink, "size": 14},
    }


def bars_title(shares: pd.Series[float], ctx: Context) -> str:
    """Which choice matters most."""
    most = str(shares.idxmax())
    return ctx.t("What matters most: {choice}, {share}").format(
        choice=words.choice(most, ctx).lower(), share=words.share(shares[most], ctx)
    )


def bars_alt(shares: pd.Series[float], ctx: Context) -> str:
    """The shares in words."""
    rows = "; ".join(
        f"{words.choice(str(choice), ctx)} {words.share(part, ctx)}" for choice, part in shares.items()
    )
    return ctx.t("Share of each choice in the variance of the rank. {rows}.").format(rows=rows)


def moves(ranks: pd.Series[float], nominal: float, labels: dict[str, str], ctx: Context) -> Chart:
    """A country's rank without each component: a line from its rank with all to the rank without.

    ranks: by component, missing where the others give no rank; nominal: the rank with all of them.
    """
    fig = ctx.drawing(len(ranks) * ROW + 40)
    for place, rank in enumerate(ranks):
        fig.add_trace(_line(place, nominal, rank, ctx))
    fig.add_vline(x=nominal, line={"color": ctx.look.ink, "width": 1})
    names = [labels[str(component)] for component in ranks.index]
    fig.add_trace(_ends(ranks, nominal, names, ctx))
    low, high = min(nominal, ranks.min()), max(nominal, ranks.max())
    room = max(3.0, (high - low) * 0.15)
    fig.update_xaxes(range=[low - room, high + room], side="top", tickformat="d", nticks=6, automargin=True)
    _named(fig, names, ctx)
    return fig.chart()


def _line(place: int, nominal: float, rank: float, ctx: Context) -> Trace:
    return scatter(
        x=[nominal, rank],
        y=[place, place],
        mode="lines",
        line={"color": _colour(rank, nominal, ctx), "width": 4},
        hoverinfo="skip",
    )


def _ends(ranks: pd.Series[float], nominal: float, names: list[str], ctx: Context) -> Trace:
    """The ranks without each component, as arrows with their number."""
    return scatter(
        x=ranks,
        y=list(range(len(ranks))),
        mode="markers+text",
        marker={
            "symbol": [_pointing(rank, nominal) for rank in ranks],
            "size": 13,
            "color": [_colour(rank, nominal, ctx) for rank in ranks],
        },
        text=[f"<b>{ctx.number(rank)}</b>" for rank in ranks],
        textposition=["middle left" if rank < nominal else "middle right" for rank in ranks],
        textfont={"color": ctx.look.ink, "size": 14},
        cliponaxis=False,
        hovertext=names,
        hovertemplate="%{hovertext}: %{x}<extra></extra>",
    )


def _colour(rank: float, nominal: float, ctx: Context) -> str:
    return ctx.look.better if rank < nominal else ctx.look.worse


def _pointing(rank: float, nominal: float) -> str:
    if rank == nominal:
        return "circle"
    return "triangle-left" if rank < nominal else "triangle-right"


def shifts(mean: pd.Series[float], labels: dict[str, str], ctx: Context) -> Chart:
    """Mean absolute shift of all ranks without each component, in places."""
    fig = ctx.drawing(len(mean) * ROW + 12)
    names = [labels[str(component)] for component in mean.index]
    fig.add_trace(
        _bars(
            mean,
            ctx,
            y=list(range(len(mean))),
            text=[words.places(places, ctx) for places in mean],
            hovertext=names,
            hovertemplate="%{hovertext}: %{text}<extra></extra>",
        )
    )
    fig.update_xaxes(visible=False, range=[0, mean.max() * 1.25])
    _named(fig, names, ctx)
    return fig.chart()


def _named(fig: Drawing, names: list[str], ctx: Context) -> None:
    ticks = {"tickvals": list(range(len(names))), "ticktext": names}
    fig.update_yaxes(range=[len(names) - 0.5, -0.5], **ticks, **_names_axis(ctx))


def moves_title(ranks: pd.Series[float], nominal: float, labels: dict[str, str], ctx: Context) -> str:
    """The component whose absence moves the rank most."""
    away = (ranks - nominal).abs()
    if away.isna().all() or away.max() == 0:
        return ctx.t("No component moves the rank when it is left out")
    most = str(away.idxmax())
    return ctx.t("Without {component}: rank {rank} instead of {nominal}").format(
        component=labels[most], rank=ctx.number(ranks[most]), nominal=ctx.number(nominal)
    )


def shifts_title(mean: pd.Series[float], labels: dict[str, str], ctx: Context) -> str:
    """The component whose absence moves ranks most on average."""
    most = str(mean.idxmax())
    return ctx.t("Without {component} ranks move most: {places} places on average").format(
        component=labels[most], places=words.places(mean[most], ctx)
    )


def without_alt(ranks: pd.Series[float], labels: dict[str, str], ctx: Context) -> str:
    """A country's ranks by component in words."""
    rows = "; ".join(f"{labels[str(part)]} {ctx.number(rank)}" for part, rank in ranks.items())
    return ctx.t("Rank without each component. {rows}.").format(rows=rows)


def shifts_alt(mean: pd.Series[float], labels: dict[str, str], ctx: Context) -> str:
    """The mean shifts by component in words."""
    rows = "; ".join(f"{labels[str(part)]} {words.places(places, ctx)}" for part, places in mean.items())
    return ctx.t("Mean shift of ranks, in places. {rows}.").format(rows=rows)

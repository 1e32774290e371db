"""How far the forecast was off, beside two plain guesses: as today, and the line through two editions."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, bar
from dashboard.charts.stage_words import inside

ROW = 40
GUESSES = ("error", "as_today_error", "line_error")


def names(ctx: Context) -> dict[str, str]:
    """The forecast and the guesses by name."""
    return {
        "error": ctx.t("Forecast"),
        "as_today_error": ctx.t("Rank stays as it is"),
        "line_error": ctx.t("Line through the last two editions"),
    }


def figure(means: pd.Series[float], ctx: Context) -> Chart:
    """Bars of the mean error of ranks, in places. means: of `record.overall`."""
    errors = [means[f"rank_{guess}"] for guess in GUESSES]
    look, labels = ctx.look, names(ctx)
    fig = ctx.drawing(len(errors) * ROW + 12)
    fig.add_trace(
        bar(
            orientation="h",
            y=[_two_lines(labels[guess]) for guess in GUESSES],
            x=errors,
            width=0.55,
            marker={
                "color": [look.accent, look.peers, look.peers],
                "pattern": {"shape": ["", "", "/"], "fgcolor": look.paper},
            },
            text=[ctx.number(error, 1) for error in errors],
            textposition="outside",
            textfont={"color": look.ink, "size": 14},
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    fig.update_xaxes(visible=False, range=[0, max(errors) * 1.2])
    fig.update_yaxes(
        autorange="reversed",
        automargin=True,
        showgrid=False,
        ticklabelstandoff=6,
        tickfont={"color": look.ink, "size": 14},
    )
    return fig.chart()


def _two_lines(name: str) -> str:
    words = name.split(" ")
    if len(name) < 20:
        return name
    half = (len(words) + 1) // 2
    return f"{' '.join(words[:half])}<br>{' '.join(words[half:])}"


def title(means: pd.Series[float], ctx: Context) -> str:
    """The finding: which guess is farthest off, and by how much the forecast is, if it is another."""
    worst = max(GUESSES, key=lambda guess: float(means[f"rank_{guess}"]))
    template = (
        ctx.t("Farthest off: {guess}, by {places} places")
        if worst == GUESSES[0]
        else ctx.t("Farthest off: {guess}, by {places} places; the forecast by {forecast}")
    )
    return template.format(
        guess=inside(names(ctx)[worst]),
        places=ctx.number(means[f"rank_{worst}"], 1),
        forecast=ctx.number(means[f"rank_{GUESSES[0]}"], 1),
    )


def alt(means: pd.Series[float], ctx: Context) -> str:
    """The errors in words."""
    parts = [f"{name} {ctx.number(means[f'rank_{guess}'], 1)}" for guess, name in names(ctx).items()]
    return ctx.t("Mean error of the rank, in places. {rows}.").format(rows="; ".join(parts))

"""Bands of a distribution over years, filled between two quantiles."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.figure import Trace, scatter

FAINT, STRONG = 0.22, 0.38  # strength of a fill: both are seen on every paper and below every line


def band(table: pd.DataFrame, quantiles: tuple[str, str], colour: str, edge: str = "") -> Trace:
    """The area between two quantiles. table: time_period and a column for each; colour as a fill.

    edge: colour of a fine dotted line around it; without one there is none.
    """
    low, high = quantiles
    years = table["time_period"].tolist()
    return scatter(
        name=f"{low}-{high}",
        x=years + years[::-1],
        y=table[high].tolist() + table[low].tolist()[::-1],
        fill="toself",
        fillcolor=colour,
        line={"color": edge, "width": 1, "dash": "dot"} if edge else {"width": 0},
        mode="lines",
        hoverinfo="skip",
    )


def faded(colour: str, strength: float) -> str:
    """A colour `#rrggbb` of a strength from 0 to 1.

    >>> faded("#0B6E75", 0.5)
    'rgba(11,110,117,0.5)'
    """
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength})"

"""Insets of the world map, in the sea: small States, each a square that can be seen and hit."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.charts import own, squares
from dashboard.charts.classes import Classes
from dashboard.charts.context import Context
from dashboard.charts.figure import Drawing
from dashboard.texts import mark


@dataclass(frozen=True)
class Inset:
    """Rows of codes roughly as they lie, dots where none is; where the inset stands, in shares of the map."""

    title: str
    rows: tuple[str, ...]
    x: tuple[float, float]
    y: tuple[float, float]


# Squares are at least 24 pixels wide and high on a map of 700 by 310.
INSETS = (
    Inset(
        mark("Caribbean"),
        (
            "... BHS ... ... ... ...",
            "CUB ... HTI DOM KNA ATG",
            "... JAM ... ... DMA LCA",
            "... ... ... ... VCT BRB",
            "... ... ... ... GRD TTO",
        ),
        (0.0, 0.23),
        (0.01, 0.43),
    ),
    Inset(
        mark("Pacific"),
        (
            "PLW FSM ... MHL ...",
            "PNG ... NRU ... KIR",
            "... SLB ... TUV WSM",
            "... ... VUT FJI TON",
        ),
        (0.828, 1.0),
        (0.42, 0.755),
    ),
    Inset(
        mark("Europe"),
        ("LIE MCO", "AND SMR", "MLT ..."),
        (0.335, 0.415),
        (0.5, 0.755),
    ),
)
CODES = frozenset(code for inset in INSETS for row in inset.rows for code in row.split()) - {"..."}


def draw(fig: Drawing, table: pd.DataFrame, classes: Classes, ctx: Context, mine: str | None) -> None:
    """The insets over the map. table: ref_area, name, said (the hover text); classes: of its rows."""
    of = pd.Series(classes.of.to_numpy(), table["ref_area"])
    for at, inset in enumerate(INSETS, start=2):
        tiles = _tiles(inset).merge(table, on="ref_area", how="inner")
        if tiles.empty:
            continue
        inside = Classes(tiles["ref_area"].map(of), classes.counts, classes.shades, classes.sided)
        axes = {"xaxis": f"x{at}", "yaxis": f"y{at}"}
        fig.add_trace(squares.trace(tiles, inside, tiles["said"].tolist(), ctx, mine=mine, size=9, **axes))
        own.on_tiles(fig, own.row_of(tiles, mine), ctx, xref=f"x{at}", yref=f"y{at}")
        _place(fig, inset, at, ctx)


def _tiles(inset: Inset) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"ref_area": code, "col": col, "row": row}
            for row, line in enumerate(inset.rows)
            for col, code in enumerate(line.split())
            if code != "..."
        ]
    )


def _place(fig: Drawing, inset: Inset, at: int, ctx: Context) -> None:
    columns, rows = len(inset.rows[0].split()), len(inset.rows)
    axis = {"visible": False, "fixedrange": True}
    fig.update_layout(
        **{
            f"xaxis{at}": {
                **axis,
                "domain": list(inset.x),
                "range": [-0.5, columns - 0.5],
                "anchor": f"y{at}",
            },
            f"yaxis{at}": {**axis, "domain": list(inset.y), "range": [rows - 0.5, -0.5], "anchor": f"x{at}"},
        }
    )
    fig.add_annotation(
        xref="paper", yref="paper", x=inset.x[0], y=inset.y[1], xanchor="left", yanchor="bottom",
        text=ctx.t(inset.title), showarrow=False, font={"color": ctx.look.muted, "size": 12},
    )  # fmt: skip

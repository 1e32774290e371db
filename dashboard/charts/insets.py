"""Insets of the world map, in the sea: small States, each a square that can be seen and hit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from dashboard.charts import own, squares
from dashboard.charts.classes import Classes
from dashboard.charts.context import Context
from dashboard.charts.figure import Drawing
from dashboard.charts.zooms import Zoom
from dashboard.texts import mark

WIDE, HIGH = 0.036, 0.088  # of the map: a column and a row, at least 24 pixels on a map of 700 by 290


@dataclass(frozen=True)
class Inset:
    """Rows of codes roughly as they lie, dots where none is. right: the title stands at the right end."""

    title: str
    rows: tuple[str, ...]
    right: bool = False


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
    ),
    Inset(
        mark("Pacific"),
        (
            "PLW FSM ... MHL ...",
            "PNG ... NRU ... KIR",
            "... SLB ... TUV WSM",
            "... ... VUT FJI TON",
        ),
        right=True,
    ),
    Inset(mark("Europe"), ("AND LIE MCO", "SMR ... MLT")),
)


def of(zoom: Zoom) -> list[Inset]:
    """The insets of a part of the world."""
    return [inset for inset in INSETS if inset.title in zoom.insets]


def codes(shown: Iterable[Inset]) -> set[str]:
    """The countries in some insets."""
    return {code for inset in shown for row in inset.rows for code in row.split()} - {"..."}


def draw(
    fig: Drawing,
    part: Zoom,
    table: pd.DataFrame,
    classes: Classes,
    ctx: Context,
    mine: str | None,
) -> None:
    """The insets of a part of the world. table: ref_area, name, said (hover text); classes: of its rows."""
    class_of = pd.Series(classes.of.to_numpy(), table["ref_area"])
    for at, inset in enumerate(of(part), start=2):
        tiles = _tiles(inset).merge(table, on="ref_area", how="inner")
        if tiles.empty:
            continue
        inside = Classes(tiles["ref_area"].map(class_of), classes.counts, classes.shades, classes.sided)
        axes = {"xaxis": f"x{at}", "yaxis": f"y{at}"}
        fig.add_trace(squares.trace(tiles, inside, tiles["said"].tolist(), ctx, mine=mine, size=10, **axes))
        own.on_tiles(fig, own.row_of(tiles, mine), ctx, xref=f"x{at}", yref=f"y{at}")
        _place(fig, inset, part.insets[inset.title], at, ctx)


def _tiles(inset: Inset) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"ref_area": code, "col": col, "row": row}
            for row, line in enumerate(inset.rows)
            for col, code in enumerate(line.split())
            if code != "..."
        ]
    )


def _place(fig: Drawing, inset: Inset, corner: tuple[float, float], at: int, ctx: Context) -> None:
    columns, rows = len(inset.rows[0].split()), len(inset.rows)
    left, foot = corner
    right, head = min(left + columns * WIDE, 1), foot + rows * HIGH
    across = {"domain": [left, right], "range": [-0.5, columns - 0.5], "anchor": f"y{at}"}
    down = {"domain": [foot, head], "range": [rows - 0.5, -0.5], "anchor": f"x{at}"}
    for name, axis in ((f"xaxis{at}", across), (f"yaxis{at}", down)):
        fig.update_layout(**{name: {**axis, "visible": False, "fixedrange": True}})
    fig.add_annotation(
        xref="paper",
        yref="paper",
        x=right if inset.right else left,
        y=head,
        xanchor="right" if inset.right else "left",
        yanchor="bottom",
        text=ctx.t(inset.title),
        showarrow=False,
        font={"color": ctx.look.muted, "size": 12},
    )

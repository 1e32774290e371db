"""Squares of countries, coloured by class: what the tile grid and the insets of the map are made of."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts import marks
from dashboard.charts.classes import Classes
from dashboard.charts.context import Context
from dashboard.charts.figure import Trace, bar

SIDE = 0.95  # of a square, in columns and rows


def trace(
    tiles: pd.DataFrame,
    classes: Classes,
    tooltips: list[str],
    ctx: Context,
    *,
    mine: str | None = None,
    size: int = 11,
    **axes: str,
) -> Trace:
    """One square per row of `tiles` (ref_area, col, row, name), with its code of `size` pixels.

    A row without name is no member of what is shown: it stays an empty outline. A member without a class has
    no data: hatched. axes: names of the axes, if not the first.
    """
    colours, inks = classes.fills(ctx.look), classes.letters(ctx.look)
    has_row = tiles["name"].notna()
    steps = [None if pd.isna(step) else int(step) for step in classes.of]
    empty = (ctx.look.paper, ctx.look.peers)
    missing = (ctx.look.missing, ctx.look.ink)
    pairs = [
        (colours[step], inks[step]) if step is not None else missing if there else empty
        for step, there in zip(steps, has_row, strict=True)
    ]
    return bar(
        x=tiles["col"],
        y=[SIDE] * len(tiles),
        base=tiles["row"] - SIDE / 2,
        width=SIDE,
        text=[f"<b>{code}</b>" if code == mine else code for code in tiles["ref_area"]],
        ids=marks.countries(tiles["ref_area"]),
        meta=marks.CLASS,
        customdata=tooltips,
        hovertemplate="%{customdata}<extra></extra>",
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"color": [letters for _fill, letters in pairs], "size": size},
        marker={
            "color": [fill for fill, _letters in pairs],
            "line": {"color": ctx.look.outline, "width": 0.7},
            "pattern": _hatch(
                [step is None and there for step, there in zip(steps, has_row, strict=True)], ctx
            ),
        },
        **axes,
    )


def _hatch(is_missing: list[bool], ctx: Context) -> dict[str, Any]:
    return {
        "shape": ["/" if missing else "" for missing in is_missing],
        "fgcolor": ctx.look.peers,
        "size": 6,
        "solidity": 0.2,
    }

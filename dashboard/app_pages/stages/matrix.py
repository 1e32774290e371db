"""Stages in cells: countries × dimensions, or dimensions × years; the number stands in every cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from markupsafe import Markup

from dashboard.charts import marks, stage_words
from dashboard.charts.context import MISSING, Context
from dashboard.charts.figure import Chart, Drawing, Trace, bar
from dashboard.charts.look import Look, blended, contrast
from dashboard.charts.stage_ladder import PATTERNS, doubt_swatch, swatches

ROW = 23  # pixels
LONGEST, LONGEST_NARROW = 34, 20  # characters of a row's name
GAP = 0.3  # of a cell, before the column of the whole
WHOLE = "overall"
PALE = 0.5  # strength of the colour of a stage in doubt: without any it was the darkest of all in the dark
MOST_SEEN = 18  # rows on a screen


def ordered(cells: pd.DataFrame, names: pd.Series, marked: str | None = None) -> pd.DataFrame:
    """Countries by overall stage, then by the sum of their dimensions, then by name; highest first.

    marked: stands on top where there are more rows than a screen shows.
    """
    keys = pd.DataFrame(
        {
            "top": (cells.index == marked) & (len(cells) > MOST_SEEN),
            "whole": cells[WHOLE].astype("Float64").fillna(-1),
            "sum": cells.drop(columns=WHOLE).astype("Float64").sum(axis=1),
            "name": names.reindex(cells.index),
        }
    )
    order = keys.sort_values(["top", "whole", "sum", "name"], ascending=[False, False, False, True])
    return cells.loc[order.index]


@dataclass(frozen=True)
class _Grid:
    """What is drawn. stages: -1 is too little data; doubtful: stages in doubt; both rows × columns.

    rows, columns: labels by key.
    """

    stages: np.ndarray
    doubtful: np.ndarray
    rows: dict[str, str]
    columns: dict[str, str]

    @property
    def places(self) -> list[float]:
        """Position of each column; a gap separates the overall stage."""
        return [n + (GAP if key == WHOLE else 0) for n, key in enumerate(self.columns)]


def figure(
    cells: pd.DataFrame,
    rows: dict[str, str],
    columns: dict[str, str],
    ctx: Context,
    *,
    marked: str | None = None,
    row_height: int = ROW,
    of_countries: bool = False,
    doubts: pd.DataFrame | None = None,
) -> Chart:
    """The cells.

    cells: stages 0–3 or missing, one row per key of `rows`, one column per key of `columns` (id: label);
    `marked`: the row in bold. Missing is hatched and has a dash. of_countries: the keys of the rows are ISO
    codes, and a cell leads to its country. doubts: which cells hold a stage in doubt: these are pale and
    outlined, and their number has a question mark.
    """
    grid = _grid(cells, rows, columns, doubts)
    fig = ctx.drawing(len(rows) * row_height + (130 if ctx.narrow else 60))
    for stage in range(-1, len(PATTERNS)):  # one trace each: one colour and one pattern for all its cells
        fig.add_trace(_cells(grid, stage, ctx, of_countries=of_countries))
    _columns_axis(fig, grid, ctx)
    _rows_axis(fig, grid, marked, ctx)
    fig.update_layout(margin={"t": 30, "b": 4, "r": 4}, barmode="overlay")
    return fig.chart()


def _grid(
    cells: pd.DataFrame, rows: dict[str, str], columns: dict[str, str], doubts: pd.DataFrame | None
) -> _Grid:
    at = list(rows), list(columns)
    stages = cells.loc[at].astype("Float64").fillna(-1).to_numpy(dtype=int)
    return _Grid(stages, _doubtful(cells, doubts).loc[at].to_numpy(dtype=bool), rows, columns)


def _columns_axis(fig: Drawing, grid: _Grid, ctx: Context) -> None:
    fig.update_xaxes(
        tickvals=grid.places,
        ticktext=[_head(label, key == WHOLE, ctx) for key, label in grid.columns.items()],
        range=[-0.55, grid.places[-1] + 0.55],
        side="top",
        showgrid=False,
        showline=False,
        automargin=True,
        tickangle=-90 if ctx.narrow else 0,
        tickfont={"color": ctx.look.ink, "size": 13},
    )


def _rows_axis(fig: Drawing, grid: _Grid, marked: str | None, ctx: Context) -> None:
    fig.update_yaxes(
        tickvals=list(range(len(grid.rows))),
        ticktext=[
            f"<b>▸ {_cut(label, ctx)}</b>" if key == marked else _cut(label, ctx)
            for key, label in grid.rows.items()
        ],
        range=[len(grid.rows) - 0.5, -0.5],
        automargin=True,
        showgrid=False,
        showline=False,
        ticklabelstandoff=6,
        tickfont={"color": ctx.look.ink, "size": 13},
    )


def _doubtful(cells: pd.DataFrame, doubts: pd.DataFrame | None) -> pd.DataFrame:
    if doubts is None:
        return pd.DataFrame(False, index=cells.index, columns=cells.columns)
    return doubts.reindex(index=cells.index, columns=cells.columns, fill_value=False)


def _cells(grid: _Grid, stage: int, ctx: Context, *, of_countries: bool) -> Trace:
    """The cells of one stage; -1 are those with too little data."""
    at, across = np.nonzero(grid.stages == stage)
    doubtful = grid.doubtful[at, across].tolist()
    trace = bar(
        x=np.array(grid.places)[across],
        y=np.full(len(at), 0.9),
        base=at - 0.45,
        width=0.95,
        **_numbers(stage, doubtful, ctx),
        customdata=_hover(grid, stage, ctx),
        hovertemplate="%{customdata}<extra></extra>",
        marker=_marker(stage, doubtful, ctx),
    )
    if of_countries:
        trace["ids"] = marks.countries(np.array(list(grid.rows))[at])
    return trace


def _numbers(stage: int, doubtful: list[bool], ctx: Context) -> Trace:
    """The number of the stage in each of its cells, with a question mark where it is in doubt."""
    return {
        "text": [MISSING if stage < 0 else f"<b>{stage + 1}{'?' if doubt else ''}</b>" for doubt in doubtful],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {
            "size": 13,
            "color": [_ink(stage, doubt, ctx.look) for doubt in doubtful],
        },
    }


def _fill(stage: int, doubt: bool, look: Look) -> str:
    """The colour of a cell: of its stage, paler in doubt."""
    if stage < 0:
        return look.missing
    return blended(look.stages[stage], look.paper, PALE) if doubt else look.stages[stage]


def _ink(stage: int, doubt: bool, look: Look) -> str:
    """The colour of the number in a cell."""
    if stage < 0:
        return look.ink
    if not doubt:
        return look.on_stages[stage]
    return max(look.on_stages, key=lambda ink: contrast(ink, _fill(stage, doubt, look)))


def _hover(grid: _Grid, stage: int, ctx: Context) -> list[str]:
    rows, columns = list(grid.rows.values()), list(grid.columns.values())
    name = ctx.t("too little data") if stage < 0 else stage_words.numbered(stage, ctx)
    in_doubt = f", {ctx.t('in doubt')}"
    return [
        f"<b>{rows[y]}</b><br>{columns[x]}: {name}{in_doubt if grid.doubtful[y, x] else ''}"
        for y, x in zip(*np.nonzero(grid.stages == stage), strict=True)
    ]


def _marker(stage: int, doubtful: list[bool], ctx: Context) -> Trace:
    """The fill of the cells of a stage; those in doubt are pale and outlined."""
    look, missing = ctx.look, stage < 0
    line = {
        "width": [1.5 if doubt else 0.8 for doubt in doubtful],
        "color": [look.ink if doubt else look.outline for doubt in doubtful],
    }
    return {"line": line} | marks.patterned(
        [_fill(stage, doubt, look) for doubt in doubtful],
        shape=["/" if missing else "" if doubt else PATTERNS[stage] for doubt in doubtful],
        fgopacity=0.18,
        size=7,
        solidity=0.14,
    )


def _head(label: str, is_whole: bool, ctx: Context) -> str:
    """A column's heading, in two lines where there is room for its width only."""
    first, _gap, last = label.rpartition(" ")
    heading = f"{first}<br>{last}" if first and not ctx.narrow else label
    return f"<b>{heading}</b>" if is_whole else heading


def _cut(name: str, ctx: Context) -> str:
    """A row's name, cut where it would take the room of the cells; it is whole in the table."""
    return marks.shortened(name, LONGEST_NARROW if ctx.narrow else LONGEST)


def legend(cells: pd.DataFrame, ctx: Context, doubts: pd.DataFrame | None = None) -> Markup:
    """The four stages, and the signs of doubt and of too little data where they occur; as HTML."""
    parts = swatches(ctx)
    if _doubtful(cells, doubts).any(axis=None):
        fill, ink = _fill(2, True, ctx.look), _ink(2, True, ctx.look)
        parts.append(doubt_swatch(ctx, f"background:{fill};color:{ink}"))
    if cells.isna().any(axis=None):
        parts.append(Markup('<li><i class="nodata"></i>– {}</li>').format(ctx.t("too little data")))
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(parts))


def alt(cells: pd.DataFrame, rows: dict[str, str], columns: dict[str, str], ctx: Context) -> str:
    """The matrix in words: how many cells hold each stage."""
    drawn = cells.loc[list(rows), list(columns)]
    counts = [int((drawn == stage).sum().sum()) for stage in range(len(PATTERNS))]
    counts_by_name = [
        f"{name} {ctx.number(k)}" for name, k in zip(stage_words.names(ctx), counts, strict=True)
    ]
    return ctx.t(
        "Stages in {n} rows and {m} columns. Cells: {counts}; {missing} with too little data."
    ).format(
        n=ctx.number(len(rows)),
        m=ctx.number(len(columns)),
        counts=", ".join(counts_by_name),
        missing=ctx.number(int(drawn.isna().sum().sum())),
    )


def common(cells: pd.DataFrame, ctx: Context) -> str:
    """The most frequent overall stage, or stages where they tie: the finding above a matrix."""
    rated = cells[WHOLE].dropna()
    if rated.empty:
        return ctx.t("No data for this choice")
    counts = rated.astype(int).value_counts().sort_index(ascending=False)
    most = [stage_words.names(ctx)[int(stage)] for stage in counts.index[counts == counts.max()]]
    template = (
        ctx.t("Most frequent stage: {stage}, {k} of {n} countries")
        if len(most) == 1
        else ctx.t("Most frequent stages: {stage}, {k} of {n} countries each")
    )
    return template.format(
        stage=", ".join(most),
        k=ctx.number(int(counts.max())),
        n=ctx.number(len(rated)),
    )

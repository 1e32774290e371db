"""Stages in cells: countries × dimensions, or dimensions × years; the number stands in every cell."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.charts import marks, stage_words
from dashboard.charts.context import MISSING, Context
from dashboard.charts.figure import Chart, Trace, bar
from dashboard.charts.stage_ladder import PATTERNS, doubt_swatch, swatches

ROW = 23  # pixels
LONGEST, LONGEST_NARROW = 32, 20  # characters of a row's name
GAP = 0.3  # of a cell, before the column of the whole
WHOLE = "overall"
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
    codes, and a cell leads to its country. doubts: which cells hold a stage in doubt: these are outlined, not
    filled, and their number has a question mark.
    """
    look = ctx.look
    places = [n + (GAP if one == WHOLE else 0) for n, one in enumerate(columns)]
    held = cells.loc[list(rows), list(columns)].astype("Float64").fillna(-1).to_numpy(dtype=int)
    doubtful = _doubtful(cells, doubts).loc[list(rows), list(columns)].to_numpy(dtype=bool)
    fig = ctx.drawing(len(rows) * row_height + (130 if ctx.narrow else 60))
    for stage in range(-1, len(PATTERNS)):  # one trace each: one colour and one pattern for all its cells
        drawn = _cells(held, doubtful, stage, places, list(rows.values()), list(columns.values()), ctx)
        if of_countries:
            drawn["ids"] = marks.countries(np.array(list(rows))[np.nonzero(held == stage)[0]])
        fig.add_trace(drawn)
    fig.update_xaxes(
        tickvals=places,
        ticktext=[_head(label, one == WHOLE, ctx) for one, label in columns.items()],
        range=[-0.55, places[-1] + 0.55],
        side="top",
        showgrid=False,
        showline=False,
        automargin=True,
        tickangle=-90 if ctx.narrow else 0,
        tickfont={"color": look.ink, "size": 13},
    )
    fig.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[
            f"<b>▸ {_cut(label, ctx)}</b>" if one == marked else _cut(label, ctx)
            for one, label in rows.items()
        ],
        range=[len(rows) - 0.5, -0.5],
        automargin=True,
        showgrid=False,
        showline=False,
        ticklabelstandoff=6,
        tickfont={"color": look.ink, "size": 13},
    )
    fig.update_layout(margin={"t": 30, "b": 4, "r": 4}, barmode="overlay")
    return fig.chart()


def _doubtful(cells: pd.DataFrame, doubts: pd.DataFrame | None) -> pd.DataFrame:
    if doubts is None:
        return pd.DataFrame(False, index=cells.index, columns=cells.columns)
    return doubts.reindex(index=cells.index, columns=cells.columns, fill_value=False)


def _cells(
    held: np.ndarray,
    doubtful: np.ndarray,
    stage: int,
    places: list[float],
    rows: list[str],
    columns: list[str],
    ctx: Context,
) -> Trace:
    """The cells of one stage; -1 are those with too little data."""
    look = ctx.look
    at, across = np.nonzero(held == stage)
    open_ = doubtful[at, across].tolist()  # outlined, not filled
    none = stage < 0
    word = ctx.t("too little data") if none else stage_words.numbered(stage, ctx)
    doubt = f", {ctx.t('in doubt')}"
    return bar(
        x=np.array(places)[across],
        y=np.full(len(at), 0.9),
        base=at - 0.45,
        width=0.95,
        text=[MISSING if none else f"<b>{stage + 1}{'?' if blank else ''}</b>" for blank in open_],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={
            "size": 13,
            "color": [look.ink if none or blank else look.on_stages[stage] for blank in open_],
        },
        customdata=[
            f"<b>{rows[y]}</b><br>{columns[x]}: {word}{doubt if blank else ''}"
            for y, x, blank in zip(at, across, open_, strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
        marker={
            "color": [
                look.missing if none else look.paper if blank else look.stages[stage] for blank in open_
            ],
            "line": {"width": [1.5 if blank else 0 for blank in open_], "color": look.ink},
            "pattern": {
                "shape": ["/" if none else "" if blank else PATTERNS[stage] for blank in open_],
                "fgcolor": look.peers if none else look.on_stages[stage],
                "fillmode": "overlay",
                "fgopacity": 0.18,
                "size": 7,
                "solidity": 0.14,
            },
        },
    )


def _head(label: str, whole: bool, ctx: Context) -> str:
    """A column's heading, in two lines where there is room for its width only."""
    first, _gap, last = label.rpartition(" ")
    shown = f"{first}<br>{last}" if first and not ctx.narrow else label
    return f"<b>{shown}</b>" if whole else shown


def _cut(name: str, ctx: Context) -> str:
    """A row's name, cut where it would take the room of the cells; it is whole in the table."""
    longest = LONGEST_NARROW if ctx.narrow else LONGEST
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def legend(cells: pd.DataFrame, ctx: Context, doubts: pd.DataFrame | None = None) -> str:
    """The four stages, and where there is any the sign of doubt and the hatch of too little data; as HTML."""
    parts = swatches(ctx)
    if _doubtful(cells, doubts).any(axis=None):
        parts.append(doubt_swatch(ctx))
    if cells.isna().any(axis=None):
        parts.append(f'<li><i class="nodata"></i>– {ctx.t("too little data")}</li>')
    return f'<ul class="legend">{"".join(parts)}</ul>'


def alt(cells: pd.DataFrame, rows: dict[str, str], columns: dict[str, str], ctx: Context) -> str:
    """The matrix in words: how many cells hold each stage."""
    shown = cells.loc[list(rows), list(columns)]
    counts = [int((shown == stage).sum().sum()) for stage in range(len(PATTERNS))]
    said = [f"{name} {ctx.number(k)}" for name, k in zip(stage_words.names(ctx), counts, strict=True)]
    return ctx.t(
        "Stages in {n} rows and {m} columns. Cells: {counts}; {missing} with too little data."
    ).format(
        n=ctx.number(len(rows)),
        m=ctx.number(len(columns)),
        counts=", ".join(said),
        missing=ctx.number(int(shown.isna().sum().sum())),
    )


def common(cells: pd.DataFrame, ctx: Context) -> str:
    """Which overall stage is the most frequent: the finding above a matrix."""
    rated = cells[WHOLE].dropna()
    if rated.empty:
        return ctx.t("No data for this choice")
    counts = rated.value_counts().sort_index(ascending=False)
    most = int(counts.idxmax())
    return ctx.t("Most frequent stage: {stage}, {k} of {n} countries").format(
        stage=stage_words.names(ctx)[most], k=ctx.number(int(counts.max())), n=ctx.number(len(rated))
    )

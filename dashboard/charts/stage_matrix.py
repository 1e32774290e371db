"""Stages in cells: countries × dimensions, or dimensions × years; the number stands in every cell."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import stage_words
from dashboard.charts.context import MISSING, Context
from dashboard.charts.stage_ladder import PATTERNS, swatches

ROW = 23  # pixels
GAP = 0.3  # of a cell, before the column of the whole
WHOLE = "overall"


def ordered(cells: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Countries by overall stage, then by the sum of their dimensions, then by name; highest first."""
    keys = pd.DataFrame(
        {
            "whole": cells[WHOLE].astype("Float64").fillna(-1),
            "sum": cells.drop(columns=WHOLE).astype("Float64").sum(axis=1),
            "name": names.reindex(cells.index),
        }
    )
    return cells.loc[keys.sort_values(["whole", "sum", "name"], ascending=[False, False, True]).index]


def figure(
    cells: pd.DataFrame,
    rows: dict[str, str],
    columns: dict[str, str],
    ctx: Context,
    *,
    marked: str | None = None,
    row_height: int = ROW,
) -> go.Figure:
    """The cells.

    cells: stages 0–3 or missing, one row per key of `rows`, one column per key of `columns` (id: label);
    `marked`: the row in bold. Missing is hatched and has a dash.
    """
    look = ctx.look
    places = [n + (GAP if one == WHOLE else 0) for n, one in enumerate(columns)]
    flat = [
        (x, y, None if pd.isna(stage) else int(stage), f"<b>{rows[row]}</b><br>{columns[column]}")
        for y, row in enumerate(rows)
        for x, column, stage in zip(places, columns, cells.loc[row, list(columns)], strict=True)
    ]
    fig = ctx.figure(len(rows) * row_height + 70)
    fig.add_trace(
        go.Bar(
            x=[x for x, *_ in flat],
            y=[0.9] * len(flat),
            base=[y - 0.45 for _x, y, *_ in flat],
            width=0.95,
            text=[MISSING if stage is None else f"<b>{stage + 1}</b>" for *_, stage, _said in flat],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={
                "size": 13,
                "color": [look.ink if stage is None else look.on_stages[stage] for *_, stage, _said in flat],
            },
            customdata=[
                f"{said}: {ctx.t('too little data') if stage is None else stage_words.numbered(stage, ctx)}"
                for *_, stage, said in flat
            ],
            hovertemplate="%{customdata}<extra></extra>",
            marker={
                "color": [look.missing if stage is None else look.stages[stage] for *_, stage, _said in flat],
                "line": {"color": look.paper, "width": 0},
                "pattern": {
                    "shape": ["/" if stage is None else PATTERNS[stage] for *_, stage, _said in flat],
                    "fgcolor": [
                        look.peers if stage is None else look.on_stages[stage] for *_, stage, _said in flat
                    ],
                    "fillmode": "overlay",
                    "fgopacity": 0.18,
                    "size": 7,
                    "solidity": 0.14,
                },
            },
        )
    )
    fig.update_xaxes(
        tickvals=places,
        ticktext=[f"<b>{label}</b>" if one == WHOLE else label for one, label in columns.items()],
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
        ticktext=[f"<b>▸ {label}</b>" if one == marked else label for one, label in rows.items()],
        range=[len(rows) - 0.5, -0.5],
        automargin=True,
        showgrid=False,
        showline=False,
        ticklabelstandoff=6,
        tickfont={"color": look.ink, "size": 13},
    )
    fig.update_layout(margin={"t": 30, "b": 4, "r": 4})
    return fig


def legend(cells: pd.DataFrame, ctx: Context) -> str:
    """The four stages and, where there is any, the hatch of what was not assessed; as HTML."""
    parts = swatches(ctx)
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

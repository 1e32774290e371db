"""The ladder of one country: seven dimensions, four stages, three readings told apart by form."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd

from dashboard.charts import stage_words
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Trace, bar, scatter

PATTERNS = (".", "/", "-", "")  # emerging to connected: a second sign beside lightness and number
STRICT, MEAN = "triangle-up", "diamond"
STAGES = 4
LANES = {"stage_all": 0.18, "stage_mean": 0.82}  # of a cell's width; the number stands in the middle


def pattern(stages: list[int | None], ctx: Context) -> dict[str, object]:
    """Plotly's pattern of bars by stage; None is not assessed and hatched."""
    look = ctx.look
    return {
        "shape": ["x" if one is None else PATTERNS[one] for one in stages],
        "fgcolor": [look.peers if one is None else look.on_stages[one] for one in stages],
        "fillmode": "overlay",
        "fgopacity": 0.3,
        "size": 7,
        "solidity": 0.16,
    }


def figure(table: pd.DataFrame, labels: dict[str, str], ctx: Context, *, row_height: int = 40) -> Chart:
    """The ladder.

    table: dimension, stage (two-thirds rule), stage_all (strict gate), stage_mean; 0–3 or missing; in_doubt
    and probability of the stage. Rungs up to the stage are filled, its number stands in the highest; the last
    rung of a stage in doubt is outlined, with "4?" and the probability. A triangle marks the strict gate, a
    diamond the mean. A dimension without a stage is hatched over all four.
    """
    fig = ctx.drawing(len(table) * row_height + 40)
    fig.add_trace(_rungs(table, labels, ctx))
    for column, symbol in (("stage_all", STRICT), ("stage_mean", MEAN)):
        fig.add_trace(_marks(table, labels, column, symbol, ctx))
    for at, stage in enumerate(table["stage"]):
        if pd.isna(stage):
            fig.add_annotation(
                x=STAGES / 2, y=at, text=ctx.t("too little data"), showarrow=False, bgcolor=ctx.look.paper
            )
    said = [str(n + 1) if ctx.narrow else f"{n + 1} {name}" for n, name in enumerate(stage_words.names(ctx))]
    fig.update_xaxes(
        range=[-0.03, STAGES + 0.03],
        tickvals=[n + 0.5 for n in range(STAGES)],
        ticktext=said,
        side="top",
        showgrid=False,
        showline=False,
        tickfont={"color": ctx.look.ink, "size": 14},
    )
    fig.update_yaxes(
        tickvals=list(range(len(table))),
        ticktext=[labels[one] for one in table["dimension"]],
        range=[len(table) - 0.5, -0.5],
        automargin=True,
        showgrid=False,
        showline=False,
        ticklabelstandoff=8,
        tickfont={"color": ctx.look.ink, "size": 14},
    )
    fig.update_layout(margin={"t": 30, "b": 4, "r": 4}, barmode="overlay")
    return fig.chart()


def _rungs(table: pd.DataFrame, labels: dict[str, str], ctx: Context) -> Trace:
    """Four bars for each dimension, filled up to its stage."""
    look = ctx.look
    cells = [
        (at, rung, None if pd.isna(stage) else int(stage))
        for at, stage in enumerate(table["stage"])
        for rung in range(STAGES)
    ]
    doubtful = table["in_doubt"].fillna(False).astype(bool).tolist()
    open_ = [doubtful[at] and rung == stage for at, rung, stage in cells]  # outlined, not filled
    reached = [rung if stage is not None and rung <= stage else -1 for _at, rung, stage in cells]
    filled = [-1 if blank else rung for rung, blank in zip(reached, open_, strict=True)]
    marks = pattern([rung if rung >= 0 else None for rung in filled], ctx)
    marks["shape"] = [
        "/" if stage is None else PATTERNS[rung] if rung >= 0 else ""
        for rung, (_at, _rung, stage) in zip(filled, cells, strict=True)
    ]
    shares = table["probability"].tolist()
    said = [_said(row, labels, ctx) for row in table.to_dict("records")]
    return bar(
        orientation="h",
        base=[rung + 0.02 for _at, rung, _stage in cells],
        x=[0.96] * len(cells),
        y=[at for at, _rung, _stage in cells],
        width=0.74,
        text=[
            _number(rung, shares[at] if blank else None, ctx) if rung == stage else ""
            for blank, (at, rung, stage) in zip(open_, cells, strict=True)
        ],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={
            "size": 16,
            "color": [
                look.ink if blank else look.on_stages[max(rung, 0)]
                for rung, blank in zip(filled, open_, strict=True)
            ],
        },
        customdata=[said[at] for at, _rung, _stage in cells],
        hovertemplate="%{customdata}<extra></extra>",
        marker={
            "color": [
                look.stages[rung] if rung >= 0 else look.missing if stage is None else look.paper
                for rung, (_at, _rung, stage) in zip(filled, cells, strict=True)
            ],
            "line": {
                "color": [look.ink if blank else look.outline for blank in open_],
                "width": [2.5 if blank else 1 for blank in open_],
            },
            "pattern": marks,
        },
    )


def _number(stage: int, probability: float | None, ctx: Context) -> str:
    """The number of a stage; in doubt with a question mark and the probability that it stays."""
    if probability is None:
        return f"<b>{stage + 1}</b>"
    return f"<b>{stage + 1}?</b> {ctx.percent(probability)}"


def _said(row: dict[str, object], labels: dict[str, str], ctx: Context) -> str:
    said = {one: stage_words.numbered(row[one], ctx) for one in ("stage", "stage_all", "stage_mean")}
    label = labels[str(row["dimension"])]
    text = f"<b>{label}</b><br>" + ctx.t(
        "two thirds: {stage}<br>strict gate: {stage_all}<br>mean: {stage_mean}"
    ).format(**said)
    if not doubtful(row):
        return text
    return f"{text}<br>{stays(row, ctx)}"


def doubtful(row: Mapping[str, object]) -> bool:
    """Whether the stage of a dimension is in doubt; not where none was assessed."""
    return pd.notna(row["in_doubt"]) and bool(row["in_doubt"])


def stays(row: Mapping[str, object], ctx: Context) -> str:
    """What a stage in doubt means, with its probability."""
    return ctx.t("in doubt: it stays with a probability of {share}").format(
        share=ctx.percent(row["probability"])
    )


def _marks(table: pd.DataFrame, labels: dict[str, str], column: str, symbol: str, ctx: Context) -> Trace:
    rows = table.assign(at=range(len(table))).dropna(subset=[column])
    return scatter(
        x=rows[column].astype(float) + LANES[column],
        y=rows["at"],
        mode="markers",
        customdata=[_said(row, labels, ctx) for row in rows.to_dict("records")],
        hovertemplate="%{customdata}<extra></extra>",
        marker={
            "symbol": symbol,
            "size": 13,
            "color": ctx.look.paper,
            "line": {"width": 2, "color": ctx.look.ink},
        },
    )


def swatches(ctx: Context) -> list[str]:
    """List items of the four stages: number on its colour, and the name."""
    return [
        f'<li><i class="e-stage" style="background:{fill};color:{ink}">{n + 1}</i>{escape(name)}</li>'
        for n, (fill, ink, name) in enumerate(
            zip(ctx.look.stages, ctx.look.on_stages, stage_words.names(ctx), strict=True)
        )
    ]


def doubt_swatch(ctx: Context) -> str:
    """List item of the sign of a stage in doubt."""
    meaning = escape(ctx.t("in doubt: the stage stays with less than two chances in three"))
    return f'<li><i class="e-stage e-stage-open">3?</i>{meaning}</li>'


def legend(table: pd.DataFrame, ctx: Context) -> str:
    """What the forms mean, as HTML; on a phone also the names of the numbered stages."""
    parts = swatches(ctx) if ctx.narrow else []
    parts.append(
        f'<li><i class="e-stage" style="background:{ctx.look.stages[2]};color:{ctx.look.on_stages[2]}">3</i>'
        f"{escape(ctx.t('stage: two thirds of the KPIs reach the bar'))}</li>"
    )
    parts.append(
        f'<li><b class="e-form" aria-hidden="true">△</b> {escape(ctx.t("strict gate: every KPI does"))}</li>'
    )
    parts.append(f'<li><b class="e-form" aria-hidden="true">◇</b> {escape(ctx.t("mean of the KPIs"))}</li>')
    if table["in_doubt"].fillna(False).astype(bool).any():
        parts.append(doubt_swatch(ctx))
    if table["stage"].isna().any():
        parts.append(f'<li><i class="nodata"></i>{escape(ctx.t("too little data"))}</li>')
    return f'<ul class="legend">{"".join(parts)}</ul>'


def alt(name: str, table: pd.DataFrame, labels: dict[str, str], ctx: Context) -> str:
    """The ladder in words: each dimension's stage by the three readings."""
    said = [
        f"{labels[str(row['dimension'])]}: {stage_words.numbered(row['stage'], ctx)} "
        f"({stage_words.numbered(row['stage_all'], ctx)}; {stage_words.numbered(row['stage_mean'], ctx)})"
        + (f", {stays(row, ctx)}" if doubtful(row) else "")
        if pd.notna(row["stage"])
        else f"{labels[str(row['dimension'])]}: {ctx.t('too little data')}"
        for row in table.to_dict("records")
    ]
    return ctx.t(
        "Ladder of stages, {name}; by two thirds and, in brackets, by strict gate and mean. {rows}."
    ).format(name=name, rows=". ".join(said))

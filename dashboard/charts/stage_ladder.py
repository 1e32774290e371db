"""The ladder of a profile: dimensions, four stages; beside each what other rules would give, or others."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from dashboard.charts import marks, stage_words
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Drawing, Trace, bar, scatter
from dashboard.charts.scalars import Row, is_missing, records

PATTERNS = (".", "/", "-", "")  # emerging to connected: a second sign beside lightness and number
STAGES = 4
ASIDE = 1.6  # of a cell's width: room for the words beside the rungs
WORDS = 0.1  # of a rung, after the last: where the words beside it begin
THICK, THICK_NARROW = 0.74, 0.5  # of a row: a rung; on a phone the words stand below it


@dataclass(frozen=True)
class Aside:
    """What stands beside the rungs in place of what other rules give: a head, and words for each row."""

    head: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Rung:
    """A rung of a dimension. at: row; stage: of the dimension, None if not assessed."""

    at: int
    rung: int
    stage: int | None
    in_doubt: bool

    @property
    def is_open(self) -> bool:
        """Whether it is outlined, not filled: the last rung of a stage in doubt."""
        return self.in_doubt and self.rung == self.stage

    @property
    def is_filled(self) -> bool:
        return self.stage is not None and self.rung <= self.stage and not self.is_open


def figure(
    table: pd.DataFrame,
    labels: dict[str, str],
    ctx: Context,
    *,
    row_height: int = 40,
    aside: Aside | None = None,
) -> Chart:
    """The ladder.

    table: dimension, stage (two-thirds rule), stage_all (strict gate), stage_mean; 0–3 or missing; in_doubt
    and probability of the stage. Rungs up to the stage are filled, its number stands in the highest; the last
    rung of a stage in doubt is outlined, with "4?" and the probability. What the strict gate and the mean
    would give, or `aside`, stands in words beside the rungs, on a phone below them. A dimension without a
    stage is hatched over all four.
    """
    fig = ctx.drawing(len(table) * (row_height + 18 if ctx.narrow else row_height) + 52)
    fig.add_trace(_bars(table, labels, ctx))
    fig.add_trace(_others(table, labels, ctx, aside))
    for at, stage in enumerate(table["stage"]):
        if pd.isna(stage):
            fig.add_annotation(
                x=STAGES / 2, y=at, text=ctx.t("too little data"), showarrow=False, bgcolor=ctx.look.paper
            )
    head = ctx.t("by other rules") if aside is None else aside.head
    _axes(fig, [labels[dimension] for dimension in table["dimension"]], head, ctx)
    fig.update_layout(margin={"t": 44, "b": 4, "r": 4}, barmode="overlay")
    return fig.chart()


def _axes(fig: Drawing, dimensions: list[str], beside: str, ctx: Context) -> None:
    font = {"color": ctx.look.ink, "size": 14}
    names = enumerate(stage_words.names(ctx), 1)
    heads = [str(n) if ctx.narrow else f"<b>{n}</b><br>{name}" for n, name in names]
    fig.update_xaxes(
        range=[-0.03, STAGES + (0.03 if ctx.narrow else ASIDE)],
        tickvals=[n + 0.5 for n in range(STAGES)],
        ticktext=heads,
        side="top",
        tickangle=0,
        showgrid=False,
        showline=False,
        tickfont=font | {"size": 13},
    )
    if not ctx.narrow:  # where its words begin
        fig.add_annotation(
            x=STAGES + WORDS, y=1, yref="paper", xanchor="left", yanchor="bottom", text=beside,
            showarrow=False, font=font | {"size": 13},
        )  # fmt: skip
    fig.update_yaxes(
        tickvals=list(range(len(dimensions))),
        ticktext=dimensions,
        range=[len(dimensions) - 0.5, -0.5],
        automargin=True,
        showgrid=False,
        showline=False,
        ticklabelstandoff=8,
        tickfont=font,
    )


def _bars(table: pd.DataFrame, labels: dict[str, str], ctx: Context) -> Trace:
    """Four bars for each dimension, filled up to its stage."""
    rungs = _rungs(table)
    rows = records(table)
    tooltips = [_tooltip(row, labels, ctx) for row in rows]
    return bar(
        orientation="h",
        base=[rung.rung + 0.02 for rung in rungs],
        x=[0.96] * len(rungs),
        y=[rung.at for rung in rungs],
        width=THICK_NARROW if ctx.narrow else THICK,
        text=[_number(rung, rows[rung.at]["probability"], ctx) for rung in rungs],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"size": 16, "color": [_ink(rung, ctx) for rung in rungs]},
        customdata=[tooltips[rung.at] for rung in rungs],
        hovertemplate="%{customdata}<extra></extra>",
        marker=_marker(rungs, ctx),
    )


def _rungs(table: pd.DataFrame) -> list[_Rung]:
    return [
        _Rung(at, rung, None if is_missing(row["stage"]) else int(row["stage"]), doubtful(row))
        for at, row in enumerate(records(table))
        for rung in range(STAGES)
    ]


def _ink(rung: _Rung, ctx: Context) -> str:
    """The colour of the number in a rung."""
    if rung.is_open:
        return ctx.look.ink
    return ctx.look.on_stages[rung.rung if rung.is_filled else 0]


def _marker(rungs: list[_Rung], ctx: Context) -> Row:
    look = ctx.look
    line = {
        "color": [look.ink if rung.is_open else look.outline for rung in rungs],
        "width": [2.5 if rung.is_open else 1 for rung in rungs],
    }
    return {"line": line} | marks.patterned(
        [_fill(rung, ctx) for rung in rungs],
        shape=[
            "/" if rung.stage is None else PATTERNS[rung.rung] if rung.is_filled else "" for rung in rungs
        ],
        fgopacity=0.3,
        size=7,
        solidity=0.16,
    )


def _fill(rung: _Rung, ctx: Context) -> str:
    if rung.is_filled:
        return ctx.look.stages[rung.rung]
    return ctx.look.missing if rung.stage is None else ctx.look.paper


def _number(rung: _Rung, probability: float, ctx: Context) -> str:
    """The number of the stage in its rung; in doubt with a question mark and its probability."""
    if rung.rung != rung.stage:
        return ""
    if not rung.is_open:
        return f"<b>{rung.stage + 1}</b>"
    return f"<b>{rung.stage + 1}?</b> {ctx.percent(probability)}"


def _tooltip(row: Row, labels: dict[str, str], ctx: Context) -> str:
    stages = {
        reading: stage_words.numbered(row[reading], ctx) for reading in ("stage", "stage_all", "stage_mean")
    }
    label = labels[str(row["dimension"])]
    text = f"<b>{label}</b><br>" + ctx.t(
        "two thirds: {stage}<br>strict gate: {stage_all}<br>mean: {stage_mean}"
    ).format(**stages)
    if not doubtful(row):
        return text
    return f"{text}<br>{stays(row, ctx)}"


def doubtful(row: Row) -> bool:
    """Whether the stage of a dimension is in doubt; not where none was assessed."""
    return not is_missing(row["in_doubt"]) and bool(row["in_doubt"])


def stays(row: Row, ctx: Context) -> str:
    """What a stage in doubt means, with its probability."""
    return ctx.t("in doubt: it stays with a probability of {share}").format(
        share=ctx.percent(row["probability"])
    )


def _others(table: pd.DataFrame, labels: dict[str, str], ctx: Context, aside: Aside | None) -> Trace:
    """What the strict gate and the mean would give each dimension that has a stage, in words; or `aside`."""
    rows = table.assign(at=range(len(table)))
    rows = rows.dropna(subset=["stage"]) if aside is None else rows
    x, y, place = (0.0, 0.42, "middle right") if ctx.narrow else (STAGES + WORDS, 0.0, "middle right")
    return scatter(
        x=[x] * len(rows),
        y=rows["at"] + y,
        mode="text",
        text=[by_other_rules(row, ctx) for row in records(rows)] if aside is None else list(aside.words),
        textposition=place,
        textfont={"size": 13, "color": ctx.look.muted},
        cliponaxis=False,
        customdata=[_tooltip(row, labels, ctx) for row in records(rows)],
        hovertemplate="%{customdata}<extra></extra>",
    )


def by_other_rules(row: Row, ctx: Context) -> str:
    """The stages of a dimension by the strict gate and by the mean: "strict 2 · mean 3", or "the same"."""
    if row["stage_all"] == row["stage"] == row["stage_mean"]:
        return ctx.t("the same")
    return ctx.t("strict {strict} · mean {mean}").format(
        strict=ctx.number(row["stage_all"] + 1), mean=ctx.number(row["stage_mean"] + 1)
    )


def swatches(ctx: Context) -> list[Markup]:
    """List items of the four stages: number on its colour, and the name."""
    item = Markup('<li><i class="e-stage" style="background:{};color:{}">{}</i>{}</li>')
    stages = zip(ctx.look.stages, ctx.look.on_stages, stage_words.names(ctx), strict=True)
    return [item.format(fill, ink, n, name) for n, (fill, ink, name) in enumerate(stages, 1)]


def doubt_swatch(ctx: Context, style: str = "") -> Markup:
    """List item of the sign of a stage in doubt. style: of its field, where that is not empty."""
    meaning = ctx.t("in doubt: the stage stays with less than two chances in three")
    return Markup('<li><i class="e-stage e-stage-open" style="{}">3?</i>{}</li>').format(style, meaning)


def legend(table: pd.DataFrame, ctx: Context) -> Markup:
    """What number, outline and words mean, as HTML; on a phone also the names of the numbered stages."""
    look = ctx.look
    number = Markup('<li><i class="e-stage" style="background:{};color:{}">3</i>{}</li>')
    parts = swatches(ctx) if ctx.narrow else []
    parts += [
        number.format(
            look.stages[2], look.on_stages[2], ctx.t("stage: two thirds of the KPIs reach the bar")
        ),
        Markup("<li>{}</li>").format(
            ctx.t("by other rules: strict, every KPI reaches it; mean, mean of the KPIs")
        ),
    ]
    if table["in_doubt"].fillna(False).astype(bool).any():
        parts.append(doubt_swatch(ctx))
    if table["stage"].isna().any():
        parts.append(Markup('<li><i class="nodata"></i>{}</li>').format(ctx.t("too little data")))
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(parts))


def alt(name: str, table: pd.DataFrame, labels: dict[str, str], ctx: Context) -> str:
    """The ladder in words: each dimension's stage by the three readings."""
    sentences = [
        f"{labels[str(row['dimension'])]}: {stage_words.numbered(row['stage'], ctx)} "
        f"({stage_words.numbered(row['stage_all'], ctx)}; {stage_words.numbered(row['stage_mean'], ctx)})"
        + (f", {stays(row, ctx)}" if doubtful(row) else "")
        if pd.notna(row["stage"])
        else f"{labels[str(row['dimension'])]}: {ctx.t('too little data')}"
        for row in records(table)
    ]
    return ctx.t(
        "Ladder of stages, {name}; by two thirds and, in brackets, by strict gate and mean. {rows}."
    ).format(name=name, rows=". ".join(sentences))

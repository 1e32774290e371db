"""KPIs of a country by dimension as bars in three parts: a fresh value, an old one, none."""

from __future__ import annotations

import textwrap

import pandas as pd
from markupsafe import Markup

from dashboard.charts import coverage_words as coverage
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Drawing, Trace, bar
from dashboard.charts.scalars import records


def figure(table: pd.DataFrame, ctx: Context) -> Chart:
    """One bar per dimension, in three parts with their counts. table: label, kpis, held, fresh."""
    rows = coverage.with_kinds(table)
    drawing = ctx.drawing(len(rows) * (38 if ctx.narrow else 36) + 12)
    drawing.fill()
    width = 18 if ctx.narrow else 40  # characters
    labels = ["<br>".join(textwrap.wrap(label, width, break_long_words=False)) for label in rows["label"]]
    for kind in coverage.KINDS:
        drawing.add_trace(_part(rows, labels, kind, ctx))
        _write_counts(drawing, labels, rows, kind, ctx)
    drawing.update_layout(barmode="stack")
    drawing.update_xaxes(visible=False)
    drawing.update_yaxes(
        autorange="reversed",
        automargin=True,
        showgrid=False,
        tickfont={"color": ctx.look.ink, "size": 14},
        linecolor=ctx.look.paper,
    )
    return drawing.chart()


def _part(rows: pd.DataFrame, labels: list[str], kind: str, ctx: Context) -> Trace:
    """The part of one kind in every bar: filled, hatched or empty, which a part of one KPI still shows."""
    look, label = ctx.look, coverage.labels(ctx)[kind]
    outline = look.accent if kind == "old" else look.peers
    return bar(
        name=label,
        y=labels,
        x=rows[kind],
        orientation="h",
        width=0.66,
        marker={
            "color": {"fresh": look.accent, "old": look.paper, "none": look.missing}[kind],
            "line": {"color": outline, "width": 1},
            "pattern": {
                "shape": "\\" if kind == "old" else "",
                "fgcolor": outline,
                "size": 7,
                "solidity": 0.25,
            },
        },
        hovertemplate=f"<b>%{{y}}</b><br>{label}: %{{x}}<extra></extra>",
    )


def _write_counts(drawing: Drawing, labels: list[str], rows: pd.DataFrame, kind: str, ctx: Context) -> None:
    """The number of each part in its middle, on a paper background where the part is hatched."""
    start = rows[list(coverage.KINDS[: coverage.KINDS.index(kind)])].sum(axis=1)
    notes = [
        {
            "x": left + count / 2,
            "y": label,
            "text": ctx.number(count),
            "showarrow": False,
            "borderpad": 1,
            "bgcolor": ctx.look.accent if kind == "fresh" else ctx.look.paper,
            "font": {"color": ctx.look.paper if kind == "fresh" else ctx.look.ink, "size": 14},
        }
        for label, left, count in zip(labels, start, rows[kind], strict=True)
        if count
    ]
    drawing.add_annotations(notes)


def alt(table: pd.DataFrame, name: str, ctx: Context) -> str:
    """The bars in words."""
    template = ctx.t("{dimension} {fresh} / {old} / {none}")
    parts = [
        template.format(dimension=row["label"], **{kind: ctx.number(row[kind]) for kind in coverage.KINDS})
        for row in records(coverage.with_kinds(table))
    ]
    lead = ctx.t("KPIs of {name} by dimension, with a fresh value / older than their limit / without value:")
    return f"{lead.format(name=name)} {', '.join(parts)}."


def legend(ctx: Context) -> Markup:
    """The three kinds as HTML."""
    css_classes = {"fresh": "e-fresh", "old": "e-old", "none": "e-empty"}
    labels = coverage.labels(ctx)
    items = [
        Markup('<li><i class="{}"></i>{}</li>').format(css_classes[kind], labels[kind])
        for kind in coverage.KINDS
    ]
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(items))

"""Who moved: the flow from stage to stage, rises and falls by dimension, and the countries."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from dashboard.app_pages.stages import tables as stage_tables
from dashboard.charts import stage_flow, stage_moves, stage_words
from dashboard.charts import stage_sentences as sentences
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart
from dashboard.charts.scalars import records
from dashboard.charts.stage_ladder import swatches
from dashboard.components import frame, pickers, shell, table
from dashboard.components.container import Container
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import stage_moves as reads
from dashboard.reads.kept import drawn
from dashboard.reads.reader import Reader


def show(
    reader: Reader,
    group: str,
    span: tuple[int, int],
    labels: dict[str, str],
    top: Container,
) -> None:
    """The view of who moved, its headline at the top."""
    rows, bars = draw_moves(reader, group, span)
    with top:
        name = reader.group(group).name
        shell.headline(sentences.moves(name, rows, *span, reader.ctx))
    left, right = st.columns([1.65, 1], gap="large")
    with left:
        frame.show(*draw_flow(reader, group, span, _dimension(labels)))
    with right:
        frame.show(*bars)
    if not rows.empty:
        head = Markup('<h2 class="e-section">{}</h2>').format(_("Who moved"))
        st.html(f"{head}{frame.table_of(bars[1])}")


def _dimension(labels: dict[str, str]) -> str:
    """The dimension of the flow, by the control above it."""
    options = [reads.WHOLE, *(dimension for dimension in labels if dimension != reads.WHOLE)]
    with st.container(key="controls_flow"):
        dimension = pickers.choose(
            _("Dimension"), "dimension", options, reads.WHOLE, labels.__getitem__, where="inline"
        )
    return dimension or reads.WHOLE


@drawn(frame.CACHED_FRAMES)
def draw_flow(reader: Reader, group: str, span: tuple[int, int], dimension: str) -> tuple[Chart, Frame]:
    both = reads.of_group(reader, group, span, dimension)
    drawn = both[both["change"].eq(0) | reads.confirmed(both)]
    note = _(
        "n = {n} countries. Left out, because only other KPIs having data explain their change: {k}."
    ).format(n=reader.ctx.number(len(drawn)), k=reader.ctx.number(len(both) - len(drawn)))
    framed = _flow_frame(reader, group, span, dimension, drawn, note)
    return stage_flow.figure(stage_flow.flows(drawn), span, reader.ctx), framed


def _flow_frame(
    reader: Reader, group: str, span: tuple[int, int], dimension: str, drawn: pd.DataFrame, note: str
) -> Frame:
    (start, end), ctx, bands = span, reader.ctx, stage_flow.flows(drawn)
    return Frame(
        key="stage_flow",
        title=stage_flow.title(bands, reader.dimensions[dimension], ctx),
        unit=_("Countries by stage in {start} and {end}; ▲ rose, ▼ fell, without a mark: stayed").format(
            start=start, end=end
        ),
        alt=stage_flow.alt(bands, span, ctx),
        foot=stage_tables.foot_all(reader, note),
        data=lambda: _export(reader, drawn, dimension, span),
        table=lambda: flow_table(reader, bands, span),
        file=f"escala_flow_{dimension}_{group}_{start}_{end}",
        how=stage_tables.how,
        narrow=True,
        legend=_legend(ctx),
    )


def _legend(ctx: Context) -> Markup:
    """The four stages by number and name, as HTML, for a screen without room for names at the bars."""
    if not ctx.narrow:
        return Markup("")
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(swatches(ctx)))


def flow_table(reader: Reader, bands: pd.DataFrame, span: tuple[int, int]) -> str:
    """From where to where, how many and who."""
    body: list[list[Cell]] = [
        [
            stage_words.numbered(band["stage_from"], reader.ctx),
            stage_words.numbered(band["stage_to"], reader.ctx),
            reader.ctx.number(band["n"]),
            ", ".join(band["names"]),
        ]
        for band in records(bands)
    ]
    columns = [Column(str(span[0])), Column(str(span[1])), Column(_("Countries"), True), Column(_("Who"))]
    return table.html(_("From stage to stage"), columns, body, tall=True)


def _export(reader: Reader, rows: pd.DataFrame, dimension: str, span: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "ref_area": rows["ref_area"],
            "name": rows["name"],
            "dimension": dimension,
            "year_from": span[0],
            "year_to": span[1],
            "stage_from": [stage_tables.code(stage) for stage in rows["stage_from"]],
            "stage_to": [stage_tables.code(stage) for stage in rows["stage_to"]],
            "change_same_kpis": rows["change_same_kpis"],
            "method": "methodology B.2, B.3",
            "source": stage_tables.source_ids(reader),
        }
    )


@drawn(frame.CACHED_FRAMES)
def draw_moves(reader: Reader, group: str, span: tuple[int, int]) -> tuple[pd.DataFrame, tuple[Chart, Frame]]:
    """Who moved, and the bars."""
    ctx, labels = reader.ctx, reader.dimensions
    both = reads.of_group(reader, group, span, None)
    rows = both[reads.confirmed(both)]
    rows = rows.sort_values(["change_same_kpis", "name", "dimension"], ascending=[False, True, True])
    counts = stage_moves.counts(rows, [dimension for dimension in labels if dimension != reads.WHOLE])
    unconfirmed = int((both["change"].ne(0) & ~reads.confirmed(both)).sum())
    note = _(
        "n = {n} stages known in both years. Left out, because only other KPIs having data explain them: {k}."
    ).format(n=ctx.number(len(both)), k=ctx.number(unconfirmed))
    framed = _bars_frame(reader, group, span, rows, counts, note)
    return rows, (stage_moves.figure(counts, labels, ctx), framed)


def _bars_frame(
    reader: Reader, group: str, span: tuple[int, int], rows: pd.DataFrame, counts: pd.DataFrame, note: str
) -> Frame:
    labels, ctx = reader.dimensions, reader.ctx
    markup, export = stage_tables.moves(reader, rows, labels, *span), _moves_export(reader, rows, span)
    return Frame(
        key="stage_moves",
        title=stage_moves.title(counts, labels, ctx),
        unit=_("Countries that rose (▲) or fell (▼), by dimension, on the KPIs with data in both years"),
        alt=stage_moves.alt(counts, labels, ctx),
        foot=escape(note),
        data=lambda: export,
        table=lambda: markup,
        file=f"escala_moves_{group}_{span[0]}_{span[1]}",
        how=stage_tables.how,
        narrow=True,
    )


def _moves_export(reader: Reader, rows: pd.DataFrame, span: tuple[int, int]) -> pd.DataFrame:
    return rows.assign(
        stage_from=[stage_tables.code(stage) for stage in rows["stage_from"]],
        stage_to=[stage_tables.code(stage) for stage in rows["stage_to"]],
        year_from=span[0],
        year_to=span[1],
        method="methodology B.2, B.3",
        source=stage_tables.source_ids(reader),
    )

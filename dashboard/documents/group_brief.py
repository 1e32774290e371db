"""The brief of a group of countries: where its members stand, how far apart, how many are on track."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from dashboard.charts import figures, progress_sentences, sentences, stage_sentences, stage_words
from dashboard.charts import progress_words as verdicts
from dashboard.charts.context import MISSING, KpiView
from dashboard.charts.figures import plain
from dashboard.charts.scalars import Row, is_missing, records
from dashboard.components import language, membership
from dashboard.components.knowledge import reads as knowledge
from dashboard.components.language import text as _
from dashboard.documents import brief, brief_figures, cells, references
from dashboard.documents.brief_ahead import METHOD
from dashboard.documents.content import (
    Block,
    Break,
    Bullets,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Table,
)
from dashboard.pictures import makers
from dashboard.pictures.model import Role
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.reads.standing import MAIN
from kpis.groups import is_own, read_id

MOST_BARS = 20  # of the ranking on the first page; every member stands in the annex
MOST_ROWS = 48  # of a matrix of countries; a larger group is counted by stage
LESSONS = {"LDC": ("LDC", "both"), "SIDS": ("SIDS", "both"), "CARIBBEAN_SIDS": ("SIDS", "both")}


def group_brief(
    reader: Reader, group: str, *, made: datetime.date | None = None, address: str = ""
) -> Document:
    """The brief of a group in the reader's language. Raises KeyError for an unknown group.

    made: day of reading, today unless given. address: of the live view.
    """
    with language.spoken(reader.lang):
        name = reader.group(group).name
        codes = data.members(reader.warehouse, group)
        return Document(
            file=f"escala_{_file_name(group)}_{reader.lang}",
            title=name,
            subtitle=_("Digital government in brief: {n} countries").format(n=reader.ctx.number(len(codes))),
            lang=reader.lang,
            made=made or datetime.date.today(),
            version=reader.version,
            blocks=tuple(_content(reader, group, codes)),
            sources=references.of_kpis(reader, data.kpis_with_data(reader.warehouse)),
            address=address,
            boundaries=references.boundaries(reader),
            dense=True,
        )


def _file_name(group: str) -> str:
    """The id of a group as part of the name of a file: of one's own the letters and digits of its name."""
    return re.sub(r"[^\w-]+", "_", read_id(group).name) if is_own(group) else group


def _content(reader: Reader, group: str, codes: list[str]) -> Iterator[Block]:
    kpi = reader.kpis.get(MAIN)
    if kpi is not None:
        yield from _main(reader, kpi, group, codes)
    yield from _stages(reader, group)
    yield from _key_figures(reader, codes)
    yield from _progress(reader, group, codes)
    yield from _lessons(reader, group)
    yield Break()
    yield from _annex(reader, group, codes)
    yield from brief.method(reader)


def _main(reader: Reader, kpi: KpiView, group: str, codes: list[str]) -> Iterator[Block]:
    """The main KPI: who is first, the middle and the ends, the ranking, the median over the years."""
    name, ctx = reader.group(group).name, reader.ctx
    world = data.world(reader.warehouse, reader.lang, kpi.id, None)
    rows = world[world["ref_area"].isin(codes)]
    yield Paragraph(plain(sentences.leader(rows, kpi.brief, ctx, "" if group == "WORLD" else name)), "lead")
    yield Paragraph(f"{plain(sentences.middle(rows, kpi.brief, ctx, name))}.")
    absent = [str(row["name"]) for row in records(rows[rows["obs_value"].isna()])]
    if absent:
        yield Paragraph(_("No value: {names}.").format(names=", ".join(absent)), "note")
    yield Heading(2, _("Where its members stand"))
    title = plain(sentences.middle(rows, kpi.brief, ctx, name))
    yield Figure(makers.group_ranking(reader, kpi, codes, title, MOST_BARS), 0.5)
    lines: list[tuple[str, str, Role]] = [(group, _("median of {group}").format(group=name), "focus")]
    if group != "WORLD":
        world_name = reader.group("WORLD").name
        lines.append(("WORLD", _("median of {group}").format(group=world_name), "peer"))
    course = makers.trend(reader, kpi, _("{group} over the editions").format(group=name), lines)
    if course is not None:
        yield Figure(course, 0.5)


def _stages(reader: Reader, group: str) -> Iterator[Block]:
    """How many members stand at each stage, by dimension."""
    if not data.stage_years(reader.warehouse):
        return
    ctx = reader.ctx
    table = data.stage_matrix(reader.warehouse, group)
    yield Heading(2, _("Stages"))
    yield Paragraph(stage_sentences.group(reader.group(group).name, table, reader.dimensions, ctx))
    columns = [column for column in table.columns if column != "overall"] + ["overall"]
    body = []
    for dimension in columns:
        stages = table[dimension]
        counts = [int((stages == stage).sum()) for stage in range(len(stage_words.names(ctx)))]
        missing = int(stages.isna().sum())
        row = [Cell(reader.dimensions[dimension])]
        row += [Cell(ctx.number(count), float(count), digits=0) for count in (*counts, missing)]
        body.append(tuple(row))
    heads = [Column(f"{at} {name}", "right") for at, name in enumerate(stage_words.names(ctx), 1)]
    yield Table(
        _("Countries at each stage, by dimension"),
        (Column(_("Dimension"), width=2.0), *heads, Column(_("too little data"), "right", 1.3)),
        tuple(body),
    )


def _stage_matrix(reader: Reader, group: str) -> Iterator[Block]:
    """The stage of each member in each dimension as a number; of a larger group than MOST_ROWS nothing."""
    if not data.stage_years(reader.warehouse):
        return
    table, ctx = data.stage_matrix(reader.warehouse, group), reader.ctx
    if table.empty or len(table) > MOST_ROWS:
        return
    ordered = makers.by_stage(table, reader.area_names)
    year = data.stage_years(reader.warehouse)[-1]
    levels = " · ".join(f"{n} {name}" for n, name in enumerate(stage_words.names(ctx), 1))
    unit = f"{_('Stage of each dimension, {year}').format(year=year)}: {levels}"
    matrix = makers.stage_matrix(reader, ordered, _("Stage of each country and dimension"), unit)
    numbers = tuple(
        tuple((MISSING if level is None else str(level + 1), level) for _said, level in row)
        for row in matrix.cells
    )
    yield Figure(replace(matrix, cells=numbers))


def _key_figures(reader: Reader, codes: list[str]) -> Iterator[Block]:
    """Median, lowest and highest of the members in the key KPIs, beside the median of the world."""
    yield Heading(2, _("Key figures"))
    kpis = brief_figures.key_kpis(reader)
    latest = data.latest(reader.warehouse, [kpi.id for kpi in kpis], data.members(reader.warehouse, "WORLD"))
    latest = latest[latest["fresh"].fillna(False).astype(bool)]
    body = tuple(_of_group(reader, kpi, latest[latest["kpi"] == kpi.id], codes) for kpi in kpis)
    yield Table(
        _("Core measures of the seven dimensions: medians of fresh values; indices run from 0 to 1"),
        (
            Column("KPI", width=3.6),
            Column(_("Median"), "right"),
            Column(_("Years"), "right", 1.2),
            Column(_("Lowest"), "right"),
            Column(_("Highest"), "right"),
            Column(_("Countries"), "right"),
            Column(_("Median of the world"), "right", 1.2),
        ),
        body,
    )


def _of_group(reader: Reader, kpi: KpiView, rows: pd.DataFrame, codes: list[str]) -> tuple[Cell, ...]:
    ctx, own = reader.ctx, rows[rows["ref_area"].isin(codes)]
    values = own["obs_value"]
    newest, oldest = figures.ends(own["time_period"])
    return (
        cells.name(kpi, indices=False),
        cells.value(values.median(), kpi, ctx),
        cells.year(newest, kpi, ctx, first=oldest),
        cells.value(values.min(), kpi, ctx),
        cells.value(values.max(), kpi, ctx),
        Cell(ctx.number(len(values)), float(len(values)), digits=0),
        cells.value(rows["obs_value"].median(), kpi, ctx),
    )


def _progress(reader: Reader, group: str, codes: list[str]) -> Iterator[Block]:
    """Of each KPI with a target, how many of the members are on track."""
    rows = data.progress(reader.warehouse, tuple(codes), None)
    rows = rows[rows["method"] == METHOD]
    if rows.empty:
        return
    yield Heading(2, _("On the way to 2030"))
    yield Paragraph(progress_sentences.group(reader.group(group).name, rows, METHOD, reader.ctx))
    shares = progress_sentences.shares(rows)
    past = rows[verdicts.is_past(rows)].groupby("kpi").size()
    body = tuple(
        _share(reader, str(kpi), row, int(past.get(kpi, 0)))
        for kpi, row in zip(shares.index, records(shares), strict=True)
    )
    yield Table(
        _("Members on track, by the {method} method").format(method=verdicts.SHORT[METHOD]),
        (
            Column("KPI", width=3.6),
            Column(_("On track"), "right"),
            Column(_("Assessed"), "right"),
            Column(_("Share"), "right"),
            Column(_("no recent figure"), "right", 1.2),
        ),
        body,
        _("No KPI with a target can be assessed."),
    )


def _share(reader: Reader, kpi: str, row: Row, past: int) -> tuple[Cell, ...]:
    ctx, size = reader.ctx, int(row["size"])
    on = round(float(row["mean"]) * size)
    return (
        Cell(cells.title(reader.kpi(kpi))),
        Cell(ctx.number(on), float(on), digits=0),
        Cell(ctx.number(size), float(size), digits=0),
        Cell(ctx.percent(row["mean"]), 100 * float(row["mean"]), digits=0, symbol="%"),
        Cell(ctx.number(past), float(past), digits=0),
    )


def _lessons(reader: Reader, group: str) -> Iterator[Block]:
    """The lessons of the Centre for such a group."""
    kinds = LESSONS.get(group)
    if kinds is None:
        return
    rows = knowledge.lessons(reader.lang)
    items = tuple(str(lesson) for lesson in rows.loc[rows["group"].isin(kinds), "lesson"])
    if items:
        yield Heading(2, _("Lessons"))
        yield Bullets(items)


def _annex(reader: Reader, group: str, codes: list[str]) -> Iterator[Block]:
    """Every member with its value, rank and stage; what is to be known of membership."""
    kpi = reader.kpis.get(MAIN)
    yield Heading(2, _("Annex: every member"))
    yield from _stage_matrix(reader, group)  # first: below the note it might not fit the page
    if meaning := membership.meaning(reader, group):
        yield Paragraph(meaning, "note")
    if kpi is None:
        return
    overall = brief_figures.stages_of(reader)
    world = data.world(reader.warehouse, reader.lang, MAIN, None)
    rows = world[world["ref_area"].isin(codes)].sort_values(["rank", "name"], na_position="last")
    yield Table(
        _("Members by the EGDI, latest values"),
        (
            Column(_("Country"), width=2.8),
            Column(MAIN, "right"),
            Column(_("Year"), "right"),
            Column(_("Rank"), "right", 1.2),
            Column(_("Stage"), width=1.8),
        ),
        tuple(_member(reader, row, overall.get(str(row["ref_area"])), kpi) for row in records(rows)),
        _("This group has no members today."),
    )


def _member(reader: Reader, row: Row, stage: object, kpi: KpiView) -> tuple[Cell, ...]:
    ctx = reader.ctx
    return (
        Cell(str(row["name"])),
        cells.value(row["obs_value"], kpi, ctx),
        cells.year(row["time_period"], kpi, ctx),
        cells.place(row["rank"], row["n"], ctx),
        Cell(MISSING if is_missing(stage) else stage_words.numbered(stage, ctx)),
    )

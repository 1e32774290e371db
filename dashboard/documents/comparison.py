"""Two to ten countries or groups side by side: the sentence, courses, key figures, stages, all KPIs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import pandas as pd

from dashboard.charts import figures, profile, profile_words, sentences
from dashboard.charts.context import KpiView
from dashboard.charts.figures import plain
from dashboard.charts.scalars import Row, optional, records
from dashboard.components import language
from dashboard.components.groups import trend_rows
from dashboard.components.language import text as _
from dashboard.documents import brief, brief_figures, cells, own_section, references
from dashboard.documents.content import (
    Block,
    Break,
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
from dashboard.reads.standings import Areas, standings
from kpis.errors import RequestError

LEAST, MOST = 2, 10
NAMED = 5  # columns with whole names; of more areas each column has its code


def comparison(
    reader: Reader,
    ids: Sequence[str],
    *,
    made: datetime.date | None = None,
    address: str = "",
    mine: own_section.Mine = (),
) -> Document:
    """Areas and groups side by side, in the order given. ids: ISO codes and ids of groups.

    made: day of reading, today unless given. address: of the live view. mine: own values of the countries
    among them. Raises RequestError for fewer than two or more than ten, KeyError for an unknown one.
    """
    unique = list(dict.fromkeys(ids))
    if not LEAST <= len(unique) <= MOST:
        raise RequestError(
            f"a comparison takes {LEAST} to {MOST} countries or groups, not {len(unique)}. Name others."
        )
    with language.spoken(reader.lang):
        areas = tuple((one, _name(reader, one)) for one in unique)
        rows = standings(reader, areas)
        names = ", ".join(name for _id, name in areas)
        return Document(
            file=f"escala_{'_'.join(unique)}_{reader.lang}"[:100],
            title=names,
            subtitle=_("Digital government side by side"),
            lang=reader.lang,
            made=made or datetime.date.today(),
            version=reader.version,
            blocks=tuple(_content(reader, areas, rows, mine)),
            sources=references.of_kpis(reader, rows["kpi"].unique()),
            address=address,
            boundaries=references.boundaries(reader),
            dense=True,
        )


def _name(reader: Reader, one: str) -> str:
    return reader.group(one).name if reader.is_group(one) else reader.area(one).name


def _content(reader: Reader, areas: Areas, rows: pd.DataFrame, mine: own_section.Mine) -> Iterator[Block]:
    kpi = reader.kpis.get(MAIN)
    if kpi is not None:
        yield from _main(reader, areas, kpi)
    yield from _profile(reader, areas, rows)
    yield from _stages(reader, areas)
    yield Heading(2, _("Key figures"))
    kpis = brief_figures.key_kpis(reader)
    caption = _("Core measures of the seven dimensions, latest values; groups: median of their countries")
    yield _side_by_side(reader, areas, rows, kpis, caption)
    yield from own_section.section(reader, mine)
    yield Break()
    yield Heading(2, _("Annex: every figure held"))
    held = set(rows["kpi"])
    every = [one for one in reader.kpis.values() if one.id in held]
    caption = _(
        "Latest values of {k} KPIs; groups: median of their countries, of levels how many are at the top"
    )
    yield _side_by_side(reader, areas, rows, every, caption.format(k=reader.ctx.number(len(every))))
    yield from brief.method(reader)


def _main(reader: Reader, areas: Areas, kpi: KpiView) -> Iterator[Block]:
    """Who is ahead by the main KPI, and the courses."""
    every = trend_rows(reader, kpi.id, [one for one, _name in areas]).dropna(subset=["obs_value"])
    last = every.sort_values("time_period").groupby("id", as_index=False).last()
    yield Paragraph(plain(sentences.compared(last, kpi.brief, reader.ctx)), "lead")
    absent = [name for one, name in areas if one not in set(last["id"])]
    if absent:
        yield Paragraph(_("No value: {names}.").format(names=", ".join(absent)), "note")
    other: Role = "series" if len(areas) <= LEAST + 1 else "peer"
    roles: list[Role] = ["focus", *[other] * (len(areas) - 1)]
    lines = [(one, name, role) for (one, name), role in zip(areas, roles, strict=True)]
    course = makers.trend(reader, kpi, plain(sentences.moved(every, kpi.brief, reader.ctx)), lines)
    if course is not None:
        yield Heading(2, _("Over the editions"))
        yield Figure(course)


def _profile(reader: Reader, areas: Areas, rows: pd.DataFrame) -> Iterator[Block]:
    """Median percentile of each by dimension."""
    ranked = rows.dropna(subset=["percentile"])
    ranked = ranked[ranked["dimension"] != "overall"]
    if ranked.empty:
        return
    parts = [profile.summarise(part).assign(id=one) for one, part in ranked.groupby("id", sort=False)]
    summary = pd.concat(parts).rename(columns={"dimension": "row"})
    found = summary.dropna(subset=["percentile"])
    yield Heading(2, _("By dimension"))
    if not found.empty:
        yield Paragraph(profile_words.headline(found, list(areas), reader.dimensions, reader.ctx))
    by = {(str(row["id"]), str(row["row"])): row["percentile"] for row in records(summary)}

    def cell(one: str, dimension: str) -> Cell:
        amount = optional(by.get((one, dimension)))
        return Cell(reader.ctx.number(amount), amount, digits=0)

    body = tuple(
        (Cell(label), *(cell(one, dimension) for one, _name in areas))
        for dimension, label in reader.dimensions.items()
        if dimension != "overall"
    )
    yield Table(
        _("Percentile among UN Member States, 100 is best"),
        (Column(_("Dimension"), width=2.0), *_heads(areas)),
        body,
    )
    if len(areas) > NAMED:
        yield Paragraph("; ".join(f"{one}: {name}" for one, name in areas) + ".", "note")


def _heads(areas: Areas) -> list[Column]:
    """A column for each area, by its name or, of many, by its code."""
    return [Column(one if len(areas) > NAMED else name, "right") for one, name in areas]


def _stages(reader: Reader, areas: Areas) -> Iterator[Block]:
    """The stages of the countries among the areas."""
    if not data.stage_years(reader.warehouse):
        return
    table = data.stage_matrix(reader.warehouse, "WORLD")
    codes = [one for one, _name in areas if one in table.index]
    if codes:
        title, year = _("Stage of each country and dimension"), data.stage_years(reader.warehouse)[-1]
        unit = _("Stage of each dimension, {year}").format(year=year)
        yield Heading(2, _("Stages"))
        yield Figure(makers.stage_matrix(reader, table.loc[codes], title, unit))


def _side_by_side(
    reader: Reader, areas: Areas, rows: pd.DataFrame, kpis: Sequence[KpiView], caption: str
) -> Table:
    """A row per KPI, a column per area, each value with its year below."""
    by_cell = {(str(row["kpi"]), str(row["id"])): row for row in records(rows)}
    body = tuple(
        (cells.name(kpi), *(_value(reader, kpi, by_cell.get((kpi.id, one))) for one, _name in areas))
        for kpi in kpis
    )
    width = 3.2 if len(areas) <= NAMED else 2.2
    return Table(caption, (Column("KPI", width=width), *_heads(areas)), body, _("No figure is held."))


def _value(reader: Reader, kpi: KpiView, row: Row | None) -> Cell:
    """A value with its year; of a group's coded answer, how many stand at the highest level."""
    if row is None:
        return cells.NOTHING
    ctx = reader.ctx
    when = figures.when(kpi, row["last_year"], ctx, first=row["first_year"])
    if kpi.coded and row["n"] > 1:
        text = _("{k} of {n}").format(k=ctx.number(row["top"]), n=ctx.number(row["n"]))
        return Cell(text, sub=when)
    cell = cells.value(row["obs_value"], kpi, ctx)
    return Cell(cell.text, cell.number, sub=when, digits=cell.digits, symbol=cell.symbol)

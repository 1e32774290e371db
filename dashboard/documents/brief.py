"""The brief of a country: two pages for a minister's desk and an annex with every figure held."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from dashboard.charts import forecast_words, stage_words
from dashboard.charts.context import MISSING
from dashboard.charts.figures import plain
from dashboard.charts.scalars import Row, is_missing, records
from dashboard.charts.stage_sentences import caveat, rule
from dashboard.charts.status_words import said as status_said
from dashboard.components import language
from dashboard.components.groups import usual_group
from dashboard.components.language import text as _
from dashboard.documents import brief_ahead, brief_figures, cells, own_section, references
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
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.reads.standing import standing
from kpis.stages import Profile
from kpis.workspace.figures import OwnValue


def country_brief(
    reader: Reader,
    area: str,
    *,
    peers: str = "",
    made: datetime.date | None = None,
    address: str = "",
    mine: tuple[OwnValue, ...] = (),
) -> Document:
    """The brief of a country or territory in the reader's language.

    area: ISO code; of an area that is no Member State what is held is listed, without ranks and stages.
    peers: group it is compared with, the usual one unless given. made: day of reading, today unless given.
    address: of the live view. mine: own values of the area, which open the annex. Raises KeyError for an
    unknown area or group.
    """
    with language.spoken(reader.lang):
        name = reader.area(area).name
        group = peers or usual_group(reader, area)
        is_member = area not in data.outside(reader.warehouse) and bool(reader.areas.at[area, "un_member"])
        content = _member(reader, area, group, len(mine)) if is_member else _outside(reader, area)
        annex = tuple(_annex(reader, area, mine))
        held = data.country(reader.warehouse, area).dropna(subset=["obs_value"])["kpi"]
        return Document(
            file=f"escala_{area}_{reader.lang}",
            title=name,
            subtitle=_("Digital government in brief"),
            lang=reader.lang,
            made=made or datetime.date.today(),
            version=reader.version,
            blocks=(*content, *annex),
            sources=references.of_kpis(reader, held),
            address=address,
            dense=True,
            boundaries=references.boundaries(reader),
        )


def _member(reader: Reader, area: str, group: str, n_own: int) -> Iterator[Block]:
    """The two pages. n_own: own figures in the annex."""
    profile = data.stage_profile(reader.warehouse, area) if data.stage_years(reader.warehouse) else None
    yield Paragraph(plain(standing(reader, area)), "lead")
    yield from _in_short(reader, area, profile, n_own)
    yield from _where(reader, area, group, profile)
    yield from brief_figures.key_figures(reader, area, group)
    yield from brief_figures.strengths(reader, area, group)
    yield from brief_ahead.progress(reader, area)
    yield from brief_ahead.forecast(reader, area, group)
    if profile is not None:
        yield from brief_ahead.gates(reader, profile)
    yield from brief_figures.peers(reader, area)
    if profile is not None:
        yield from brief_ahead.actions(reader, profile)


def _in_short(reader: Reader, area: str, profile: Profile | None, n_own: int) -> Iterator[Block]:
    """The stage, the next edition and that there are own figures, each in a sentence."""
    parts = []
    if profile is not None:
        parts.append(stage_words.standing(reader.area(area).name, profile, reader.dimensions, reader.ctx))
    ahead = data.forecast(reader.warehouse, area).dropna(subset=["p50"])
    if not ahead.empty:
        parts.append(f"{forecast_words.in_short(records(ahead)[0], reader.ctx)}.")
    if n_own:
        parts.append(_("Own figures in the annex: {n}.").format(n=reader.ctx.number(n_own)))
    if parts:
        yield Paragraph(" ".join(parts))


def _where(reader: Reader, area: str, group: str, profile: Profile | None) -> Iterator[Block]:
    """The ladder and the profile side by side."""
    shown = makers.profile_range(reader, area, group)
    if profile is None and shown is None:
        return
    yield Heading(2, _("Where it stands"))
    if profile is not None:
        yield Figure(makers.ladder(reader, profile), 0.5 if shown else 1.0)
    if shown is not None:
        yield Figure(shown, 0.5 if profile is not None else 1.0)
    if profile is not None:
        note = caveat(profile.dimensions, profile.year, reader.dimensions, reader.ctx)
        yield Paragraph(" ".join(filter(None, (rule(profile, reader.dimensions, reader.ctx), note))), "note")


def method(reader: Reader) -> Iterator[Block]:
    """How to read the figures, in small type."""
    yield Heading(2, _("Method"))
    text = _(
        "Figures are the latest published ones, each with its year. Ranks and "
        "percentiles are among UN Member States. Stages: the highest whose bar at least two thirds of a "
        "dimension’s KPIs pass; many bars are working proposals of the Centre’s methodology. Verdicts: "
        "progress since 2015 carried on to the year of the target. Forecasts: if nothing new happens."
    )
    yield Paragraph(f"{text} {cells.legend(reader.kpis.values())}.", "note")


def _annex(reader: Reader, area: str, mine: tuple[OwnValue, ...]) -> Iterator[Block]:
    """Own figures, every figure held, then the KPIs without one by name."""
    ctx, kpis = reader.ctx, reader.kpis
    rows = records(data.country(reader.warehouse, area))
    held = [row for row in rows if not is_missing(row["obs_value"])]
    missing = [kpis[row["kpi"]].name for row in rows if is_missing(row["obs_value"])]
    titles = data.source_titles(reader.warehouse, reader.lang)
    yield Break()
    yield from own_section.section(
        reader, tuple((area, one) for one in mine), heading=_("Annex: own figures")
    )
    yield Heading(2, _("Annex: every figure held"))
    yield Table(
        _("Latest values of {k} of {n} KPIs").format(k=ctx.number(len(held)), n=ctx.number(len(rows))),
        (
            Column("KPI", width=3.05),
            Column(_("Dimension"), width=1.45),
            Column(_("Value"), "right", 0.77),
            Column(_("Year"), "right", 1.25),
            Column(_("Status"), width=1.33),
            Column(_("Source"), width=2.6),
        ),
        tuple(_held(reader, row, titles) for row in held),
        _("No figure is held."),
    )
    if missing:
        yield Paragraph(_("No figure of: {kpis}.").format(kpis="; ".join(missing)), "note")
    yield from method(reader)


def _held(reader: Reader, row: Row, titles: dict[str, str]) -> tuple[Cell, ...]:
    kpi, ctx = reader.kpi(str(row["kpi"])), reader.ctx
    name = cells.name(kpi)
    return (
        replace(name, sub=ctx.level(row["obs_value"], kpi)) if kpi.coded else name,
        Cell(reader.dimensions[str(row["dimension"])]),
        cells.value(row["obs_value"], kpi, ctx),
        cells.year(row["time_period"], kpi, ctx),
        Cell(MISSING if is_missing(row["obs_status"]) else status_said(str(row["obs_status"]), ctx)),
        Cell(titles.get(str(row["source"]), str(row["source"]))),
    )


def _outside(reader: Reader, area: str) -> Iterator[Block]:
    """What is said of an area that is no Member State."""
    n = reader.ctx.number(data.country(reader.warehouse, area)["obs_value"].notna().sum())
    name = reader.area(area).name
    yield Paragraph(_("{name}: values of {n} KPIs and no rank").format(name=name, n=n), "lead")
    yield Paragraph(
        _(
            "Not a UN Member State: only Member States are ranked, enter group figures and are assessed "
            "in stages."
        )
    )

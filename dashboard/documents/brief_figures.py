"""Figures of a brief: the key ones, the strongest and the weakest, the countries to compare with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pandas as pd

from dashboard.charts import figures, profile_words, ranks, stage_words
from dashboard.charts.context import MISSING, KpiView
from dashboard.charts.findings import best_and_worst
from dashboard.charts.scalars import Row, is_missing, records
from dashboard.components import groups
from dashboard.components.language import text as _
from dashboard.documents import cells
from dashboard.documents.content import Block, Cell, Column, Heading, Paragraph, Status, Table
from dashboard.reads import shared as data
from dashboard.reads import standings
from dashboard.reads.reader import Reader
from dashboard.reads.standing import MAIN
from kpis import peers as peer_rules
from kpis import stages

PEERS = 5
MOST_CORE = 2  # key figures of a dimension
EXTREMES = 3  # of the strongest and of the weakest KPIs
_EMPTY = pd.DataFrame({"time_period": [], "obs_value": []})


def key_kpis(reader: Reader) -> list[KpiView]:
    """The KPIs of the table of key figures: the main one, then the first core measures of each dimension.

    Those with a gate that nine in ten Member States have, MOST_CORE of each dimension, without coded answers.
    """
    gates, kpis = stages.load_gates(), reader.kpis
    core = gates[
        (gates["role"] == "core") & gates["kpi"].map(lambda kpi: kpi in kpis and not kpis[kpi].coded)
    ]
    ids = dict.fromkeys([MAIN, *core.groupby("dimension", sort=False)["kpi"].head(MOST_CORE)])
    return [kpis[kpi_id] for kpi_id in ids if kpi_id in kpis]


def key_figures(reader: Reader, area: str, group: str) -> Iterator[Block]:
    """Value, year, trend, rank and the median of the peers of the key KPIs."""
    kpis = key_kpis(reader)
    table = _standing_table(
        reader,
        area,
        group,
        kpis,
        _("Core measures of the seven dimensions, latest values; indices run from 0 to 1"),
        with_trend=True,
    )
    yield Heading(2, _("Key figures"))
    yield Paragraph(_moves(table, reader))
    yield table


def _moves(table: Table, reader: Reader) -> str:
    """How many of the key figures got better and worse against the value before."""
    counts = Counter(row[3].status for row in table.rows)
    known = sum(counts[status] for status in ("good", "poor", "middling"))
    if not known:
        return _("No key figure has a value before the last to compare it with.")
    return _("Of {n} key figures with a value before: {up} better, {down} worse.").format(
        n=reader.ctx.number(known),
        up=reader.ctx.number(counts["good"]),
        down=reader.ctx.number(counts["poor"]),
    )


def _standing_table(
    reader: Reader,
    area: str,
    group: str,
    kpis: Sequence[KpiView],
    caption: str,
    *,
    with_trend: bool = False,
    marks: dict[str, Status] | None = None,
) -> Table:
    """A row per KPI: value, year, the trend where asked for, rank, median of the peers. marks: by KPI."""
    ctx = reader.ctx
    rows = {str(row["kpi"]): row for row in records(data.country(reader.warehouse, area))}
    courses = cells.courses(data.trends(reader.warehouse, area)) if with_trend else {}
    middles = standings.middles(reader, area, group, [kpi.id for kpi in kpis])
    body = []
    for kpi in kpis:
        row = rows[kpi.id]
        name = cells.name(kpi, indices=False)
        status = (marks or {}).get(kpi.id)
        body.append(
            (
                Cell(name.text, sub=name.sub, status=status),
                cells.value(row["obs_value"], kpi, ctx),
                cells.year(row["time_period"], kpi, ctx),
                *([cells.trend(courses.get(kpi.id, _EMPTY), kpi)] if with_trend else []),
                cells.standing(row, kpi, ctx),
                _middle(middles.get(kpi.id), kpi, reader),
            )
        )
    columns = (
        Column("KPI", width=4.0),
        Column(_("Value"), "right", 0.8),
        Column(_("Year"), "right", 1.1),
        *([Column(_("Trend"), width=1.75)] if with_trend else []),
        Column(_("Rank"), "right", 1.1),
        Column(_("Median {group}").format(group=groups.letters(reader, group)), "right", 1.2),
    )
    return Table(caption, columns, tuple(body), _("No figure is held."))


def _middle(row: Row | None, kpi: KpiView, reader: Reader) -> Cell:
    """The median of the peers' fresh values; of coded answers, which have none, the dash."""
    if row is None or kpi.coded:
        return cells.NOTHING
    cell = cells.value(row["obs_value"], kpi, reader.ctx)
    if not figures.old(kpi, row["last"], reader.ctx):
        return cell
    old = figures.when(kpi, row["last"], reader.ctx, first=row["first"])
    return Cell(cell.text, cell.number, sub=old, digits=cell.digits, symbol=cell.symbol)


def strengths(reader: Reader, area: str, group: str) -> Iterator[Block]:
    """The four strongest and the four weakest KPIs against the world."""
    best, worst = best_and_worst(data.country(reader.warehouse, area), reader.kpis, EXTREMES)
    ids = [*best["kpi"], *worst["kpi"]]
    if not ids:
        return
    yield Heading(2, _("Strongest and weakest"))
    if len(best) and len(worst):
        first, last = (
            (reader.kpi(str(rows["kpi"].iloc[0])).name, float(rows["percentile"].iloc[0]))
            for rows in (best, worst)
        )
        yield Paragraph(profile_words.extremes(first, last, reader.ctx) + ".")
    marks: dict[str, Status] = dict.fromkeys(best["kpi"], "good") | dict.fromkeys(worst["kpi"], "poor")
    caption = _("The strongest and the weakest: fresh values of KPIs that at least {n} States have")
    kpis = [reader.kpi(str(kpi_id)).brief for kpi_id in ids]
    yield _standing_table(
        reader, area, group, kpis, caption.format(n=reader.ctx.number(ranks.MANY)), marks=marks
    )


def peers(reader: Reader, area: str) -> Iterator[Block]:
    """The countries most like it: value and rank of the main KPI, stage."""
    kpi = reader.kpis.get(MAIN)
    nearest = peer_rules.default_peers(area, PEERS, store=reader.warehouse.tables)["ref_area"]
    codes = [area, *nearest.astype(str)]
    if kpi is None or len(codes) == 1:
        return
    world = data.world(reader.warehouse, reader.lang, MAIN, None).set_index("ref_area")
    overall = stages_of(reader)
    rows = {code: world.loc[code].to_dict() for code in codes}
    yield Heading(2, _("Countries to compare with"))
    yield from _place_among(reader, area, [row["obs_value"] for row in rows.values()])
    body = tuple(_peer(reader, code, row, overall.get(code), kpi) for code, row in rows.items())
    yield Table(
        _("Nearest in group, income, size, connectivity and schooling"),
        (
            Column(_("Country"), width=2.6),
            Column(MAIN, "right"),
            Column(_("Year"), "right"),
            Column(_("Rank"), "right", 1.2),
            Column(_("Stage"), width=1.8),
        ),
        body,
    )


def _place_among(reader: Reader, area: str, values: list[float]) -> Iterator[Block]:
    """The place of the first by the main KPI among all; nothing without its value."""
    held = [value for value in values if not is_missing(value)]
    if is_missing(values[0]):
        return
    place = 1 + sum(value > values[0] for value in held)
    text = _("{name}: place {k} of {n} by the EGDI among itself and the countries most like it.")
    name, number = reader.area(area).name, reader.ctx.number
    yield Paragraph(text.format(name=name, k=number(place), n=number(len(held))))


def stages_of(reader: Reader) -> dict[str, object]:
    """The overall stage of each Member State today; nothing where none is held."""
    if not data.stage_years(reader.warehouse):
        return {}
    table = data.stage_matrix(reader.warehouse, "WORLD")
    return {str(code): stage for code, stage in table["overall"].items()}


def _peer(reader: Reader, code: str, row: Row, stage: object, kpi: KpiView) -> tuple[Cell, ...]:
    ctx = reader.ctx
    return (
        Cell(reader.area(code).name),
        cells.value(row["obs_value"], kpi, ctx),
        cells.year(row["time_period"], kpi, ctx),
        cells.place(row["rank"], row["n"], ctx),
        Cell(MISSING if is_missing(stage) else stage_words.numbered(stage, ctx)),
    )

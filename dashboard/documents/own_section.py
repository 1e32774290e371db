"""Own figures in a document: a section of their own, each row marked, never among ranks and medians.

Only what is handed over is written: who asks for a document says which own figures its reader may see.
"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.charts import figures, own_values
from dashboard.charts.context import Context, KpiView
from dashboard.charts.scalars import Row, is_missing, records
from dashboard.components.language import text as _
from dashboard.documents import cells
from dashboard.documents.content import Block, Cell, Column, Heading, Paragraph, Table
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis.workspace.figures import OwnValue

Mine = tuple[tuple[str, OwnValue], ...]
"""Own values with the areas they are of."""


def section(reader: Reader, mine: Mine, *, heading: str = "", paced: bool = False) -> Iterator[Block]:
    """The heading, what own figures are, and their table; nothing where there are none.

    paced: the steps to the own target in place of the international value.
    """
    if not mine:
        return
    yield Heading(2, heading or _("Own figures"))
    yield Paragraph(
        _("Own figures stand beside the international ones and enter no rank, median, stage or forecast.")
    )
    is_one = len({area for area, _value in mine}) == 1
    rows = {area: _international(reader, area) for area in dict.fromkeys(area for area, _value in mine)}
    order = list(dict.fromkeys(value.kpi or value.series for _area, value in mine))
    ordered = sorted(mine, key=lambda pair: order.index(pair[1].kpi or pair[1].series))
    body = tuple(
        _cells(reader, area, value, rows[area].get(value.kpi), is_one=is_one, paced=paced)
        for area, value in ordered
    )
    caption = _("Own figures of {names}, newest values with their own targets and gates")
    names = ", ".join(reader.area(area).name for area in rows)
    yield Table(caption.format(names=names), tuple(_columns(is_one=is_one, paced=paced)), body)
    yield Paragraph(_note(paced=paced), "note")


def _international(reader: Reader, area: str) -> dict[str, Row]:
    return {str(row["kpi"]): row for row in records(data.country(reader.warehouse, area))}


def _columns(*, is_one: bool, paced: bool) -> Iterator[Column]:
    yield Column(_("Series"), width=2.7)
    if not is_one:
        yield Column(_("Country"), width=1.4)
    yield Column(_("Own figure"), "right", 1.2)
    if paced:
        yield Column(_("Needed a year"), "right", 1.1)
        yield Column(_("So far a year"), "right", 1.1)
    else:
        yield Column(_("International value"), "right", 1.3)
    yield Column(_("Own target"), "right", 1.0)
    yield Column(_("Own gates"), width=1.7)
    yield Column(_("Source"), width=1.7)


def _cells(
    reader: Reader, area: str, value: OwnValue, row: Row | None, *, is_one: bool, paced: bool
) -> tuple[Cell, ...]:
    ctx, kpi = reader.ctx, own_values.kpi_of(value, reader.kpis)
    own = cells.value(value.value, kpi, ctx)
    middle: tuple[Cell, ...] = (_beside(row, kpi, ctx),)
    if paced:
        middle = (_step(value.needed_a_year, kpi, ctx), _step(value.so_far_a_year, kpi, ctx))
    return (
        cells.name(kpi),
        *(() if is_one else (Cell(reader.area(area).name),)),
        Cell(own.text, own.number, None, own_values.when(value.period, kpi, ctx), own.digits, own.symbol),
        *middle,
        _target(value, kpi, ctx),
        Cell(_gates(value, kpi, ctx)),
        Cell(value.dataset, sub=_("own figure")),
    )


def _beside(row: Row | None, kpi: KpiView, ctx: Context) -> Cell:
    """The international value with its year below; the dash where there is none."""
    if row is None or is_missing(row["obs_value"]):
        return cells.NOTHING
    said = figures.when(kpi, row["time_period"], ctx)
    cell = cells.value(row["obs_value"], kpi, ctx)
    return Cell(cell.text, cell.number, None, said, cell.digits, cell.symbol)


def _step(amount: float | None, kpi: KpiView, ctx: Context) -> Cell:
    """What a year must bring or brought, with its sign."""
    if amount is None:
        return cells.NOTHING
    return Cell(ctx.number(amount, kpi.precision, sign=True), amount, digits=kpi.precision)


def _target(value: OwnValue, kpi: KpiView, ctx: Context) -> Cell:
    cell = cells.value(value.target, kpi, ctx)
    when = "" if value.target_year is None else str(value.target_year)
    return Cell(cell.text, cell.number, None, when, cell.digits, cell.symbol)


def _gates(value: OwnValue, kpi: KpiView, ctx: Context) -> str:
    """Each own gate with its stage, a tick before those that the value reaches; the dash where none is."""
    parts = [
        f"{'✓ ' if is_reached else ''}{stage} {ctx.value(gate, kpi)}"
        for stage, gate, is_reached in own_values.gates(value, ctx)
    ]
    return " · ".join(parts) or cells.NOTHING.text


def _note(*, paced: bool) -> str:
    said = _(
        "They are from tables of whoever made this document, each named as its source, and are not published "
        "by Escala. ✓: own gate reached."
    )
    if not paced:
        return said
    steps = _(
        "Needed: the same step every year from the newest own figure to the own target. So far: the mean "
        "step between the first and the newest."
    )
    return f"{said} {steps}"

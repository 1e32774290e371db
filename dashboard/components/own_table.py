"""Own figures of a country in a table: beside the international value, towards their own target and gates."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from dashboard.charts import figures, own_values
from dashboard.charts.context import MISSING, Context, KpiView
from dashboard.charts.scalars import Row, records
from dashboard.components import frame, own, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis.workspace.figures import OwnValue
from kpis.workspace.figures.model import GATES


def show(reader: Reader, area: str) -> None:
    """The table of the country's own values; nothing where the reader has none of it."""
    values = own.values(reader, area)
    if not values:
        return
    title = _("Own figures, targets and gates")
    rows = {str(row["kpi"]): row for row in records(data.country(reader.warehouse, area))}
    columns = [
        Column(_("Series")),
        Column(_("Own figure"), True, answer=True),
        Column(_("International value"), True),
        Column(_("Own target"), True),
        Column(_("Needed a year"), True),
        Column(_("So far a year"), True),
        Column(_("Own gates")),
    ]
    body = [_cells(reader, value, rows.get(value.kpi)) for value in values]
    html = table.html(title, columns, body, no_data=_("no data"))
    frame.table_only(title, html, lambda: export(values), f"escala_own_{area}", is_own=True)
    frame.foot_only(
        _(
            "Own figures enter no international rank, status or forecast. Needed: the same step every "
            "year from the newest own figure to the own target. So far: the mean step between the first "
            "and the newest."
        )
    )


def side_by_side(reader: Reader, mine: tuple[tuple[str, OwnValue], ...]) -> None:
    """A table of the own values of several areas beside the international ones; nothing without any."""
    if not mine:
        return
    title = _("Own figures of those compared")
    rows = {
        area: data.country(reader.warehouse, area) for area in dict.fromkeys(area for area, _value in mine)
    }
    beside = {(area, str(row["kpi"])): row for area, table in rows.items() for row in records(table)}
    columns = [
        Column(_("Country")),
        Column(_("Series")),
        Column(_("Own figure"), True, answer=True),
        Column(_("International value"), True),
        Column(_("Own target"), True),
        Column(_("Own gates")),
    ]
    body: list[list[Cell]] = []
    for area, value in mine:
        name, figure, international, target, *_steps, gates = _cells(
            reader, value, beside.get((area, value.kpi))
        )
        body.append([reader.area(area).name, name, figure, international, target, gates])
    html = table.html(title, columns, body, no_data=_("no data"))
    file = "escala_own_compared"
    frame.table_only(title, html, lambda: _export_of(mine), file, is_own=True)
    frame.foot_only(_("Own figures enter no percentile, rank or median."))


def _export_of(mine: tuple[tuple[str, OwnValue], ...]) -> pd.DataFrame:
    values = export(tuple(value for _area, value in mine))
    values.insert(0, "ref_area", [area for area, _value in mine])
    return values


def _cells(reader: Reader, value: OwnValue, international: Row | None) -> list[Cell]:
    ctx = reader.ctx
    kpi = own_values.kpi_of(value, reader.kpis)
    name = Markup('{}<small class="e-sub">{}</small>').format(kpi.name, value.dataset)
    beside: Cell = MISSING
    if international is not None:
        beside = figures.figure(international["obs_value"], kpi, international["time_period"], ctx)
    return [
        name,
        own_values.figure(value.value, kpi, ctx, value.period, dated=True),
        beside,
        _target(value, kpi, ctx),
        own_values.figure(value.needed_a_year, kpi, ctx, ""),
        own_values.figure(
            value.so_far_a_year, kpi, ctx, own_values.span(period for period, _ in value.points), past=True
        ),
        _gates(value, kpi, ctx),
    ]


def _target(value: OwnValue, kpi: KpiView, ctx: Context) -> Cell:
    if value.target is None:
        return MISSING
    when = "" if value.target_year is None else f" ({value.target_year})"
    return own_values.figure(value.target, kpi, ctx, "") + escape(when)


def _gates(value: OwnValue, kpi: KpiView, ctx: Context) -> Cell:
    """Each own gate with its stage; a tick where the value reaches it."""
    parts = [
        Markup("{}{} {}").format("✓ " if is_reached else "", stage, own_values.figure(gate, kpi, ctx, ""))
        for stage, gate, is_reached in own_values.gates(value, ctx)
    ]
    return Markup(" · ").join(parts) if parts else MISSING


def export(values: tuple[OwnValue, ...]) -> pd.DataFrame:
    """The values as a download."""
    rows = [
        {
            "series": value.series,
            "kpi": value.kpi,
            "name": value.name,
            "unit": value.unit,
            "direction": value.direction,
            "own_value": value.value,
            "own_period": value.period,
            "own_target": value.target,
            "own_target_year": value.target_year,
            **dict(zip(GATES, value.gates, strict=True)),
            "needed_a_year": value.needed_a_year,
            "so_far_a_year": value.so_far_a_year,
            "source": value.dataset,
        }
        for value in values
    ]
    return pd.DataFrame(rows)

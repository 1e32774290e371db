"""Own figures of a country in a table: beside the international value, towards their own target and gates."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from dashboard.charts import figures
from dashboard.charts.context import MISSING, Context, KpiView
from dashboard.charts.scalars import Row, records
from dashboard.components import frame, own, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis.workspace.figures import OwnValue
from kpis.workspace.figures.model import GATES
from kpis.workspace.figures.periods import year_of


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


def _cells(reader: Reader, value: OwnValue, international: Row | None) -> list[Cell]:
    ctx = reader.ctx
    kpi = reader.kpi(value.kpi) if value.kpi in reader.kpis else _view(value)
    name = Markup('{}<small class="e-sub">{}</small>').format(kpi.name, value.dataset)
    beside: Cell = MISSING
    if international is not None:
        beside = figures.figure(international["obs_value"], kpi, international["time_period"], ctx)
    needed, so_far = steps(value)
    return [
        name,
        Markup("{} ({})").format(own.figure(value.value, kpi, ctx, value.period), value.period),
        beside,
        _target(value, kpi, ctx),
        own.figure(needed, kpi, ctx, ""),
        own.figure(so_far, kpi, ctx, own.span(period for period, _value in value.points)),
        _gates(value, kpi, ctx),
    ]


def _view(value: OwnValue) -> KpiView:
    numbers = [number for _period, number in value.points]
    return own.kpi_view(value.series, value.name, value.unit, value.direction, numbers)


def steps(value: OwnValue) -> tuple[float | None, float | None]:
    """What a year must bring until the own target, and what it brought so far; None where that is not known.

    Negative where the value must fall. 0 is needed where the target is reached.
    """
    (first, start), (last, end) = value.points[0], value.points[-1]
    years = year_of(last) - year_of(first)
    so_far = (end - start) / years if years else None
    if value.target is None or value.target_year is None or value.target_year <= value.year:
        return None, so_far
    gap = value.target - value.value
    is_reached = gap >= 0 if value.direction == "lower" else gap <= 0
    return 0.0 if is_reached else gap / (value.target_year - value.year), so_far


def _target(value: OwnValue, kpi: KpiView, ctx: Context) -> Cell:
    if value.target is None:
        return MISSING
    when = "" if value.target_year is None else f" ({value.target_year})"
    return own.figure(value.target, kpi, ctx, "") + escape(when)


def _gates(value: OwnValue, kpi: KpiView, ctx: Context) -> Cell:
    """Each own gate with its stage; a tick where the value reaches it."""
    sign = -1 if value.direction == "lower" else 1
    parts = [
        Markup("{}{} {}").format(
            "✓ " if sign * (value.value - gate) >= 0 else "", _(stage), own.figure(gate, kpi, ctx, "")
        )
        for stage, gate in zip(GATES, value.gates, strict=True)
        if gate is not None
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
            "needed_a_year": steps(value)[0],
            "so_far_a_year": steps(value)[1],
            "source": value.dataset,
        }
        for value in values
    ]
    return pd.DataFrame(rows)

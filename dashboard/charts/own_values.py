"""Own values of a reader as pages and documents print them: with their period, their age and whose they are.

An own value has the limit of age of the KPI that it measures, a series of one's own the usual one. The year
that a quarter or month lies in counts, as the year of reading does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
from markupsafe import Markup, escape

from dashboard.charts import figures
from dashboard.charts.context import MISSING, Context, KpiView
from dashboard.charts.marks import bare
from kpis.workspace.figures import OwnValue
from kpis.workspace.figures.model import GATES
from kpis.workspace.figures.periods import month_of, year_of

MOST_DECIMALS = 3
LINE = "own:"  # before area and table in the id of a line or row of own values


def kpi_of(value: OwnValue, kpis: Mapping[str, KpiView]) -> KpiView:
    """The KPI that an own value measures; of a series of one's own the series in its place."""
    if value.kpi in kpis:
        return kpis[value.kpi]
    numbers = [number for _period, number in value.points]
    return kpi_view(value.series, value.name, value.unit, value.direction, numbers)


def kpi_view(series: str, name: str, unit: str, direction: str, values: Iterable[float]) -> KpiView:
    """A series of one's own in place of a KPI, with as many decimals as its figures have, at most three."""
    precision = max((_decimals(value) for value in values), default=0)
    symbol = "%" if unit.startswith("%") else ""
    return KpiView(series, bare(name), bare(unit), symbol, direction, min(precision, MOST_DECIMALS))


def _decimals(value: float) -> int:
    text = f"{value:.3f}".rstrip("0")
    return len(text.partition(".")[2])


def is_old(period: str, kpi: KpiView, ctx: Context) -> bool:
    """Whether a value of a period, or of the newest of a span, is older than the KPI's limit."""
    return bool(period) and figures.old(kpi, _newest(period), ctx)


def when(period: str, kpi: KpiView, ctx: Context) -> str:
    """The period in plain text, with the word for old ones: "2024-Q4", "2019, old"."""
    return f"{period}, {ctx.t('old')}" if is_old(period, kpi, ctx) else period


def words(value: float, kpi: KpiView, period: str, ctx: Context) -> str:
    """A value in plain text: "71.5% (2019-Q4, old)"."""
    return f"{ctx.value(value, kpi)} ({when(period, kpi, ctx)})"


def figure(
    value: float | None,
    kpi: KpiView,
    ctx: Context,
    period: str,
    *,
    dated: bool = False,
    past: bool = False,
) -> Markup:
    """An own value as an element that says whose it is, of when and how old; the dash where there is none.

    period: one, or the first and the last of several; "" for a target or gate, which never gets old. dated:
    the period is printed too. past: a point of a history whose newer values stand beside it.
    """
    if value is None or pd.isna(value):
        return escape(MISSING)
    element = Markup('<data class="e-fig" value="{}" data-own="true"{}>{}</data>{}{}')
    attributes = Markup(' data-rule="true"')
    if period:
        age = "past" if past else str(is_old(period, kpi, ctx)).lower()
        attributes = Markup(' data-year="{}" data-old="{}"').format(period, age)
    tag = figures.old_tag(kpi, _newest(period), ctx) if period and not past else ""
    printed = f" ({period})" if dated and period else ""
    return element.format(repr(float(value)), attributes, ctx.value(value, kpi), printed, tag)


def _newest(period: str) -> int:
    return year_of(period.rpartition("–")[2])


def span(periods: Iterable[str]) -> str:
    """The first and the last of several periods: "2019–2023-Q3"."""
    held = sorted(set(periods), key=month_of)
    return "" if not held else held[0] if len(held) == 1 else f"{held[0]}–{held[-1]}"


def line_id(area: str, table: str) -> str:
    """The id of the own values of an area in a chart or table, from which its marks are known."""
    return f"{LINE}{area}:{table}"


def is_line(line: str) -> bool:
    """Whether an id is one of own values."""
    return line.startswith(LINE)


def area_of(line: str) -> str:
    """The area of an id: that of own values, or the id itself."""
    return line.split(":", 2)[1] if is_line(line) else line


def table_of(line: str) -> str:
    """The table that own values of an id stand in; "" of other ids."""
    return line.split(":", 2)[2] if is_line(line) else ""


def origin(rows: pd.DataFrame, kpi: KpiView, ctx: Context) -> pd.DataFrame:
    """Rows with the columns that say where each is from: of own values their table, under no licence.

    rows: with a column id.
    """
    export, mine = rows.assign(**kpi.provenance()), rows["id"].astype(str).map(is_line)
    if mine.any():
        tables = rows.loc[mine, "id"].map(table_of)
        export.loc[mine, "source"] = [f"{ctx.t('own figure')}: {table}" for table in tables]
        export.loc[mine, "licence"] = ""
    return export


def gates(value: OwnValue, ctx: Context) -> list[tuple[str, float, bool]]:
    """The own gates that are stated: name of the stage, gate, and whether the value reaches it."""
    sign = -1 if value.direction == "lower" else 1
    return [
        (ctx.t(stage), gate, sign * (value.value - gate) >= 0)
        for stage, gate in zip(GATES, value.gates, strict=True)
        if gate is not None
    ]

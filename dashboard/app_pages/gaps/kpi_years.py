"""The table of every KPI of a country with its years: latest year, status, years with a value, age, gaps."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.gaps import reads, strip
from dashboard.charts import coverage_words as coverage
from dashboard.charts.context import MISSING, KpiView
from dashboard.charts.scalars import Row, records, whole
from dashboard.components import links, table
from dashboard.components.frame import Table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads import shared as data
from dashboard.reads.kept import drawn
from dashboard.reads.reader import Reader


@dataclass(frozen=True)
class Years:
    """Years with a value by KPI, of the country and of all areas; first and last year of the strips."""

    country: dict[str, set[int]]
    world: dict[str, list[int]]
    first: int
    last: int


@drawn(8)  # about a megabyte each
def kpi_years(reader: Reader, area: str) -> Table:
    """Every KPI of a country: latest year and status first, for phones, then a strip of its years, gaps."""
    years = _years(reader, area)
    body, sections = _body(reader, area, years)
    columns = [
        Column("KPI"),
        Column(_("Latest year"), True),
        Column(_("Status")),
        Column(f"{years.first}–{years.last}"),
        Column(_("Years held"), True),
        Column(_("Age, years"), True),
        Column(_("Gaps"), True),
    ]
    caption = _(
        "A full square: a year with a value. An outline: others have one of that year. A dot: nobody has."
    )
    return (
        _("{name}: years of every KPI").format(name=reader.area(area).name),
        table.html(
            caption, columns, body, sections=sections, tall=True, no_data=_("no data"), style="e-years"
        ),
        lambda: _export(reader, _kpi_rows(reader, area)),
        f"escala_coverage_{area}",
    )


def _years(reader: Reader, area: str) -> Years:
    trends = data.trends(reader.warehouse, area).dropna(subset=["obs_value"])
    country = {str(kpi): set(years.astype(int)) for kpi, years in trends.groupby("kpi")["time_period"]}
    world = data.years_by_kpi(reader.warehouse)
    ends = [year for years in world.values() for year in (years[0], years[-1])] or [reader.ctx.as_of]
    return Years(country, world, min(ends), max(ends))


def _body(reader: Reader, area: str, years: Years) -> tuple[list[list[Cell]], dict[int, str]]:
    """The rows, and the dimensions by the number of the row they stand above."""
    rows, kpis = _kpi_rows(reader, area), reader.kpis
    body: list[list[Cell]] = []
    sections: dict[int, str] = {}
    for dimension, title in coverage.dimensions(reader.dimensions, reader.ctx).items():
        of_dimension = records(rows[rows["dimension"] == dimension])
        if of_dimension:
            sections[len(body)] = title
        body += [_cells(reader, area, kpis[row["kpi"]], row, years) for row in of_dimension]
    return body, sections


def _kpi_rows(reader: Reader, area: str) -> pd.DataFrame:
    """One row per KPI: latest value, coverage, and the limit of its age."""
    rows = data.country(reader.warehouse, area)
    limits = data.kpi_table(reader.warehouse)["fresh_years"]
    return rows.join(reads.coverage(reader.warehouse, area), on="kpi").assign(
        fresh_years=rows["kpi"].map(limits)
    )


def _cells(reader: Reader, area: str, kpi: KpiView, row: Row, years: Years) -> list[Cell]:
    ctx, kind = reader.ctx, _kind(row)
    country, world = years.country.get(kpi.id, set()), years.world.get(kpi.id, [])
    return [
        links.to(reader, "country", kpi.name, country=area, kpi=kpi.id),
        MISSING if kind == "none" else str(whole(row["latest_year"])),
        _status(reader, kpi, kind, empty=not world),
        Html(_strip(reader, years, country, world)),
        ctx.number(row["n_years"]),
        MISSING if kind == "none" else ctx.number(row["age"]),
        MISSING if kind == "none" else ctx.number(row["gaps"]),
    ]


def _strip(reader: Reader, years: Years, country: Collection[int], world: Collection[int]) -> str:
    """The years of a KPI as a picture."""
    runs = strip.runs(country)
    label = _("values of {years}").format(years=runs) if country else _("no value")
    return strip.image((years.first, years.last), country, world, label, reader.ctx.look)


def _kind(row: Row) -> str:
    """fresh, old or none; the code in the download."""
    if pd.isna(row["obs_value"]):
        return "none"
    return "fresh" if bool(row["fresh"]) else "old"


def _status(reader: Reader, kpi: KpiView, kind: str, *, empty: bool) -> Markup:
    """Fresh, old or none; the limit where it decides, and why it is longer than others.

    empty: nobody has a value of the KPI.
    """
    limit = reader.ctx.number(kpi.fresh_years)
    reason = data.limit_reason(reader.warehouse, reader.lang, kpi.id) if kind != "none" else ""
    if kind == "old":
        label = _("old: limit {n} years").format(n=limit)
    elif reason:
        label = _("fresh value: limit {n} years").format(n=limit)
    elif kind == "none" and empty:
        label = _("no source in use has any value")
    else:
        label = coverage.labels(reader.ctx)[kind]
    note = Markup(' <small class="e-reason">{}</small>').format(reason) if reason else ""
    return Markup('<span class="e-state e-{}">{}</span>{}').format(kind, label, note)


def _export(reader: Reader, rows: pd.DataFrame) -> pd.DataFrame:
    columns = ["kpi", "dimension", "n_years", "first_year", "latest_year", "age", "gaps", "fresh_years"]
    catalogue = reader.kpis
    kpis = [catalogue[kpi_id] for kpi_id in rows["kpi"]]
    return (
        rows[columns]
        .assign(
            status=[_kind(row) for row in records(rows)],
            name=[kpi.name for kpi in kpis],
            source=[kpi.source for kpi in kpis],
            licence=[kpi.licence for kpi in kpis],
        )
        .astype({"first_year": "Int64", "latest_year": "Int64", "age": "Int64"})
    )

"""What releases changed: by source, by KPI, the values revised and the ranks that moved because of it.

A count that is zero throughout has no column: what did not happen needs no room.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.releases import reads
from dashboard.charts import rank_moves
from dashboard.charts.context import MISSING, KpiView
from dashboard.charts.figures import computed, figure, span
from dashboard.charts.scalars import Row, records
from dashboard.components import links, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader

COUNTS = ("n_new", "n_revised", "n_withdrawn")
MOST = 200  # rows on screen; the download has all

Part = tuple[Column, Sequence[Cell]]  # a column with its cells from above


def counted(row: pd.Series, reader: Reader) -> str:
    """Values new, revised and withdrawn in words, without those of which there are none."""
    templates = {"n_new": _("new: {n}"), "n_revised": _("revised: {n}"), "n_withdrawn": _("withdrawn: {n}")}
    return "; ".join(templates[kind].format(n=reader.ctx.number(row[kind])) for kind in COUNTS if row[kind])


def _heads() -> dict[str, str]:
    return {"n_new": _("New values"), "n_revised": _("Revised"), "n_withdrawn": _("Withdrawn")}


def _counts(rows: pd.DataFrame, reader: Reader) -> list[Part]:
    """A column for each kind of change that occurs."""
    return [
        (Column(_heads()[kind], True), [reader.ctx.number(n) for n in rows[kind]])
        for kind in COUNTS
        if rows[kind].fillna(0).gt(0).any()
    ]


def _table(caption: str, parts: Sequence[Part], sections: dict[int, str] | None = None) -> str:
    columns = [column for column, _cells in parts]
    body = [list(row) for row in zip(*(cells for _column, cells in parts), strict=True)]
    return table.html(caption, columns, body, tall=True, sections=sections, no_data=_("none"))


@worded(data.FEW)
def sources(reader: Reader) -> pd.DataFrame:
    """Every source with figures: title, vintage (of its last release), last_year, counts of changed values.

    Those with most changes first; counts are missing where no release before is held.
    """
    sources = reader.sources
    rows = sources.loc[sources["n_values"] > 0, ["title", "vintage", "last_year"]].sort_values("title")
    rows = rows.join(reads.releases(reader.warehouse))
    rows["vintage"] = rows.pop("vintage_after").fillna(rows["vintage"])  # of the figures that changed, if any
    total = rows[list(COUNTS)].sum(axis=1, min_count=1)
    order = total.sort_values(ascending=False, na_position="last", kind="stable").index
    return rows.loc[order]


@worded(data.FEW)
def by_source(reader: Reader) -> str:
    """Every source: its release, the one before, and how many values changed between them."""
    rows = sources(reader)
    is_recorded = rows["n_new"].notna()
    before: list[Cell] = [
        MISSING if pd.isna(vintage) else _vintage(vintage) for vintage in rows["vintage_before"]
    ]
    parts: list[Part] = [(Column(_("Source")), rows["title"].tolist()), *_counts(rows, reader)]
    if is_recorded.any():
        parts.append((Column(_("Release before")), before))
    parts += [
        (Column(_("Release held")), [_vintage(vintage) for vintage in rows["vintage"]]),
        (Column(_("Newest year"), True), [f"{year:.0f}" for year in rows["last_year"]]),
    ]
    sections = {0: _("Changed by the last release")} if is_recorded.any() else {}
    if not is_recorded.all():
        sections[int(is_recorded.sum())] = _("Imported once: no release before is held")
    return _table(_("What each release changed"), parts, sections)


def own_first(rows: pd.DataFrame, area: str | None) -> pd.DataFrame:
    """The rows of a country before the others, else in their order. rows: ref_area and others."""
    is_other = rows["ref_area"] != area
    return rows.loc[is_other.sort_values(kind="stable").index].reset_index(drop=True)


@worded(data.FEW)
def by_kpi(reader: Reader) -> str:
    """Every KPI that the last release changed: how many values, the largest revision, ranks moved by it."""
    kpis, rows = reader.kpis, reads.kpis(reader.warehouse)
    parts: list[Part] = [(Column("KPI"), [_kpi(reader, kpis[str(kpi_id)]) for kpi_id in rows.index])]
    parts += _counts(rows, reader)
    if rows["largest_ref_area"].notna().any():
        parts += _largest(reader, rows, [kpis[str(kpi_id)] for kpi_id in rows.index])
    if rows["ranks_moved"].gt(0).any():
        parts.append((Column(_("Ranks moved"), True), [_moved(row, reader) for row in records(rows)]))
    return _table(_("KPIs with values that the last release changed"), parts)


def _largest(reader: Reader, rows: pd.DataFrame, kpis: Sequence[KpiView]) -> list[Part]:
    """Country, year and both values of the largest revision of each KPI; dashes where nothing was revised."""
    names = reader.area_names
    largest = rows.filter(like="largest_").rename(columns=lambda name: name.removeprefix("largest_"))
    pairs = list(zip(records(largest), kpis, strict=True))
    return [
        (
            Column(_("Largest revision")),
            [MISSING if pd.isna(code) else str(names[code]) for code in largest["ref_area"]],
        ),
        (Column(_("Year"), True), [span(year) for year in largest["time_period"]]),
        (Column(_("Value before"), True), [_before(row, kpi, reader) for row, kpi in pairs]),
        (Column(_("Value now"), True), [_now(row, kpi, reader) for row, kpi in pairs]),
    ]


def revisions(reader: Reader, rows: pd.DataFrame, kpi: KpiView) -> str:
    """Values of a KPI that the release replaced, the largest change first. rows: of `Warehouse.revisions`."""
    names, ctx = reader.area_names, reader.ctx
    cells = records(rows.head(MOST))
    parts: list[Part] = [
        (Column(_("Country or area")), [str(names[row["ref_area"]]) for row in cells]),
        (Column(_("Year"), True), [str(row["time_period"]) for row in cells]),
        (Column(_("Value before"), True), [_before(row, kpi, reader) for row in cells]),
        (Column(_("Value now"), True), [_now(row, kpi, reader) for row in cells]),
        (
            Column(_("Change"), True),
            [computed(row["change"], kpi, row["time_period"], ctx, sign=True) for row in cells],
        ),
    ]
    return _table(f"{_('Values revised by the release, the largest change first')}, {kpi.unit}", parts)


def ranks(reader: Reader, rows: pd.DataFrame, kpi: KpiView) -> str:
    """Ranks that differ because the release changed earlier figures. rows: of `moved_ranks`."""
    names, ctx = reader.area_names, reader.ctx
    cells = records(rows.head(MOST))
    parts: list[Part] = [
        (Column(_("Country")), [str(names[row["ref_area"]]) for row in cells]),
        (Column(_("Year"), True), [str(row["time_period"]) for row in cells]),
        (
            Column(_("Value before"), True),
            [computed(row["value_before"], kpi, row["time_period"], ctx) for row in cells],
        ),
        (
            Column(_("Value now"), True),
            [
                figure(row["value_after"], kpi, row["time_period"], ctx, dated=False, past=True)
                for row in cells
            ],
        ),
        (Column(_("Rank before"), True), [ctx.number(row["rank_before"]) for row in cells]),
        (Column(_("Rank now"), True), [ctx.number(row["rank_after"]) for row in cells]),
        (Column(_("Places"), True), [places(row["places"], reader) for row in cells]),
    ]
    return _table(f"{_('Ranks moved by the release, the newest year first')}, {kpi.unit}", parts)


def places(change: float, reader: Reader) -> Markup:
    """Places gained or lost, marked."""
    kind = "e-up" if change > 0 else "e-down" if change < 0 else ""
    return Markup('<span class="{}">{}</span>').format(kind, rank_moves.directed(int(change), reader.ctx))


def _kpi(reader: Reader, kpi: KpiView) -> Markup:
    return links.to(reader, "releases", kpi.name, kpi=kpi.id)


def _vintage(vintage: object) -> Markup:
    return Markup('<span class="e-nowrap">{}</span>').format(vintage)


def _before(row: Row, kpi: KpiView, reader: Reader) -> Markup:
    value = computed(row["value_before"], kpi, row["time_period"], reader.ctx)
    return _from(value, row["vintage_before"]) if pd.notna(row["value_before"]) else value


def _now(row: Row, kpi: KpiView, reader: Reader) -> Markup:
    value = figure(row["value_after"], kpi, row["time_period"], reader.ctx, dated=False, past=True)
    return _from(value, row["vintage_after"]) if pd.notna(row["value_after"]) else value


def _from(value: Markup, vintage: object) -> Markup:
    """A value with the release that it is from."""
    return Markup('{} <small class="e-nowrap">({})</small>').format(value, vintage)


def _moved(row: Row, reader: Reader) -> str:
    if pd.isna(row["ranks_moved"]):
        return MISSING
    return f"{reader.ctx.number(row['ranks_moved'])} ({row['ranks_year']:.0f})"

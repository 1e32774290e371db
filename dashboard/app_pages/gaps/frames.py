"""The charts of the page in their frames: bars of a country; tiles, ranking and heat map of a group."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from markupsafe import Markup, escape

from dashboard.app_pages.gaps import bars, fill, heat
from dashboard.app_pages.gaps.heat_table import heat_html
from dashboard.charts import classes, own, ranking, tile_grid
from dashboard.charts import coverage_words as coverage
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.scalars import records, whole
from dashboard.components import explain, frame, kpi_tables, membership, table
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.kept import drawn, worded
from dashboard.reads.reader import Reader

FLATTEST = 0.44  # height of the tiles for each pixel of their width
BOUNDS = (65.0, 70.0, 75.0, 80.0)  # per cent of KPIs with a fresh value: where classes of tiles begin


@drawn(frame.CACHED_FRAMES)
def country_bars(reader: Reader, area: str) -> tuple[Chart, Frame]:
    """KPIs of a country by dimension."""
    ctx, name = reader.ctx, reader.area(area).name
    rows = data.country(reader.warehouse, area)
    counts = _counts(rows, coverage.dimensions(reader.dimensions, ctx))
    kinds = coverage.with_kinds(counts)
    unit = _("Number of KPIs by dimension, {name}").format(name=name)
    return (
        bars.figure(counts, ctx),
        Frame(
            key="gaps_bars",
            title=coverage.thinnest_dimension(counts, ctx),
            unit=unit,
            alt=bars.alt(counts, name, ctx),
            foot=_foot(reader, len(rows)),
            data=lambda: kinds[["dimension", "kpis", *coverage.KINDS]].assign(ref_area=area),
            table=lambda: _bars_html(kinds, unit, ctx),
            file=f"escala_gaps_{area}",
            how=lambda: explain.freshness(reader),
            legend=bars.legend(ctx),
        ),
    )


def _counts(rows: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """One row per dimension with KPIs: dimension, label, kpis, held (with a value), fresh."""
    rows = rows.assign(held=rows["obs_value"].notna(), fresh=coverage.is_fresh(rows))
    counts = rows.groupby("dimension").agg(kpis=("kpi", "size"), held=("held", "sum"), fresh=("fresh", "sum"))
    counts = counts.reindex(list(labels)).dropna().astype(int).rename_axis("dimension").reset_index()
    return counts.assign(label=counts["dimension"].map(labels))


def _bars_html(kinds: pd.DataFrame, caption: str, ctx: Context) -> str:
    labels = coverage.labels(ctx)
    columns = [Column(_("Dimension")), Column(_("KPIs"), True)]
    columns += [Column(labels[kind], True) for kind in coverage.KINDS]
    body: list[list[Cell]] = [
        [row["label"], *(ctx.number(row[column]) for column in ("kpis", *coverage.KINDS))]
        for row in records(kinds)
    ]
    return table.html(caption, columns, body)


@drawn(frame.CACHED_FRAMES)
def group(reader: Reader, group_id: str, view: str, mine: str | None = None) -> tuple[str, Chart, Frame]:
    """A group in a sentence; its chart and frame. view: tiles, ranking or dimensions; mine: marked in it."""
    shares = _shares(reader, group_id)
    sentence = coverage.group_sentence(shares, reader.group(group_id).name, len(reader.kpis), reader.ctx)
    if view == "dimensions":
        return sentence, *_heat(reader, group_id, mine)
    return sentence, *_by_country(reader, shares, group_id, view, mine)


@worded(frame.CACHED_FRAMES)
def own_share(reader: Reader, area: str) -> Markup:
    """The share of the reader's own country, with the way to what would fill its gaps."""
    row = own.row_of(_shares(reader, "WORLD"), area).iloc[0]
    sentence = _("{name}: {share}, rank {rank} of {n}.").format(
        name=row["name"],
        share=reader.ctx.percentage(row["obs_value"]),
        rank=reader.ctx.number(row["rank"]),
        n=reader.ctx.number(row["n"]),
    )
    return Markup("{} {}").format(sentence, fill.way(reader, area))


def _shares(reader: Reader, group_id: str) -> pd.DataFrame:
    """Members of a group; obs_value: per cent of KPIs with a fresh value; rank, n: among all States."""
    total = data.freshness(reader.warehouse).groupby("ref_area", as_index=False)[["kpis", "fresh"]].sum()
    shares = total.assign(
        name=total["ref_area"].map(reader.area_names),
        obs_value=100 * total["fresh"] / total["kpis"],
        time_period=data.as_of(reader.warehouse),
        rank=total["fresh"].rank(method="min", ascending=False).astype(int),
        n=len(total),
    )
    members = data.members(reader.warehouse, group_id)
    return shares[shares["ref_area"].isin(members)].reset_index(drop=True)


def _by_country(
    reader: Reader, shares: pd.DataFrame, group_id: str, view: str, mine: str | None
) -> tuple[Chart, Frame]:
    """The share of each country, as tiles or as a ranking; the reader's own outlined and named."""
    ctx, n, year = reader.ctx, len(reader.kpis), data.as_of(reader.warehouse)
    kpi = _share_of_kpis(ctx, n)
    as_tiles = view == "tiles"
    if as_tiles:
        regions = data.regions(reader.warehouse, reader.lang) if ctx.narrow else None
        chart = tile_grid.figure(shares, data.tile_grid(), kpi, ctx, height=400, mine=mine, regions=regions)
        chart = chart if ctx.narrow else replace(chart, beside={"fills": FLATTEST})
        alt = tile_grid.alt(shares, kpi, ctx)
    else:
        order = _("countries, most fresh values first")
        chart = ranking.figure(shares, kpi, ctx, height=385, mine=mine, order=order)
        alt = ranking.alt(shares, kpi, ctx)
    return (
        chart,
        Frame(
            key=f"gaps_{view}",
            title=_share_title(reader, group_id),
            unit=kpi.unit,
            alt=alt,
            foot=_foot(reader, n, group_id),
            data=lambda: shares[["ref_area", "name", "kpis", "fresh", "rank", "n"]].assign(year=year),
            table=lambda: kpi_tables.ranking_html(reader, shares, kpi, mine),
            file=f"escala_gaps_{group_id}",
            how=lambda: explain.freshness(reader),
            legend=_class_legend(shares, kpi, mine, ctx) if as_tiles else "",
        ),
    )


def _share_of_kpis(ctx: Context, n: int) -> KpiView:
    """The share of KPIs with a fresh value as a KPI, in fixed classes."""
    return KpiView(
        "FRESH",
        ctx.t("KPIs with a fresh value"),
        ctx.t("% of {n} KPIs").format(n=ctx.number(n)),
        "%",
        "higher",
        0,
        bounds=BOUNDS,
    )


def _class_legend(shares: pd.DataFrame, kpi: KpiView, mine: str | None, ctx: Context) -> str:
    """The classes of the tiles as HTML, opened by what they count and the reader's own country."""
    head = Markup("<li>{}</li>").format(ctx.t("{unit} with a fresh value (countries):").format(unit=kpi.unit))
    entry = own.legend(own.row_of(shares, mine))
    values = shares["obs_value"]
    return classes.legend(classes.classify(values, kpi), int(values.isna().sum()), kpi, ctx, own=head + entry)


def _share_title(reader: Reader, group_id: str) -> str:
    return _("{name}: share of KPIs with a fresh value in {year}").format(
        name=reader.group(group_id).name, year=data.as_of(reader.warehouse)
    )


def _heat(reader: Reader, group_id: str, mine: str | None) -> tuple[Chart, Frame]:
    """The share of each country in each dimension."""
    ctx = reader.ctx
    cells = data.freshness(reader.warehouse)
    cells = cells[cells["ref_area"].isin(data.members(reader.warehouse, group_id))]
    cells = cells.assign(name=cells["ref_area"].map(reader.area_names))
    present = set(cells["dimension"])
    names = coverage.dimensions(reader.dimensions, ctx)
    labels = {dimension: name for dimension, name in names.items() if dimension in present}
    n = whole(cells.drop_duplicates("dimension")["kpis"].sum())
    columns = ["ref_area", "name", "dimension", "kpis", *coverage.KINDS]
    return (
        heat.figure(cells, labels, ctx, mine=mine),
        Frame(
            key="gaps_heat",
            title=_heat_title(reader, group_id, cells["ref_area"].nunique()),
            unit=_heat_unit(reader, cells, mine),
            alt=heat.alt(cells, labels, ctx),
            foot=_foot(reader, n, group_id),
            data=lambda: coverage.with_kinds(cells)[columns],
            table=lambda: heat_html(reader, cells, labels, mine),
            file=f"escala_gaps_{group_id}_dimensions",
            how=lambda: explain.freshness(reader),
            legend=heat.legend(replace(_share_of_kpis(ctx, n), bounds=heat.BOUNDS), ctx),
        ),
    )


def _heat_unit(reader: Reader, cells: pd.DataFrame, mine: str | None) -> str:
    """What is counted, and the reader's own country where it stands below the others."""
    unit = _("% of the KPIs of each dimension; fewest first")
    if mine not in heat.ordered(cells)[heat.MOST_ROWS :]:
        return unit
    return f"{unit}; {_('last row: {name}').format(name=reader.area(str(mine)).name)}"


def _heat_title(reader: Reader, group_id: str, n: int) -> str:
    """What is drawn: all n countries of a group, or of a large one those with the fewest fresh values."""
    if n <= heat.MOST_ROWS:
        return _share_title(reader, group_id)
    return _("{name}: the {k} of {n} countries with the fewest fresh values").format(
        name=reader.group(group_id).name, k=reader.ctx.number(heat.MOST_ROWS), n=reader.ctx.number(n)
    )


def _foot(reader: Reader, n: int, group_id: str = "WORLD") -> Markup:
    """What is counted, and what membership of the group means."""
    counted = _(
        "n = {n} KPIs of the catalogue; ages counted to {year}. A missing value means that no source in use "
        "holds one, not that the State has none."
    ).format(n=reader.ctx.number(n), year=data.as_of(reader.warehouse))
    return escape(" ".join(filter(None, (counted, membership.meaning(reader, group_id)))))

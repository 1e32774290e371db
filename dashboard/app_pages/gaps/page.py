"""Data and gaps: what is known of a country or a group, how old is it, and what could come next?"""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.app_pages.gaps import coverage
from dashboard.app_pages.gaps import tables as coverage_table
from dashboard.charts import ranking, tile_grid
from dashboard.charts.context import KpiView
from dashboard.charts.figure import Chart
from dashboard.components import explain, frame, kpi_table, membership, pickers, shell, table
from dashboard.components.findings import usual_group
from dashboard.components.frame import Frame
from dashboard.components.language import ngettext
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

OF_COUNTRY = ["dimensions", "kpis", "next"]
OF_GROUP = ["tiles", "ranking", "dimensions"]


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    with st.container(key="controls_gaps"):
        first, second, third = st.columns([1.5, 1.5, 1.8], vertical_alignment="bottom")
        with first:
            area = pickers.country(reader)
        with second:
            group = pickers.group(
                reader,
                name="peers" if area else "group",
                label=_("Compared with") if area else "",
                default=usual_group(reader, area) if area else "WORLD",
            )
        said = {
            "dimensions": _("By dimension"),
            "kpis": _("Every KPI"),
            "next": _("Next"),
            "tiles": _("Tiles"),
            "ranking": _("Ranking"),
        }
        views = OF_COUNTRY if area else OF_GROUP
        default = "dimensions" if area or group != "WORLD" else "tiles"
        with third:
            view = pickers.switch(_("View"), "show" if area else "by", views, default, lambda one: said[one])
    if area is None:
        _group(reader, top, group, view)
    else:
        _country(reader, top, area, group, view)


def _country(
    reader: Reader, top: st.delta_generator.DeltaGenerator, area: str, group: str, view: str
) -> None:
    name = reader.area(area).name
    rows = data.country(reader.warehouse, area)
    held = rows["obs_value"].notna()
    old = held & ~rows["fresh"].fillna(False).astype(bool)
    missing = coverage_table.could_report(reader, area, group)
    with top:
        shell.headline(
            coverage.has_value(name, int(held.sum()), int(old.sum()), len(rows), reader.ctx),
            lead=_lead(reader, group, len(missing)),
        )
    if view == "dimensions":
        frame.show(*draw_bars(reader, area))
    elif view == "kpis":
        frame.table_only(*coverage_table.every(reader, area))
    else:
        coverage_table.following(reader, area, group, missing)


def _lead(reader: Reader, group: str, n: int) -> str:
    peers = reader.group(group).name
    if n == 0:
        return _("Nothing that most of the group {group} has is missing here.").format(group=peers)
    template = ngettext(
        "Could come next: 1 KPI without a value here that most of the group {group} has.",
        "Could come next: {n} KPIs without a value here that most of the group {group} has.",
        n,
    )
    return template.format(n=reader.ctx.number(n), group=peers)


@cached(frame.CACHED_FRAMES)
def draw_bars(reader: Reader, area: str) -> tuple[Chart, Frame]:
    ctx, names = reader.ctx, reader.dimensions
    name = reader.area(area).name
    rows = data.country(reader.warehouse, area)
    held = rows["obs_value"].notna()
    rows = rows.assign(held=held, fresh=held & rows["fresh"].fillna(False).astype(bool))
    counts = rows.groupby("dimension").agg(kpis=("kpi", "size"), held=("held", "sum"), fresh=("fresh", "sum"))
    counts = counts.reindex(names).dropna().astype(int).rename_axis("dimension").reset_index()
    counts["label"] = counts["dimension"].map(names)
    full = coverage.counted(counts)
    said = coverage.words(ctx)
    body = [
        [row.label, *(ctx.number(getattr(row, kind)) for kind in ("kpis", *coverage.KINDS))]
        for row in full.itertuples()
    ]
    columns = [table.Column(_("Dimension")), table.Column(_("KPIs"), True)]
    columns += [table.Column(said[kind], True) for kind in coverage.KINDS]
    return (
        coverage.bars(counts, ctx),
        Frame(
            key="gaps_bars",
            title=coverage.thinnest(counts, ctx),
            unit=_("Number of KPIs by dimension, {name}").format(name=name),
            alt=coverage.bars_alt(counts, name, ctx),
            foot=_foot(reader, len(rows)),
            data=lambda: full[["dimension", "kpis", *coverage.KINDS]].assign(ref_area=area),
            table=lambda: table.html(
                _("Number of KPIs by dimension, {name}").format(name=name), columns, body
            ),
            file=f"escala_gaps_{area}",
            how=lambda: explain.freshness(reader),
            legend=coverage.legend(ctx),
        ),
    )


def _group(reader: Reader, top: st.delta_generator.DeltaGenerator, group: str, view: str) -> None:
    said, figure, framed = draw_group(reader, group, view)
    with top:
        shell.headline(said)
    frame.show(figure, framed)


@cached(frame.CACHED_FRAMES)
def draw_group(reader: Reader, group: str, view: str) -> tuple[str, Chart, Frame]:
    """A group in a sentence; its chart and frame."""
    ctx, n = reader.ctx, len(reader.kpis)
    names, year = reader.area_names, data.as_of(reader.warehouse)
    name = reader.group(group).name
    every = data.freshness(reader.warehouse)
    total = every.groupby("ref_area", as_index=False)[["kpis", "fresh"]].sum()
    shares = total.assign(
        name=total["ref_area"].map(names),
        obs_value=100 * total["fresh"] / total["kpis"],
        time_period=year,
        rank=total["fresh"].rank(method="min", ascending=False).astype(int),
        n=len(total),
    )
    inside = data.members(reader.warehouse, group)
    shares = shares[shares["ref_area"].isin(inside)].reset_index(drop=True)
    said = coverage.middle(shares, name, n, ctx)
    if view == "dimensions":
        cells = every[every["ref_area"].isin(inside)].assign(name=lambda t: t["ref_area"].map(names))
        return said, *_heat(reader, cells, group, name)
    kpi = KpiView("FRESH", _("KPIs with a fresh value"), _("% of {n} KPIs").format(n=n), "%", "higher", 0)
    if view == "tiles":
        figure = tile_grid.figure(shares, data.tile_grid(), kpi, ctx, height=400)
        alt = tile_grid.alt(shares, kpi, ctx)
    else:
        figure, alt = ranking.figure(shares, kpi, ctx, height=385), ranking.alt(shares, kpi, ctx)
    return (
        said,
        figure,
        Frame(
            key=f"gaps_{view}",
            title=_("{name}: share of KPIs with a fresh value in {year}").format(name=name, year=year),
            unit=kpi.unit,
            alt=alt,
            foot=_foot(reader, n, group),
            data=lambda: shares[["ref_area", "name", "kpis", "fresh", "rank", "n"]].assign(year=year),
            table=lambda: kpi_table.ranking_html(reader, shares, kpi),
            file=f"escala_gaps_{group}",
            how=lambda: explain.freshness(reader),
            legend=coverage.steps(shares["obs_value"], kpi, ctx) if view == "tiles" else "",
            scrolls=view == "tiles" and ctx.narrow,
        ),
    )


def _heat(reader: Reader, cells: pd.DataFrame, group: str, name: str) -> tuple[Chart, Frame]:
    ctx, year = reader.ctx, data.as_of(reader.warehouse)
    labels = {one: label for one, label in reader.dimensions.items() if (cells["dimension"] == one).any()}
    count = cells["ref_area"].nunique()
    title = (
        _("{name}: the {k} of {n} countries with the fewest fresh values").format(
            name=name, k=ctx.number(coverage.MOST_ROWS), n=ctx.number(count)
        )
        if count > coverage.MOST_ROWS
        else _("{name}: share of KPIs with a fresh value in {year}").format(name=name, year=year)
    )
    return (
        coverage.heat(cells, labels, ctx),
        Frame(
            key="gaps_heat",
            title=title,
            unit=_("% of the KPIs of each dimension; fewest first"),
            alt=coverage.heat_alt(cells, labels, ctx),
            foot=_foot(reader, int(cells.drop_duplicates("dimension")["kpis"].sum()), group),
            data=lambda: coverage.counted(cells)[
                ["ref_area", "name", "dimension", "kpis", "fresh", "old", "none"]
            ],
            table=lambda: coverage_table.heat_html(reader, cells, labels),
            file=f"escala_gaps_{group}_dimensions",
            how=lambda: explain.freshness(reader),
        ),
    )


def _foot(reader: Reader, n: int, group: str = "WORLD") -> str:
    """What is counted, and what membership of the group means, as safe HTML."""
    year = data.as_of(reader.warehouse)
    said = _(
        "n = {n} KPIs of the catalogue; ages counted to {year}. A missing value means that no source in use "
        "holds one, not that the State has none."
    )
    meaning = membership.meaning(reader, group)
    return escape(" ".join(filter(None, (said.format(n=reader.ctx.number(n), year=year), meaning))))

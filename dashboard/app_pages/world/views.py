"""The views of the page World: a KPI on a map, in tiles or ranked, in its frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from dashboard.charts import classes, own, ranking, ranks, sentences, tile_grid, world_map
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart
from dashboard.components import explain, frame, kpi_tables, links, sources
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader


@dataclass(frozen=True)
class _View:
    """A chart with its text alternative, its legend as HTML and a note for the foot line."""

    figure: Chart
    alt: str
    legend: str = ""
    note: str = ""


def _map(rows: pd.DataFrame, kpi: KpiView, ctx: Context, mine: str | None) -> _View:
    steps, missing = classes.classify(rows["obs_value"], kpi), int(rows["obs_value"].isna().sum())
    return _View(
        figure=world_map.figure(rows, kpi, ctx, height=220 if ctx.narrow else 385, mine=mine),
        alt=world_map.alt(rows, kpi, ctx),
        legend=classes.legend(steps, missing, kpi, ctx, outside=True, own=_own(rows, kpi, ctx, mine)),
        note=_(
            "Boundaries and names shown imply no official endorsement or acceptance by the United Nations."
        ),
    )


def _tiles(rows: pd.DataFrame, kpi: KpiView, ctx: Context, mine: str | None) -> _View:
    steps, missing = classes.classify(rows["obs_value"], kpi), int(rows["obs_value"].isna().sum())
    return _View(
        figure=tile_grid.figure(rows, data.tile_grid(), kpi, ctx, height=400, mine=mine),
        alt=tile_grid.alt(rows, kpi, ctx),
        legend=classes.legend(steps, missing, kpi, ctx, own=_own(rows, kpi, ctx, mine)),
    )


def _ranking(rows: pd.DataFrame, kpi: KpiView, ctx: Context, mine: str | None) -> _View:
    is_there = mine in set(rows.dropna(subset=["obs_value"])["ref_area"])
    marked = frozenset({str(mine)}) if is_there else _leaders(rows, kpi)
    figure = ranking.figure(rows, kpi, ctx, marked=marked, height=385, mine=mine)
    entry = own.legend(own.row_of(rows, mine), kpi, ctx, filled=True)
    legend = Markup('<ul class="legend">{}</ul>').format(entry) if entry else ""
    return _View(figure, ranking.alt(rows, kpi, ctx), legend)


def _own(rows: pd.DataFrame, kpi: KpiView, ctx: Context, mine: str | None) -> Markup:
    """The entry of the legend for the reader's own country; nothing where it is not among the rows."""
    return own.legend(own.row_of(rows, mine), kpi, ctx)


def own_line(reader: Reader, rows: pd.DataFrame, kpi: KpiView, mine: str | None) -> Markup:
    """The reader's own country, linked, with value, year and rank; nothing where it is not among the rows."""
    return Markup("").join(
        Markup("{}: {}").format(
            links.to(reader, "country", row["name"], country=row["ref_area"], kpi=kpi.id),
            own.said(row, kpi, reader.ctx),
        )
        for _at, row in own.row_of(rows, mine).iterrows()
    )


VIEWS: dict[str, Callable[[pd.DataFrame, KpiView, Context, str | None], _View]] = {
    "map": _map,
    "tiles": _tiles,
    "ranking": _ranking,
}


def values(reader: Reader, kpi_id: str, year: int | None, group: str) -> pd.DataFrame:
    """A row per member of a group with its value; year None: each country's latest."""
    rows = data.world(reader.warehouse, reader.lang, kpi_id, year)
    if group == "WORLD":
        return rows
    return rows[rows["ref_area"].isin(data.members(reader.warehouse, group, year))].reset_index(drop=True)


@cached(frame.CACHED_FRAMES)
def chart(
    reader: Reader, kpi: KpiView, year: int | None, group: str, view: str, mine: str | None = None
) -> tuple[Chart, Frame]:
    """The chart of a view and its frame. mine: the reader's own country, outlined and named."""
    ctx, rows = reader.ctx, values(reader, kpi.id, year, group)
    drawn = VIEWS[view](rows, kpi, ctx, mine)
    framed = Frame(
        key=f"world_{view}",
        title=sentences.middle(rows, kpi, ctx, reader.group(group).name),
        unit=f"{kpi.name} · {kpi.unit}",
        alt=drawn.alt,
        foot=sources.foot(reader, kpi, rows["time_period"], _n(rows, kpi, ctx), note=drawn.note),
        data=lambda: export(rows, kpi),
        table=lambda: kpi_tables.ranking_html(reader, rows, kpi, mine),
        file=f"escala_{kpi.id}_{group}_{year or 'latest'}",
        how=lambda: explain.kpi(reader, kpi),
        legend=drawn.legend,
        scrolls=view == "tiles" and ctx.narrow,
    )
    return drawn.figure, framed


def _n(rows: pd.DataFrame, kpi: KpiView, ctx: Context) -> str:
    """How many countries have a value, and that ranks of few countries say little."""
    present = int(rows["obs_value"].notna().sum())
    n = _("n = {n} of {all}").format(n=ctx.number(present), all=ctx.number(len(rows)))
    if kpi.direction != "context" and ranks.of_few(rows["n"].max()):
        return f"{n} · {_('ranks of few countries')}"
    return n


def _leaders(rows: pd.DataFrame, kpi: KpiView) -> frozenset[str]:
    """The area or areas in first place, which the ranking draws in the accent colour."""
    ordered = ranking.ordered(rows, kpi)
    return frozenset(ordered.loc[ordered["obs_value"] == ordered["obs_value"].head(1).squeeze(), "ref_area"])


def export(rows: pd.DataFrame, kpi: KpiView) -> pd.DataFrame:
    """What a download of country values holds: every number with unit, year, status and source."""
    table = rows[["ref_area", "name", "time_period", "obs_value", "obs_status", "rank", "n"]]
    table = table.astype({"time_period": "Int64", "rank": "Int64", "n": "Int64"})
    return table.assign(**kpi.provenance())

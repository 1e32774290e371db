"""The views of the page World: a KPI on a map, in tiles or ranked, in its frame, in every year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.world import reads
from dashboard.charts import classes, own, ranking, ranks, sentences, steps, tile_grid, world_map, zooms
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, fill_of_rows
from dashboard.charts.scalars import text_by_code
from dashboard.components import explain, frame, kpi_tables, links, sources
from dashboard.components.frame import Frame
from dashboard.components.groups import usual_group
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.kept import drawn
from dashboard.reads.reader import Reader

FLATTEST = 0.44  # height of the map of the world for each pixel of its width
SCREEN = 408  # pixels of height of the tile grid, at which its squares are 24 pixels high


@dataclass(frozen=True)
class Choice:
    """What the reader chose of World. year None: each country's latest; mine: the reader's own country."""

    year: int | None
    group: str = "WORLD"
    view: str = "map"
    mine: str | None = None
    zoom: str = zooms.WORLD


@dataclass(frozen=True)
class _View:
    """A chart with its text alternative, its legend as HTML and a note for the foot line.

    listed: where the list of countries stands (`charts/steps.py`). fills: as of `Drawing.fill`, or None;
    least: pixels of height that it has then at least.
    """

    figure: Chart
    alt: str
    legend: str = ""
    note: str = ""
    listed: str = steps.BESIDE
    fills: float | None = None
    least: int = 280


def _map(reader: Reader, rows: pd.DataFrame, kpi: KpiView, choice: Choice) -> _View:
    ctx = reader.ctx
    figure = world_map.figure(
        rows,
        kpi,
        ctx,
        height=_height(ctx, choice.zoom),
        mine=choice.mine,
        zoom=choice.zoom,
        inset=not ctx.narrow,
    )
    return _View(
        figure=figure,
        alt=world_map.alt(rows, kpi, ctx),
        legend=_legend(rows, kpi, ctx, choice.mine, outside=True),
        note=_(
            "Boundaries and names shown imply no official endorsement or acceptance by the United Nations."
        ),
        fills=FLATTEST,
    )


def _height(ctx: Context, zoom: str) -> int:
    """Pixels of height of the map, where it does not follow the screen."""
    if not ctx.narrow:
        return 320
    return 190 if zoom == zooms.WORLD else 260


def _tiles(reader: Reader, rows: pd.DataFrame, kpi: KpiView, choice: Choice) -> _View:
    ctx = reader.ctx
    regions = data.regions(reader.warehouse, reader.lang) if ctx.narrow else None
    return _View(
        figure=tile_grid.figure(
            rows, data.tile_grid(), kpi, ctx, height=SCREEN, mine=choice.mine, regions=regions
        ),
        alt=tile_grid.alt(rows, kpi, ctx),
        legend=_legend(rows, kpi, ctx, choice.mine),
        listed=steps.NOWHERE,
        fills=None if ctx.narrow else FLATTEST,
        least=SCREEN,
    )


def _legend(
    rows: pd.DataFrame, kpi: KpiView, ctx: Context, mine: str | None, *, outside: bool = False
) -> str:
    of, missing = classes.classify(rows["obs_value"], kpi), int(rows["obs_value"].isna().sum())
    entry = own.legend(own.row_of(rows, mine))
    return classes.legend(of, missing, kpi, ctx, outside=outside, own=entry, steps=True)


def _ranking(reader: Reader, rows: pd.DataFrame, kpi: KpiView, choice: Choice) -> _View:
    ctx, mine = reader.ctx, choice.mine
    is_there = mine in set(rows.dropna(subset=["obs_value"])["ref_area"])
    marked = frozenset({str(mine)}) if is_there else _leaders(rows, kpi)
    peers, peers_name = _peers(reader, choice)
    figure = ranking.figure(rows, kpi, ctx, marked=marked, height=300, mine=mine, peers=frozenset(peers))
    is_long = kpi.coded or len(rows) > ranking.MOST_NAMED
    entries = own.legend(own.row_of(rows, mine), filled=True)
    if peers and is_long:
        entries += Markup('<li class="e-peers"><i></i>{}</li>').format(peers_name)
    legend = Markup('<ul class="legend">{}</ul>').format(entries) if entries else ""
    listed = steps.FIRST if is_long else steps.MOVING
    fills = None if kpi.coded else 0 if is_long else fill_of_rows(len(rows))
    least = _View.least if is_long else figure.layout["height"]
    return _View(figure, ranking.alt(rows, kpi, ctx), legend, listed=listed, fills=fills, least=least)


def _peers(reader: Reader, choice: Choice) -> tuple[list[str], str]:
    """The countries that the reader's own one is usually compared with, set off in a list of the world."""
    if choice.mine is None or choice.group != "WORLD" or choice.view != "ranking":
        return [], ""
    group = usual_group(reader, choice.mine)
    return ([], "") if group == "WORLD" else (data.members(reader.warehouse, group), reader.group(group).name)


def own_line(reader: Reader, rows: pd.DataFrame, kpi: KpiView, mine: str | None) -> Markup:
    """The reader's own country, linked, with value, year and rank; nothing where it is not among the rows."""
    return Markup("").join(
        Markup("{}: {}").format(
            links.to(reader, "country", row["name"], country=row["ref_area"], kpi=kpi.id),
            own.said(row, kpi, reader.ctx),
        )
        for _at, row in own.row_of(rows, mine).iterrows()
    )


VIEWS: dict[str, Callable[[Reader, pd.DataFrame, KpiView, Choice], _View]] = {
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


def chart(reader: Reader, kpi: KpiView, choice: Choice) -> tuple[Chart, Frame]:
    """The chart of a view, with its steps of time, and its frame."""
    figure, framed = _chart(reader, kpi, choice)
    link = links.chart_address("country", reader, country="AAA", kpi=kpi.id)
    return replace(figure, beside=figure.beside | {"steps": figure.beside["steps"] | {"link": link}}), framed


@drawn(frame.CACHED_FRAMES)
def _chart(reader: Reader, kpi: KpiView, choice: Choice) -> tuple[Chart, Frame]:
    """The same, with steps that lead nowhere yet: the address is the reader's own."""
    ctx, rows = reader.ctx, values(reader, kpi.id, choice.year, choice.group)
    drawn = VIEWS[choice.view](reader, rows, kpi, choice)
    framed = Frame(
        key=f"world_{choice.view}",
        title=sentences.middle(rows, kpi.brief, ctx, reader.group(choice.group).name),
        unit=f"{kpi.name} · {kpi.unit}",
        alt=drawn.alt,
        foot=sources.foot(reader, kpi, rows["time_period"], _n(rows, kpi, ctx), note=drawn.note),
        data=lambda: export(rows, kpi),
        table=lambda: kpi_tables.ranking_html(reader, rows, kpi, choice.mine),
        file=f"escala_{kpi.id}_{choice.group}_{choice.year or 'latest'}",
        how=lambda: explain.kpi(reader, kpi),
        legend=drawn.legend,
    )
    return replace(drawn.figure, beside=_beside(reader, rows, kpi, choice, drawn)), framed


def _beside(
    reader: Reader, rows: pd.DataFrame, kpi: KpiView, choice: Choice, drawn: _View
) -> dict[str, object]:
    """What the scripts of the page need: the steps of time, and whether the chart fills the screen."""
    told = steps.steps(
        rows,
        reads.history(reader.warehouse, kpi.id),
        kpi,
        reader.ctx,
        year=choice.year,
        mine=choice.mine,
        peers=_peers(reader, choice)[0],
        group="" if choice.group == "WORLD" else reader.group(choice.group).name,
        listed=drawn.listed,
    )
    if choice.view == "map":
        told["parts"] = {
            "name": "zoom",
            "label": _("Map of"),
            "at": choice.zoom,
            "options": parts(reader, choice),
        }
    return {"steps": told} | ({} if drawn.fills is None else {"fills": drawn.fills, "least": drawn.least})


def parts(reader: Reader, choice: Choice) -> list[tuple[str, str]]:
    """The parts of the world by code and name; that of the reader's own country follows the world."""
    own_part = reads.region_of(reader.warehouse, choice.mine)
    names = text_by_code(reader.groups["name"]) | {"CARIBBEAN": _("Caribbean")}
    order = sorted(zooms.ZOOMS, key=lambda zoom: (zoom != zooms.WORLD, zoom != own_part))
    return [(zoom, names.get(zoom, zoom)) for zoom in order]


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

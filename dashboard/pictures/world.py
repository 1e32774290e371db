"""The pictures of the page World: a KPI on the map, or ranked; of coded answers how many hold each level."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.charts import classes, figures, levels, ranking, sentences, tile_grid, world_map, zooms
from dashboard.charts.context import KpiView
from dashboard.charts.scalars import Row, is_missing, records
from dashboard.charts.world_map import SMALL_STATES
from dashboard.components import pickers, sources
from dashboard.components.language import text as _
from dashboard.components.takeaway import BOUNDARIES
from dashboard.pictures.around import about
from dashboard.pictures.asked import Asked
from dashboard.pictures.model import Bar, Picture, Ranking, Role, WorldMap
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader

FIRST = 12  # of a long ranking, the rest of which would be illegible on a slide
WHOLE = 20  # members of a group that are all shown


def picture(asked: Asked) -> Picture:
    """The view of the address: map, tiles, or ranking."""
    reader, kpi_id = asked.reader, asked.kpi()
    kpi, year, group = reader.kpi(kpi_id), _year(asked, kpi_id), asked.group()
    view = asked.one("view", ["map", "tiles", "ranking"], "map" if group == "WORLD" else "ranking")
    zoom = asked.one("zoom", list(zooms.ZOOMS), zooms.WORLD)
    mine = asked.mine()
    asked.chart(f"world_{view}")
    rows = values(reader, kpi_id, year, group)
    if view == "ranking":
        return counted(reader, rows, kpi, group) if kpi.coded else ranked(reader, rows, kpi, group, mine)
    drawn = mapped(reader, rows, kpi, group, zoom, mine)
    return tiled(drawn, tile_grid.alt(rows, kpi, reader.ctx)) if view == "tiles" else drawn


def tiled(drawn: WorldMap, alt: str) -> WorldMap:
    """The map as squares, one for each State of its values. alt: in words."""
    held = {code for code, _at in drawn.areas} | set(drawn.without)
    grid = [row for row in records(data.tile_grid()) if row["ref_area"] in held]
    tiles = tuple((str(row["ref_area"]), int(row["col"]), int(row["row"])) for row in grid)
    return replace(drawn, about=replace(drawn.about, alt=alt), tiles=tiles, region=zooms.WORLD, outside="")


def _year(asked: Asked, kpi_id: str) -> int | None:
    """A year with data; each country's latest value (None) where the last year is not nearly complete."""
    wh = asked.reader.warehouse
    other = data.shorter_scales(wh).get(kpi_id, [])
    years = [year for year in reversed(data.years(wh, kpi_id)) if year not in other]
    usual = str(years[0]) if years and pickers.is_whole(wh, kpi_id, years[0]) else "latest"
    year = asked.one("year", ["latest", *map(str, years)], usual)
    return None if year == "latest" else int(year)


def values(reader: Reader, kpi_id: str, year: int | None, group: str) -> pd.DataFrame:
    """A row per member of a group with its value; year None: each country's latest."""
    rows = data.world(reader.warehouse, reader.lang, kpi_id, year)
    if group == "WORLD":
        return rows
    return rows[rows["ref_area"].isin(data.members(reader.warehouse, group, year))].reset_index(drop=True)


def mapped(reader: Reader, rows: pd.DataFrame, kpi: KpiView, group: str, zoom: str, mine: str) -> WorldMap:
    """The map: every member of the group in its class, as on the page."""
    ctx, of = reader.ctx, classes.classify(rows["obs_value"], kpi)
    counts = zip(classes.labels(of, kpi, ctx), of.counts, strict=True)
    known = of.of.notna()
    missing = int((~known).sum())
    return WorldMap(
        about(
            reader,
            sentences.middle(rows, kpi, ctx, reader.group(group).name),
            f"{kpi.name} · {kpi.unit}",
            world_map.alt(rows, kpi, ctx),
            *_foot(reader, rows, kpi),
            _(BOUNDARIES),
        ),
        tuple(zip(rows.loc[known, "ref_area"], of.of[known].astype(int), strict=True)),
        tuple(f"{label} ({ctx.number(count)})" for label, count in counts),
        f"{ctx.t('no data')} ({ctx.number(missing)})" if missing else "",
        (mine,) if mine else (),
        zoom,
        tuple(rows.loc[~known, "ref_area"]),
        tuple(of.shades),
        of.sided,
        ctx.t("not a UN Member State") if group == "WORLD" else _("not in this group"),
        tuple((code, str(reader.area_names[code])) for code in sorted(SMALL_STATES & set(rows["ref_area"]))),
    )


def _foot(reader: Reader, rows: pd.DataFrame, kpi: KpiView) -> tuple[str, ...]:
    n = _("n = {n} of {all}").format(
        n=reader.ctx.number(int(rows["obs_value"].notna().sum())), all=reader.ctx.number(len(rows))
    )
    return (sources.foot(reader, kpi, rows["time_period"], n),)


def ranked(reader: Reader, rows: pd.DataFrame, kpi: KpiView, group: str, mine: str) -> Ranking:
    """The ranking: a small group whole, with who has no value; of more the first, and the own country."""
    ctx = reader.ctx
    ordered = ranking.ordered(rows, kpi)
    is_whole = len(rows) <= WHOLE
    shown = ordered if is_whole else ordered.head(FIRST)
    if mine and mine not in set(shown["ref_area"]):
        shown = pd.concat([shown, ordered[ordered["ref_area"] == mine]])
    focus = {mine} if mine else set(ordered["ref_area"].head(1))
    bars = [_bar(reader, row, kpi, "focus" if row["ref_area"] in focus else "peer") for row in records(shown)]
    if is_whole:
        without = sorted(rows.loc[rows["obs_value"].isna(), "name"])
        bars += [Bar(str(name), None, ctx.t("no data")) for name in without]
    name = reader.group(group).name if group != "WORLD" else ""
    unit = f"{kpi.name} · {kpi.unit}"
    if name:
        unit = f"{unit} · {_('before each name its rank among UN Member States')}"
    return Ranking(
        about(
            reader,
            sentences.leader(rows, kpi, ctx, name),
            unit,
            ranking.alt(rows, kpi, ctx),
            *_foot(reader, rows, kpi),
        ),
        tuple(bars),
        least=min(0.0, *(bar.value for bar in bars if bar.value is not None), 0.0),
        most=kpi.most,
    )


def _bar(reader: Reader, row: Row, kpi: KpiView, role: Role) -> Bar:
    """A bar with its value, and the year of an old one; before the name its rank."""
    ctx, amount, period = reader.ctx, float(row["obs_value"]), int(row["time_period"])
    is_old = figures.old(kpi, period, ctx)
    said = figures.words(amount, kpi, period, ctx) if is_old else ctx.value(amount, kpi)
    rank = "" if is_missing(row["rank"]) else f"{ctx.number(row['rank'])}. "
    return Bar(f"{rank}{row['name']}", amount, said, role)


def counted(reader: Reader, rows: pd.DataFrame, kpi: KpiView, group: str, at: int | None = None) -> Ranking:
    """How many countries stand at each level of a coded answer. at: the level that stands out."""
    ctx, present = reader.ctx, rows.dropna(subset=["obs_value"])
    counts = levels.by_level(present["obs_value"], kpi)
    bars = tuple(
        Bar(ctx.named(code, kpi), float(count), ctx.number(count), "focus" if code == at else "peer")
        for code, count in counts.items()
    )
    return Ranking(
        about(
            reader,
            sentences.middle(rows, kpi, ctx, reader.group(group).name),
            f"{kpi.name} · {_('Countries at each level')}",
            levels.counted_alt(present, kpi, ctx) if len(present) else kpi.name,
            *_foot(reader, rows, kpi),
        ),
        bars,
    )

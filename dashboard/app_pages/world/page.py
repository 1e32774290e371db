"""World: how far is digital government, everywhere?"""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.charts import classes, ranking, ranks, sentences, tile_grid, world_map
from dashboard.charts.context import KpiView
from dashboard.charts.figure import Chart
from dashboard.components import explain, frame, kpi_table, membership, pickers, shell, ways
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

VIEWS = ["map", "tiles", "ranking"]


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    chosen, year, group, view = _controls(reader)
    kpi = reader.kpi(chosen)
    rows = _rows(reader, chosen, year, group)
    group_name = reader.group(group).name
    _age(reader, kpi, rows)
    with top:
        shell.headline(sentences.leader(rows, kpi, reader.ctx, group_name if group != "WORLD" else ""))
        if ways.nothing_chosen():
            ways.line(reader)
    frame.show(*draw_chart(reader, kpi, year, group, view))
    membership.below(reader, group)


def _controls(reader: Reader) -> tuple[str, int | None, str, str]:
    with st.container(key="controls_world"):
        first, second, third, fourth = st.columns([2.9, 1.15, 2.1, 2.85], vertical_alignment="bottom")
        with first:
            kpi = pickers.kpi(reader)
        with second:
            year = pickers.year(reader, kpi)
        with third:
            group = pickers.group(reader)
        with fourth:
            coded = reader.kpi(kpi).coded
            said = {"map": _("Map"), "tiles": _("Tiles"), "ranking": _("Levels") if coded else _("Ranking")}
            default = "map" if group == "WORLD" else "ranking"
            view = pickers.switch(_("View"), "view", VIEWS, default, lambda one: said[one])
    return kpi, year, group, view


def _age(reader: Reader, kpi: KpiView, rows: pd.DataFrame) -> None:
    """A chip below the controls where the values shown are of several years, or beyond the KPI's limit."""
    chip = sentences.age(rows, kpi, reader.ctx)
    if chip:
        st.html(Markup('<p class="e-chip" role="note">{}</p>').format(chip))


def _rows(reader: Reader, kpi: str, year: int | None, group: str) -> pd.DataFrame:
    rows = data.world(reader.warehouse, reader.lang, kpi, year)
    if group == "WORLD":
        return rows
    return rows[rows["ref_area"].isin(data.members(reader.warehouse, group, year))].reset_index(drop=True)


@cached(frame.CACHED_FRAMES)
def draw_chart(reader: Reader, kpi: KpiView, year: int | None, group: str, view: str) -> tuple[Chart, Frame]:
    """The chart and its frame."""
    ctx = reader.ctx
    rows = _rows(reader, kpi.id, year, group)
    group_name = reader.group(group).name
    legend, note = "", ""
    steps = classes.classify(rows["obs_value"], kpi)
    missing = int(rows["obs_value"].isna().sum())
    if view == "map":
        figure = world_map.figure(rows, kpi, ctx, height=220 if ctx.narrow else 385)
        alt, legend = world_map.alt(rows, kpi, ctx), classes.legend(steps, missing, kpi, ctx, outside=True)
        note = _(
            "Boundaries and names shown imply no official endorsement or acceptance by the United Nations."
        )
    elif view == "tiles":
        figure = tile_grid.figure(rows, data.tile_grid(), kpi, ctx, height=400)
        alt, legend = tile_grid.alt(rows, kpi, ctx), classes.legend(steps, missing, kpi, ctx)
    else:
        figure, alt = (
            ranking.figure(rows, kpi, ctx, marked=_leaders(rows, kpi), height=385),
            ranking.alt(rows, kpi, ctx),
        )
    present = rows["obs_value"].notna().sum()
    n = _("n = {n} of {all}").format(n=ctx.number(present), all=ctx.number(len(rows)))
    if kpi.direction != "context" and ranks.of_few(rows["n"].max()):
        n = f"{n} · {_('ranks of few countries')}"
    return (
        figure,
        Frame(
            key=f"world_{view}",
            title=sentences.middle(rows, kpi, ctx, group_name),
            unit=f"{kpi.name} · {kpi.unit}",
            alt=alt,
            foot=frame.foot(kpi, reader.sources, rows["time_period"], n, note=note),
            data=lambda: export(rows, kpi),
            table=lambda: kpi_table.ranking_html(reader, rows, kpi),
            file=f"escala_{kpi.id}_{group}_{year or 'latest'}",
            how=lambda: explain.kpi(reader, kpi),
            legend=legend,
            scrolls=view == "tiles" and ctx.narrow,
        ),
    )


def _leaders(rows: pd.DataFrame, kpi: KpiView) -> frozenset[str]:
    """The area or areas in first place, which the ranking draws in the accent colour."""
    table_ = ranking.ordered(rows, kpi)
    return frozenset(table_.loc[table_["obs_value"] == table_["obs_value"].head(1).squeeze(), "ref_area"])


def export(rows: pd.DataFrame, kpi: KpiView) -> pd.DataFrame:
    """What a download of country values holds: every number with unit, year, status and source."""
    kept = rows[["ref_area", "name", "time_period", "obs_value", "obs_status", "rank", "n"]]
    kept = kept.astype({"time_period": "Int64", "rank": "Int64", "n": "Int64"})
    return kept.assign(**kpi.provenance())

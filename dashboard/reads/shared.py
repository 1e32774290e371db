"""Data of the pages: cached questions to the warehouse.

Every function takes the open warehouse, which is also its cache key: warehouses of the same data version are
equal, and a newly published one is never answered from an older cache. No widgets inside. Names come in the
reader's language by the argument `lang`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.charts.context import KpiView
from dashboard.charts.scalars import Row, records, text_by_code, whole
from dashboard.reads.cached import cached
from dashboard.reads.served import Served
from kpis import paths, stages
from kpis.building.opening import open_current
from kpis.errors import EscalaError
from kpis.freshness import is_old

if TYPE_CHECKING:
    from kpis.cards import MethodCard
    from kpis.queries import Warehouse


# Tables of a page are small and read row by row; text kept as Python strings is handed out a fifth faster
# than from Arrow, which pays for columns of millions.
pd.set_option("mode.string_storage", "python")

FEW, MANY = 16, 64  # kept answers: by language; by country, group or KPI, some 100 kilobytes each


class NothingHeldError(EscalaError):
    """A page needs figures of which none are held; the message says which, in the reader's language."""


@st.cache_resource(show_spinner=False)
def _served() -> Served:
    """The warehouse in use, shared by all readers."""
    return Served()


def warehouse() -> Warehouse:
    """The published warehouse; the last good one if a newer one cannot be opened.

    Raises EscalaError if there has never been a good one.
    """
    return _served().newest(open_current)


def fault() -> str | None:
    """Why an older warehouse is served, if it is."""
    fault = _served().fault
    return str(fault) if fault else None


@cached(FEW)
def areas(wh: Warehouse, lang: str) -> pd.DataFrame:
    """All areas by ref_area, with `name` in the language."""
    table = wh.areas()
    name = table[f"name_{lang}"]
    return table.assign(name=name.where(name.notna() & (name != ""), table["name_en"])).set_index("ref_area")


@cached(FEW)
def regions(wh: Warehouse, lang: str) -> pd.Series[str]:
    """Name of the region of each UN Member State, by ref_area."""
    table, names = areas(wh, lang), groups(wh, lang)["name"]
    codes = table.loc[table["un_member"], "region"].str.upper()
    named: pd.Series[str] = codes.map(names).fillna(codes)
    return named


@cached(FEW)
def outside(wh: Warehouse) -> list[str]:
    """Areas that are no UN Member State and hold figures: they have values and no rank."""
    rows = wh.sql(
        "select distinct a.ref_area from area as a join kpi_latest using (ref_area) "
        "where not a.un_member order by all"
    )
    return rows["ref_area"].tolist()


@cached(FEW)
def groups(wh: Warehouse, lang: str) -> pd.DataFrame:
    """All groups with members by group_id, with `name` and `note` in the language."""
    table = wh.groups()
    labelled = table.assign(name=table[f"name_{lang}"], note=table[f"note_{lang}"])
    return labelled[labelled["n_members"] > 0].set_index("group_id")


@cached(MANY)
def membership_notes(wh: Warehouse, lang: str, group: str) -> pd.Series:
    """What a reader must know of members of a group, by ref_area: a graduation scheduled or in doubt."""
    return wh.membership_notes(group).set_index("ref_area")[f"note_{lang}"]


@cached(FEW)
def kpis(wh: Warehouse, lang: str) -> dict[str, KpiView]:
    """The catalogue by id, in its order."""
    classes: dict[str, list[Row]] = {}
    for row in records(wh.kpi_classes()):
        classes.setdefault(row["kpi"], []).append(row)
    return {row["kpi"]: KpiView.of(row, lang, classes.get(row["kpi"], ())) for row in records(wh.kpis())}


@cached(FEW)
def kpi_table(wh: Warehouse) -> pd.DataFrame:
    """The catalogue as a table, by id."""
    return wh.kpis().set_index("kpi")


@cached(FEW)
def kpi_records(wh: Warehouse) -> dict[str, Row]:
    """The catalogue by id, each entry as a dictionary: for lists that read many of them."""
    return {row["kpi"]: row for row in records(wh.kpis())}


def limit_reason(wh: Warehouse, lang: str, kpi: str) -> str:
    """Why values of a KPI may be older than those of others; "" for the usual limits."""
    reason = kpi_records(wh)[kpi][f"fresh_reason_{lang}"]
    return reason if isinstance(reason, str) else ""


@cached(FEW)
def kpis_with_data(wh: Warehouse) -> list[str]:
    """Ids of the KPIs that hold any value, in catalogue order."""
    table = wh.kpis()
    return table.loc[table["n_areas"] > 0, "kpi"].tolist()


@cached(FEW)
def old_kpis(wh: Warehouse) -> dict[str, int]:
    """KPIs whose newest value is older than their limit, with the year of that value."""
    rows = kpi_table(wh).dropna(subset=["last_year"])
    old = rows[is_old(rows["last_year"], rows["fresh_years"], as_of(wh))]
    return {str(kpi): whole(year) for kpi, year in old["last_year"].items()}


@cached(FEW)
def dimensions(wh: Warehouse, lang: str) -> dict[str, str]:
    """Names of the dimensions by id, in their order; `overall` among them."""
    table = wh.dimensions()
    return dict(zip(table["dimension"], table[f"name_{lang}"], strict=True))


@cached(FEW)
def source_titles(wh: Warehouse, lang: str) -> dict[str, str]:
    """Titles of the sources by id."""
    return text_by_code(sources(wh, lang)["title"])


@cached(FEW)
def sources(wh: Warehouse, lang: str) -> pd.DataFrame:
    """Sources by id, with `title` in the language."""
    table = wh.sources()
    return table.assign(title=table[f"title_{lang}"]).set_index("source")


@cached(MANY)
def years(wh: Warehouse, kpi: str) -> list[int]:
    """Years with any value, ascending."""
    return [int(year) for year in wh.years(kpi)["time_period"]]


@cached(FEW)
def shorter_scales(wh: Warehouse) -> dict[str, list[int]]:
    """Editions of coded answers that used another scale than the last, by KPI: their codes mean other things.

    Their values have the status U, low reliability, all of them.
    """
    rows = wh.sql(
        "select v.kpi, v.time_period from kpi_value as v join kpi as k on k.kpi = v.kpi "
        "where k.unit_kind = 'answer' group by v.kpi, v.time_period having bool_and(v.obs_status = 'U') "
        "order by all"
    )
    return {str(kpi): years.astype(int).tolist() for kpi, years in rows.groupby("kpi")["time_period"]}


@cached(MANY)
def members(wh: Warehouse, group: str, year: int | None = None) -> list[str]:
    """ISO codes of a group's members, of a year or today."""
    return wh.members(group, year)


@cached(MANY)
def world(wh: Warehouse, lang: str, kpi: str, year: int | None) -> pd.DataFrame:
    """One row per UN Member State with name and place; year None: each country's latest value."""
    table = wh.world(kpi, year)
    return table.join(areas(wh, lang)[["name", "lat", "lon"]], on="ref_area")


@cached(MANY)
def country(wh: Warehouse, area: str) -> pd.DataFrame:
    """One row per KPI with the latest value and standing of an area."""
    return wh.country(area)


@cached(MANY)
def trends(wh: Warehouse, area: str) -> pd.DataFrame:
    """Values of every KPI of an area over the years."""
    return wh.trends(area)


@cached(MANY)
def values(wh: Warehouse, kpi: str, areas: tuple[str, ...]) -> pd.DataFrame:
    """Values of a KPI for some areas over the years, with status and rank."""
    return wh.trend(kpi, list(areas))


@cached(MANY)
def group_values(wh: Warehouse, kpi_ids: tuple[str, ...], group_ids: tuple[str, ...]) -> pd.DataFrame:
    """Medians of some KPIs for some groups over the years."""
    return wh.group_values(list(kpi_ids), list(group_ids))


@cached(2)
def all_latest(wh: Warehouse) -> pd.DataFrame:
    """Latest values of all KPIs for all areas."""
    store = wh
    return store.latest(store.kpis()["kpi"].tolist(), store.areas()["ref_area"].tolist())


def latest(wh: Warehouse, kpi_ids: Iterable[str], area_codes: Iterable[str]) -> pd.DataFrame:
    """Latest values of some KPIs for some areas, picked from all of them: groups share most of theirs."""
    rows = all_latest(wh)
    return rows[rows["kpi"].isin(list(kpi_ids)) & rows["ref_area"].isin(list(area_codes))].reset_index(
        drop=True
    )


def evidence(wh: Warehouse, kpi: str, area: str, year: int) -> pd.DataFrame:
    """The source rows behind a value; not kept, for pages keep the text they make of them."""
    return wh.evidence(kpi, area, year)


@cached(1)
def tile_grid() -> pd.DataFrame:
    """Column and row of each UN Member State."""
    return pd.read_csv(paths.data_dir() / "geo" / "tile_grid.csv", keep_default_na=False)


@cached(MANY)
def stage_profile(wh: Warehouse, area: str) -> stages.Profile:
    """The stages of a country in the last year, opened to every KPI and bar."""
    return stages.profile(area, store=wh.tables)


@cached(MANY)
def stage_matrix(wh: Warehouse, group: str, year: int | None = None) -> pd.DataFrame:
    """Stages of a group's members: one row per ref_area, one column per dimension, and `overall`."""
    return stages.matrix(group, year, store=wh.tables)


@cached(MANY)
def stage_doubts(wh: Warehouse, group: str, year: int | None = None) -> pd.DataFrame:
    """Which stages of the matrix are in doubt: the same rows and columns."""
    return stages.doubts(group, year, store=wh.tables)


@cached(2)
def stage_years(wh: Warehouse) -> list[int]:
    """Years with stages, ascending; the first edition of the UN survey is the first."""
    rows = wh.sql("select distinct time_period from stage where stage is not null order by 1")
    return [int(year) for year in rows["time_period"]]


@cached(1)
def stage_kpis() -> list[str]:
    """The KPIs with a gate, each once."""
    return list(dict.fromkeys(stages.load_gates()["kpi"]))


@cached(FEW)
def targets(wh: Warehouse, lang: str) -> pd.DataFrame:
    """KPIs with a target by id, in catalogue order: target, target_year, limits, `reason` for the target."""
    table = wh.kpis().set_index("kpi")
    table = table[table["target"].notna()]
    return table.assign(reason=table[f"target_source_{lang}"])


@cached(MANY)
def progress(wh: Warehouse, area_codes: tuple[str, ...], horizon: int | None) -> pd.DataFrame:
    """Progress of every KPI with a target in some areas by every method; horizon None: to the target year."""
    return wh.progress(list(area_codes), horizon=horizon)


@cached(MANY)
def forecast(wh: Warehouse, area: str) -> pd.DataFrame:
    """The EGDI of an area in the coming editions, at most three, if nothing new happens, a row each.

    An edition whose EGDI of the area is published is none to come: it can be among those ahead where some of
    its parts are not held. Empty for an area that is no Member State, and with too few editions for any
    forecast.
    """
    rows = wh.forecast([area])
    published = trends(wh, area)
    last = published.loc[(published["kpi"] == "EGDI") & published["obs_value"].notna(), "time_period"].max()
    ahead: pd.DataFrame = rows[(rows["measure"] == "EGDI") & ~(rows["time_period"] <= last)]
    return ahead.sort_values("time_period", ignore_index=True)


@cached(FEW)
def sdg_links(wh: Warehouse) -> pd.DataFrame:
    """One row per KPI and SDG target."""
    return wh.sdg_links()


@cached(FEW)
def sdg_by_kpi(wh: Warehouse) -> dict[str, list[Row]]:
    """The SDG links of each KPI, as dictionaries: target, evidence, indicator."""
    return {str(kpi): records(rows) for kpi, rows in sdg_links(wh).groupby("kpi")}


@cached(FEW)
def years_by_kpi(wh: Warehouse) -> dict[str, list[int]]:
    """Years in which any area has a value, by KPI; a KPI without any value is absent."""
    rows = wh.sql("select distinct kpi, time_period from kpi_value order by kpi, time_period")
    return {str(kpi): years.astype(int).tolist() for kpi, years in rows.groupby("kpi")["time_period"]}


@cached(FEW)
def freshness(wh: Warehouse) -> pd.DataFrame:
    """One row per UN Member State and dimension: kpis (of the dimension), held, fresh."""
    catalogue = wh.kpis()[["kpi", "dimension"]]
    table = wh.areas()
    states = table.loc[table["un_member"], "ref_area"]
    rows = wh.latest(catalogue["kpi"].tolist(), states.tolist())
    rows = rows.drop(columns="dimension", errors="ignore").merge(catalogue, on="kpi")
    rows["fresh"] = rows["fresh"].fillna(False).astype(bool)
    counts = rows.groupby(["ref_area", "dimension"]).agg(held=("kpi", "size"), fresh=("fresh", "sum"))
    size = catalogue.groupby("dimension").size().rename("kpis")
    all_pairs = pd.MultiIndex.from_product([states, size.index], names=["ref_area", "dimension"])
    return counts.reindex(all_pairs, fill_value=0).join(size, on="dimension").reset_index()


@cached(1)
def method_cards() -> pd.DataFrame:
    """One row per method card: room, name, formula, source, tolerance, status; in English."""
    from kpis.methods import cards

    return cards()


@cached(FEW)
def method_card(card_id: str) -> MethodCard | None:
    """The method card of an id; None where no room has one of that name."""
    from kpis.methods import ROOMS

    return next((card for cards in ROOMS.values() for card in cards if card.id == card_id), None)


@cached(1)
def as_of(wh: Warehouse) -> int:
    """The year from which ages are counted."""
    return wh.as_of

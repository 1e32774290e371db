"""What readers ask of the warehouse, one method per question. Every method returns a DataFrame.

Missing is missing: a value that is not held has no row, or NaN where a row is promised. Areas are
ISO 3166-1 alpha-3 codes, groups the ids of `groups()`, or of one's own (`kpis/groups.py`), which no table
holds. Unknown ids raise RequestError with the near miss.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kpis import forecast, progress, stages
from kpis.errors import EngineError, RequestError, unknown
from kpis.income import INCOME
from kpis.queries.box import ask as sql_box
from kpis.queries.ids import CheckedIds, Names, as_list, checked_years, own_groups
from kpis.sql import statement
from kpis.warehouse.store import Store


class Warehouse(CheckedIds):
    """A published warehouse, open for reading. Safe to share between threads.

    Warehouses of one data version are equal and hash alike: an open warehouse is the key of a cache.
    """

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Warehouse) and other.version == self.version

    def __hash__(self) -> int:
        return hash(self.version)

    @property
    def version(self) -> str:
        """Data version: changes whenever a number could; key caches by it."""
        return self._store.version

    @property
    def as_of(self) -> int:
        """The year from which ages are counted."""
        return self._store.as_of

    @property
    def meta(self) -> dict[str, Any]:
        """Version, year of reference, schema, time of build, engine version, whether open sources only."""
        return dict(self._store.meta)

    @property
    def tables(self) -> Store:
        """The open tables, for rooms that compute on whole tables (`kpis.stages`, `kpis.peers`)."""
        return self._store

    # The catalogue as tables ------------------------------------------------------------------------

    def areas(self) -> pd.DataFrame:
        """One row per area: ref_area, names in four languages, un_member, region, income, lat, lon …"""
        return self._store.query(statement("queries/areas"))

    def groups(self) -> pd.DataFrame:
        """One row per group: group_id, names, kind, notes, n_members today."""
        return self._store.query(statement("queries/groups"), {"year": self.as_of})

    def dimensions(self) -> pd.DataFrame:
        """The seven dimensions and `overall`, in order: dimension, names, questions, position."""
        return self._store.query("select * from dimension order by position")

    def kpis(self) -> pd.DataFrame:
        """One row per KPI in catalogue order, with unit, direction, source, terms, areas and years.

        rank_note_en, rank_note_es: why its rank differs from the one the publisher prints; missing where no
        difference is known.
        """
        return self._store.query(statement("queries/kpis"))

    def kpi_classes(self) -> pd.DataFrame:
        """One row per KPI and class of its map: class, kind, lower_bound, names, centre; from the lowest.

        kind: level (a code of an answer), published (groups of a publisher), computed.
        """
        return self._store.query(statement("queries/kpi_classes"))

    def kpi_groups(self) -> pd.DataFrame:
        """One row per named KPI group and KPI in it: group_id, names, notes, kpi, position."""
        return self._store.query("select * from kpi_group order by group_id, position")

    def sdg_links(self, kpi: str | None = None) -> pd.DataFrame:
        """One row per KPI and SDG target: target, goal, evidence (measured, direct, enabling), indicator."""
        kpi_ids = [self._checked_kpi(kpi)] if kpi else list(self._kpi_ids)
        return self._store.query("select * from sdg_link where list_contains($kpis, kpi)", {"kpis": kpi_ids})

    def sources(self) -> pd.DataFrame:
        """One row per source: titles, publisher, url, licence, redistribution, vintage, years, areas."""
        return self._store.query("select * from source order by source")

    # Members, values, standings -----------------------------------------------------------------------

    def members(self, group: str, year: int | None = None) -> list[str]:
        """Codes of a group's members in a year (default: today), sorted."""
        return stages.members(self._store, self._checked_group(group), year or self.as_of)

    def membership_notes(self, group: str) -> pd.DataFrame:
        """What a reader must know of members of a group: a graduation that is scheduled or in doubt.

        One row per member with a note: ref_area, valid_to (last year counted), note_en, note_es, source_url.
        """
        return self._store.query(
            statement("queries/membership_notes"),
            {"group": self._checked_group(group)},
        )

    def years(self, kpi: str) -> pd.DataFrame:
        """Years in which any UN Member State has a value: time_period, n; ascending."""
        return self._store.query(statement("queries/years"), {"kpi": self._checked_kpi(kpi)})

    def values(
        self,
        kpi: Names,
        areas: Names | None = None,
        years: Sequence[int] | int | None = None,
        group: str | None = None,
    ) -> pd.DataFrame:
        """Values with rank, change and source.

        One row per KPI, area and year that is held: kpi, ref_area, time_period, obs_value, unit_measure,
        obs_status, rank, source, n, change, rank_change, percentile, age (years), old (beyond
        the KPI's limit), vintage, footnote_en, footnote_es.
        group: only members of the year of the value; with areas, those of them that are members.
        Areas outside the UN membership have values and no rank.
        """
        return self._store.query(
            statement("queries/values"),
            {
                "kpis": self._checked_kpis(kpi),
                "years": checked_years(years),
                **self._checked_members(group, areas),
            },
        )

    def world(self, kpi: str, year: int | None = None) -> pd.DataFrame:
        """One row per UN Member State, also where nothing is held.

        ref_area, time_period, obs_value, obs_status, age, old, rank, n, percentile, footnote_en, footnote_es.
        year None: each State's latest value, ranked among comparable latest values.
        """
        values = {"kpi": self._checked_kpi(kpi)}
        if year is None:
            return self._store.query(statement("queries/world_latest"), values)
        return self._store.query(statement("queries/world_year"), values | {"year": int(year)})

    def country(self, area: str) -> pd.DataFrame:
        """One row per KPI for one area, with its latest value; NaN where nothing is held.

        kpi, dimension, obs_value, time_period, age (years), fresh, rank, n, percentile (100 best),
        obs_status, source, vintage, footnote_en, footnote_es.
        """
        return self._store.query(statement("queries/country"), {"area": self._checked_area(area)})

    def latest(self, kpi: Names, areas: Names) -> pd.DataFrame:
        """Latest values with age, fresh, rank, n, percentile, obs_status and source; only pairs held."""
        return self._store.query(
            statement("queries/latest"),
            {"kpis": self._checked_kpis(kpi), "areas": self._checked_areas(areas)},
        )

    def trend(self, kpi: str, areas: Names) -> pd.DataFrame:
        """Values of one KPI over time: kpi, ref_area, time_period, obs_value, obs_status, age, old, rank,
        n.
        """
        return self._store.query(
            statement("queries/trend"),
            {"kpis": [self._checked_kpi(kpi)], "areas": self._checked_areas(areas)},
        )

    def trends(self, area: str) -> pd.DataFrame:
        """Values of all KPIs of one area over time, columns as `trend`."""
        return self._store.query(
            statement("queries/trend"), {"kpis": list(self._kpi_ids), "areas": [self._checked_area(area)]}
        )

    def explore(
        self,
        kpis: Names | None = None,
        areas: Names | None = None,
        groups: Names | None = None,
        years: tuple[int, int] | None = None,
        statuses: Names | None = None,
        sources: Names | None = None,
    ) -> pd.DataFrame:
        """Values held, one row per KPI, area and year, in catalogue order, newest first.

        kpi, ref_area, time_period, obs_value, obs_status, rank, n, age, old, unit_measure, source,
        licence_en, licence_es, vintage, reference_year and input_source (as of `evidence`). None: no such
        filter. areas and groups add up; a group has its members of the year of the value. years: first and
        last. Unknown KPIs, areas and groups raise RequestError; a status or source that is not held has no
        rows.
        """
        first, last = years or (None, None)
        group_ids = [self._checked_group(group) for group in as_list(groups or [])]
        of_own = [area for group in own_groups(group_ids) for area in group["areas"]]
        return self._store.query(
            statement("queries/explore"),
            {
                "kpis": None if kpis is None else self._checked_kpis(kpis),
                "areas": [*(self._checked_areas(areas) or []), *of_own],
                "groups": group_ids,
                "first": first,
                "last": last,
                "statuses": None if statuses is None else as_list(statuses),
                "sources": None if sources is None else as_list(sources),
            },
        )

    def moved(self, kpi: str) -> pd.DataFrame:
        """Who changed rank between the last two years in which at least half of a KPI's States have a value.

        One row per UN Member State ranked in both: ref_area, year_from, year_to, value_from, value_to,
        rank_from, rank_to, n_from, n_to, same_states, rank_change (places gained). Where other States are
        ranked in one of the years (same_states false), ranks are computed anew among those of both, or
        everyone would seem to move. Empty without two such years or a rank.
        """
        return self._store.query(statement("queries/moved"), {"kpi": self._checked_kpi(kpi)})

    def releases(self) -> pd.DataFrame:
        """What the last release of each source changed, as far as it was seen at import; one row per source.

        source, vintage_before, vintage_after (several joined by "; "), n_new, n_revised, n_withdrawn. A
        source without a record is absent.
        """
        return self._store.query(statement("queries/releases"))

    def released_kpis(self) -> pd.DataFrame:
        """The same by KPI: kpi, derived and the columns of `releases`, for KPIs with a change.

        derived: the changes are those of the series that the KPI is computed from.
        """
        return self._store.query(statement("queries/released_kpis"))

    def revisions(self, kpi: Names) -> pd.DataFrame:
        """Values that the last release replaced by others, of each KPI the largest change first.

        kpi, ref_area, time_period, value_before, value_after, change, vintage_before, vintage_after.
        """
        return self._store.query(statement("queries/revisions"), {"kpis": self._checked_kpis(kpi)})

    def revised_ranks(self, kpi: Names) -> pd.DataFrame:
        """Ranks that differ because the last release revised, added or withdrew values of a year held before.

        One row per KPI, UN Member State and year: kpi, ref_area, time_period, value_before, value_after,
        rank_before, rank_after; ranks computed from the values, missing where there was or is none. Direct
        KPIs only.
        """
        return self._store.query(statement("queries/revised_ranks"), {"kpis": self._checked_kpis(kpi)})

    # What the analytical core has stored ------------------------------------------------------------

    def progress(
        self,
        areas: Names,
        kpi: Names | None = None,
        method: str | None = None,
        horizon: int | None = None,
    ) -> pd.DataFrame:
        """Progress of KPIs with a target: one row per KPI, area and method.

        Endpoints with latest_age (years), fresh_years (the KPI's limit) and latest_old; target, value, score,
        projected, observed_rate, required_rate as `kpis.progress.assess_table` gives them. status and reason
        are no_recent_figure where the last value is beyond the limit; formula_status is what the formula
        would give. arrival, unconfirmed_year, limit_year: whole years or missing, as `kpis.progress.arrivals`
        says. precedents, precedents_made: how many others stood at the base value, and how many of them
        changed in as many years by what the target asks. horizon: project to this year and not to the target
        year.
        An area without a value since 2015 has no row. A KPI without a target raises RequestError.
        """
        with_target = self._store.query("select kpi from kpi where target is not null order by position")[
            "kpi"
        ]
        kpi_ids = with_target.tolist() if kpi is None else self._checked_kpis(kpi)
        for kpi_id in kpi_ids:
            if kpi_id not in set(with_target):
                raise RequestError(unknown("KPI with a target", kpi_id, with_target))
        methods = list(progress.METHODS) if method is None else [progress.registry.card(method).id]
        values = {"areas": self._checked_areas(areas), "kpis": kpi_ids, "methods": methods}
        stored = self._store.query(statement("queries/progress"), values).astype(
            dict.fromkeys(progress.WHOLE, "Int64")
        )
        if horizon is None or stored.empty:
            return stored
        newest = int(stored["latest_year"].max())
        if horizon < newest:
            raise RequestError(
                f"horizon {horizon} lies before the newest value ({newest}). Choose a later year."
            )
        parts = [
            progress.assess_table(part, str(name), horizon=horizon) for name, part in stored.groupby("method")
        ]
        return progress.as_read(pd.concat(parts).sort_index())

    def stages(self, areas: Names | None = None, year: int | None = None) -> pd.DataFrame:
        """Stored stages: one row per dimension, ref_area and time_period; columns as `kpis.stages.table`."""
        return stages.table(self._store, areas=self._checked_areas(areas), year=year)

    def forecast(
        self, areas: Names | None = None, measure: str | None = None, year: int | None = None
    ) -> pd.DataFrame:
        """If nothing new happens: one row per measure, area and edition ahead (one, two and three).

        measure (EGDI, OSI, TII, HCI), ref_area, time_period, obs_value and rank today, p025 … p975 of the
        value (0 to 1) and rank_p025 … rank_p975, chances p_better_rank, p_worse_rank, and of each UN group
        (EGDI only), origin (edition it was made from). Missing where an index is not published.
        With a KPI as measure that `forecast.stored_gates` lets pass: the year of its target, in its unit,
        with p_target and p_nearly (`forecast.annual_rows`).
        Raises RequestError for an unknown area or measure, or a year that is not forecast.
        """
        return forecast.read(self._store, self._checked_areas(areas), measure, year)

    # Groups and evidence --------------------------------------------------------------------------------

    def group_values(
        self, kpi: Names, groups: Names, years: Sequence[int] | int | None = None
    ) -> pd.DataFrame:
        """Group figures: kpi, group_id, time_period, median, mean, weighted_mean, n, n_members."""
        group_ids = [self._checked_group(group) for group in as_list(groups)]
        asked = {"kpis": self._checked_kpis(kpi), "years": checked_years(years)}
        published = self._store.query(statement("queries/group_values"), asked | {"groups": group_ids})
        own = statement("queries/own_group_values")
        parts = [self._store.query(own, asked | group) for group in own_groups(group_ids)]
        return pd.concat([*([published] if len(published) else []), *parts]) if parts else published

    def group_latest(self, group: str) -> pd.DataFrame:
        """Median and mean of the latest values of a group's members, for every KPI."""
        checked = self._checked_group(group)
        for own in own_groups([checked]):
            return self._store.query(statement("queries/own_group_latest"), own)
        return self._store.query("select * from group_latest where group_id = $group", {"group": checked})

    def classes(self, area: str) -> pd.DataFrame:
        """Groups and classes that publishers assign to one area: scheme, time_period, class, source."""
        return self._store.query(
            statement("queries/publisher_classes"),
            {"area": self._checked_area(area)},
        )

    def coverage(self, area: str | None = None) -> pd.DataFrame:
        """One row per KPI and UN Member State: n_years, first_year, latest_year, gaps."""
        areas = [self._checked_area(area)] if area else None
        return self._store.query(
            "select * from coverage where $areas is null or list_contains($areas, ref_area)",
            {"areas": areas},
        )

    def evidence(self, kpi: str, area: str, year: int) -> pd.DataFrame:
        """The source rows behind one value, so that it can be checked.

        series, role (value, a, b, gdp_pc_ppp), ref_area, time_period, obs_value, obs_status, source,
        publisher, url, licence_en, licence_es, vintage, reference_year and input_source (what the value was
        measured with, missing where its publisher does not say), footnote_en, footnote_es.
        """
        return self._store.query(
            statement("queries/evidence"),
            INCOME | {"kpi": self._checked_kpi(kpi), "area": self._checked_area(area), "year": int(year)},
        )

    def sql(self, query: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """A reader's own SELECT, values bound by name ($area). Raises RequestError for anything else."""
        return self._store.reader_query(query, parameters)

    def ask(self, query: str, limits: sql_box.Limits | None = None) -> sql_box.Answer:
        """One SELECT of a reader who may be anybody, within limits of rows, time and memory.

        Raises QueryError (a RequestError) for anything else; see `kpis.queries.box.ask`.
        """
        try:
            answer = sql_box.ask(self._store.path, query, limits)
        except sql_box.QueryError as fault:
            if not (fault.kind in {"engine", "table"} and self._is_damage(fault)):
                raise
            self._store.mended(reason=fault.detail)
            answer = sql_box.ask(self._store.path, query, limits)
        if (
            not self._store.is_in_place()
        ):  # the query ran in a process of its own, on the file that is there now
            raise EngineError("the warehouse was replaced while the query ran. Ask again.")
        return answer

    def _is_damage(self, fault: sql_box.QueryError) -> bool:
        lost = {name.casefold() for name in self._store.lost_tables()}
        return fault.detail.casefold() in lost if fault.kind == "table" else self._store.is_damage(fault)

    def schema(self) -> pd.DataFrame:
        """Tables and their columns, in order: table_name, column_name, data_type, n_rows of the table."""
        return self._store.query(statement("queries/schema"))

    def close(self) -> None:
        """Release the file."""
        self._store.close()

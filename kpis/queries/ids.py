"""Ids of KPIs, areas and groups in a warehouse; others are refused with the near miss."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from kpis.errors import RequestError, unknown
from kpis.groups import is_own, read_id
from kpis.names import area_code
from kpis.warehouse.store import Store

Names = str | Sequence[str]


class CheckedIds:
    """An open warehouse that checks ids: its methods raise RequestError for one that it does not have."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def left_out(self) -> pd.DataFrame:
        """KPIs that a build with open sources only leaves out, with the source whose terms close each.

        kpi, name_en, name_es, source, source_en, source_es, licence_en, licence_es; no rows in a full build.
        """
        return self._store.query("select * from kpi_left_out order by source, kpi")

    @cached_property
    def _kpi_ids(self) -> dict[str, None]:
        return dict.fromkeys(self._store.query("select kpi from kpi order by position")["kpi"])

    @cached_property
    def _closed_kpis(self) -> dict[str, str]:
        rows = self.left_out()
        return dict(zip(rows["kpi"], rows["source_en"], strict=True))

    @cached_property
    def _area_ids(self) -> set[str]:
        return set(self._store.query("select ref_area from area")["ref_area"])

    @cached_property
    def _group_ids(self) -> set[str]:
        return set(self._store.query("select group_id from group_def")["group_id"])

    def _checked_kpi(self, kpi: str) -> str:
        if kpi in self._kpi_ids:
            return kpi
        if kpi in self._closed_kpis:
            raise RequestError(
                f"KPI '{kpi}' is left out of this warehouse of open sources: {self._closed_kpis[kpi]} allows "
                "non-commercial reuse only. Run `escala build` without --open-only to have it."
            )
        raise RequestError(unknown("KPI", kpi, self._kpi_ids))

    def _checked_kpis(self, kpis: Names) -> list[str]:
        return [self._checked_kpi(kpi) for kpi in as_list(kpis)]

    def _checked_area(self, area: str) -> str:
        return area_code(area, self._area_ids)

    def _checked_areas(self, areas: Names | None) -> list[str] | None:
        return None if areas is None else [self._checked_area(area) for area in as_list(areas)]

    def _checked_group(self, group: str) -> str:
        """The id of a published group, or of one of one's own as `OwnGroup.id` writes it."""
        if is_own(group):
            return read_id(group).id
        if group not in self._group_ids:
            raise RequestError(unknown("group", group, self._group_ids))
        return group

    def _checked_members(self, group: str | None, areas: Names | None) -> dict[str, Any]:
        """The filters areas and group of a statement: a group of one's own is the list of its areas."""
        codes = self._checked_areas(areas)
        if group is None or not is_own(group):
            return {"areas": codes, "group": None if group is None else self._checked_group(group)}
        return {
            "areas": [area for area in read_id(group).areas if codes is None or area in codes],
            "group": None,
        }


def own_groups(group_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Of checked ids those of one's own, as a statement asks for them: group and areas."""
    return [{"group": group, "areas": list(read_id(group).areas)} for group in group_ids if is_own(group)]


def checked_years(years: Any) -> list[int] | None:
    """Years as whole numbers; None for all. Raises RequestError for what is no year."""
    if years is None:
        return None
    try:
        return [int(year) for year in as_list(years)]
    except (TypeError, ValueError):
        raise RequestError(f"years {years!r}: write whole years, such as [2022, 2024].") from None


def as_list(value: Any) -> list[Any]:
    """One value or several, as a list."""
    return [value] if isinstance(value, str | int) else list(value)

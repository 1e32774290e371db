"""The reader of a run, and what a page asks of it: KPIs, areas, groups, dimensions and sources by code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.charts.context import Context, KpiView
from dashboard.charts.look import NO_LOOK
from dashboard.reads import shared
from dashboard.reads.cached import cached
from kpis.cases import NONE, Further
from kpis.groups import is_own, read_id

if TYPE_CHECKING:
    from kpis.queries import Warehouse


OWN = "own"  # kind of the reader's own groups, which no table holds


@dataclass(frozen=True)
class Area:
    """A country or territory, named in the reader's language."""

    code: str
    name: str
    is_ldc: bool


@dataclass(frozen=True)
class Group:
    """A group of countries, named in the reader's language; `note` says what to know of it, or is empty.

    kind: world, special, region, subregion, income, organisation, own. One of the reader's own has the name
    that it was given, in whatever language, and no note.
    """

    id: str
    name: str
    note: str
    kind: str


@dataclass(frozen=True)
class Reader:
    """The reader of a run: language, context of charts, open warehouse, what links carry along, own cases.

    All that a page shows follows from the reader and the choices of the page, so the two together are the
    cache key of charts and tables (`dashboard/reads/cached.py`). Two readers with the same data version and
    the same settings are equal.
    """

    lang: str
    ctx: Context
    warehouse: Warehouse
    link_parameters: tuple[tuple[str, str], ...] = ()
    further: Further = NONE  # cases beside the catalogue that this reader may see

    @property
    def version(self) -> str:
        """Data version of the warehouse."""
        return self.warehouse.version

    @cached_property
    def without_links(self) -> Reader:
        """The reader with links that carry nothing along but the language."""
        return replace(self, link_parameters=()) if self.link_parameters else self

    @cached_property
    def without_look(self) -> Reader:
        """The same without a look either, for what shows no colour; to ask for one is a fault."""
        if self.ctx.look is NO_LOOK:
            return self.without_links
        return replace(self, link_parameters=(), ctx=replace(self.ctx, look=NO_LOOK))

    @property
    def kpis(self) -> dict[str, KpiView]:
        """The catalogue by id, in its order."""
        return shared.kpis(self.warehouse, self.lang)

    def kpi(self, kpi_id: str) -> KpiView:
        """A KPI of the catalogue. Raises KeyError for an unknown id."""
        return self.kpis[kpi_id]

    @property
    def areas(self) -> pd.DataFrame:
        """All areas by ref_area, with `name` in the language."""
        return shared.areas(self.warehouse, self.lang)

    def area(self, code: str) -> Area:
        """An area by its ISO code. Raises KeyError for an unknown one."""
        return _areas(self.warehouse, self.lang)[code]

    @property
    def area_names(self) -> pd.Series[str]:
        """Names of all areas by ref_area."""
        return self.areas["name"]

    @property
    def groups(self) -> pd.DataFrame:
        """All published groups with members by group_id, with `name` and `note` in the language."""
        return shared.groups(self.warehouse, self.lang)

    def group(self, group_id: str) -> Group:
        """A group by its id, also one of the reader's own. Raises KeyError for an unknown one."""
        if is_own(group_id):
            return Group(group_id, read_id(group_id).name, "", OWN)
        return _groups(self.warehouse, self.lang)[group_id]

    def is_group(self, code: str) -> bool:
        """Whether a code is the id of a group, published or the reader's own, and not that of an area."""
        return is_own(code) or code in _groups(self.warehouse, self.lang)

    @property
    def dimensions(self) -> dict[str, str]:
        """Names of the dimensions by id, in their order; `overall` among them."""
        return shared.dimensions(self.warehouse, self.lang)

    @property
    def sources(self) -> pd.DataFrame:
        """Sources by id, with `title` in the language."""
        return shared.sources(self.warehouse, self.lang)


@cached(shared.FEW)
def _areas(wh: Warehouse, lang: str) -> dict[str, Area]:
    table = shared.areas(wh, lang)
    columns = (table.index, table["name"], table["ldc"])
    return {code: Area(code, str(name), bool(ldc)) for code, name, ldc in zip(*columns, strict=True)}


@cached(shared.FEW)
def _groups(wh: Warehouse, lang: str) -> dict[str, Group]:
    table = shared.groups(wh, lang)
    columns = (table.index, table["name"], table["note"].fillna(""), table["kind"])
    return {
        group_id: Group(group_id, str(name), str(note), str(kind))
        for group_id, name, note, kind in zip(*columns, strict=True)
    }

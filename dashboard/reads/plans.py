"""Cached reads of plans that page and document share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.reads.cached import cached
from kpis import plan
from kpis.cases import Further

if TYPE_CHECKING:
    from kpis.queries import Warehouse


@cached(128)
def increments(
    wh: Warehouse, lang: str, packed: str, further: Further, most: int | None = None
) -> list[plan.Increment]:
    """The increments of a plan, at most so many; by its link without words."""
    bare = plan.load_link(packed, wh.tables).plan
    return plan.increments(bare, lang, wh.tables, most=most, further=further)


@cached(128)
def outlook(wh: Warehouse, area: str, goal: plan.Goal, by: int) -> plan.Outlook:
    """What it takes to reach a goal by a year."""
    return plan.outlook_to(area, goal, by, wh.tables)

"""Plans that are followed: kept in the workspace by title, changed by versions, reviewed."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass

from kpis.plan import Loaded, Plan, load, reviewed
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store
from kpis.workspace.items import Body, Item
from kpis.workspace.people import Person
from kpis.workspace.store import Workspace

KIND, STATE = "plan", "followed"
LONGEST_TITLE = 80


@dataclass(frozen=True)
class Kept:
    """A plan that is kept: its entry, the plan, and what had to be left out of it when it was read."""

    item: Item
    loaded: Loaded

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.loaded.plan


def kept(workspace: Workspace, person: Person, area: str | None = None) -> list[Item]:
    """The entries of plans, newest change first; area: those of one country. Raises RightsError."""
    items = workspace.items(person, KIND)
    return [item for item in items if area is None or item.body["plan"]["area"] == area]


@with_store
def opened(workspace: Workspace, person: Person, item_id: str, store: Tables = DEFAULT) -> Kept:
    """One plan. Raises MissingItemError, RightsError, PlanError for what this version cannot read."""
    item = workspace.item(person, item_id)
    return Kept(item, load(json.dumps(item.body["plan"]), store))


def keep(workspace: Workspace, person: Person, plan: Plan, title: str) -> Item:
    """Keeps a plan under a title; several may have the same. Raises RightsError, TooLargeError."""
    with workspace.work(person) as work:
        return work.add(KIND, "keep", title=title[:LONGEST_TITLE], body=_body(plan), state=STATE)


def follow(workspace: Workspace, person: Person, item: Item, plan: Plan, title: str = "") -> Item:
    """Keeps what was changed in a plan. item: as it was opened.

    Raises ConflictError if somebody changed it since, and then nothing is changed; RightsError.
    """
    with workspace.work(person) as work:
        name = title[:LONGEST_TITLE] or item.title
        return work.change(item.id, item.version, "follow", title=name, body=_body(plan))


@with_store
def review(
    workspace: Workspace, person: Person, item: Item, plan: Plan, day: datetime.date, store: Tables = DEFAULT
) -> Item:
    """Adds a dated review to a plan, of the figures held now; errors as `follow`."""
    with workspace.work(person) as work:
        return work.change(item.id, item.version, "review", body=_body(reviewed(plan, day, store)))


def remove(workspace: Workspace, person: Person, item: Item) -> None:
    """Takes a plan out of the workspace; its history stays. Errors as `follow`."""
    with workspace.work(person) as work:
        work.remove(item.id, item.version, "remove")


def _body(plan: Plan) -> Body:
    return {"plan": plan.model_dump(mode="json")}

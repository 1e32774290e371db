"""Plans that are followed: kept in the workspace by title, changed by versions, reviewed."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass

from kpis.plan import Loaded, Plan, load, reviewed
from kpis.plan.document import WORDS
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store
from kpis.workspace.items import Body, Event, Item
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


def history(workspace: Workspace, person: Person, item: Item) -> list[Event]:
    """All that was done with a plan, oldest first. Raises RightsError.

    changed: by what `_told` names, "" where there was or is nothing; of the first version nothing.
    """
    events: list[Event] = []
    before: dict[str, str] = {}
    for change in workspace.history(person, item.id):
        after = _told(change.title, change.body.get("plan", {}))
        changed = tuple(
            (what, before.get(what, ""), after.get(what, ""))
            for what in dict.fromkeys([*after, *before])
            if events and before.get(what) != after.get(what)
        )
        events.append(Event(change.at, change.name or change.person, KIND, change.action, changed))
        before = after
    return events


def _told(title: str, plan: Body) -> dict[str, str]:
    """What people decide in a plan, as texts: title, goal ("stage:3:all"), by, mobile_first; what they wrote.

    That is named by kind and increment, KPI or day: "owners:services.connected", "own_targets:EGDI:2028",
    "levers:OSI", "reviews:2026-11-28". plan: as it was kept, by whatever version. Baseline, targets and
    milestones follow from the goal.
    """
    told = {"title": title, "goal": f"{plan.get('kind')}:{plan.get('value')}:{plan.get('dimension')}"}
    told |= {"by": str(plan.get("by", "")), "mobile_first": "true" if plan.get("mobile_first") else ""}
    for kind in WORDS:
        told |= {f"{kind}:{step}": text for step, text in plan.get(kind, {}).items()}
    for own in plan.get("own_targets", ()):
        told[f"own_targets:{own['kpi']}:{own['year']}"] = str(own["value"])
    told |= {f"levers:{lever['kpi']}": str(lever["target"]) for lever in plan.get("levers", ())}
    told |= {f"reviews:{review['day']}": review["day"] for review in plan.get("reviews", ())}
    return {what: text for what, text in told.items() if text}


def remove(workspace: Workspace, person: Person, item: Item) -> None:
    """Takes a plan out of the workspace; its history stays. Errors as `follow`."""
    with workspace.work(person) as work:
        work.remove(item.id, item.version, "remove")


def _body(plan: Plan) -> Body:
    return {"plan": plan.model_dump(mode="json")}

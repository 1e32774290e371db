"""A case as somebody may see it: record, what assessments say, last confirmation, transfer notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpis.workspace import Item, Person, Workspace
from kpis.workspace.knowledge import rules
from kpis.workspace.knowledge.record import FIELDS, Record, has_source
from kpis.workspace.knowledge.rubric import Rubric, load_rubric
from kpis.workspace.knowledge.rules import Assessment, Decision, Freshness, State
from kpis.workspace.people import LOCAL


@dataclass(frozen=True)
class Origin:
    """The centre that sent a case. id: of that centre's workspace; name: as it called itself."""

    id: str
    name: str


@dataclass(frozen=True)
class Confirmation:
    """One yearly review. outcome: published, confirmed, corrected. note: what the reviewer wrote."""

    on: dt.date
    outcome: str
    note: str
    name: str


@dataclass(frozen=True)
class Transfer:
    """Who uses a case, and what must change there."""

    institution: str
    country: str
    change: str
    note: str
    item: Item


@dataclass(frozen=True)
class Case:
    """assessments: of this round, those that the person may see; n_assessments: how many there are.

    mine: the person's own. arrived: the record as another centre last sent it, where that waits to be looked
    at. origin: None for a case of one's own centre.
    """

    item: Item
    record: Record
    state: State
    decision: Decision
    assessments: tuple[Assessment, ...]
    n_assessments: int
    mine: Assessment | None
    confirmations: tuple[Confirmation, ...]
    transfers: tuple[Transfer, ...]
    origin: Origin | None
    arrived: Record | None

    @property
    def round(self) -> int:
        """The round of assessments, from 1."""
        return int(self.item.body.get("round", 1))

    @property
    def confirmed(self) -> dt.date | None:
        """The day of the last confirmation; None for what was never published."""
        return max((each.on for each in self.confirmations), default=None)

    def freshness(self, today: dt.date) -> Freshness | None:
        """How a published case stands towards its review; None for any other."""
        if self.state is not State.PUBLISHED or self.confirmed is None:
            return None
        return rules.freshness(self.confirmed, today)


def all_cases(workspace: Workspace, person: Person) -> list[Case]:
    """All cases that the person may see, newest change first. Raises RightsError."""
    items = workspace.items(person, "case")
    below = {kind: _by_parent(workspace.items(person, kind)) for kind in _BELOW}
    return [_case(item, person, {kind: below[kind].get(item.id, []) for kind in _BELOW}) for item in items]


def one_case(workspace: Workspace, person: Person, item_id: str) -> Case:
    """One case. Raises MissingItemError, RightsError."""
    item = workspace.item(person, item_id)
    return _case(item, person, {kind: workspace.items(person, kind, parent=item.id) for kind in _BELOW})


_BELOW = ("assessment", "confirmation", "transfer")


def _by_parent(items: Sequence[Item]) -> dict[str, list[Item]]:
    grouped: dict[str, list[Item]] = {}
    for item in items:
        grouped.setdefault(item.parent or "", []).append(item)
    return grouped


def _case(item: Item, person: Person, below: Mapping[str, list[Item]]) -> Case:
    record = record_of(item.body["record"])
    given = _round_of(below["assessment"], int(item.body.get("round", 1)))
    decision = rules.decide(
        [_assessment(each) for each in given], has_source=has_source(record), rubric=load_rubric()
    )
    mine = next((each for each in given if each.owner == person.id), None) if person != LOCAL else None
    visible = _visible(given, person, mine, decision, load_rubric())
    origin = item.body.get("origin")
    return Case(
        item=item,
        record=record,
        state=rules.standing(item.state, decision.outcome),
        decision=decision,
        assessments=tuple(_assessment(each) for each in visible),
        n_assessments=len(given),
        mine=_assessment(mine) if mine else None,
        confirmations=tuple(_confirmation(each) for each in below["confirmation"]),
        transfers=tuple(_transfer(each) for each in below["transfer"]),
        origin=Origin(**origin) if origin else None,
        arrived=record_of(item.body["arrived"]) if item.body.get("waits") else None,
    )


def record_of(stored: Mapping[str, str]) -> dict[str, str]:
    """A record with every field, also of one that was kept before a field was added."""
    return {field: stored.get(field, "") for field in FIELDS}


def _round_of(items: Sequence[Item], number: int) -> list[Item]:
    """The assessments of a round in the order in which they came in."""
    of_round = [item for item in items if item.body["round"] == number]
    return sorted(of_round, key=lambda item: (item.created, item.id))


def _visible(
    given: list[Item], person: Person, mine: Item | None, decision: Decision, rubric: Rubric
) -> list[Item]:
    """Nobody sees the assessment of another before theirs cannot be swayed by it any more.

    When the case is settled all are seen; when a third is asked for, by the two who have given theirs.
    Without log-in there is one user, who writes down what reviewers said and sees both when both are in.
    """
    if decision.outcome in rules.SETTLED:
        return given
    both = len(given) >= rubric.reviewers
    if both and (mine is not None or person == LOCAL):
        return given
    return [mine] if mine else []


def _assessment(item: Item) -> Assessment:
    body = item.body
    return Assessment(
        reviewer=item.key or item.owner,
        implemented=bool(body["implemented"]),
        points={name: int(points) for name, points in body["points"].items()},
        argument=body["argument"],
        of_version=body["of_version"],
        name=body["name"],
    )


def _confirmation(item: Item) -> Confirmation:
    body = item.body
    return Confirmation(dt.date.fromisoformat(body["on"]), body["outcome"], body["note"], body["name"])


def _transfer(item: Item) -> Transfer:
    body = item.body
    return Transfer(body["institution"], body["country"], body["change"], body["note"], item)

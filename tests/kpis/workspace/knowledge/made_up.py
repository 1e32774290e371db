"""A case that is right in every field, the people who work on it, and its way to publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from kpis.workspace import Person, Role, Workspace
from kpis.workspace.knowledge import desk
from kpis.workspace.knowledge.case import Case, one_case
from kpis.workspace.knowledge.rubric import load_rubric
from kpis.workspace.knowledge.rules import Assessment

TODAY = dt.date(2026, 11, 27)
ANA = Person("ana", "Ana", Role.EDITOR)
BETO, CARLA, DIEGO = (Person(name.lower(), name, Role.REVIEWER) for name in ("Beto", "Carla", "Diego"))
VERA = Person("vera", "Vera", Role.VIEWER)
RECORD = {
    "case_id": "col-turnos-quipu",
    "name": "Turnos Quipu",
    "country_iso3": "COL",
    "level": "municipal",
    "institution": "Alcaldía",
    "start_year": "2021",
    "status": "active",
    "summary": "Appointments by USSD for people without a smartphone.",
    "channel": "ussd;in-person",
    "theme": "service-delivery",
    "innovation_type": "process",
    "maturity_stage": "transactional",
    "sdg_targets": "16.6;10.2",
    "recognition": "",
    "source_title": "Gaceta",
    "source_url": "https://example.org/quipu",
    "verified": "true",
}


def points(each: int, **others: int) -> dict[str, int]:
    """The same points on every criterion, but for some."""
    return dict.fromkeys(load_rubric().ids, each) | others


def given(each: int | Mapping[str, int], *, implemented: bool = True, name: str = "") -> Assessment:
    """An assessment of so many points on each criterion."""
    by_criterion = points(each) if isinstance(each, int) else each
    return Assessment("", implemented, by_criterion, "Two reports were read.", name=name)


def captured(workspace: Workspace, **fields: str) -> str:
    """A case that Ana proposed and captured; its id in the workspace."""
    record = {**RECORD, **fields}
    item = desk.propose(workspace, ANA, record, TODAY)
    desk.write(workspace, ANA, one_case(workspace, ANA, item.id), "capture", record, TODAY)
    return item.id


def seen(workspace: Workspace, item_id: str, person: Person = ANA) -> Case:
    """The case as a person sees it now."""
    return one_case(workspace, person, item_id)


def assessed(workspace: Workspace, item_id: str, *each: int | Mapping[str, int]) -> Case:
    """The case after assessments by Beto, Carla and Diego."""
    for person, by_criterion in zip((BETO, CARLA, DIEGO), each, strict=False):
        desk.assess(workspace, person, seen(workspace, item_id, person), given(by_criterion))
    return seen(workspace, item_id, BETO)


def classified(workspace: Workspace, today: dt.date = TODAY, **fields: str) -> str:
    """A case that waits for nothing but its publication; its id in the workspace."""
    item_id = captured(workspace, **fields)
    assessed(workspace, item_id, 2, 2)
    desk.write(workspace, ANA, seen(workspace, item_id), "classify", {**RECORD, **fields}, today)
    return item_id


def published(workspace: Workspace, today: dt.date = TODAY, **fields: str) -> str:
    """A published case; its id in the workspace."""
    item_id = classified(workspace, today, **fields)
    desk.publish(workspace, BETO, seen(workspace, item_id, BETO), today)
    return item_id

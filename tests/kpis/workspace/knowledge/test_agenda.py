"""What waits for whom, from proposal to yearly review."""

from __future__ import annotations

import pytest

from kpis.workspace import Role, Workspace
from kpis.workspace.knowledge import desk
from kpis.workspace.knowledge.agenda import Task, role_of, waiting, waits_for
from kpis.workspace.knowledge.case import Origin, all_cases
from tests.kpis.workspace.knowledge.made_up import (
    ANA,
    BETO,
    CARLA,
    DIEGO,
    RECORD,
    TODAY,
    VERA,
    assessed,
    captured,
    given,
    published,
    seen,
)


def tasks(workspace: Workspace, item_id: str) -> list[Task | None]:
    """What waits for Ana, Beto, Carla and Vera."""
    return [waits_for(seen(workspace, item_id, who), who, TODAY) for who in (ANA, BETO, CARLA, VERA)]


def test_each_step_waits_for_those_who_may_do_it(workspace: Workspace) -> None:
    item = desk.propose(workspace, ANA, {**RECORD, "source_url": ""}, TODAY)
    assert tasks(workspace, item.id) == [Task.CAPTURE] * 3 + [None]
    desk.write(workspace, ANA, seen(workspace, item.id), "capture", {**RECORD, "source_url": ""}, TODAY)
    assert tasks(workspace, item.id) == [Task.SOURCE] * 3 + [None]
    desk.write(workspace, ANA, seen(workspace, item.id), "edit", RECORD, TODAY)
    assert tasks(workspace, item.id) == [None, Task.ASSESS, Task.ASSESS, None]
    assessed(workspace, item.id, 2)
    assert tasks(workspace, item.id) == [None, None, Task.ASSESS, None]
    desk.assess(workspace, CARLA, seen(workspace, item.id, CARLA), given(2))
    assert tasks(workspace, item.id) == [Task.CLASSIFY] * 3 + [None]
    desk.write(workspace, ANA, seen(workspace, item.id), "classify", RECORD, TODAY)
    assert tasks(workspace, item.id) == [None, Task.PUBLISH, Task.PUBLISH, None]
    desk.publish(workspace, BETO, seen(workspace, item.id, BETO), TODAY)
    assert tasks(workspace, item.id) == [None] * 4
    later = TODAY.replace(year=TODAY.year + 1)
    assert waits_for(seen(workspace, item.id, BETO), BETO, later) is Task.REVIEW
    assert waits_for(seen(workspace, item.id), ANA, later) is None


def test_two_that_lie_apart_wait_for_a_third(workspace: Workspace) -> None:
    item_id = captured(workspace)
    assessed(workspace, item_id, 3, 1)
    assert tasks(workspace, item_id) == [None] * 4
    assert waits_for(seen(workspace, item_id, DIEGO), DIEGO, TODAY) is Task.ASSESS


def test_what_may_not_be_published_waits_for_a_decision(workspace: Workspace) -> None:
    item_id = captured(workspace)
    assessed(workspace, item_id, 1, 1)
    assert tasks(workspace, item_id) == [None, Task.DECIDE, Task.DECIDE, None]
    desk.retire(workspace, BETO, seen(workspace, item_id, BETO), "Outputs only.")
    assert tasks(workspace, item_id) == [None] * 4


def test_what_another_centre_sent_is_to_be_looked_at(workspace: Workspace) -> None:
    item = desk.propose(workspace, ANA, RECORD, TODAY, Origin("lima-1", "Lima"))
    case = seen(workspace, item.id)
    body = {**case.item.body, "arrived": {**RECORD, "name": "Newer"}, "waits": True}
    with workspace.work(ANA) as work:
        work.change(item.id, case.item.version, "receive", body=body)
    assert tasks(workspace, item.id) == [Task.LOOK] * 3 + [None]


def test_the_list_has_the_oldest_first_and_only_what_waits(workspace: Workspace) -> None:
    published(workspace)
    first = captured(workspace, case_id="col-a")
    second = captured(workspace, case_id="col-b")
    listed = [case.item.id for case, _ in waiting(all_cases(workspace, BETO), BETO, TODAY)]
    assert listed == [first, second]
    assert waiting(all_cases(workspace, VERA), VERA, TODAY) == []


@pytest.mark.parametrize("task", Task)
def test_nothing_waits_for_a_viewer(task: Task) -> None:
    assert role_of(task) > Role.VIEWER

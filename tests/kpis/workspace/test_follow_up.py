"""Plans kept in the workspace: several, by title, changed by versions; a conflict changes nothing."""

from __future__ import annotations

from datetime import date

import pytest

from kpis.queries import Warehouse
from kpis.workspace import Workspace, follow_up
from kpis.workspace.faults import ConflictError, MissingItemError, RightsError
from tests.kpis.plan.test_follow import KEPT
from tests.kpis.workspace.conftest import EDITOR, REVIEWER, VIEWER


def test_a_plan_is_kept_opened_changed_and_reviewed(workspace: Workspace, wh: Warehouse) -> None:
    item = follow_up.keep(workspace, EDITOR, KEPT, "Digital <b>2030</b>")
    follow_up.keep(workspace, EDITOR, KEPT.model_copy(update={"area": "COL"}), "Digital <b>2030</b>")
    assert [one.id for one in follow_up.kept(workspace, VIEWER, "URY")] == [item.id]
    assert len(follow_up.kept(workspace, VIEWER)) == 2
    held = follow_up.opened(workspace, VIEWER, item.id, wh.tables)
    assert (held.plan, held.loaded.problems, held.item.title) == (KEPT, (), "Digital <b>2030</b>")
    written = KEPT.model_copy(update={"owners": {"plan": "AGESIC"}})
    second = follow_up.follow(workspace, EDITOR, item, written)
    third = follow_up.review(workspace, EDITOR, second, written, date(2026, 11, 28), wh.tables)
    last = follow_up.opened(workspace, VIEWER, item.id, wh.tables)
    assert (third.version, last.plan.owners["plan"], last.plan.reviews[0].day) == (3, "AGESIC", "2026-11-28")
    events = follow_up.history(workspace, VIEWER, third)
    assert [(event.action, event.name) for event in events] == [
        ("keep", "Editor"), ("follow", "Editor"), ("review", "Editor"),
    ]  # fmt: skip
    assert [event.changed for event in events] == [
        (),
        (("owners:plan", "", "AGESIC"),),
        (("reviews:2026-11-28", "", "2026-11-28"),),
    ]


def test_the_history_tells_another_goal_and_what_was_taken_out(workspace: Workspace) -> None:
    first = KEPT.model_copy(update={"owners": {"services.connected": "<b>"}})
    item = follow_up.keep(workspace, EDITOR, first, "Plan")
    now = KEPT.model_copy(update={"kind": "rank", "value": 40.0})
    item = follow_up.follow(workspace, EDITOR, item, now, "Plan B")
    assert follow_up.history(workspace, VIEWER, item)[1].changed == (
        ("title", "Plan", "Plan B"),
        ("goal", f"{KEPT.kind}:{KEPT.value}:{KEPT.dimension}", f"rank:40.0:{KEPT.dimension}"),
        ("owners:services.connected", "<b>", ""),
    )


def test_who_changed_it_later_is_told_and_nothing_is_lost(workspace: Workspace, wh: Warehouse) -> None:
    item = follow_up.keep(workspace, EDITOR, KEPT, "Plan")
    follow_up.follow(workspace, REVIEWER, item, KEPT.model_copy(update={"owners": {"plan": "First"}}))
    with pytest.raises(ConflictError, match="Reviewer"):
        follow_up.follow(workspace, EDITOR, item, KEPT.model_copy(update={"owners": {"plan": "Second"}}))
    with pytest.raises(ConflictError):
        follow_up.remove(workspace, EDITOR, item)
    assert follow_up.opened(workspace, VIEWER, item.id, wh.tables).plan.owners == {"plan": "First"}


def test_who_may_read_only_changes_nothing(workspace: Workspace, wh: Warehouse) -> None:
    with pytest.raises(RightsError):
        follow_up.keep(workspace, VIEWER, KEPT, "Plan")
    item = follow_up.keep(workspace, EDITOR, KEPT, "Plan")
    with pytest.raises(RightsError):
        follow_up.review(workspace, VIEWER, item, KEPT, date(2026, 11, 28), wh.tables)
    follow_up.remove(workspace, EDITOR, item)
    with pytest.raises(MissingItemError):
        follow_up.opened(workspace, EDITOR, item.id, wh.tables)

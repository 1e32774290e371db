"""Drafts are kept for one person until they are handed in."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis.workspace import Workspace, open_workspace
from kpis.workspace.drafts import NEW, draft_of, drop_draft, keep_draft
from kpis.workspace.faults import ConflictError, MissingItemError, RightsError
from tests.kpis.workspace.conftest import ADMINISTRATOR
from tests.kpis.workspace.knowledge.made_up import ANA, BETO, RECORD, VERA


def test_a_draft_survives_the_end_of_the_program_and_is_its_writers_alone(tmp_path: Path) -> None:
    place = str(tmp_path / "kept.sqlite")
    first = open_workspace(place)
    keep_draft(first, ANA, NEW, {"name": "=1+1 <b>", "summary": "half a sent"}, 0)
    first.engine.dispose()
    again = open_workspace(place)
    draft = draft_of(again, ANA, NEW)
    assert draft is not None
    assert (draft.cells["name"], draft.cells["summary"]) == ("=1+1 <b>", "half a sent")
    assert draft_of(again, BETO, NEW) is None
    assert draft_of(again, ANA, "another") is None
    again.engine.dispose()


def test_the_same_again_adds_no_version_and_a_dropped_one_is_gone(workspace: Workspace) -> None:
    keep_draft(workspace, ANA, "a", RECORD, 3)
    keep_draft(workspace, ANA, "a", RECORD, 3)
    draft = draft_of(workspace, ANA, "a")
    assert draft is not None
    assert (draft.item.version, draft.version) == (1, 3)
    keep_draft(workspace, ANA, "a", {**RECORD, "name": "Other"}, 3)
    drop_draft(workspace, ANA, "a")
    drop_draft(workspace, ANA, "a")
    assert draft_of(workspace, ANA, "a") is None


def test_nobody_else_sees_or_drops_a_draft_and_it_leaves_no_history(workspace: Workspace) -> None:
    keep_draft(workspace, ANA, NEW, RECORD, 0)
    keep_draft(workspace, ANA, NEW, {**RECORD, "name": "Other"}, 0)
    (item,) = workspace.items(ANA, "draft")
    for person in (BETO, ADMINISTRATOR):
        assert workspace.items(person, "draft") == []
        with pytest.raises(MissingItemError):
            workspace.item(person, item.id)
        with pytest.raises(RightsError), workspace.work(person) as work:
            work.remove(item.id, item.version, "drop")
    drop_draft(workspace, ANA, NEW)
    assert workspace.history(ADMINISTRATOR, item.id) == []


def test_of_two_windows_of_one_person_the_second_change_is_refused(workspace: Workspace) -> None:
    keep_draft(workspace, ANA, NEW, RECORD, 0)
    (item,) = workspace.items(ANA, "draft")
    with workspace.work(ANA) as work:
        work.change(item.id, item.version, "revise", body=item.body)
    with pytest.raises(ConflictError), workspace.work(ANA) as work:
        work.change(item.id, item.version, "revise", body=item.body)


def test_a_viewer_keeps_none(workspace: Workspace) -> None:
    with pytest.raises(RightsError):
        keep_draft(workspace, VERA, NEW, RECORD, 0)

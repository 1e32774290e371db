"""Groups kept in the workspace: one for each name, changed and removed by editors alone."""

from __future__ import annotations

import pytest

from kpis.groups import own_group
from kpis.workspace import Workspace, groups
from kpis.workspace.faults import ConflictError, RightsError
from tests.kpis.workspace.conftest import EDITOR, VIEWER

ANDES = own_group("Andes", ["COL", "PER"])


def test_a_group_is_kept_by_its_name_and_read_again(workspace: Workspace) -> None:
    item = groups.keep(workspace, EDITOR, ANDES)
    wider = groups.keep(workspace, EDITOR, own_group("ANDES", ["COL", "PER", "ECU"]))
    assert (wider.id, wider.version) == (item.id, 2)
    [(kept, group)] = groups.kept(workspace, VIEWER)
    assert (kept.id, group.id) == (item.id, "my:ANDES:COL.ECU.PER")
    assert [change.action for change in workspace.history(VIEWER, item.id)] == ["keep", "revise"]


def test_who_may_read_only_keeps_and_removes_nothing(workspace: Workspace) -> None:
    item = groups.keep(workspace, EDITOR, ANDES)
    with pytest.raises(RightsError):
        groups.keep(workspace, VIEWER, own_group("Other", ["COL", "PER"]))
    with pytest.raises(RightsError):
        groups.remove(workspace, VIEWER, item)
    groups.keep(workspace, EDITOR, ANDES)
    with pytest.raises(ConflictError):
        groups.remove(workspace, EDITOR, item)
    [(newest, _group)] = groups.kept(workspace, EDITOR)
    groups.remove(workspace, EDITOR, newest)
    assert groups.kept(workspace, EDITOR) == []

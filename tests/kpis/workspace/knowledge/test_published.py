"""What a workspace publishes stands beside the catalogue, marked by origin, at once."""

from __future__ import annotations

import datetime as dt

import pytest

from kpis import cases
from kpis.workspace import Person, Workspace
from kpis.workspace.faults import RightsError
from kpis.workspace.knowledge import desk
from kpis.workspace.knowledge.case import Origin
from kpis.workspace.knowledge.published import published as further
from kpis.workspace.knowledge.published import stamp
from tests.kpis.workspace.knowledge.made_up import (
    ANA,
    BETO,
    CARLA,
    RECORD,
    TODAY,
    VERA,
    assessed,
    captured,
    published,
    seen,
)


def test_what_is_not_published_is_not_there(workspace: Workspace) -> None:
    captured(workspace)
    assert further(workspace, VERA, TODAY) == cases.NONE


def test_a_published_case_is_found_at_once_and_gone_when_retired(workspace: Workspace) -> None:
    before = stamp(workspace, TODAY)
    item_id = published(workspace)
    assert stamp(workspace, TODAY) != before
    beside = further(workspace, VERA, TODAY)
    found = cases.search("quipu", further=beside)
    assert found[["origin", "status"]].to_numpy().tolist() == [[cases.OWN, "active"]]
    desk.retire(workspace, BETO, seen(workspace, item_id, BETO), "Held twice.")
    assert further(workspace, VERA, TODAY) == cases.NONE


def test_the_work_on_a_proposal_changes_nothing_that_is_read(workspace: Workspace) -> None:
    published(workspace)
    before = further(workspace, VERA, TODAY)
    desk.propose(workspace, ANA, {**RECORD, "case_id": "col-otro"}, TODAY)
    assert further(workspace, VERA, TODAY) == before
    assert further(workspace, VERA, TODAY + dt.timedelta(days=400)) == before


def test_three_years_unconfirmed_is_status_unknown(workspace: Workspace) -> None:
    published(workspace, dt.date(2023, 11, 27))
    assert further(workspace, VERA, TODAY - dt.timedelta(days=1)).records[0]["status"] == "active"
    assert further(workspace, VERA, TODAY).records[0]["status"] == "unknown"


def test_an_exchanged_case_names_its_centre(workspace: Workspace) -> None:
    item = desk.propose(workspace, ANA, RECORD, TODAY, Origin("lima-1", "Centro de Lima"))
    desk.write(workspace, ANA, seen(workspace, item.id), "capture", RECORD, TODAY)
    assessed(workspace, item.id, 2, 2)
    desk.write(workspace, ANA, seen(workspace, item.id), "classify", RECORD, TODAY)
    desk.publish(workspace, CARLA, seen(workspace, item.id, CARLA), TODAY)
    rows = cases.load(further=further(workspace, VERA, TODAY))
    assert rows.loc["col-turnos-quipu", ["origin", "centre"]].tolist() == [cases.EXCHANGED, "Centro de Lima"]


def test_whoever_has_no_role_is_given_none(workspace: Workspace) -> None:
    published(workspace)
    with pytest.raises(RightsError):
        further(workspace, Person("x"), TODAY)

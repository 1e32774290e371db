"""The cycle in a workspace: rights, two reviewers each on their own, publication, review, conflicts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from kpis.workspace import LOCAL, Person, Role, Workspace
from kpis.workspace.faults import ConflictError, RightsError, TakenError
from kpis.workspace.knowledge import desk
from kpis.workspace.knowledge.case import all_cases, one_case
from kpis.workspace.knowledge.faults import IncompleteError, NotPublishableError, RefusedError, StepError
from kpis.workspace.knowledge.history import history
from kpis.workspace.knowledge.rules import Freshness, Outcome, State
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
    points,
    published,
    seen,
)


def test_a_case_goes_from_proposal_to_publication_by_three_people(workspace: Workspace) -> None:
    item = desk.propose(workspace, ANA, {"name": "Turnos Quipu", "country_iso3": "COL"}, TODAY)
    case = seen(workspace, item.id)
    assert (case.state, case.record["case_id"]) == (State.PROPOSED, "col-turnos-quipu")
    desk.write(workspace, ANA, case, "capture", RECORD, TODAY)
    assert seen(workspace, item.id).state is State.CAPTURED
    case = assessed(workspace, item.id, 2, points(2, evidence=3))
    assert (case.state, case.decision.outcome) == (State.ASSESSED, Outcome.RECOMMEND)
    desk.write(workspace, ANA, seen(workspace, item.id), "classify", RECORD, TODAY)
    desk.publish(workspace, CARLA, seen(workspace, item.id, CARLA), TODAY)
    case = seen(workspace, item.id, VERA)
    assert (case.state, case.confirmed) == (State.PUBLISHED, TODAY)
    told = [(event.name, event.action) for event in history(workspace, VERA, case)]
    assert told == [
        ("Ana", "propose"),
        ("Ana", "capture"),
        ("Beto", "assess"),
        ("Carla", "assess"),
        ("Ana", "classify"),
        ("Carla", "publish"),
    ]


def test_the_history_tells_what_was_changed(workspace: Workspace) -> None:
    item_id = captured(workspace)
    desk.write(workspace, BETO, seen(workspace, item_id), "edit", {**RECORD, "name": "Turnos 2"}, TODAY)
    last = history(workspace, VERA, seen(workspace, item_id))[-1]
    assert (last.name, last.action) == ("Beto", "edit")
    assert last.changed == (("name", "Turnos Quipu", "Turnos 2"),)


@pytest.mark.parametrize("person", [VERA, Person("x")])
def test_a_viewer_changes_nothing(workspace: Workspace, person: Person) -> None:
    with pytest.raises(RightsError):
        desk.propose(workspace, person, RECORD, TODAY)
    item_id = captured(workspace)
    case = seen(workspace, item_id)
    with pytest.raises(RightsError):
        desk.write(workspace, person, case, "edit", RECORD, TODAY)
    assert seen(workspace, item_id) == case


def test_an_editor_neither_assesses_nor_publishes_nor_retires(workspace: Workspace) -> None:
    item_id = captured(workspace)
    other = Person("eva", "Eva", Role.EDITOR)
    with pytest.raises(RightsError):
        desk.assess(workspace, other, seen(workspace, item_id, other), given(2))
    assessed(workspace, item_id, 2, 2)
    desk.write(workspace, ANA, seen(workspace, item_id), "classify", RECORD, TODAY)
    with pytest.raises(RightsError):
        desk.publish(workspace, ANA, seen(workspace, item_id), TODAY)
    with pytest.raises(RightsError):
        desk.retire(workspace, ANA, seen(workspace, item_id), "no")
    assert seen(workspace, item_id).state is State.CLASSIFIED


def test_whoever_has_no_role_sees_no_case(workspace: Workspace) -> None:
    item_id = captured(workspace)
    with pytest.raises(RightsError):
        all_cases(workspace, Person("x"))
    with pytest.raises(RightsError):
        one_case(workspace, Person("x"), item_id)


def test_nobody_assesses_their_own_proposal(workspace: Workspace) -> None:
    item = desk.propose(workspace, BETO, RECORD, TODAY)
    desk.write(workspace, BETO, seen(workspace, item.id), "capture", RECORD, TODAY)
    with pytest.raises(RefusedError, match="yourself"):
        desk.assess(workspace, BETO, seen(workspace, item.id, BETO), given(3))


def test_a_reviewer_does_not_see_the_other_before_both_are_in(workspace: Workspace) -> None:
    item_id = captured(workspace)
    assessed(workspace, item_id, 3)
    for person, mine in ((BETO, 1), (CARLA, 0), (ANA, 0), (VERA, 0)):
        case = seen(workspace, item_id, person)
        assert (len(case.assessments), case.n_assessments) == (mine, 1)
        assert case.decision.score is None
        assert "Beto" not in [event.name for event in history(workspace, person, case)]
    assessed(workspace, item_id)
    desk.assess(workspace, CARLA, seen(workspace, item_id, CARLA), given(3))
    assert len(seen(workspace, item_id, VERA).assessments) == 2


def test_a_third_sees_neither_of_two_that_lie_apart(workspace: Workspace) -> None:
    item_id = captured(workspace)
    assessed(workspace, item_id, 3, 1)
    case = seen(workspace, item_id, DIEGO)
    assert (case.decision.outcome, case.assessments, case.state) == (Outcome.THIRD, (), State.CAPTURED)
    assert len(seen(workspace, item_id, BETO).assessments) == 2
    desk.assess(workspace, DIEGO, case, given(1))
    case = seen(workspace, item_id, DIEGO)
    assert (case.decision.outcome, len(case.assessments)) == (Outcome.BELOW, 3)
    assert [each.split(":")[1] for each in case.decision.counted] == ["carla", "diego"]


def test_an_assessment_is_changed_until_the_other_is_in(workspace: Workspace) -> None:
    item_id = captured(workspace)
    assessed(workspace, item_id, 3)
    desk.assess(workspace, BETO, seen(workspace, item_id, BETO), given(2))
    desk.assess(workspace, CARLA, seen(workspace, item_id, CARLA), given(1))
    case = seen(workspace, item_id, BETO)
    assert case.n_assessments == 2
    with pytest.raises(RefusedError, match="Both"):
        desk.assess(workspace, BETO, case, given(1))
    with pytest.raises(RefusedError):
        desk.assess(workspace, CARLA, seen(workspace, item_id, CARLA), given(3))


def test_two_windows_of_one_reviewer_give_one_assessment(workspace: Workspace) -> None:
    item_id = captured(workspace)
    before = seen(workspace, item_id, BETO)
    desk.assess(workspace, BETO, before, given(2))
    with pytest.raises(TakenError):
        desk.assess(workspace, BETO, before, given(3))


def test_an_assessment_has_points_and_argument(workspace: Workspace) -> None:
    case = seen(workspace, captured(workspace), BETO)
    with pytest.raises(RefusedError, match="novelty"):
        desk.assess(workspace, BETO, case, given({"evidence": 2}))
    with pytest.raises(RefusedError, match="rest on"):
        desk.assess(workspace, BETO, case, replace(given(2), argument=" "))
    desk.assess(workspace, BETO, case, given({}, implemented=False))


def test_without_a_source_there_is_no_score_and_no_publication(workspace: Workspace) -> None:
    item_id = captured(workspace, source_url="")
    with pytest.raises(NotPublishableError, match="source"):
        desk.assess(workspace, BETO, seen(workspace, item_id, BETO), given(3))
    desk.write(workspace, ANA, seen(workspace, item_id), "edit", RECORD, TODAY)
    assessed(workspace, item_id, 3, 3)
    desk.write(workspace, ANA, seen(workspace, item_id), "classify", {**RECORD, "source_url": ""}, TODAY)
    case = seen(workspace, item_id, BETO)
    assert (case.decision.outcome, case.decision.score) == (Outcome.NO_SOURCE, None)
    with pytest.raises(NotPublishableError):
        desk.publish(workspace, BETO, case, TODAY)


def test_what_scores_below_the_bar_is_not_published(workspace: Workspace) -> None:
    item_id = captured(workspace)
    assessed(workspace, item_id, 1, 1)
    desk.write(workspace, ANA, seen(workspace, item_id), "classify", RECORD, TODAY)
    with pytest.raises(NotPublishableError, match="below"):
        desk.publish(workspace, BETO, seen(workspace, item_id, BETO), TODAY)
    desk.reopen(workspace, BETO, seen(workspace, item_id, BETO), "A new evaluation was published.")
    case = seen(workspace, item_id, BETO)
    assert (case.state, case.round, case.n_assessments) == (State.CAPTURED, 2, 0)
    assert assessed(workspace, item_id, 2, 2).state is State.ASSESSED


def test_no_step_is_left_out(workspace: Workspace) -> None:
    item_id = captured(workspace)
    for action in ("capture", "classify", "correct"):
        with pytest.raises(StepError, match="captured"):
            desk.write(workspace, BETO, seen(workspace, item_id), action, RECORD, TODAY)
    with pytest.raises(StepError):
        desk.publish(workspace, BETO, seen(workspace, item_id), TODAY)
    case = assessed(workspace, item_id, 2, 2)
    with pytest.raises(IncompleteError, match="theme"):
        desk.write(workspace, ANA, case, "classify", {**RECORD, "theme": "", "name": "x"}, TODAY)


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(workspace: Workspace) -> None:
    item_id = captured(workspace)
    of_ana, of_beto = seen(workspace, item_id), seen(workspace, item_id, BETO)
    desk.write(workspace, BETO, of_beto, "edit", {**RECORD, "summary": "By Beto."}, TODAY)
    with pytest.raises(ConflictError) as met:
        desk.write(workspace, ANA, of_ana, "edit", {**RECORD, "summary": "By Ana."}, TODAY)
    assert met.value.name == "Beto"
    assert seen(workspace, item_id).record["summary"] == "By Beto."


def test_an_id_stands_once(workspace: Workspace) -> None:
    captured(workspace)
    with pytest.raises(TakenError):
        desk.propose(workspace, BETO, RECORD, TODAY)


def test_a_review_confirms_corrects_or_retires(workspace: Workspace) -> None:
    item_id = published(workspace, dt.date(2022, 11, 1))
    case = seen(workspace, item_id, BETO)
    assert case.freshness(TODAY) is Freshness.UNKNOWN
    desk.confirm(workspace, BETO, case, TODAY, "The page still says so.")
    case = seen(workspace, item_id, BETO)
    assert case.freshness(TODAY) is Freshness.CONFIRMED
    later = TODAY.replace(year=2028)
    assert case.freshness(later) is Freshness.DUE
    desk.write(workspace, BETO, case, "correct", {**RECORD, "status": "ended"}, later, "It has closed.")
    case = seen(workspace, item_id, BETO)
    assert (case.record["status"], case.confirmed, case.state) == ("ended", later, State.PUBLISHED)
    with pytest.raises(RefusedError, match="why"):
        desk.retire(workspace, BETO, case, " ")
    desk.retire(workspace, BETO, case, "The source is gone.")
    case = seen(workspace, item_id)
    assert (case.state, case.freshness(later)) == (State.RETIRED, None)
    assert history(workspace, VERA, case)[-1].note == "The source is gone."


def test_an_editor_corrects_no_published_case(workspace: Workspace) -> None:
    item_id = published(workspace)
    with pytest.raises(StepError):
        desk.write(workspace, ANA, seen(workspace, item_id), "edit", RECORD, TODAY)
    with pytest.raises(RightsError):
        desk.write(workspace, ANA, seen(workspace, item_id), "correct", RECORD, TODAY)


def test_id_and_country_stay(workspace: Workspace) -> None:
    item_id = captured(workspace)
    cells = {**RECORD, "country_iso3": "PER", "case_id": "per-x"}
    desk.write(workspace, ANA, seen(workspace, item_id), "edit", cells, TODAY)
    record = seen(workspace, item_id).record
    assert (record["case_id"], record["country_iso3"]) == ("col-turnos-quipu", "COL")


def test_a_transfer_says_who_uses_it_and_what_must_change(workspace: Workspace) -> None:
    item_id = published(workspace)
    note = {"institution": "Registro Civil", "country": "PER", "change": "Offices in Quechua", "note": ""}
    with pytest.raises(RefusedError, match="change"):
        desk.note_transfer(workspace, ANA, seen(workspace, item_id), {**note, "change": ""})
    desk.note_transfer(workspace, ANA, seen(workspace, item_id), note)
    (transfer,) = seen(workspace, item_id).transfers
    assert (transfer.institution, transfer.change) == ("Registro Civil", "Offices in Quechua")
    other = captured(workspace, case_id="col-otro")
    with pytest.raises(StepError):
        desk.note_transfer(workspace, ANA, seen(workspace, other), note)


def test_without_log_in_the_one_user_writes_down_what_two_reviewers_said(workspace: Workspace) -> None:
    item_id = captured(workspace)
    with pytest.raises(RefusedError, match="name"):
        desk.assess(workspace, LOCAL, seen(workspace, item_id, LOCAL), given(2))
    desk.assess(workspace, LOCAL, seen(workspace, item_id, LOCAL), given(2, name="Beto Ruiz"))
    with pytest.raises(TakenError):
        desk.assess(workspace, LOCAL, seen(workspace, item_id, LOCAL), given(2, name="beto ruiz "))
    assert seen(workspace, item_id, LOCAL).assessments == ()
    desk.assess(workspace, LOCAL, seen(workspace, item_id, LOCAL), given(2, name="Carla Paz"))
    case = seen(workspace, item_id, LOCAL)
    assert [each.name for each in case.assessments] == ["Beto Ruiz", "Carla Paz"]
    assert case.state is State.ASSESSED

"""What an invitation opens, and when it opens nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from kpis.workspace import Workspace, open_workspace
from kpis.workspace.exercises import answers, conduct, guests
from kpis.workspace.exercises.conduct import Exercise, Invitation
from kpis.workspace.exercises.invitations import InvitationError
from kpis.workspace.faults import MissingItemError, RightsError
from tests.kpis.workspace.conftest import EDITOR, REVIEWER
from tests.kpis.workspace.exercises.examples import small

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def held(workspace: Workspace) -> Exercise:
    return conduct.begin(workspace, EDITOR, "DNP", questionnaire=small())


@pytest.fixture
def invitation(workspace: Workspace, held: Exercise) -> Invitation:
    return conduct.invite(workspace, EDITOR, held, "Ana", days=7, now=NOW)


def refused(workspace: Workspace, token: str, now: datetime = NOW) -> str:
    with pytest.raises(InvitationError) as caught:
        guests.admit(workspace, token, now)
    return caught.value.code


def test_a_guest_answers_once_a_round(workspace: Workspace, held: Exercise, invitation: Invitation) -> None:
    come = guests.admit(workspace, invitation.token, NOW)
    assert (come.person.name, come.exercise.id, come.answer.levels) == ("Ana", held.id, {})
    answers.save(workspace, come.person, come.exercise, come.answer, {"a": "enhanced"}, {}, name="Ana")
    come = guests.admit(workspace, invitation.token, NOW)
    assert come.answer.levels == {"a": "enhanced"}  # the draft
    answers.save(workspace, come.person, come.exercise, come.answer, {"a": "enhanced"}, {}, hand_in=True)
    assert refused(workspace, invitation.token) == "used"
    held = conduct.open_second_round(workspace, EDITOR, held)
    come = guests.admit(workspace, invitation.token, NOW)
    assert come.answer.levels == {"a": "enhanced"}
    answers.save(workspace, come.person, come.exercise, come.answer, {"a": "connected"}, {}, hand_in=True)
    assert refused(workspace, invitation.token) == "done"
    conduct.agree(workspace, EDITOR, held, {})
    assert refused(workspace, invitation.token) == "closed"


def test_of_the_first_round_a_guest_sees_counts_alone_and_only_once_it_has_ended(
    workspace: Workspace, held: Exercise, invitation: Invitation
) -> None:
    other = conduct.begin(workspace, EDITOR, "Otra", questionnaire=small())
    for exercise, level in ((held, "enhanced"), (other, "connected")):
        own = answers.own_answer(workspace, REVIEWER, exercise)
        answers.save(
            workspace, REVIEWER, exercise, own, {"a": level}, {"a": "acta 7"}, name="Luis", hand_in=True
        )
    come = guests.admit(workspace, invitation.token, NOW)
    assert come.exercise.first_round is None
    answers.save(
        workspace, come.person, held, come.answer, {"a": "connected"}, {}
    )  # a draft counts for nobody
    conduct.open_second_round(workspace, EDITOR, held)
    come = guests.admit(workspace, invitation.token, NOW)
    assert come.exercise.first_round is not None
    assert come.exercise.first_round.n == 1
    assert come.exercise.first_round.counts == {"a": {"enhanced": 1}} | {code: {} for code in "bcxyz"}
    assert come.answer.first == {}  # it was not handed in
    said = json.dumps(come.exercise.item.body)
    assert not [word for word in ("acta 7", "Luis", REVIEWER.id) if word in said]
    assert [one.participant for one in answers.all_answers(workspace, come.person, held)] == [come.person.id]


def test_an_expired_or_revoked_invitation_opens_nothing(
    workspace: Workspace, held: Exercise, invitation: Invitation
) -> None:
    assert refused(workspace, invitation.token, NOW + timedelta(days=7)) == "expired"
    come = guests.admit(workspace, invitation.token, NOW)
    conduct.revoke(workspace, EDITOR, invitation)
    assert refused(workspace, invitation.token) == "revoked"
    with pytest.raises(RightsError):  # also for a page that was open meanwhile
        answers.save(workspace, come.person, come.exercise, come.answer, {"a": "enhanced"}, {})
    conduct.remove(workspace, EDITOR, held)
    assert refused(workspace, invitation.token) == "revoked"


def test_a_token_of_another_workspace_is_broken(
    workspace: Workspace, invitation: Invitation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = open_workspace(str(tmp_path_factory.mktemp("other") / "w.sqlite"))
    assert refused(other, invitation.token) == "broken"
    other.engine.dispose()


def test_a_guest_sees_and_changes_nothing_else(
    workspace: Workspace, held: Exercise, invitation: Invitation
) -> None:
    other = conduct.begin(workspace, EDITOR, "Otra", questionnaire=small())
    come = guests.admit(workspace, invitation.token, NOW)
    assert [one.id for one in conduct.exercises(workspace, come.person)] == [held.id]
    for attempt, fault in (
        (lambda: conduct.exercise(workspace, come.person, other.id), MissingItemError),
        (
            lambda: answers.save(workspace, come.person, other, come.answer, {"a": "enhanced"}, {}),
            RightsError,
        ),
        (lambda: conduct.invite(workspace, come.person, held, "Luis", days=7), RightsError),
        (lambda: conduct.invited(workspace, come.person, held), RightsError),
        (lambda: conduct.agree(workspace, come.person, held, {}), RightsError),
        (lambda: conduct.begin(workspace, come.person, "Mía"), RightsError),
    ):
        with pytest.raises(fault):
            attempt()

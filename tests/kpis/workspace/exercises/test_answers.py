"""Answers are drafts until handed in, once a round; hostile text is kept as text."""

from __future__ import annotations

import pytest

from kpis.workspace import Person, Workspace, guest
from kpis.workspace.exercises import answers, conduct
from kpis.workspace.exercises.conduct import LONGEST_NOTE, Exercise, ExerciseError
from kpis.workspace.exercises.invitations import InvitationError
from tests.kpis.workspace.conftest import ADMINISTRATOR, EDITOR, REVIEWER, VIEWER
from tests.kpis.workspace.exercises.examples import small


@pytest.fixture
def held(workspace: Workspace) -> Exercise:
    return conduct.begin(workspace, EDITOR, "DNP", questionnaire=small())


def test_a_draft_is_kept_and_counts_only_once_it_is_handed_in(workspace: Workspace, held: Exercise) -> None:
    mine = answers.own_answer(workspace, EDITOR, held)
    mine = answers.save(workspace, EDITOR, held, mine, {"a": "enhanced"}, {"a": "Decreto 5"})
    assert answers.own_answer(workspace, EDITOR, held) == mine
    assert answers.given_answers(workspace, EDITOR, held) == []
    mine = answers.save(workspace, EDITOR, held, mine, {"a": "connected"}, {}, hand_in=True)
    assert [one.levels for one in answers.given_answers(workspace, EDITOR, held)] == [{"a": "connected"}]
    with pytest.raises(InvitationError) as caught:
        answers.save(workspace, EDITOR, held, mine, {"a": "emerging"}, {})
    assert caught.value.code == "used"


def test_the_second_round_starts_from_the_first_and_counts_where_it_was_answered(
    workspace: Workspace, held: Exercise
) -> None:
    for person, level in ((EDITOR, "enhanced"), (REVIEWER, "connected")):
        mine = answers.own_answer(workspace, person, held)
        answers.save(workspace, person, held, mine, {"a": level}, {"a": "acta"}, hand_in=True)
    second = conduct.open_second_round(workspace, EDITOR, held)
    again = answers.own_answer(workspace, EDITOR, second)
    assert again.first == {"a": "enhanced"}
    assert (again.levels, again.evidence, again.round, again.is_given) == (
        {"a": "enhanced"},
        {"a": "acta"},
        2,
        False,
    )
    answers.save(workspace, EDITOR, second, again, {"a": "transactional"}, {}, hand_in=True)
    found = {one.participant: one.levels["a"] for one in answers.given_answers(workspace, EDITOR, second)}
    assert found == {EDITOR.id: "transactional", REVIEWER.id: "connected"}
    with pytest.raises(InvitationError):
        answers.save(workspace, REVIEWER, held, again, {"a": "enhanced"}, {})  # seen before the round changed


def said(workspace: Workspace, person: Person, held: Exercise) -> dict[tuple[str, int], bool]:
    """Whether the person may read what an answer says, by participant and round; also of its history."""
    found = answers.all_answers(workspace, person, held)
    for one in found:
        assert one.item is not None
        lines = workspace.history(person, one.item.id)
        assert ("levels" in lines[-1].body) is not one.is_sealed
        assert one.levels or one.is_sealed
        assert one.item == workspace.item(person, one.item.id)
    return {(one.participant, one.round): not one.is_sealed for one in found}


def test_what_others_answered_is_read_once_its_round_is_over(workspace: Workspace, held: Exercise) -> None:
    def answer(person: Person, held: Exercise, *, hand_in: bool) -> None:
        mine = answers.own_answer(workspace, person, held)
        answers.save(workspace, person, held, mine, {"a": "enhanced"}, {"a": "acta"}, hand_in=hand_in)

    ana = guest(conduct.invite(workspace, EDITOR, held, "Ana", days=7).item.id, "Ana")
    for person, hand_in in ((ana, True), (EDITOR, True), (REVIEWER, False)):
        answer(person, held, hand_in=hand_in)
    one, mine, draft = (ana.id, 1), (EDITOR.id, 1), (REVIEWER.id, 1)
    for reader in (VIEWER, REVIEWER, ADMINISTRATOR):
        own = reader is REVIEWER
        assert said(workspace, reader, held) == {one: False, mine: False, draft: own}
        assert answers.given_answers(workspace, reader, held) == []
    assert said(workspace, EDITOR, held) == {one: False, mine: True, draft: False}
    assert len(answers.handed_in(workspace, VIEWER, held)) == 2
    held = conduct.end_round(workspace, EDITOR, held)
    assert said(workspace, VIEWER, held) == {one: True, mine: True, draft: False}
    with pytest.raises(InvitationError):
        answer(REVIEWER, held, hand_in=True)
    held = conduct.open_second_round(workspace, EDITOR, held)
    answer(ana, held, hand_in=True)
    assert said(workspace, VIEWER, held) == {one: True, mine: True, draft: False, (ana.id, 2): False}
    assert [one.round for one in answers.given_answers(workspace, VIEWER, held)] == [1, 1]
    held = conduct.end_round(workspace, EDITOR, held)
    assert [one.round for one in answers.given_answers(workspace, VIEWER, held)] == [1, 2]
    with pytest.raises(conduct.ExerciseError):
        conduct.open_second_round(workspace, EDITOR, held)


def test_what_a_removed_answer_said_is_told_to_who_gave_it_alone(
    workspace: Workspace, held: Exercise
) -> None:
    mine = answers.own_answer(workspace, EDITOR, held)
    item = answers.save(workspace, EDITOR, held, mine, {"a": "enhanced"}, {}, hand_in=True).item
    assert item is not None
    conduct.remove(workspace, EDITOR, held)
    assert [line.body for line in workspace.history(ADMINISTRATOR, item.id)] == [{}]
    assert workspace.history(EDITOR, item.id)[0].body["levels"] == {"a": "enhanced"}


def test_what_is_no_answer_is_refused_and_nothing_is_kept(workspace: Workspace, held: Exercise) -> None:
    mine = answers.own_answer(workspace, EDITOR, held)
    for levels, evidence in (
        ({"a": "5"}, {}),
        ({"q": "enhanced"}, {}),
        ({}, {"q": "acta"}),
        ({}, {"a": "x" * (LONGEST_NOTE + 1)}),
    ):
        with pytest.raises(ExerciseError):
            answers.save(workspace, EDITOR, held, mine, levels, evidence)
    assert answers.all_answers(workspace, EDITOR, held) == []


def test_hostile_evidence_stays_text_without_control_characters(workspace: Workspace, held: Exercise) -> None:
    hostile = "<script>alert(1)</script>\x00\u202e\n=HYPERLINK(1) # [x](javascript:1)"
    mine = answers.own_answer(workspace, EDITOR, held)
    kept = answers.save(workspace, EDITOR, held, mine, {}, {"a": hostile, "b": " \n "})
    assert kept.evidence == {"a": "<script>alert(1)</script>  \n=HYPERLINK(1) # [x](javascript:1)"}


def test_a_guest_reads_no_answer_but_their_own(workspace: Workspace, held: Exercise) -> None:
    mine = answers.own_answer(workspace, EDITOR, held)
    answers.save(workspace, EDITOR, held, mine, {"a": "enhanced"}, {}, hand_in=True)
    invitation = conduct.invite(workspace, EDITOR, held, "Ana", days=7)
    ana = guest(invitation.item.id, "Ana")
    answers.save(workspace, ana, held, answers.own_answer(workspace, ana, held), {"a": "connected"}, {})
    assert [one.participant for one in answers.all_answers(workspace, ana, held)] == [ana.id]
    assert len(answers.all_answers(workspace, EDITOR, held)) == 2


def test_what_was_seen_is_gathered_without_names_and_each_text_once() -> None:
    given = [answers.Answer(name, 1, name, {}, {"a": "acta", "b": name}) for name in ("Ana", "Luis")]
    assert answers.evidence_of(given) == {"a": ["acta"], "b": ["Ana", "Luis"]}

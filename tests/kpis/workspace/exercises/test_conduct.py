"""An exercise from beginning to end, and what is refused on the way."""

from __future__ import annotations

import pytest

from kpis.workspace import Workspace
from kpis.workspace.exercises import conduct
from kpis.workspace.exercises.conduct import ExerciseError
from kpis.workspace.exercises.reading import standard
from kpis.workspace.faults import ConflictError, MissingItemError, RightsError
from tests.kpis.workspace.conftest import EDITOR, VIEWER
from tests.kpis.workspace.exercises.examples import small


def test_an_exercise_keeps_the_questionnaire_it_began_with(workspace: Workspace) -> None:
    conduct.begin(workspace, EDITOR, "  Alcaldía  de Pasto ", country="COL", questionnaire=small())
    (held,) = conduct.exercises(workspace, VIEWER)
    assert (held.institution, held.country, held.state, held.round) == ("Alcaldía de Pasto", "COL", "open", 1)
    assert held.questionnaire == small()
    assert held.result is None
    assert conduct.begin(workspace, EDITOR, "DNP").questionnaire == standard()


def test_two_rounds_then_a_result_that_may_be_corrected_until_it_is_closed(workspace: Workspace) -> None:
    held = conduct.begin(workspace, EDITOR, "DNP", questionnaire=small())
    held = conduct.open_second_round(workspace, EDITOR, held)
    assert (held.state, held.round, held.takes_answers) == ("second-round", 2, True)
    levels = dict.fromkeys("abcxyz", "enhanced")
    held = conduct.agree(workspace, EDITOR, held, levels)
    assert held.result is not None
    assert (held.state, held.result.stage, held.takes_answers) == ("agreed", 1, False)
    held = conduct.agree(workspace, EDITOR, held, levels | {"a": "connected", "b": "connected"})
    assert held.result is not None
    assert held.result.of("services").stage == 3
    held = conduct.close(workspace, EDITOR, held)
    for step in (conduct.close, conduct.open_second_round):
        with pytest.raises(ExerciseError, match="past this step"):
            step(workspace, EDITOR, held)
    assert conduct.exercise(workspace, EDITOR, held.id).result is not None


def test_what_the_questionnaire_does_not_know_is_refused(workspace: Workspace) -> None:
    held = conduct.begin(workspace, EDITOR, "DNP", questionnaire=small())
    for levels, code in (({"zz": "enhanced"}, "statement"), ({"a": "best"}, "level")):
        with pytest.raises(ExerciseError) as caught:
            conduct.agree(workspace, EDITOR, held, levels)
        assert caught.value.code == code
        assert caught.value.say("en") != caught.value.say("es")
    assert conduct.exercise(workspace, EDITOR, held.id) == held


@pytest.mark.parametrize("name", ["", " \n", "x" * 121])
def test_an_institution_needs_a_name(workspace: Workspace, name: str) -> None:
    with pytest.raises(ExerciseError, match="name of the institution"):
        conduct.begin(workspace, EDITOR, name)
    assert conduct.exercises(workspace, VIEWER) == []


def test_two_people_at_once_do_not_write_over_each_other(workspace: Workspace) -> None:
    held = conduct.begin(workspace, EDITOR, "DNP", questionnaire=small())
    conduct.agree(workspace, EDITOR, held, {"a": "enhanced"})
    with pytest.raises(ConflictError):
        conduct.agree(workspace, EDITOR, held, {"a": "connected"})


def test_a_viewer_holds_invites_and_sees_links_of_nothing(workspace: Workspace) -> None:
    held = conduct.begin(workspace, EDITOR, "DNP", questionnaire=small())
    conduct.invite(workspace, EDITOR, held, "Ana", days=7)
    for attempt in (
        lambda: conduct.begin(workspace, VIEWER, "X"),
        lambda: conduct.invite(workspace, VIEWER, held, "Ana", days=7),
        lambda: conduct.invited(workspace, VIEWER, held),
        lambda: conduct.agree(workspace, VIEWER, held, {}),
        lambda: conduct.remove(workspace, VIEWER, held),
    ):
        with pytest.raises(RightsError):
            attempt()


def test_an_invitation_has_a_name_and_an_end(workspace: Workspace) -> None:
    held = conduct.begin(workspace, EDITOR, "DNP", questionnaire=small())
    for label, days in (("", 7), ("Ana", 0), ("Ana", 91)):
        with pytest.raises(ExerciseError):
            conduct.invite(workspace, EDITOR, held, label, days=days)
    for name in ("Ana", "Luis"):
        conduct.invite(workspace, EDITOR, held, name, days=7)
    assert [one.label for one in conduct.invited(workspace, EDITOR, held)] == ["Ana", "Luis"]


def test_an_exercise_removed_takes_all_with_it(workspace: Workspace) -> None:
    held = conduct.begin(workspace, EDITOR, "DNP", questionnaire=small())
    invitation = conduct.invite(workspace, EDITOR, held, "Ana", days=7)
    with pytest.raises(MissingItemError):
        conduct.exercise(workspace, EDITOR, invitation.item.id)  # an entry of another kind
    conduct.remove(workspace, EDITOR, held)
    assert workspace.items(EDITOR, "invitation") == []

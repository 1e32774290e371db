"""Entries are kept whole or not at all, each change in their history, and nobody writes over another."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pandas as pd
import pytest

from kpis.workspace import LOCAL, Item, Person, Workspace, guest
from kpis.workspace.faults import ConflictError, MissingItemError, RightsError, TakenError, TooLargeError
from tests.kpis.workspace.conftest import EDITOR, REVIEWER, VIEWER

HOSTILE = "<script>x</script>\n‮\x00=1+1\ud800"


def proposed(workspace: Workspace, person: Person = EDITOR, **given: Any) -> Item:
    given = {"title": "One", "body": {"text": "a"}, "state": "draft", **given}
    with workspace.work(person) as work:
        return work.add("case", "propose", **given)


def test_an_entry_comes_back_as_it_was_given(workspace: Workspace) -> None:
    made = proposed(workspace, body={"text": HOSTILE.replace("\ud800", ""), "n": 1.5, "none": None})
    assert workspace.item(VIEWER, made.id) == made
    assert workspace.items(VIEWER, "case", state="draft") == [made]
    assert workspace.items(VIEWER, "case", state="published") == []
    assert workspace.items(VIEWER, "plan") == []


def test_a_title_is_one_line_that_every_database_keeps(workspace: Workspace) -> None:
    made = proposed(workspace, title=HOSTILE)
    assert made.title == "<script>x</script> ‮=1+1"


def test_each_change_is_in_the_history_with_who_and_what(workspace: Workspace) -> None:
    made = proposed(workspace)
    with workspace.work(REVIEWER) as work:
        work.change(made.id, 1, "publish", state="published", body={"text": "b"})
    first, second = workspace.history(VIEWER, made.id)
    assert (first.name, first.action, first.body) == ("Editor", "propose", {"text": "a"})
    assert (second.name, second.action, second.state, second.body) == (
        "Reviewer",
        "publish",
        "published",
        {"text": "b"},
    )
    assert first.at <= second.at


def test_the_second_of_two_people_is_told_who_was_first_and_changes_nothing(workspace: Workspace) -> None:
    made = proposed(workspace)
    with workspace.work(REVIEWER) as work:
        work.change(made.id, made.version, "edit", title="Theirs")
    with pytest.raises(ConflictError) as met, workspace.work(EDITOR) as work:
        work.change(made.id, made.version, "edit", title="Mine")
    assert met.value.name == "Reviewer"
    assert "Reviewer" in met.value.say("es")
    assert "fue modificada" in met.value.say("es")
    assert workspace.item(VIEWER, made.id).title == "Theirs"
    assert len(workspace.history(VIEWER, made.id)) == 2


def test_of_ten_at_once_one_is_first(workspace: Workspace) -> None:
    made = proposed(workspace)

    def change(number: int) -> str:
        try:
            with workspace.work(EDITOR) as work:
                return work.change(made.id, 1, "edit", title=str(number)).title
        except ConflictError:
            return ""

    with ThreadPoolExecutor(10) as people:
        done = [title for title in people.map(change, range(10)) if title]
    assert done == [workspace.item(VIEWER, made.id).title]
    assert workspace.item(VIEWER, made.id).version == 2


def test_what_fails_half_way_leaves_nothing(workspace: Workspace) -> None:
    made, before = proposed(workspace), workspace.stamp("case")

    def half() -> None:
        with workspace.work(EDITOR) as work:
            work.add("case", "propose", title="Two", body={}, state="draft")
            work.change(made.id, 1, "edit", title="Changed")
            work.change("nobody", 1, "edit", title="Lost")

    with pytest.raises(MissingItemError):
        half()
    assert workspace.items(VIEWER, "case") == [made]
    assert workspace.stamp("case") == before


def test_a_key_is_there_once_below_one_parent(workspace: Workspace) -> None:
    one, two = proposed(workspace), proposed(workspace)
    with workspace.work(REVIEWER) as work:
        for parent in (one.id, two.id):
            work.add("assessment", "assess", title="A", body={}, state="given", parent=parent, key="reviewer")
    with pytest.raises(TakenError), workspace.work(REVIEWER) as work:
        work.add("assessment", "assess", title="A", body={}, state="given", parent=one.id, key="reviewer")
    assert len(workspace.items(VIEWER, "assessment")) == 2


def test_removing_takes_what_belongs_to_it_and_keeps_the_history(workspace: Workspace) -> None:
    made = proposed(workspace)
    with workspace.work(REVIEWER) as work:
        work.add("assessment", "assess", title="A", body={}, state="given", parent=made.id, key="r")
        work.remove(made.id, 1, "remove")
    assert workspace.items(VIEWER, "case") == workspace.items(VIEWER, "assessment") == []
    assert [change.action for change in workspace.history(VIEWER, made.id)] == ["propose", "remove"]
    with pytest.raises(MissingItemError):
        workspace.item(VIEWER, made.id)


def test_an_entry_has_room_for_so_much(workspace: Workspace) -> None:
    with pytest.raises(TooLargeError, match="4096 KB"):
        proposed(workspace, body={"text": "a" * 5_000_000})
    with pytest.raises(ValueError, match="JSON compliant"):
        proposed(workspace, body={"value": math.nan})
    assert workspace.items(VIEWER, "case") == []


def test_figures_come_back_and_go_with_their_data_set(workspace: Workspace) -> None:
    figures = pd.DataFrame(
        {
            "series": ["S", "S"],
            "ref_area": ["05001", "NA"],
            "time_period": ["2023-Q4", "2024"],
            "obs_value": [0.1, math.nan],
            "obs_status": ["", "M"],
            "note": ["", HOSTILE.replace("\ud800", "").replace("\x00", "")],
        }
    )
    with workspace.work(EDITOR) as work:
        made = work.add("dataset", "import", title="Ours", body={}, state="kept")
        work.put_figures(made.id, 1, figures)
        work.put_figures(made.id, 2, figures.head(1))
    pd.testing.assert_frame_equal(workspace.figures(VIEWER, made.id, 1), figures)
    assert len(workspace.figures(VIEWER, made.id, 2)) == 1
    with workspace.work(EDITOR) as work:
        work.drop_figures(made.id, before=2)
    assert workspace.figures(VIEWER, made.id, 1).empty
    with workspace.work(EDITOR) as work:
        work.remove(made.id, 1, "remove")
    assert workspace.figures(VIEWER, made.id, 2).empty


def test_the_stamp_of_a_kind_moves_with_each_change_of_it(workspace: Workspace) -> None:
    seen = [workspace.stamp("case")]
    made = proposed(workspace)
    seen.append(workspace.stamp("case"))
    with workspace.work(EDITOR) as work:
        work.change(made.id, 1, "edit", title="Two")
    seen.append(workspace.stamp("case"))
    with workspace.work(EDITOR) as work:
        work.remove(made.id, 2, "remove")
    seen.append(workspace.stamp("case"))
    assert len(set(seen[:3])) == 3
    assert seen[3] == seen[0]
    assert workspace.stamp("plan") == seen[0]


def test_the_secret_is_made_once(workspace: Workspace) -> None:
    with ThreadPoolExecutor(4) as people:
        secrets = {workspace.secret() for _ in people.map(lambda _: workspace.secret(), range(8))}
    assert len(secrets) == 1
    assert len(secrets.pop()) == 32


def test_whoever_has_no_role_reads_and_writes_nothing(workspace: Workspace) -> None:
    made, nobody = proposed(workspace), Person("nobody")
    for read in (
        lambda: workspace.items(nobody, "case"),
        lambda: workspace.item(nobody, made.id),
        lambda: workspace.history(nobody, made.id),
        lambda: workspace.figures(nobody, made.id, 1),
        lambda: proposed(workspace, nobody),
        lambda: proposed(workspace, VIEWER),
    ):
        with pytest.raises(RightsError):
            read()
    with pytest.raises(RightsError), workspace.work(EDITOR) as work:
        work.change(made.id, 1, "publish", state="published")
    assert workspace.item(VIEWER, made.id) == made


def invited(workspace: Workspace) -> tuple[Item, Item]:
    with workspace.work(EDITOR) as work:
        exercise = work.add("exercise", "hold", title="E", body={}, state="open")
        ticket = work.add("invitation", "invite", title="P", body={}, state="open", parent=exercise.id)
    return exercise, ticket


def answered(workspace: Workspace, person: Person, exercise: Item) -> Item:
    with workspace.work(person) as work:
        return work.add(
            "answer", "answer", title="A", body={}, state="draft", parent=exercise.id, key=f"{person.id}:1"
        )


def test_an_invitation_is_the_right_to_one_answer_and_to_nothing_else(workspace: Workspace) -> None:
    exercise, ticket = invited(workspace)
    other, second = invited(workspace)
    case = proposed(workspace)
    ana, ben = guest(ticket.id), guest(second.id)
    answer = answered(workspace, ana, exercise)
    theirs = answered(workspace, ben, other)
    assert workspace.items(ana, "answer") == [answer]
    assert [item.id for item in workspace.items(ana, "exercise")] == [exercise.id]
    assert workspace.items(ana, "case") == []
    for hidden in (case, theirs, other, second):
        with pytest.raises(MissingItemError):
            workspace.item(ana, hidden.id)
    for refused in (
        lambda: proposed(workspace, ana),
        lambda: answered(workspace, ana, other),
        lambda: workspace.history(ana, answer.id),
    ):
        with pytest.raises(RightsError):
            refused()
    with pytest.raises(TakenError):
        answered(workspace, ana, exercise)
    with pytest.raises(RightsError), workspace.work(ana) as work:
        work.change(theirs.id, 1, "answer", body={"mine": True})


def test_a_revoked_invitation_ends_at_once(workspace: Workspace) -> None:
    exercise, ticket = invited(workspace)
    ana = guest(ticket.id)
    answer = answered(workspace, ana, exercise)
    with workspace.work(EDITOR) as work:
        work.change(ticket.id, 1, "revoke", state="revoked")
    assert workspace.items(ana, "answer") == []
    with pytest.raises(RightsError), workspace.work(ana) as work:
        work.change(answer.id, 1, "answer", body={})
    assert workspace.item(LOCAL, answer.id) == answer


def test_nobody_changes_what_another_answered_or_found(workspace: Workspace) -> None:
    exercise, ticket = invited(workspace)
    answer = answered(workspace, guest(ticket.id), exercise)
    with workspace.work(REVIEWER) as work:
        case = work.add("case", "propose", title="C", body={}, state="captured")
        found = work.add("assessment", "assess", title="A", body={}, state="given", parent=case.id, key="r")
    for item, action in ((answer, "answer"), (found, "revise")):
        with pytest.raises(RightsError, match="another person"), workspace.work(LOCAL) as work:
            work.change(item.id, 1, action, body={"mine": True})
        assert workspace.item(LOCAL, item.id) == item

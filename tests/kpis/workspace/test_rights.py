"""Every action has its role, a higher role may do all that a lower one may, and the store asks for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from kpis.workspace import LOCAL, Person, Role, Workspace, guest
from kpis.workspace.exercises import conduct
from kpis.workspace.faults import MissingItemError, RightsError
from kpis.workspace.rights import FOR_GUESTS, NEEDS, OF_THEIR_OWN, OPEN, require
from tests.kpis.workspace.conftest import EDITOR, VIEWER
from tests.kpis.workspace.exercises.examples import small


@pytest.mark.parametrize("role", [None, *Role])
def test_a_role_may_do_what_it_and_those_below_may(role: Role | None) -> None:
    for (kind, action), least in NEEDS.items():
        person = Person("p", role=role)
        if role is not None and role >= least:
            require(person, kind, action)
        else:
            with pytest.raises(RightsError):
                require(person, kind, action)


def test_nothing_is_changed_by_a_viewer_and_published_by_an_editor() -> None:
    assert min(NEEDS.values()) is Role.EDITOR
    assert NEEDS["case", "publish"] is NEEDS["assessment", "assess"] is Role.REVIEWER
    assert NEEDS.keys() >= FOR_GUESTS


def test_an_action_that_nobody_named_is_no_right_of_anybody() -> None:
    with pytest.raises(KeyError):
        require(Person("p", role=Role.ADMINISTRATOR), "case", "sell")


def test_a_refusal_names_the_role_it_needs_in_both_languages() -> None:
    with pytest.raises(RightsError) as met:
        require(Person("p", role=Role.VIEWER), "case", "publish")
    assert "reviewer" in met.value.say("en")
    assert "viewer" in met.value.say("en")
    assert "revisor" in met.value.say("es")
    assert "lector" in met.value.say("es")


KINDS = sorted({kind for kind, _action in NEEDS})
NOBODY = Person("luz", "Luz")


def filled(workspace: Workspace) -> dict[str, str]:
    """An entry of every kind, all of an editor's but the exercise's; their ids."""
    held = conduct.begin(workspace, EDITOR, "DNP", questionnaire=small())
    ids = {"exercise": held.id}
    with workspace.work(LOCAL) as work:
        for kind in KINDS:
            if kind not in ids:
                action = next(action for of, action in NEEDS if of == kind)
                parent = held.id if kind in ("invitation", "answer") else None
                body = {
                    "round": 1,
                    "levels": {"a": "enhanced"},
                    "evidence": {},
                    "expires": "2030-01-01T00:00:00+00:00",
                }
                state = OPEN if kind == "invitation" else "given"
                ids[kind] = work.add(kind, action, title=kind, body=body, state=state, parent=parent).id
    return ids


def seen(workspace: Workspace, person: Person, ids: dict[str, str]) -> set[str]:
    """The kinds of entries that the store hands out to a person, asked for in every way it has."""
    kinds = set()
    for kind, item_id in ids.items():
        ways: tuple[Callable[[], object], ...] = (
            lambda kind=kind: workspace.items(person, kind),  # type: ignore[misc]
            lambda item_id=item_id: workspace.item(person, item_id),  # type: ignore[misc]
            lambda item_id=item_id: workspace.history(person, item_id),  # type: ignore[misc]
            lambda item_id=item_id: workspace.figures(person, item_id, 1),  # type: ignore[misc]
        )
        for way in ways[: 3 if kind != "dataset" else 4]:
            with suppress(RightsError, MissingItemError):
                if (found := way()) is not None and len(found if isinstance(found, list) else [found]):
                    kinds.add(kind)
    return kinds


def test_the_store_tells_nobody_what_is_not_theirs_to_know(workspace: Workspace) -> None:
    ids = filled(workspace)
    ana = guest(ids["invitation"], "Ana")
    assert seen(workspace, NOBODY, ids) == set()
    assert seen(workspace, guest("forged"), ids) == seen(workspace, guest(ids["exercise"]), ids) == set()
    assert seen(workspace, ana, ids) == {"invitation", "exercise"}
    assert seen(workspace, VIEWER, ids) == set(KINDS) - {"draft"}
    assert seen(workspace, LOCAL, ids) == set(KINDS)
    (invitation,) = conduct.invited(workspace, EDITOR, conduct.exercise(workspace, EDITOR, ids["exercise"]))
    conduct.revoke(workspace, EDITOR, invitation)
    assert seen(workspace, ana, ids) == set()


def may(attempt: Callable[[], object]) -> bool:
    """Whether the person's right to it is not refused."""
    try:
        attempt()
    except RightsError:
        return False
    return True


@pytest.mark.parametrize("person", [NOBODY, guest("forged"), VIEWER, EDITOR], ids=lambda person: person.id)
def test_the_store_asks_for_the_right_to_every_change(workspace: Workspace, person: Person) -> None:
    ids = filled(workspace)

    def change(kind: str, action: str) -> None:
        with workspace.work(person) as work:
            work.change(ids[kind], workspace.item(LOCAL, ids[kind]).version, action)

    def add(kind: str, action: str) -> None:
        with workspace.work(person) as work:
            work.add(kind, action, title="", body={}, state="")

    for (kind, action), least in NEEDS.items():
        allowed = person.role is not None and person.role >= least
        assert may(lambda: add(kind, action)) is allowed, (kind, action)  # noqa: B023 # called at once
        of_another = (kind, action) in OF_THEIR_OWN
        before = workspace.item(LOCAL, ids[kind]).version
        assert may(lambda: change(kind, action)) is (allowed and not of_another), (kind, action)  # noqa: B023
        assert workspace.item(LOCAL, ids[kind]).version == before + (allowed and not of_another)

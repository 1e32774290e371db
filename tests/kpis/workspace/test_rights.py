"""Every action has its role, and a higher role may do all that a lower one may."""

from __future__ import annotations

import pytest

from kpis.workspace import Person, Role
from kpis.workspace.faults import RightsError
from kpis.workspace.rights import FOR_GUESTS, NEEDS, require


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

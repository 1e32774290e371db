"""The workspace is open on one's own machine, and off wherever strangers could reach it without a log-in."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import streamlit as st

from dashboard.components.workspace import access
from dashboard.reads.workplace import WORKPLACE, is_this_machine
from kpis.workspace import LOCAL, Role


class User(dict[str, object]):
    """What Streamlit knows of a reader where a log-in is set up."""

    is_logged_in = False

    def to_dict(self) -> dict[str, object]:
        """The claims."""
        return dict(self)


@pytest.fixture(autouse=True)
def workplace(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ESCALA_WORKSPACE", f"{tmp_path}/workspace.sqlite")
    monkeypatch.setattr(WORKPLACE, "is_for_others", False)
    WORKPLACE.close()
    yield
    WORKPLACE.close()


def asked_with(monkeypatch: pytest.MonkeyPatch, **headers: str) -> None:
    """The run's request has these headers; `_` stands for `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    monkeypatch.setattr(st, "context", SimpleNamespace(headers=named))


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "localhost"])
def test_on_ones_own_machine_it_is_open(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    asked_with(monkeypatch, Host=host)
    found = access("es")
    assert (found.person, found.is_open, found.reason) == (LOCAL, True, "")
    assert found.may(Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "data.example.org"},
        {"Host": "localhost.example.org"},
        {"Host": "10.0.0.7:8501"},
        {"Host": "localhost:8501", "X_Forwarded_For": "10.0.0.7"},
        {"Host": "localhost:8501", "Forwarded": "for=10.0.0.7"},
        {"Host": ""},
    ],
)
def test_whoever_asks_through_another_name_or_a_proxy_gets_none(
    monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    asked_with(monkeypatch, **headers)
    found = access("en")
    assert (found.workspace, found.person, found.is_open) == (None, None, False)
    assert "served to other machines" in found.reason


def test_a_server_of_others_has_none_even_for_its_own_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WORKPLACE, "is_for_others", True)
    asked_with(monkeypatch, Host="localhost:8501")
    assert not access("en").is_open


@pytest.mark.parametrize(
    ("host", "mine"),
    [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("::", False), ("10.1.1.1", False)],
)
def test_an_address_to_listen_on_is_of_this_machine_or_not(host: str, mine: bool) -> None:
    assert is_this_machine(host) is mine


def test_with_a_log_in_the_role_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WORKPLACE, "is_for_others", True)
    user = User(sub="1", iss="i", name="Ana")
    monkeypatch.setattr(st, "user", user)
    nobody = access("en")
    assert nobody.workspace is not None
    assert (nobody.person, nobody.is_open, nobody.may(Role.VIEWER)) == (None, False, False)
    monkeypatch.setattr(User, "is_logged_in", True)
    viewer = access("en")
    assert (viewer.is_open, viewer.may(Role.VIEWER), viewer.may(Role.EDITOR)) == (True, True, False)
    monkeypatch.setenv("ESCALA_ROLES", "/nowhere/roles.toml")
    wrong = access("es")
    assert not wrong.is_open
    assert "roles.toml" in wrong.reason
    assert "/nowhere" not in wrong.reason


def test_a_workspace_that_cannot_be_opened_is_a_reason_and_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCALA_WORKSPACE", "/proc/none/workspace.sqlite")
    asked_with(monkeypatch, Host="localhost")
    found = access("en")
    assert not found.is_open
    assert "cannot be opened" in found.reason

"""A log-in gives the highest role that a claim or the list of people names, and never more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpis.messages import TableError
from kpis.workspace import Role
from kpis.workspace.roles import Roles, person_of, read_roles

FILE = """
default = "none"
[groups]
staff = "viewer"
editors = "Editor"
[people]
"ana@example.org" = "administrator"
"sub-7" = "reviewer"
"""


@pytest.fixture
def roles(tmp_path: Path) -> Roles:
    path = tmp_path / "roles.toml"
    path.write_text(FILE, encoding="utf-8")
    return read_roles(str(path))


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"sub": "1", "groups": ["staff", "editors"]}, Role.EDITOR),
        ({"sub": "1", "groups": "staff"}, Role.VIEWER),
        ({"sub": "1", "groups": ["others"]}, None),
        ({"sub": "1", "groups": {"editors": True}}, None),
        ({"sub": "sub-7", "groups": ["staff"]}, Role.REVIEWER),
        ({"sub": "1", "email": "ana@example.org", "email_verified": True}, Role.ADMINISTRATOR),
        ({"sub": "1", "email": "ana@example.org", "email_verified": False}, None),
        ({"sub": "1", "email": "ana@example.org"}, None),
        ({"sub": "1"}, None),
    ],
)
def test_the_highest_role_that_applies_counts(
    roles: Roles, claims: dict[str, Any], role: Role | None
) -> None:
    assert roles.of(claims) == role


def test_without_a_file_whoever_logged_in_reads() -> None:
    assert read_roles(" ").of({"sub": "1", "groups": ["editors"]}) is Role.VIEWER


def test_two_providers_may_use_the_same_subject() -> None:
    one, two = (person_of({"iss": issuer, "sub": "1", "name": "Ana"}, Roles()) for issuer in ("a", "b"))
    assert one.id != two.id
    assert one.name == "Ana"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("claims = 'x'", "claims is not known"),
        ("default = 'king'", "the role king.*viewer, editor, reviewer, administrator, none"),
        ("[people]\nx = 3", "people.x names the role 3"),
        ("people = 'x'", r"\[people\] must be a table"),
        ("a = ", "it is no TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "roles.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=f"roles.toml.*{says}") as met:
        read_roles(str(path))
    assert "archivo de funciones" in met.value.say("es")
    assert str(tmp_path) not in str(met.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="cannot be read"):
        read_roles(str(tmp_path / "none.toml"))

"""Which role a log-in gives: from a claim of the provider, or from a list of people, both in one TOML file.

    claim = "groups"            # the claim that names a person's groups; its value is a text or a list
    default = "viewer"          # of everybody else who logged in; "none": nothing

    [groups]
    "egov-editors" = "editor"

    [people]                    # by e-mail address, if the provider says that it is verified, or by subject
    "ana@mintic.example" = "reviewer"

The highest of the roles that apply counts. Claims are what the provider says, so the roles that follow are
asked for where data change (`kpis/workspace/store.py`), never on the page alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kpis import paths
from kpis.messages import Message, TableError, message
from kpis.texts import mark
from kpis.workspace.people import Person, Role

NONE = "none"
KEYS = ("claim", "default", "groups", "people")
MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Roles:
    """What a file of roles says."""

    claim: str = "groups"
    default: Role | None = Role.VIEWER
    groups: Mapping[str, Role | None] = field(default_factory=dict)
    people: Mapping[str, Role | None] = field(default_factory=dict)

    def of(self, claims: Mapping[str, Any]) -> Role | None:
        """The role of whoever has these claims; None for nobody's."""
        groups = claims.get(self.claim)
        names = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
        found = [self.groups.get(str(name)) for name in names]
        found += [self.people.get(name) for name in _known_as(claims)]
        return max((role for role in found if role is not None), default=self.default)


def person_of(claims: Mapping[str, Any], roles: Roles) -> Person:
    """The person whom a provider's claims describe. The subject is unique only beside its issuer."""
    subject = f"{claims.get('iss', '')}#{claims['sub']}"
    name = str(claims.get("name") or claims.get("email") or claims["sub"])
    return Person(subject[:300], name[:200], roles.of(claims))


def read_roles(place: str) -> Roles:
    """The roles of a file; without a place everybody who logged in is a viewer. Raises TableError."""
    if not place.strip():
        return Roles()
    path = paths.named(place)
    try:
        held = tomllib.loads(paths.content(path)[:MOST_BYTES].decode("utf-8-sig"))
    except OSError as error:
        raise _wrong(path, message(mark("it cannot be read: {why}"), why=error.strerror or "")) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, message(mark("it is no TOML: {why}"), why=error)) from error
    for key in held:
        if key not in KEYS:
            raise _wrong(
                path, message(mark("{key} is not known. Allowed: {all}"), key=key, all=", ".join(KEYS))
            )
    return Roles(
        str(held.get("claim", "groups")),
        _role(path, "default", held.get("default", "viewer")),
        _mapping(path, "groups", held.get("groups", {})),
        _mapping(path, "people", held.get("people", {})),
    )


def _known_as(claims: Mapping[str, Any]) -> list[str]:
    verified = claims.get("email_verified") in (True, "true")
    names = [claims.get("sub"), claims.get("email") if verified else None]
    return [str(name) for name in names if name]


def _mapping(path: Path, key: str, held: object) -> dict[str, Role | None]:
    if not isinstance(held, dict):
        raise _wrong(path, message(mark("[{key}] must be a table of names and roles"), key=key))
    return {str(name): _role(path, f"{key}.{name}", value) for name, value in held.items()}


def _role(path: Path, key: str, value: object) -> Role | None:
    role = Role.named(str(value))
    if role is None and str(value).casefold() != NONE:
        allowed = ", ".join([*(role.name.lower() for role in Role), NONE])
        raise _wrong(
            path,
            message(
                mark("{key} names the role {value}. Allowed: {allowed}"),
                key=key,
                value=value,
                allowed=allowed,
            ),
        )
    return role


def _wrong(path: Path, reason: Message) -> TableError:
    return TableError(mark("{file}, the file of roles: {reason}."), file=path.name, reason=reason)

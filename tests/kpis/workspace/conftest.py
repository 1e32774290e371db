"""A workspace of one test, and the people who work in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kpis.workspace import Person, Role, Workspace, open_workspace
from tests.postgres import real_postgres

VIEWER, EDITOR, REVIEWER, ADMINISTRATOR = (
    Person(role.name.lower(), role.name.title(), role) for role in Role
)
ROOM = 24_000_000  # bytes of a file of the database


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace in a file."""
    opened = open_workspace(str(tmp_path / "workspace.sqlite"))
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL of this run, which has little room."""
    with real_postgres(ROOM) as url:
        yield url

"""A workspace is opened where it belongs, and nothing of anybody else's is written into."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from kpis.workspace import LOCAL, Workspace, open_workspace
from kpis.workspace.engine import NEWEST_STEP, reading
from kpis.workspace.faults import WorkspaceError
from kpis.workspace.schema import METADATA


def test_the_steps_lead_to_the_tables_of_the_code(workspace: Workspace) -> None:
    with reading(workspace.engine) as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []
        assert context.get_current_revision() == NEWEST_STEP


def test_a_workspace_is_made_once_however_many_open_it(tmp_path: Path) -> None:
    place = str(tmp_path / "folder" / "workspace.sqlite")
    with ThreadPoolExecutor(6) as people:
        opened = list(people.map(lambda _: open_workspace(place), range(6)))
    with opened[0].work(LOCAL) as work:
        work.add("case", "propose", title="One", body={}, state="draft")
    assert [len(workspace.items(LOCAL, "case")) for workspace in opened] == [1] * 6
    beside = Path(place).parent
    assert stat.S_IMODE(beside.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in beside.iterdir()}
    assert set(modes.values()) == {0o600}, f"others on this machine could read it: {modes}"


def strange_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table item (id)")
        connection.commit()


@pytest.mark.parametrize(
    "make",
    [lambda path: path.write_text("notes"), Path.mkdir, strange_database],
    ids=["text", "folder", "db"],
)
def test_what_is_somebody_elses_is_left_alone(tmp_path: Path, make: object) -> None:
    path = tmp_path / "mine.sqlite"
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(WorkspaceError, match=r"mine\.sqlite is not a workspace") as met:
        open_workspace(str(path))
    assert str(tmp_path) not in met.value.say("es")
    assert before is None or path.read_bytes() == before


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("mysql://u:secret@h/d", "the kind mysql"),
        ("postgresql://u:secret@localhost:1/d", "cannot be opened"),
        ("sqlite:///", "cannot be opened|is not a workspace"),
        ("http://h/d", "the kind http"),
        ("/proc/nowhere/workspace.sqlite", "cannot be opened"),
    ],
)
def test_a_place_that_cannot_be_is_said_without_its_secrets(place: str, says: str) -> None:
    with pytest.raises(WorkspaceError, match=says) as met:
        open_workspace(place)
    assert "secret" not in str(met.value)
    assert "/proc" not in str(met.value)


def test_a_newer_workspace_is_not_touched(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("update alembic_version set version_num = '999'")
        connection.commit()
    with pytest.raises(WorkspaceError, match="newer version"):
        open_workspace(str(path))


def test_a_damaged_file_says_what_to_do(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    with workspace.work(LOCAL) as work:
        for number in range(200):
            work.add("case", "propose", title=str(number), body={"text": "a" * 900}, state="draft")
    workspace.engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(WorkspaceError, match="damaged"):
        open_workspace(str(path)).items(LOCAL, "case")

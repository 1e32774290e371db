"""SQLite and a real PostgreSQL keep the same promises."""

from __future__ import annotations

import io
import math
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import create_engine, event, inspect, text

from kpis.workspace import ERASED, LOCAL, Item, Workspace, open_workspace
from kpis.workspace.backup import held, restore, write_backup
from kpis.workspace.engine import MIGRATIONS, NEWEST_STEP
from kpis.workspace.erasing import erase, people
from kpis.workspace.faults import BackupError, ConflictError, MissingPersonError, RightsError, WorkspaceError
from tests.conftest import ROOT
from tests.kpis.workspace.conftest import ADMINISTRATOR, EDITOR, REVIEWER, VIEWER

FIGURES = pd.DataFrame(
    {
        "series": "S",
        "ref_area": ["05001", "NA", "NA"],
        "time_period": ["2023-Q4", "2023", "2024"],
        "obs_value": [0.1 + 0.2, 1e-300, math.nan],
        "obs_status": ["", "E", "M"],
        "note": ["", 'with "quotes", and\na line', "ñ✓"],
    }
)
KILLS = 6  # in every run; the long run tries thirty of each database

Opens = Callable[[], Workspace]


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty workspace may be made: a file, and a database of its own."""
    if request.param == "sqlite":
        return str(tmp_path / "workspace.sqlite")
    url: str = request.getfixturevalue("postgres")
    name = re.sub(r"\W+", "_", f"t_{tmp_path.parent.name}_{tmp_path.name}").lower()[-60:]
    admin = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'create database "{name}"'))
    admin.dispose()
    return url.replace("/postgres?", f"/{name}?")


@pytest.fixture
def either(place: str) -> Iterator[Workspace]:
    """A workspace with a case that two people worked on, and a data set of one of them."""
    workspace = open_workspace(place)
    with workspace.work(EDITOR) as work:
        case = work.add(
            "case", "propose", title="Ñ <b>", body={"text": "\x00\ud800'; drop table item"}, state="draft"
        )
        data = work.add("dataset", "import", title="Ours", body={"vintage": 1}, state="kept")
        work.put_figures(data.id, 1, FIGURES)
    with workspace.work(REVIEWER) as work:
        work.change(case.id, 1, "publish", state="published")
    yield workspace
    workspace.engine.dispose()


def the(kind: str, workspace: Workspace) -> Item:
    (item,) = workspace.items(LOCAL, kind)
    return item


def test_what_goes_in_comes_out(either: Workspace) -> None:
    assert the("case", either).body == {"text": "\x00\ud800'; drop table item"}
    pd.testing.assert_frame_equal(
        either.figures(VIEWER, the("dataset", either).id, 1),
        FIGURES.sort_values(["series", "ref_area", "time_period"], ignore_index=True),
    )


def test_of_many_at_once_one_changes_an_entry(either: Workspace) -> None:
    case = the("case", either)

    def change(number: int) -> bool:
        try:
            with either.work(EDITOR) as work:
                work.change(case.id, case.version, "edit", title=str(number))
        except (ConflictError, WorkspaceError):
            return False
        return True

    with ThreadPoolExecutor(6) as at_once:
        assert sum(at_once.map(change, range(6))) == 1
    assert the("case", either).version == case.version + 1


def test_many_open_an_empty_place_at_once(place: str) -> None:
    with ThreadPoolExecutor(4) as at_once:
        opened = list(at_once.map(lambda _: open_workspace(place), range(4)))
    assert [held(workspace)["item"] for workspace in opened] == [0] * 4


def packed(workspace: Workspace, path: Path) -> Path:
    with path.open("wb") as file:
        write_backup(workspace, LOCAL, file)
    return path


def test_a_backup_brings_all_back_also_into_the_other_database(either: Workspace, tmp_path: Path) -> None:
    path = packed(either, tmp_path / "backup.zip")
    other = open_workspace(str(tmp_path / "other.sqlite"))
    for target in (other, either):
        with target.work(EDITOR) as work:
            work.add("case", "propose", title="Later", body={}, state="draft")
        assert restore(target, ADMINISTRATOR, path) == {"person": 2, "item": 2, "change": 3, "figure": 3}
        for kind in ("case", "dataset"):
            assert target.items(LOCAL, kind) == either.items(LOCAL, kind)
            item = the(kind, target)
            assert target.history(LOCAL, item.id) == either.history(LOCAL, item.id)
        dataset = the("dataset", target).id
        pd.testing.assert_frame_equal(target.figures(LOCAL, dataset, 1), either.figures(LOCAL, dataset, 1))
    assert other.secret() != either.secret(), "whoever holds a backup could invite"


def spoilt(path: Path, member: str, content: bytes) -> Path:
    """The archive with one member replaced."""
    changed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))
    path.write_bytes(changed.getvalue())
    return path


@pytest.mark.parametrize(
    ("member", "content", "code"),
    [
        ("item.jsonl", b"{}\n", "rows"),
        ("figure.csv", b"x", "rows"),
        ("manifest.json", b"[]", "no_backup"),
        ("manifest.json", b'{"format": "other", "sha256": {}, "rows": {}}', "no_backup"),
        (
            "manifest.json",
            b'{"format": "escala-workspace", "step": "0", "sha256": {}, "rows": {}}',
            "other_step",
        ),
        ("manifest.json", b"\xff", "no_backup"),
    ],
)
def test_a_spoilt_backup_changes_nothing(
    workspace: Workspace, tmp_path: Path, member: str, content: bytes, code: str
) -> None:
    with workspace.work(EDITOR) as work:
        work.add("case", "propose", title="One", body={}, state="draft")
    path = spoilt(packed(workspace, tmp_path / "b.zip"), member, content)
    before = workspace.items(LOCAL, "case")
    with pytest.raises(BackupError) as met:
        restore(workspace, LOCAL, path)
    assert met.value.code == code
    assert workspace.items(LOCAL, "case") == before
    assert str(tmp_path) not in met.value.say("es")


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04 cut"])
def test_what_is_no_archive_is_no_backup(workspace: Workspace, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(content)
    with pytest.raises(BackupError, match=r"b\.zip is no backup"):
        restore(workspace, LOCAL, path)


def test_only_an_administrator_takes_everything_along_or_back(workspace: Workspace, tmp_path: Path) -> None:
    path = packed(workspace, tmp_path / "b.zip")
    with pytest.raises(RightsError):
        write_backup(workspace, REVIEWER, io.BytesIO())
    with pytest.raises(RightsError):
        restore(workspace, REVIEWER, path)
    with pytest.raises(RightsError):
        people(workspace, REVIEWER)


def test_a_persons_own_entries_go_and_the_rest_loses_the_name(either: Workspace) -> None:
    assert [(one.name, one.entries) for one in people(either, ADMINISTRATOR)] == [
        ("Editor", 2),
        ("Reviewer", 0),
    ]
    with pytest.raises(RightsError):
        erase(either, REVIEWER, EDITOR.id)
    done = erase(either, EDITOR, EDITOR.id)  # everybody may ask it for themselves
    assert (done.removed, done.unnamed, done.changes) == (1, 1, 1)
    assert either.items(LOCAL, "dataset") == []
    case = the("case", either)
    assert case.owner == ERASED
    assert [(change.person, change.name) for change in either.history(LOCAL, case.id)] == [
        (ERASED, ""),
        (REVIEWER.id, "Reviewer"),
    ]
    assert held(either)["figure"] == 0
    with pytest.raises(MissingPersonError):
        erase(either, ADMINISTRATOR, EDITOR.id)


def has_little_room(connection: Any, _record: object) -> None:
    """SQLite's own way to be full; the server of these tests has little room anyhow."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("pragma max_page_count = 40")


def test_a_full_disk_says_so_and_keeps_what_was_there(place: str) -> None:
    workspace = open_workspace(place)

    def fill() -> None:
        with workspace.work(EDITOR) as work:
            for number in range(16):
                body = {"text": random.Random(number).randbytes(1_500_000).hex()}
                work.add("case", "propose", title=str(number), body=body, state="draft")

    with workspace.work(EDITOR) as work:
        work.add("case", "propose", title="Before", body={}, state="draft")
    workspace.engine.dispose()
    event.listen(workspace.engine, "connect", has_little_room)
    with pytest.raises(WorkspaceError, match="no room left") as met:
        fill()
    assert "no queda espacio" in met.value.say("es")
    assert [case.title for case in workspace.items(LOCAL, "case")] == ["Before"]
    with workspace.work(EDITOR) as work:  # what fits is still kept
        work.add("case", "propose", title="After", body={}, state="draft")
    assert len(open_workspace(place).items(LOCAL, "case")) == 2


def test_a_process_killed_at_any_moment_loses_nothing_that_was_kept(place: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.kpis.workspace.killing", place, str(tmp_path / "k"), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    killed = int(re.search(r"(\d+) killed", done.stdout)[1])  # type: ignore[index]
    assert killed == KILLS


def test_the_step_that_a_backup_names_is_the_newest(workspace: Workspace, tmp_path: Path) -> None:
    with zipfile.ZipFile(packed(workspace, tmp_path / "b.zip")) as archive:
        assert f'"step": "{NEWEST_STEP}"' in archive.read("manifest.json").decode()


NEXT_STEP = '''"""A step of a later version: a new table, a new column, every entry changed."""

import os
import signal

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.String(64), primary_key=True))
    op.add_column("item", sa.Column("colour", sa.String(8)))
    op.execute("update item set colour = 'red'")
    if "KILLED" in os.environ:
        os.kill(os.getpid(), signal.SIGKILL)
'''
KILLED = """
import sys
from pathlib import Path
from kpis.workspace import engine, open_workspace
engine.MIGRATIONS, engine.NEWEST_STEP = Path(sys.argv[1]), "2"
open_workspace(sys.argv[2])
"""


def all_of(workspace: Workspace) -> list[object]:
    """Everything that a workspace holds, to be compared."""
    items = [the(kind, workspace) for kind in ("case", "dataset")]
    figures = workspace.figures(LOCAL, items[1].id, 1).astype(object)
    lines = [workspace.history(LOCAL, item.id) for item in items]
    return [items, lines, figures.where(figures.notna(), None).to_numpy().tolist()]


def test_a_step_of_a_later_version_is_made_whole_or_not_at_all(
    either: Workspace, place: str, tmp_path: Path
) -> None:
    steps = shutil.copytree(MIGRATIONS, tmp_path / "migrations")
    (steps / "versions" / "next.py").write_text(NEXT_STEP, encoding="utf-8")
    before = all_of(either)
    either.engine.dispose()
    command = [sys.executable, "-c", KILLED, str(steps), place]
    killed = subprocess.run(command, cwd=ROOT, env=os.environ | {"KILLED": "1"}, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not inspect(either.engine).has_table("later")
    assert all_of(open_workspace(place)) == before  # of the old step still, for this version opens it
    either.engine.dispose()
    with pytest.MonkeyPatch.context() as later:
        later.setattr("kpis.workspace.engine.MIGRATIONS", steps)
        later.setattr("kpis.workspace.engine.NEWEST_STEP", "2")
        open_workspace(place).engine.dispose()
    assert all_of(either) == before
    with either.engine.connect() as connection:
        held_step = connection.execute(text("select version_num from alembic_version")).scalar()
        colours = connection.execute(text("select distinct colour from item")).scalars().all()
    assert (held_step, colours) == ("2", ["red"])
    with pytest.raises(WorkspaceError, match="newer version"):
        open_workspace(place)
    assert all_of(either) == before

"""`escala workspace`: what there is, taken along, brought back, deleted on request."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.command import whole
from kpis.errors import EscalaError
from kpis.workspace import LOCAL, Person, Role, Workspace, open_workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The workspace of the commands of this test, with one case; the folder is where they write."""
    monkeypatch.setenv("ESCALA_WORKSPACE", str(tmp_path / "w" / "workspace.sqlite"))
    monkeypatch.chdir(tmp_path)
    opened = open_workspace()
    with opened.work(Person("ana", "Ana", Role.EDITOR)) as work:
        work.add("case", "propose", title="One", body={}, state="draft")
    return opened


def run(*arguments: str) -> str:
    """Runs the command; what it prints, an expected fault raised."""
    outcome = CliRunner().invoke(whole(), ["workspace", *arguments])
    if isinstance(outcome.exception, EscalaError):
        raise outcome.exception
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_what_is_taken_along_comes_back_and_what_was_there_is_kept(
    workspace: Workspace, tmp_path: Path
) -> None:
    assert "entries: 1" in run("backup", "--out", "b.zip")
    assert stat.S_IMODE(Path("b.zip").stat().st_mode) == 0o600, "others on this machine could read it"
    with workspace.work(LOCAL) as work:
        work.add("case", "propose", title="Two", body={}, state="draft")
    assert "entradas: 1" in run("restore", "b.zip", "--keep", "before.zip", "--lang", "es")
    assert [case.title for case in workspace.items(LOCAL, "case")] == ["One"]
    run("restore", "before.zip", "--keep", "again.zip")
    assert {case.title for case in workspace.items(LOCAL, "case")} == {"One", "Two"}
    run("backup", "--out", "b.zip")  # over one of ours


def test_nobody_elses_file_is_replaced(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "notes.zip").write_text("mine", encoding="utf-8")
    for arguments in (("backup", "--out", "notes.zip"), ("restore", "b.zip", "--keep", "notes.zip")):
        with pytest.raises(EscalaError, match="not written by Escala"):
            run(*arguments)
    assert (tmp_path / "notes.zip").read_text(encoding="utf-8") == "mine"
    with pytest.raises(EscalaError, match="no es una copia de seguridad"):
        run("restore", "notes.zip", "--lang", "es")
    assert len(workspace.items(LOCAL, "case")) == 1


def test_a_persons_entries_are_deleted_on_request(workspace: Workspace) -> None:
    assert run("people") == "ana\tAna\t1\n"
    assert "Entradas eliminadas: 1." in run("erase", "ana", "--lang", "es")
    assert run("people") == ""
    assert "entries: 0" in run("status")
    with pytest.raises(EscalaError, match="Nobody with the id ana"):
        run("erase", "ana")

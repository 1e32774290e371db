"""Own figures kept in the workspace, in what commands write: when asked for, and not otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis.errors import EscalaError
from kpis.workspace import LOCAL, open_workspace
from kpis.workspace.figures import keep
from tests.dashboard.commands.test_report import run
from tests.kpis.cli.test_cli import escala
from tests.kpis.workspace.figures.conftest import Read, known, read

__all__ = ["known", "read"]
FILE = "area,period,series,value,unit,direction\nCOL,2025,Trámites en línea,48,%,higher\n"


def test_a_report_has_them_when_asked_and_says_where_there_are_none(
    home: Path, read: Read, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = read(FILE, "cifras.csv").figures
    assert own is not None
    keep.keep(open_workspace(), LOCAL, own)
    written = tmp_path / "escala_COL_es.md"
    for more, is_there in (((), False), (("--own",), True)):
        assert run("--area", "COL", "--lang", "es", "--format", "md", "--out", str(tmp_path), *more) == 0
        assert ("Trámites en línea" in written.read_text(encoding="utf-8")) is is_there
    capsys.readouterr()
    assert run("--area", "PER,URY", "--lang", "es", "--format", "md", "--out", str(tmp_path), "--own") == 0


@pytest.mark.parametrize("which", [("--group", "LDC"), ("--area", "all")])
def test_it_takes_countries_by_name(home: Path, tmp_path: Path, which: tuple[str, str]) -> None:
    with pytest.raises(EscalaError, match="--own takes countries by name"):
        run(*which, "--own", "--out", str(tmp_path))


def test_a_plan_has_them_in_documents_only(home: Path) -> None:
    done = escala("plan", "--area", "COL", "--stage", "connected", "--own", "--format", "md")
    assert done.returncode == 2
    assert "--own is for documents. Choose --format html, pdf or docx." in done.stderr

"""`escala import`: what it prints, its exit code, and that nothing is kept unless asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kpis.cli import app
from kpis.workspace import LOCAL, open_workspace
from kpis.workspace.figures.keep import kept

GOOD = "área;periodo;serie;valor\nColombia;2025;EGDI;0,81\n"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ESCALA_WORKSPACE", str(tmp_path / "w.sqlite"))


def run(text: str, *options: str) -> tuple[int, str]:
    Path("cifras.csv").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["import", "cifras.csv", *options])
    return result.exit_code, result.output


def test_a_table_is_checked_and_nothing_is_kept() -> None:
    code, said = run(GOOD, "--check", "--lang", "es")
    assert code == 0
    assert "cifras 1, áreas 1, series 1" in said
    assert "No se guardó nada" in said
    assert not Path("w.sqlite").exists()


def test_a_table_with_faults_is_reported_and_not_kept() -> None:
    code, said = run(GOOD.replace("Colombia", "Colombi"), "--keep", "--report", "faults.csv", "--lang", "es")
    assert code == 1
    assert "fila 2, área: No se conoce el área «Colombi»" in said
    assert "Colombi" in Path("faults.csv").read_text(encoding="utf-8-sig")
    assert not Path("w.sqlite").exists()


def test_a_table_is_kept_under_its_name() -> None:
    code, said = run(GOOD, "--keep", "--name", "Propias")
    assert code == 0
    assert "New: 1; changed: 0" in said
    code, said = run(GOOD.replace("0,81", "0,82"), "--keep", "--name", "Propias")
    assert "New: 0; changed: 1" in said
    assert [item.title for item in kept(open_workspace(), LOCAL)] == ["Propias"]


def test_columns_and_areas_are_told() -> None:
    Path("areas.csv").write_text("code,name,parent\n05,Antioquia,COL\n", encoding="utf-8")
    code, said = run("lugar,2024\n5,0.5\n", "--map", "area=lugar", "--areas", "areas.csv", "--series", "EGDI")
    assert code == 0, said
    assert "read as '05'" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--map", "area"), "--map 'area' is no pair"),
        (("--map", "area=Lugar"), "column 'Lugar' is not there"),
        (("--decimal", ";"), "--decimal ';' is no decimal mark"),
        (("--check", "--keep"), "exclude each other"),
        (("--country", "Colombi"), "Did you mean"),
    ],
)
def test_wrong_options_are_named(options: tuple[str, ...], said: str) -> None:
    Path("cifras.csv").write_text(GOOD, encoding="utf-8")
    fault = CliRunner().invoke(app, ["import", "cifras.csv", *options]).exception
    assert said in str(fault)


def test_a_report_replaces_a_report_and_nothing_else() -> None:
    wrong = GOOD.replace("Colombia", "Colombi")
    for _ in range(2):
        code, said = run(wrong, "--report", "faults.csv")
        assert (code, "Report of all problems" in said) == (1, True)
    Path("mine.csv").write_text("mine", encoding="utf-8")
    result = CliRunner().invoke(app, ["import", "cifras.csv", "--report", "mine.csv", "--lang", "es"])
    assert "no es un informe" in str(result.exception)
    assert Path("mine.csv").read_text(encoding="utf-8") == "mine"

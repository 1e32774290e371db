"""`escala exercise`: a questionnaire checked, a result written."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dashboard.command import whole
from kpis.errors import RequestError
from kpis.workspace import LOCAL, open_workspace
from kpis.workspace.exercises import conduct
from kpis.workspace.exercises.reading import STANDARD
from tests.kpis.workspace.exercises.examples import small, text


def run(*arguments: str) -> Result:
    """Runs the command; an expected fault is raised."""
    outcome = CliRunner().invoke(whole(), ["exercise", *arguments])
    if isinstance(outcome.exception, RequestError):
        raise outcome.exception
    return outcome


def test_the_shipped_questionnaire_can_be_used() -> None:
    outcome = run("check", str(STANDARD), "--lang", "es")
    assert outcome.exit_code == 0
    assert outcome.stdout == "standard.toml: 35 enunciados en 7 dimensiones, 4 niveles. Se puede usar.\n"


def test_the_shipped_questionnaire_is_written_to_be_adapted_and_nothing_of_others_overwritten(
    tmp_path: Path,
) -> None:
    out = tmp_path / "ours.toml"
    assert run("questionnaire", "--out", str(out)).exit_code == 0
    assert out.read_bytes() == STANDARD.read_bytes()
    out.write_text("theirs")
    with pytest.raises(RequestError, match="--force"):
        run("questionnaire", "--out", str(out))


def test_every_wrong_line_is_named_in_the_language_asked_for_without_a_path(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text().replace('evidence = "acta"', 'prueba = "acta"', 1))
    outcome = run("check", str(file), "--lang", "es")
    assert outcome.exit_code == 2
    assert outcome.stderr.splitlines() == [
        "mine.toml: enunciado a: no se conoce la clave «prueba». Aquí se permite: code, text, levels, "
        "evidence. Corríjala o quítela.",
        'mine.toml: enunciado a: falta la clave «evidence». Escriba evidence = "…".',
    ]
    assert str(tmp_path) not in run("check", str(tmp_path / "none.toml")).output


def test_a_result_is_written_in_each_format(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert home.is_file()
    monkeypatch.setenv("ESCALA_WORKSPACE", str(tmp_path / "workspace.sqlite"))
    workspace = open_workspace()
    held = conduct.begin(workspace, LOCAL, "DNP", country="COL", questionnaire=small())
    conduct.agree(workspace, LOCAL, held, dict.fromkeys("abcxyz", "enhanced"))
    workspace.engine.dispose()
    assert "DNP: enhanced stage" in run("report", held.id).stdout
    out = tmp_path / "result.docx"
    assert run("report", held.id, "--out", str(out), "--lang", "es").exit_code == 0
    assert out.read_bytes()[:2] == b"PK"
    with pytest.raises(RequestError, match="nothing"):
        run("report", "nothing")

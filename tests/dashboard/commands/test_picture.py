"""`escala picture`: files of each form, and faults in one line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dashboard import command
from kpis.cli import run

pytestmark = pytest.mark.usefixtures("home")
BEGINS = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF"}


def escala(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The exit code of a command."""
    monkeypatch.setattr(sys, "argv", ["escala", *words])
    with pytest.raises(SystemExit) as ended:
        run(command.whole())
    return int(ended.value.code or 0)


@pytest.mark.parametrize("form", BEGINS)
def test_a_picture_is_written_by_the_ending_of_its_name(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / f"ladder.{form}"
    words = ("picture", "--view", "stages?country=COL", "--lang", "es", "--size", "1:1", "--out", str(out))
    for _twice in range(2):  # its own file is overwritten
        assert escala(monkeypatch, *words) == 0
    assert out.read_bytes().startswith(BEGINS[form])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--view", "methods", "--out", "a.svg"), "has no picture"),
        (("--view", "world?kpi=EGDX", "--out", "a.svg"), "Did you mean 'EGDI'"),
        (("--view", "world", "--out", "a.gif"), ".svg, .png, .pdf"),
        (("--view", "world", "--out", "none/a.svg"), "the folder none does not exist"),
    ],
)
def test_a_fault_is_one_line_and_nothing_is_written(
    words: tuple[str, ...],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert escala(monkeypatch, "picture", *words) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []

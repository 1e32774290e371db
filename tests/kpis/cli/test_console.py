"""The command on consoles without UTF-8, into files, and into pipes whose reader leaves."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from kpis.cli import application, console
from kpis.cli.application import Format, show
from kpis.errors import RequestError
from kpis.languages import language
from tests.conftest import ROOT

pytestmark = pytest.mark.long

TEXT = "Año → 2030 – “alto” ≥ 0,9 … Σw·x 日本"


def spoken(encoding: str, write: object, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a console of an encoding gets from a function that prints."""
    held = io.BytesIO()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", io.TextIOWrapper(held, encoding=encoding))
        console.open_console()
        write()  # type: ignore[operator]
        sys.stdout.flush()
        return held.getvalue().decode(encoding)


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("cp1252", "Año -> 2030 – “alto” >= 0,9 … sum w·x ??"),
        ("cp850", "Año -> 2030 - 'alto' >= 0,9 ... sum w·x ??"),
        ("latin-1", "Año -> 2030 - 'alto' >= 0,9 ... sum w·x ??"),
        ("ascii", "Ano -> 2030 - 'alto' >= 0,9 ... sum w.x ??"),
        ("utf-8", TEXT),
    ],
)
def test_what_a_console_lacks_is_replaced(
    encoding: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert spoken(encoding, lambda: print(TEXT), monkeypatch) == f"{expected}\n"


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "latin-1", "ascii", "utf-8"])
def test_json_keeps_every_letter(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"name": [TEXT], "value": [None]})
    said = spoken(encoding, lambda: show(frame, Format.json), monkeypatch)
    assert json.loads(said) == [{"name": TEXT, "value": None}]


def test_a_sign_replaced_begins_no_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"−x": ["→ up", "“a”, b"]})
    assert spoken("ascii", lambda: show(frame, Format.csv), monkeypatch) == "'-x\n'-> up\n\"'a', b\"\n"
    assert spoken("utf-8", lambda: show(frame, Format.csv), monkeypatch) == '−x\n→ up\n"“a”, b"\n'


def test_a_file_is_written_as_utf_8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "plan.md").open("w", encoding="cp1252") as file, monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", file)
        console.open_console()
        print(TEXT)
    assert (tmp_path / "plan.md").read_text(encoding="utf-8") == f"{TEXT}\n"


@pytest.mark.parametrize(
    "name", ["Index [score]", "[/b] Index", "[red]x[/red]", ":smile:", "a\\", "[link=x]y"]
)
def test_names_are_printed_as_they_are_written(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    show(pd.DataFrame({name: [name]}), Format.table)
    assert [line.strip() for line in capsys.readouterr().out.splitlines()] == [name, name]


def test_no_name_moves_the_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    show(pd.DataFrame({"a\x1b[2J": ["b\x1b]0;x\x07"]}), Format.table)
    assert not set(capsys.readouterr().out) & {"\x1b", "\x07"}


def test_every_command_with_a_format_has_raw_and_every_language_is_checked() -> None:
    known = 0
    for one in application.app.registered_commands:
        assert one.callback is not None
        options = one.callback.__annotations__
        if "output" in options:
            known += 1
            assert options.get("raw") in ("RawOption", application.RawOption), one.callback.__name__
        assert options.get("lang", "LanguageOption") == "LanguageOption", one.callback.__name__
    assert known >= 8


@pytest.mark.parametrize("code", ["fr", "", "english", "e n", "x" * 90])
def test_an_unknown_language_names_those_held(code: str) -> None:
    with pytest.raises(RequestError, match=r"is not known\. Allowed: en, es\.$"):
        language(code)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "end", ["csv", *(pytest.param(end, marks=pytest.mark.whole) for end in ("json", "table"))]
)
def test_the_reader_of_a_pipe_may_leave(end: str) -> None:
    """Output longer than a pipe holds, whose reader takes one line: no message, no traceback."""
    with subprocess.Popen(
        [sys.executable, "-m", "dashboard", "values", "--kpi", "EGDI", "--format", end],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as running:  # fmt: skip
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) in (0, 1)

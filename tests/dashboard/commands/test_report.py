"""`escala report`: what it writes, what it keeps, what it refuses."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from dashboard.command import whole
from dashboard.commands import report_all
from dashboard.documents import stamp
from dashboard.reads import shared as data
from kpis.errors import EscalaError
from tests.conftest import ROOT


def run(*arguments: str) -> int:
    """Runs the command; its exit code, an expected fault raised."""
    outcome = CliRunner().invoke(whole(), ["report", *arguments])
    if isinstance(outcome.exception, EscalaError):
        raise outcome.exception
    return outcome.exit_code


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "--area or --group"),
        (("--area", "COL", "--group", "LDC"), "--area or --group"),
        (("--area", "CLO"), "Did you mean"),
        (("--group", "LCD"), "Did you mean 'LDC'"),
        (("--area", "COL", "--out", "brief.doc"), r"Allowed: \.pdf"),
        (("--area", "COL", "--out", "nowhere/brief.pdf"), "does not exist"),
        (("--area", ",".join(f"A{n}" for n in range(3))), "not known"),
    ],
)
def test_a_fault_names_thing_and_remedy(
    arguments: tuple[str, ...], message: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EscalaError, match=message):
        run(*arguments)
    assert list(tmp_path.glob("*.p*")) == []


def test_one_brief_is_written_by_the_ending_of_its_name(home: Path, tmp_path: Path) -> None:
    for name, head in (("a.pdf", b"%PDF"), ("a.xlsx", b"PK"), ("a.html", b"<!doctype")):
        assert run("--area", "Colombia", "--lang", "es", "--out", str(tmp_path / name)) == 0
        assert (tmp_path / name).read_bytes().startswith(head)
    assert run("--group", "caribbean_sids", "--format", "md", "--out", str(tmp_path)) == 0
    assert (tmp_path / "escala_CARIBBEAN_SIDS_en.md").exists()
    assert run("--area", "COL,Uruguay,LDC", "--format", "md", "--out", str(tmp_path)) == 0
    assert (tmp_path / "escala_COL_URY_LDC_en.md").exists()


def test_nothing_of_others_is_overwritten(home: Path, tmp_path: Path) -> None:
    place = tmp_path / "a.md"
    place.write_text("notes of a minister", encoding="utf-8")
    with pytest.raises(EscalaError, match="not written by Escala"):
        run("--area", "COL", "--out", str(place))
    assert place.read_text(encoding="utf-8") == "notes of a minister"
    assert run("--area", "COL", "--out", str(place), "--force") == 0
    assert run("--area", "COL", "--out", str(place)) == 0


@pytest.fixture
def three(home: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A world of three countries, made in this process; gives the codes that were made."""
    made: list[str] = []

    def in_process(codes: list[str], lang: str, form: str) -> Iterator[tuple[str, bytes]]:
        report_all.begin(lang)
        for code in codes:
            made.append(code)
            yield report_all.make((code, form))

    monkeypatch.setattr(report_all, "_made", in_process)
    monkeypatch.setattr(data, "members", lambda *_: ["COL", "LAO", "VCT"])
    return made


def test_all_are_written_and_a_second_run_keeps_them(three: list[str], tmp_path: Path) -> None:
    out = tmp_path / "briefs"
    report_all.every(out, "es", "md")
    names = [f"escala_{code}_es.md" for code in ("COL", "LAO", "VCT")]
    assert sorted(path.name for path in out.iterdir()) == names
    report_all.every(out, "es", "md")
    assert three == ["COL", "LAO", "VCT"]
    report_all.every(out, "en", "md")
    assert three == ["COL", "LAO", "VCT"] * 2


def test_a_file_of_other_figures_is_made_anew(three: list[str], tmp_path: Path) -> None:
    report_all.every(tmp_path, "en", "md")
    other = tmp_path / "escala_VCT_en.md"
    version = data.warehouse().version
    other.write_text(other.read_text("utf-8").replace(version, "0ldf1gures"), "utf-8")
    three.clear()
    report_all.every(tmp_path, "en", "md", force=False)
    assert three == ["VCT"]
    assert stamp.of_file(other) == stamp.written(version, "en", "escala_VCT_en")


def test_a_foreign_file_in_the_folder_stops_before_any_work(three: list[str], tmp_path: Path) -> None:
    (tmp_path / "escala_LAO_en.md").write_text("mine", encoding="utf-8")
    with pytest.raises(EscalaError, match="escala_LAO_en"):
        report_all.every(tmp_path, "en", "md")
    assert three == []


FEW = 8  # countries of the world; one of 193 takes a minute
# The command, resting after each file, so that it can be stopped among them on any machine.
SLOWLY = """
import sys, time
from dashboard.command import main
from dashboard.commands import files
put = files.put
def put_and_rest(*what, **how):
    put(*what, **how)
    time.sleep(0.5)
files.put = put_and_rest
sys.argv[0] = "escala"
main()
"""


@pytest.fixture
def small_world(own_home: Path) -> None:
    """The published figures, in a world of few countries."""
    with duckdb.connect(own_home) as con:
        con.execute(
            "delete from area_group where group_id = 'WORLD' and ref_area not in (from "
            f"(select ref_area from area_group where group_id = 'WORLD' order by ref_area limit {FEW}))"
        )


@pytest.mark.long
def test_broken_off_it_leaves_whole_files_and_goes_on(small_world: None, tmp_path: Path) -> None:
    """Ctrl-C in the middle: no half file, no process left, and a second run keeps what is there."""
    asked = ("report", "--area", "all", "--format", "md", "--out", str(tmp_path / "all"))
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(
        [sys.executable, "-c", SLOWLY, *asked], cwd=tmp_path, env=environment, stderr=subprocess.PIPE
    )
    end = time.monotonic() + 300
    while not list((tmp_path / "all").glob("*.md")) and time.monotonic() < end:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    assert running.returncode == 130
    files = list((tmp_path / "all").iterdir())
    assert files
    assert len(files) < FEW
    assert all(stamp.of_file(file) and not file.name.startswith(".") for file in files)
    before = {file: file.stat().st_mtime_ns for file in files}
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", *asked],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=True,
    )
    assert f"{len(before)} kept".encode() in done.stderr
    assert len(list((tmp_path / "all").glob("*.md"))) == FEW
    assert {file: file.stat().st_mtime_ns for file in before} == before


def test_an_area_outside_the_un_has_a_brief_as_it_has_a_page_of_a_site(home: Path, tmp_path: Path) -> None:
    assert run("--area", "XKX", "--lang", "es", "--out", str(tmp_path / "a.md")) == 0
    assert "sin puesto" in (tmp_path / "a.md").read_text("utf-8")
    assert run("--area", "COL,Kosovo", "--out", str(tmp_path / "b.md")) == 0
    assert "Kosovo" in (tmp_path / "b.md").read_text("utf-8")

"""The command as a person uses it: what it prints, how it fails, from any folder."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import warnings
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from dashboard.command import main
from kpis.paths import data_dir
from kpis.queries import Warehouse
from tests import few
from tests.conftest import ROOT, write_tiny

COLUMNS = ["kpi", "ref_area", "time_period", "obs_value", "unit_measure", "obs_status", "rank", "source"]


def escala(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The command in this process, which has read its modules already; from another folder.

    env: variables of the environment, for this command alone.
    """
    said, wrong, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patched, warnings.catch_warnings():
        patched.setattr(sys, "argv", ["escala", *args])
        patched.chdir("/")
        for name, value in env.items():
            patched.setenv(name, value)
        with redirect_stdout(said), redirect_stderr(wrong):
            try:
                main()
            except SystemExit as end:
                code = int(end.code or 0)
    return subprocess.CompletedProcess(args, code, said.getvalue(), wrong.getvalue())


def alone(*args: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, as a shell starts it."""
    return subprocess.run(
        [sys.executable, "-m", "dashboard", *args],
        capture_output=True,
        text=True,
        timeout=120,
        cwd="/",
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )


@pytest.mark.usefixtures("home")
def test_values_prints_the_published_figures() -> None:
    done = alone("values", "--kpi", "EGDI", "--year", "2024", "--area", "DNK,COL", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 0, done.stderr
    assert list(rows[0]) == COLUMNS
    found = {row["ref_area"]: (row["obs_value"], row["rank"]) for row in rows}
    assert found == {"COL": ("0.7793", "68"), "DNK": ("0.98474", "1")}


@pytest.mark.usefixtures("home")
def test_values_as_json_and_by_group() -> None:
    done = escala("values", "--kpi", "OSI", "--group", "CARIBBEAN_SIDS", "--year", "2024", "--format", "json")
    rows = json.loads(done.stdout)
    assert len(rows) == 16
    assert set(rows[0]) == set(COLUMNS)


@pytest.mark.usefixtures("home")
def test_areas_are_named_by_code_or_by_any_name_and_a_comma_may_belong_to_one() -> None:
    asked = "Egypt, Arab Rep.,col,Suazilandia,Kosovo,uk"
    done = escala("values", "--kpi", "GTMI", "--area", asked, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 0, done.stderr
    assert {row["ref_area"] for row in rows} == {"EGY", "COL", "SWZ", "XKX", "GBR"}


@pytest.mark.parametrize(
    "command", [("stages",), ("plan", "--stage", "connected"), ("simulate", "--set", "OSI_SP=0.95")]
)
@pytest.mark.usefixtures("home")
def test_a_command_on_a_member_state_understands_names_and_corrects_no_known_area(
    command: tuple[str, ...],
) -> None:
    name, *options = command
    assert "TUR" in escala(name, "--area", "Turkey", *options, "--format", "json").stdout
    done = escala(name, "--area", "XKX", *options)
    assert done.returncode == 2
    assert "Kosovo (XKX) is not a UN Member State" in done.stderr
    unclear = escala(name, "--area", "Korea", *options).stderr
    assert "PRK (" in unclear
    assert "KOR (" in unclear


@pytest.mark.usefixtures("home")
def test_values_as_a_table_for_reading() -> None:
    done = escala("values", "--kpi", "EGDI", "--year", "2024", "--area", "NAM")
    assert "NAM" in done.stdout
    assert "undesa_egovkb" in done.stdout


@pytest.mark.usefixtures("home")
def test_the_table_marks_old_values_and_csv_stays_as_it_is() -> None:
    asked = ("values", "--kpi", "EGDI", "--area", "COL", "--year", "2012,2024")
    done = escala(*asked)
    head, first, last, note = done.stdout.splitlines()
    assert head.split() == [*COLUMNS, "age"]
    assert first.split()[-1] == "old"
    assert last.split()[-1] == "undesa_egovkb"
    assert re.fullmatch(r"old: beyond the limit in years, read in \d{4} \(EGDI 4\)", note)
    assert escala(*asked, "--format", "csv").stdout.splitlines()[0].split(",") == COLUMNS


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("values", "--kpi", "EGDX"), "Did you mean 'EGDI'"),
        (("values", "--kpi", "EGDI", "--area", "COLO"), "Did you mean 'COL'"),
        (("values", "--kpi", "EGDI", "--year", "last"), "year 'last' is no number"),
        (("values", "--kpi", "EGDI", "--group", "SID"), "Did you mean 'SIDS'"),
        (("build", "--out", "/proc/nowhere/w.duckdb"), "cannot write here"),
    ],
)
@pytest.mark.usefixtures("home")
def test_a_wrong_request_is_one_line_on_standard_error(args: tuple[str, ...], said: str) -> None:
    done = escala(*args)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.usefixtures("home")
def test_a_year_without_values_prints_none_and_is_no_fault() -> None:
    done = escala("values", "--kpi", "EGDI", "--year", "1999", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == []


def test_build_publishes_where_it_is_told(tmp_path: Path) -> None:
    out = tmp_path / "sub" / "mine.duckdb"
    data = few.folder(tmp_path / "data", few.ONE)
    done = escala("build", "--out", str(out), ESCALA_DATA=str(data))
    assert done.returncode == 0, done.stderr
    assert out.is_file()
    assert "KPIs" in done.stdout


def test_an_open_build_says_what_it_leaves_out_and_can_be_examined(
    open_only: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few_figures = str(few.folder(tmp_path / "data", few.ONE))
    done = escala("build", "--open-only", "--out", str(tmp_path / "open.duckdb"), ESCALA_DATA=few_figures)
    assert done.returncode == 0, done.stderr
    assert "KPIs whose sources allow non-commercial reuse only." in done.stdout
    itu = next(line for line in done.stdout.splitlines() if "ITU DataHub" in line)
    assert "(CC BY-NC-SA 3.0 IGO): MOBILE_SUBS, SDG_17.6.1, SDG_17.8.1" in itu
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(open_only.tables.path))  # type: ignore[attr-defined]
    findings = json.loads(escala("doctor", "--format", "json").stdout)
    closed = next(finding for finding in findings if finding["subject"] == "open sources only")
    assert "SDG_17.8.1" in closed["finding"]
    assert closed["remedy"]
    assert "SDG_17.8.1" in escala("values", "--kpi", "SDG_17.8.1").stderr
    checked = json.loads(escala("verify", "--format", "json").stdout)
    assert {"EGDI", "HDI"} <= {check["index"] for check in checked}
    assert "GCI" not in {check["index"] for check in checked}


@pytest.mark.usefixtures("home")
def test_verify_reports_every_check_and_exits_0() -> None:
    done = escala("verify", "--format", "json")
    assert done.returncode == 0, done.stderr
    checks = json.loads(done.stdout)
    forecasts = [check for check in checks if check["index"] == "FORECAST"]
    assert [(each["edition"], each["status"]) for each in forecasts] == [(2026, "waits")]
    assert len(checks) == 40 + 1  # EGDI and its ranks in twelve editions, three GTMI, 13 of one edition
    egdi_2008 = next(c for c in checks if (c["index"], c["edition"]) == ("EGDI", 2008))
    assert {row["ref_area"] for row in egdi_2008["outside"]} == {"KHM", "CMR"}
    assert all(row["reason"] for check in checks for row in check["outside"])


@pytest.mark.usefixtures("without_derived")
def test_verify_exits_1_when_a_published_figure_does_not_follow(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for folder in ("reference", "observations", "methodology"):
        for path in (data_dir() / folder).rglob("*.csv"):
            target = data / path.relative_to(data_dir())
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(
                path.read_text(encoding="utf-8").replace("EGDI,COL,2024,0.7793,", "EGDI,COL,2024,0.7893,"),
                encoding="utf-8",
            )
    done = escala("verify", ESCALA_DATA=str(data), ESCALA_WAREHOUSE=str(tmp_path / "w.duckdb"))
    assert done.returncode == 1
    assert "COL: published 0.7893, recomputed 0.7793" in done.stdout


@pytest.mark.usefixtures("home")
def test_doctor_says_what_is_installed_stale_and_how_to_mend_it() -> None:
    done = escala("doctor", "--format", "json")
    findings = json.loads(done.stdout)
    subjects = {finding["subject"]: finding for finding in findings}
    assert done.returncode == 0
    assert subjects["duckdb"]["status"] == "ok"
    assert subjects["warehouse"]["status"] == "ok"
    assert subjects["SDG_17.19.2"]["status"] == "stale"
    assert re.fullmatch(
        r"old since \d{4}: newest value of \d{4}, limit 5 years", subjects["SDG_17.19.2"]["finding"]
    )
    to_mend = [finding for finding in findings if finding["status"] != "ok"]
    assert to_mend
    assert all(finding["remedy"] for finding in to_mend)


def test_doctor_exits_1_and_names_the_remedy_for_a_foreign_warehouse(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    path.write_text("not a database")
    data = few.folder(tmp_path / "data", few.ONE)
    done = escala("doctor", ESCALA_DATA=str(data), ESCALA_WAREHOUSE=str(path))
    assert done.returncode == 1
    assert "escala build" in done.stdout


@pytest.mark.parametrize("is_there", [True, False])
def test_doctor_names_what_a_build_would_refuse(home: Path, tmp_path: Path, is_there: bool) -> None:
    """ "run `escala build`" is no remedy where the build would be refused."""
    data = few.folder(tmp_path / "data", [("EGDI", "JAM", "2024", "75.2", "A", "2025-03-29", "")])
    place = home if is_there else tmp_path / "none.duckdb"
    done = escala("doctor", "--format", "json", ESCALA_DATA=str(data), ESCALA_WAREHOUSE=str(place))
    wrong = [
        one for one in json.loads(done.stdout) if one["subject"] == "figures" and one["status"] == "wrong"
    ]
    assert [one["finding"].partition(":")[0] for one in wrong] == ["observations/undesa_egovkb.csv, line 2"]
    assert done.returncode == 1


def test_a_leading_tilde_is_the_home_folder(tmp_path: Path) -> None:
    """A shell puts it in, a file of settings does not; the engine and Python once took it for two places."""
    data = few.folder(tmp_path / "data", few.ONE)
    settings = {"HOME": str(tmp_path), "ESCALA_DATA": str(data)}
    assert escala("build", "--out", "~/o.duckdb", **settings).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"data", "o.duckdb"}
    settings["ESCALA_WAREHOUSE"] = "~/o.duckdb"
    assert "0.66777" in escala("values", "--kpi", "EGDI", "--area", "JAM", **settings).stdout


def test_a_file_of_somebody_in_a_place_that_was_named_is_refused_by_every_command(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    path.write_text("not a database")
    for asked in (("values", "--kpi", "EGDI"), ("build",), ("verify",), ("build", "--out", str(path))):
        done = escala(*asked, ESCALA_WAREHOUSE=str(path))
        assert done.returncode == 2
        assert done.stderr.startswith(f"error: {path}: this is a file that is no warehouse of Escala.")
        assert done.stderr.count("\n") == 1
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("w.duckdb", "not a database")]


@pytest.mark.usefixtures("home")
def test_after_a_broken_entry_the_last_good_warehouse_keeps_serving(tmp_path: Path) -> None:
    entries = tmp_path / "mine"
    entries.mkdir()
    (entries / "bad.toml").write_text("[[kpi]]\nid = 'X'\n")
    done = escala("values", "--kpi", "EGDI", "--area", "COL", "--year", "2024", ESCALA_CATALOGUE=str(entries))
    assert done.returncode == 0
    assert "0.7793" in done.stdout
    assert "the last good warehouse is served" in done.stderr
    assert "bad.toml" in done.stderr


NEW_KPI = """
[[kpi]]
id = "MINE"
dimension = "services"
name = { en = "Gap of mine", es = "Mi brecha" }
definition = { en = "Service provision minus technology.", es = "Prestación menos tecnología." }
caveat = { en = "An example.", es = "Un ejemplo." }
unit = "index_points"
direction = "higher"
precision = 3
derive = { query = "difference", a = "OSI_SP", b = "OSI_TEC" }
source = "undesa_egovkb"
fresh_years = 3
"""


def test_a_new_kpi_takes_one_entry_and_no_code(tmp_path: Path) -> None:
    entries = tmp_path / "mine"
    entries.mkdir()
    (entries / "mine.toml").write_text(NEW_KPI, encoding="utf-8")
    parts = (("OSI_SP", "0.71"), ("OSI_TEC", "0.46"))
    rows = [(name, "COL", "2024", value, "A", "2025-03-29", "") for name, value in parts]
    done = escala(
        *("values", "--kpi", "MINE", "--area", "COL", "--format", "json"),
        ESCALA_CATALOGUE=str(entries),
        ESCALA_DATA=str(few.folder(tmp_path / "data", rows)),
        ESCALA_WAREHOUSE=str(tmp_path / "w.duckdb"),
    )
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)
    assert row["obs_value"] == pytest.approx(0.25, abs=1e-9)  # differences are rounded there


@pytest.mark.usefixtures("home")
def test_a_port_in_use_is_one_line() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = escala("serve", "--port", str(port), STREAMLIT_SERVER_HEADLESS="true")
    assert done.returncode == 2
    assert str(port) in done.stderr
    assert "Traceback" not in done.stderr


def test_figures_of_ones_own_folder_are_used(tmp_path: Path) -> None:
    data = write_tiny(tmp_path / "data")
    done = escala("build", "--out", str(tmp_path / "w.duckdb"), ESCALA_DATA=str(data))
    assert done.returncode == 2  # the tiny source is not in the built-in catalogue
    assert "source 'src' is not known" in done.stderr


@pytest.fixture(scope="module")
def saved_plan(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan as the command prints it."""
    path = tmp_path_factory.mktemp("plan") / "plan.json"
    options = ("plan", "--area", "COL", "--rank", "60", "--format", "json")
    path.write_text(escala(*options, ESCALA_WAREHOUSE=str(published)).stdout, "utf-8")
    return path


@pytest.mark.parametrize("lang", ["fr", "", "español"])
@pytest.mark.parametrize("end", ["md", "csv", "json"])
@pytest.mark.usefixtures("home")
def test_a_language_that_is_not_held_is_refused(lang: str, end: str, saved_plan: Path) -> None:
    for options in (["--area", "COL", "--stage", "connected"], ["--load", str(saved_plan)]):
        done = escala("plan", *options, "--lang", lang, "--format", end)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"error: language '{lang}' is not known. Allowed: en, es.\n"


@pytest.mark.usefixtures("home")
def test_a_language_is_checked_by_other_commands_and_its_case_does_not_matter(saved_plan: Path) -> None:
    assert "Allowed: en, es." in escala("cases", "--lang", "fr").stderr
    assert escala("plan", "--load", str(saved_plan), "--lang", "ES").returncode == 0


@pytest.mark.usefixtures("home")
def test_reminders_are_a_calendar_and_none_without_a_date(tmp_path: Path) -> None:
    saved = tmp_path / "plan.json"
    options = ("plan", "--area", "HTI", "--stage", "enhanced", "--dimension", "services")
    plan = json.loads(escala(*options, "--format", "json").stdout)["plan"]
    saved.write_text(json.dumps(plan | {"dues": {"services.enhanced": "2031-05-01"}}), "utf-8")
    done = escala("plan", "--load", str(saved), "--lang", "es", "--format", "ics")
    assert done.stdout.startswith("BEGIN:VCALENDAR")
    assert "DTSTART;VALUE=DATE:20310501" in done.stdout
    saved.write_text(json.dumps(plan | {"targets": [], "milestones": []}), "utf-8")
    without = escala("plan", "--load", str(saved), "--format", "ics")
    assert (without.returncode, without.stdout) == (2, "")
    assert "no date to remind of" in without.stderr


@pytest.mark.parametrize("goal", [("--stage", "enhanced"), ("--egdi", "0.6"), ("--rank", "120")])
@pytest.mark.usefixtures("home")
def test_a_plan_printed_as_json_is_loaded_again(goal: tuple[str, str], tmp_path: Path) -> None:
    saved = tmp_path / "plan.json"
    saved.write_text(escala("plan", "--area", "HTI", *goal, "--format", "json").stdout, "utf-8")
    done = escala("plan", "--load", str(saved), "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    asked = escala("plan", "--area", "HTI", *goal).stdout
    assert escala("plan", "--load", str(saved)).stdout == asked


@pytest.mark.usefixtures("home")
def test_a_loaded_goal_that_cannot_be_is_one_line(tmp_path: Path) -> None:
    saved = tmp_path / "plan.json"
    saved.write_text(
        '{"schema_version": 1, "area": "COL", "kind": "stage", "value": 900, "by": 2030}', "utf-8"
    )
    done = escala("plan", "--load", str(saved))
    assert done.returncode == 2
    assert done.stderr == (
        "error: The goal stage 900 cannot be. Give 1 (enhanced), 2 (transactional) or 3 (connected).\n"
    )

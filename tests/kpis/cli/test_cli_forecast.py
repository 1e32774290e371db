"""`escala forecast` as a person uses it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.kpis.cli.test_cli import escala

CONTRACT = [
    "measure", "ref_area", "time_period", "p10", "p50", "p90", "rank_p10", "rank_p50", "rank_p90",
    "p_better_rank",
]  # fmt: skip

pytestmark = pytest.mark.usefixtures("home")


def test_forecast_gives_bands_of_three_editions_and_says_how_good_they_are() -> None:
    done = escala("forecast", "--area", "Colombia", "--format", "json")
    rows = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert list(rows[0])[: len(CONTRACT)] == CONTRACT
    egdi = [row for row in rows if row["measure"] == "EGDI"]
    assert [row["time_period"] for row in egdi] == [2026, 2028, 2030]
    assert egdi[0]["rank_p10"] < egdi[0]["rank_p50"] < egdi[0]["rank_p90"]
    assert "8 of 10 such forecasts ended within their band" in done.stderr


def test_one_edition_and_the_chance_of_a_rank() -> None:
    done = escala(
        "forecast", "--area", "COL", "--edition", "2028", "--rank", "50", "--format", "csv", "--raw"
    )
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["time_period"] for row in rows} == {"2028"}
    chance = {row["measure"]: row["p_rank"] for row in rows}
    assert 0.2 < float(chance["EGDI"]) < 0.4
    assert chance["OSI"] == ""


def test_a_table_for_reading_has_no_more_digits_than_the_bands_support() -> None:
    done = escala("forecast", "--area", "COL", "--edition", "2026")
    assert "0.813" in done.stdout or "0.814" in done.stdout
    assert "0.8132" not in done.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--area", "COL", "--edition", "2027"), "Allowed: 2026, 2028, 2030"),
        (("--area", "COL", "--rank", "0"), "from 1 to 193"),
        (("--area", "PRI"), "not a UN Member State"),
        (("--area", "Atlantis"), "Atlantis"),
    ],
)
def test_what_cannot_be_is_one_line(options: tuple[str, ...], message: str) -> None:
    done = escala("forecast", *options)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_kpi_is_forecast_in_its_unit_to_the_year_of_its_target() -> None:
    done = escala("forecast", "--area", "COL", "--kpi", "SDG_17.8.1", "--format", "json")
    (row,) = json.loads(done.stdout)
    assert (row["measure"], row["time_period"]) == ("SDG_17.8.1", 2030)
    assert row["obs_value"] < row["p10"] < row["p50"] < row["p90"] <= 100
    assert 0 <= row["p_target"] <= row["p_nearly"] <= 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--kpi", "SDG_9.c.1"), "SDG_9.c.1. No forecast: the figures do not reach far enough back"),
        (("--kpi", "SDG_16.9.1"), "are too few to prove one; 300 are asked"),
        (("--kpi", "PRICE_MOBILE_BB"), "only shares from 0 to 100% were tried"),
        (("--kpi", "SDG_3.8.1"), "more than 8 years before the target"),
        (("--kpi", "GTMI"), "measure GTMI is not forecast. Allowed: EGDI"),
        (("--kpi", "SDG_17.8.1", "--rank", "5"), "a KPI has no rank to reach"),
        (("--kpi", "SDG_17.8.1", "--plan", "x.json"), "Leave one out"),
        (("--kpi", "SDG_17.8.1", "--area", "SSD"), "no value in the 8 years before the target"),
    ],
)
def test_a_kpi_that_is_not_forecast_says_why(options: tuple[str, ...], message: str) -> None:
    done = escala("forecast", "--area", "COL", *options)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    done = escala("plan", "--area", "COL", "--rank", "50", "--by", "2028", "--format", "json")
    path.write_text(done.stdout, encoding="utf-8")
    return path


def test_a_saved_plan_gives_three_courses_of_each_edition(saved: Path) -> None:
    done = escala("forecast", "--plan", str(saved), "--format", "json")
    rows = {(row["time_period"], row["course"]): row for row in json.loads(done.stdout)}
    assert len(rows) == 9
    assert {row["measure"] for row in rows.values()} == {"EGDI"}
    assert rows[2026, "on_top"]["p50"] == rows[2026, "nothing_new"]["p50"]  # too late for it
    assert rows[2028, "on_top"]["rank_p50"] < rows[2028, "nothing_new"]["rank_p50"]
    assert rows[2028, "on_top"]["p_goal"] > rows[2028, "nothing_new"]["p_goal"]
    assert "too late for the edition of 2026: OSI, TII, HCI" in done.stderr
    assert "no figures on plans" in done.stderr


def test_a_plan_that_is_not_carried_out_changes_nothing(saved: Path) -> None:
    done = escala(
        "forecast", "--plan", str(saved), "--delivered", "0", "--edition", "2030", "--format", "json"
    )
    rows = json.loads(done.stdout)
    assert len(rows) == 3
    assert len({(row["p10"], row["p50"], row["rank_p50"], row["p_goal"]) for row in rows}) == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--area", "URY"), "a plan of COL, not of URY. Leave out --area"),
        (("--rank", "50"), "Leave --rank out"),
        (("--delivered", "1.5"), "Give a number from 0 to 1"),
        (("--done", "2020"), "Give 2026 or a later year"),
        (("--edition", "2027"), "Allowed: 2026, 2028, 2030"),
    ],
)
def test_what_goes_with_no_plan_is_one_line(saved: Path, options: tuple[str, ...], message: str) -> None:
    done = escala("forecast", "--plan", str(saved), *options)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_that_is_no_plan_and_a_country_that_is_missing(tmp_path: Path) -> None:
    assert "no such file" in escala("forecast", "--plan", str(tmp_path / "nothing.json")).stderr
    (tmp_path / "other.json").write_text("[1, 2]", encoding="utf-8")
    assert escala("forecast", "--plan", str(tmp_path / "other.json")).returncode == 2
    assert "--area is missing" in escala("forecast").stderr


@pytest.mark.parametrize("option", ["--done", "--delivered"])
def test_what_speaks_of_a_plan_needs_one(option: str) -> None:
    done = escala("forecast", "--area", "COL", option, "1")
    assert done.returncode == 2
    assert done.stderr == f"error: {option} speaks of a plan. Name one with --plan FILE.\n"

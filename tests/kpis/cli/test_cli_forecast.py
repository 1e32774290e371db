"""`escala forecast` as a person uses it."""

from __future__ import annotations

import csv
import io
import json

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

"""What is said of a frozen forecast, before its edition and after."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kpis import open_warehouse
from kpis.checks.forecasts import lines, record
from kpis.forecast.arrived import Score, score
from kpis.forecast.frozen import FOLDER, freeze
from kpis.paths import data_dir
from kpis.queries import Warehouse
from kpis.sources.csvio import read_rows
from tests.kpis.cli.test_cli import escala
from tests.kpis.forecast.made_up import FROZEN_ON, editions

NAMES = {"JAM": "Jamaica", "URY": "Uruguay"}
CHECK_KEYS = {
    "index", "edition", "n", "within", "tolerance", "max_residual_within", "passed", "method", "outside",
}  # fmt: skip


@pytest.fixture(scope="module")
def arrived(shared: Path) -> Score:
    """Of three countries Colombia is as foreseen, Uruguay far above and Jamaica far below."""
    (only,) = score(open_warehouse(editions(shared)["after"].warehouse).tables)
    return only


def test_misses_are_listed_by_name_with_their_bands(arrived: Score) -> None:
    head, *text = lines(arrived, NAMES)
    assert head.startswith(
        "Forecast of 2026: frozen on 2026-11-27 from figures up to the 2024 edition (data "
    )
    assert head.endswith("before the 2026 edition was held here.")
    assert text[0].strip().startswith("EGDI value, 3 countries: ")
    assert "1 within the band of 80 %" in text[0]
    assert "as a point and" in text[0]
    assert "EGDI of 2026 is held for 3 of the 4 countries with a forecast." in text[8]
    assert len([line for line in text if "countries:" in line]) == 8
    above, below = (
        next(line for line in text if f"EGDI value {side}" in line) for side in ("above", "below")
    )
    assert "Uruguay 0.99 (0." in above
    assert "Jamaica 0.20 (0." in below
    assert "Jamaica" not in above


def test_a_record_has_the_keys_of_a_check_and_never_fails(arrived: Score) -> None:
    content = json.loads(json.dumps(record(arrived)))
    assert set(content) > CHECK_KEYS
    assert (content["index"], content["edition"], content["status"]) == ("FORECAST", 2026, "scored")
    assert content["passed"]
    assert content["n"] == 3
    assert {(row["measure"], row["of"]) for row in content["scores"]} == {
        (measure, of) for measure in ("EGDI", "OSI", "TII", "HCI") for of in ("value", "rank")
    }


def test_a_forecast_that_waits_says_for_what(arrived: Score) -> None:
    waiting = replace(arrived, cases=arrived.cases.iloc[:0])
    (line,) = lines(waiting, NAMES)
    assert line.endswith(", waits for 2026.")
    content = json.loads(json.dumps(record(waiting)))
    assert (content["status"], content["n"], content["within"]) == ("waits", 0, 0)
    assert (content["scores"], content["outside"]) == ([], [])


@pytest.fixture(scope="module")
def invented(wh: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own figures with an edition that never was: every country at its median but Colombia."""
    data = tmp_path_factory.mktemp("invented") / "data"
    (data / "observations").mkdir(parents=True)
    for part in data_dir().iterdir():
        if part.name not in {"observations", FOLDER, "datapackage.json"}:
            (data / part.name).symlink_to(part)
    for file in (data_dir() / "observations").iterdir():
        (data / "observations" / file.name).symlink_to(file)
    path = freeze(wh.tables, FROZEN_ON, data / FOLDER)
    figures = data / "observations" / "undesa_egovkb.csv"
    text = figures.read_text(encoding="utf-8")
    figures.unlink()
    rows = [
        f"{row['measure']},{row['ref_area']},{path.stem},"
        f"{0.2 if row['ref_area'] == 'COL' else row['p50']},A,{path.stem},\n"
        for row in read_rows(path)
    ]
    figures.write_text(text + "".join(rows), encoding="utf-8")
    return data


@pytest.mark.usefixtures("without_derived")
def test_verify_prints_the_score_and_exits_as_the_figures_say(invented: Path) -> None:
    """Published figures follow from their parts. Colombia lies far outside its band: no fault of a figure."""
    place = {"ESCALA_DATA": str(invented), "ESCALA_WAREHOUSE": str(invented.parent / "w.duckdb")}
    done = escala("verify", **place)
    assert done.returncode == 0, done.stderr
    assert "EGDI value below its band of 80 %: Colombia 0.20 (0." in done.stdout
    assert "EGDI value, 193 countries: 192 within the band of 50 %, 192 within" in done.stdout
    checks = json.loads(escala("verify", "--format", "json", **place).stdout)
    (forecast,) = (check for check in checks if check["index"] == "FORECAST")
    assert (forecast["status"], forecast["n"], forecast["n_forecast"]) == ("scored", 193, 193)
    assert "COL" in {row["ref_area"] for row in forecast["outside"]}
    (values,) = (row for row in forecast["scores"] if (row["measure"], row["of"]) == ("EGDI", "value"))
    assert values["error"] < values["as_today_error"]

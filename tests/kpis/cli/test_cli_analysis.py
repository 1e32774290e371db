"""The commands of the analytical core, as a person and as a script use them."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

import pytest

from tests.kpis.cli.test_cli import escala


@pytest.mark.usefixtures("home")
def test_simulate_gives_before_and_after() -> None:
    done = escala(
        "simulate",
        "--area",
        "COL",
        "--set",
        "OSI_SP=0.95",
        "--set",
        "TII_INTERNET_USERS=85",
        "--format",
        "json",
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["before"][0]["EGDI"] == 0.7793
    assert found["before"][0]["rank"] == 68
    assert found["after"][0]["EGDI"] > 0.82
    assert found["after"][0]["rank"] < 60
    assert {row["dimension"] for row in found["stages"]} >= {"services", "infrastructure"}


@pytest.mark.usefixtures("home")
def test_simulate_prints_a_table_and_whom_it_passes() -> None:
    done = escala("simulate", "--area", "JAM", "--set", "OSI_SP=0.9")
    assert "EGDI" in done.stdout
    assert "passes" in done.stdout


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("OSI_SP", "has no '='"),
        ("OSI_SP=high", "is no number"),
        ("OSI_SQ=0.5", "Did you mean 'OSI_SP'"),
        ("OSI_SP=1.5", "OSI_SP"),
    ],
)
@pytest.mark.usefixtures("home")
def test_simulate_refuses_what_cannot_be(setting: str, said: str) -> None:
    done = escala("simulate", "--area", "COL", "--set", setting)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("home")
def test_stages_names_the_bottleneck_and_what_blocks() -> None:
    done = escala("stages", "--area", "COL", "--format", "json")
    found = json.loads(done.stdout)
    assert len(found["dimensions"]) == 7
    assert found["overall"]["stage"] in {"emerging", "enhanced", "transactional", "connected"}
    rows = {row["dimension"]: row for row in found["dimensions"]}
    assert rows["participation"]["blocking"] == ["EPI", "OBS_PARTICIPATION"]
    assert (rows["participation"]["in_doubt"], rows["legal"]["in_doubt"]) == (True, False)
    assert (found["overall"]["in_doubt"], found["overall"]["doubt_from"]) == (True, ["participation"])
    said = escala("stages", "--area", "COL").stdout
    assert "overall connected, in doubt (participation); held back by human_capital, participation" in said
    assert "in_doubt" in said


@pytest.mark.usefixtures("home")
def test_stages_as_csv_has_a_row_for_each_dimension() -> None:
    rows = list(csv.DictReader(io.StringIO(escala("stages", "--area", "JAM", "--format", "csv").stdout)))
    assert len(rows) == 7


@pytest.mark.usefixtures("home")
def test_progress_by_method_and_for_all() -> None:
    done = escala("progress", "--area", "COL", "--kpi", "SDG_17.8.1", "--format", "json")
    rows = json.loads(done.stdout)
    assert {row["method"] for row in rows} == {"unsd", "eurostat", "statcan", "sdsn"}
    one = escala("progress", "--area", "COL", "--method", "unsd", "--format", "csv")
    assert {row["method"] for row in csv.DictReader(io.StringIO(one.stdout))} == {"unsd"}
    assert "Did you mean 'unsd'" in escala("progress", "--area", "COL", "--method", "unds").stderr


@pytest.mark.usefixtures("home")
def test_progress_says_when_there_is_no_recent_figure() -> None:
    rows = json.loads(escala("progress", "--area", "HTI,COL", "--format", "json").stdout)
    for row in rows:
        assert (row["status"] == "no_recent_figure") == row["latest_old"]
        assert row["status"] == "no_recent_figure" or row["status"] == row["formula_status"]
        assert row["arrival"] is None or not row["latest_old"]
    old = next(row for row in rows if row["latest_old"] and row["precedents"])
    done = escala("progress", "--area", old["ref_area"], "--kpi", old["kpi"])
    said = f"{old['ref_area']} {old['kpi']}: No recent figure (last: {old['latest_year']})."
    assert said in done.stdout
    assert f"of {old['precedents']} other countries at this level made it in that time." in done.stdout


@pytest.fixture
def own_files(tmp_path: Path) -> tuple[Path, Path]:
    data, structure = tmp_path / "data.csv", tmp_path / "structure.csv"
    data.write_text("area,lpi,tariff\nAUS,3.8,2\nBRA,3.0,8\nNAM,2.5,\nCOL,2.9,4\n", encoding="utf-8")
    structure.write_text(
        "code,parent,weight,direction\nlpi,trade,1,1\ntariff,trade,1,-1\ntrade,,1,\n", encoding="utf-8"
    )
    return data, structure


def test_index_on_ones_own_files(own_files: tuple[Path, Path]) -> None:
    data, structure = own_files
    done = escala("index", "--data", str(data), "--structure", str(structure), "--format", "csv")
    assert done.returncode == 0, done.stderr
    rows = {row["area"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    # min-max to 0–100: lpi AUS 100, BRA 0.5/1.3, COL 0.4/1.3, NAM 0; tariff reversed AUS 100, COL 4/6, BRA 0
    assert float(rows["AUS"]["trade"]) == pytest.approx(100, abs=1e-9)
    assert float(rows["COL"]["trade"]) == pytest.approx((100 * 0.4 / 1.3 + 100 * 4 / 6) / 2, abs=1e-9)
    assert float(rows["NAM"]["trade"]) == pytest.approx(0, abs=1e-9)  # renormalised over what is present
    assert [rows[a]["rank"] for a in ("AUS", "COL", "BRA", "NAM")] == ["1.0", "2.0", "3.0", "4.0"] or [
        rows[a]["rank"] for a in ("AUS", "COL", "BRA", "NAM")
    ] == ["1", "2", "3", "4"]


def index_scores(own_files: tuple[Path, Path], *options: str) -> dict[str, float]:
    """The index of each area under some options."""
    data, structure = own_files
    done = escala("index", "--data", str(data), "--structure", str(structure), "--format", "csv", *options)
    assert done.returncode == 0, done.stderr
    return {row["area"]: float(row["trade"] or "nan") for row in csv.DictReader(io.StringIO(done.stdout))}


def test_index_divides_by_n_or_by_one_less(own_files: tuple[Path, Path]) -> None:
    less, whole = (index_scores(own_files, "--normalise", "z-score", *o) for o in ((), ("--ddof", "0")))
    assert whole["NAM"] == pytest.approx(less["NAM"] * math.sqrt(4 / 3), abs=1e-9)  # lpi alone, four areas
    plain, penal = (index_scores(own_files, "--aggregate", "mpi", *o) for o in ((), ("--ddof", "1")))
    lpi, tariff = 100 * 0.4 / 1.3, 100 * 4 / 6
    mean, squares = (lpi + tariff) / 2, (lpi - tariff) ** 2 / 2
    assert plain["COL"] == pytest.approx(mean - squares / 2 / mean, abs=1e-9)
    assert penal["COL"] == pytest.approx(mean - squares / mean, abs=1e-9)
    assert math.isnan(penal["NAM"])


def test_index_takes_the_complement_where_lower_is_better(own_files: tuple[Path, Path]) -> None:
    ratio, complement = (
        index_scores(own_files, "--normalise", "fraction-of-max", *o) for o in ((), ("--complement",))
    )
    assert ratio["BRA"] == pytest.approx((3 / 3.8 + 2 / 8) / 2, abs=1e-9)
    assert complement["BRA"] == pytest.approx((3 / 3.8 + 0) / 2, abs=1e-9)
    assert complement["AUS"] == pytest.approx((1 + 6 / 8) / 2, abs=1e-9)


def test_index_says_what_it_left_out_and_rests_on_in_the_language_asked_for(
    own_files: tuple[Path, Path],
) -> None:
    data, structure = own_files
    text = data.read_text(encoding="utf-8") + "Fuente: DANE, 2024\n"
    data.write_text(text.replace(",", ";").replace(".", ","), encoding="cp1252")
    files = ("--data", str(data), "--structure", str(structure))
    done = escala("index", *files, "--format", "csv", "--lang", "es")
    assert done.returncode == 0, done.stderr
    rows = {row["area"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert list(rows["AUS"]) == ["area", "rank", "trade", "coverage"]
    assert {area: float(row["coverage"]) for area, row in rows.items()} == {
        "AUS": 1,
        "BRA": 1,
        "COL": 1,
        "NAM": 0.5,
    }
    assert done.stderr.splitlines() == [
        f"nota: {data}: omitido como notas, sin cifras de un área: fila 6 «Fuente: DANE 2024»."
    ]
    refused = escala("index", *files, "--normalise", "minmax", "--lang", "es")
    assert refused.returncode == 2
    assert refused.stderr.startswith("error: --normalise: no se conoce «minmax». ¿Quiso decir «min-max»?")
    assert refused.stderr.count("\n") == 1


def test_index_refuses_another_divisor(own_files: tuple[Path, Path]) -> None:
    data, structure = own_files
    done = escala("index", "--data", str(data), "--structure", str(structure), "--ddof", "2")
    assert done.returncode == 2
    assert "ddof: 0 (divide by n) or 1 (by n - 1), not 2" in done.stderr


@pytest.mark.parametrize(
    ("which", "old", "new", "said"),
    [
        ("data", "3.0", "three", "(BRA), column lpi: 'three' is no number"),
        ("data", "BRA", "AUS", "'AUS' has more than one row"),
        ("structure", "tariff,trade", "tarif,trade", "indicator 'tarif' is not known. Did you mean 'tariff'"),
        ("structure", "weight", "weigth", "column 'weigth' is not known. Did you mean 'weight'"),
    ],
)
def test_index_names_what_is_wrong_in_a_file(
    own_files: tuple[Path, Path], which: str, old: str, new: str, said: str
) -> None:
    data, structure = own_files
    path = data if which == "data" else structure
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    done = escala("index", "--data", str(data), "--structure", str(structure))
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_csv_of_an_index_is_guarded_unless_raw(tmp_path: Path) -> None:
    data, structure = tmp_path / "d.csv", tmp_path / "s.csv"
    data.write_text("area,A,B\n=1+1,1,2\n@x,3,5\n-2,2,1\n", "utf-8")
    structure.write_text("code,parent,weight\nA,=IDX,1\nB,=IDX,1\n=IDX,,\n", "utf-8")
    asked = ("index", "--data", str(data), "--structure", str(structure), "--format", "csv")
    safe, raw = escala(*asked).stdout, escala(*asked, "--raw").stdout
    assert [line.split(",")[0] for line in safe.splitlines()] == ["area", "'@x", "-2", "'=1+1"]
    assert safe.splitlines()[0].split(",")[2] == "'=IDX"
    assert safe.replace("'", "") == raw

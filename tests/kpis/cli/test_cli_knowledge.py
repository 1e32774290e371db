"""`escala knowledge` as a person and as a script use it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kpis.cli import app
from kpis.errors import DataError, RequestError
from kpis.workspace import open_workspace
from kpis.workspace.knowledge.case import all_cases
from tests.kpis.workspace.knowledge.made_up import ANA, RECORD, TODAY, published


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The workspace of these commands."""
    name = str(tmp_path / "mine.sqlite")
    monkeypatch.setenv("ESCALA_WORKSPACE", name)
    return name


def escala(*arguments: str) -> str:
    """What a command prints; raises what it raises."""
    done = CliRunner().invoke(app, ["knowledge", *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_an_empty_workspace_lists_nothing_and_names_no_centre() -> None:
    assert json.loads(escala("list", "--format", "json")) == []
    with pytest.raises(RequestError, match="--centre"):
        escala("export")


def test_cases_go_out_as_json_and_csv_and_come_in_elsewhere(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(open_workspace(place), TODAY, name="=1+1")
    rows = json.loads(escala("list", "--state", "published", "--format", "json"))
    assert [(row["case_id"], row["score"]) for row in rows] == [("col-turnos-quipu", 66.7)]
    file = tmp_path / "cases.json"
    file.write_text(escala("export", "--centre", "Bogotá"), encoding="utf-8")
    (row,) = csv.DictReader(io.StringIO(escala("export", "--format", "csv")))
    assert (row["name"], row["origin_name"]) == ("'=1+1", "Bogotá")
    monkeypatch.setenv("ESCALA_WORKSPACE", str(tmp_path / "other.sqlite"))
    assert "propuesta nueva" in escala("import", str(file), "--check", "--lang", "es")
    assert json.loads(escala("list", "--format", "json")) == []
    escala("import", str(file))
    (row,) = json.loads(escala("list", "--format", "json"))
    assert (row["state"], row["origin"], row["name"]) == ("proposed", "Bogotá", "=1+1")


def test_a_wrong_row_stops_the_import_unless_it_is_skipped(place: str, tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    rows = [RECORD, {**RECORD, "case_id": "col-b", "theme": "magic"}]
    file.write_text(json.dumps({"mark": "escala-cases", "schema": 1, "cases": rows}), encoding="utf-8")
    with pytest.raises(DataError, match="1 of 2 rows"):
        escala("import", str(file))
    assert all_cases(open_workspace(place), ANA) == []
    assert "magic" in escala("import", str(file), "--skip-wrong-rows")
    assert [case.record["case_id"] for case in all_cases(open_workspace(place), ANA)] == ["col-turnos-quipu"]


def test_what_is_unknown_is_refused_with_what_is_allowed(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="published"):
        escala("list", "--state", "publised")
    with pytest.raises(RequestError, match="csv, json"):
        escala("export", "--format", "table", "--centre", "x")
    with pytest.raises(DataError, match="no existe|there is no such file|No hay"):
        escala("import", str(tmp_path / "none.csv"))

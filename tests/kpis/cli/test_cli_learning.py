"""`escala cases` as a person and as a script use it."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.kpis.cli.test_cli import escala


@pytest.mark.usefixtures("home")
def test_cases_as_json() -> None:
    done = escala(
        "cases", "--theme", "civil-registration", "--group", "SIDS", "--lang", "es", "--format", "json"
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert {row["theme"] for row in rows} == {"civil-registration"}
    assert all(row["translated"] for row in rows)
    assert "vut-civil-registration" in {row["case_id"] for row in rows}
    assert isinstance(rows[0]["sdg_targets"], list)


@pytest.mark.usefixtures("home")
def test_cases_as_csv_and_table() -> None:
    done = escala("cases", "--stage", "connected", "--unverified", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows
    assert {(row["maturity_stage"], row["verified"]) for row in rows} == {("connected", "False")}
    assert "X-Road" in escala("cases", "--query", "x-road").stdout


@pytest.mark.usefixtures("home")
def test_an_unknown_theme_is_one_plain_line() -> None:
    done = escala("cases", "--theme", "payment")
    assert done.returncode == 2
    assert done.stderr.strip() == "error: theme 'payment' is not known. Did you mean 'payments'?"

"""Cases travel between centres: files written and read, hostile rows reported, none published by one."""

from __future__ import annotations

import csv
import io
import json

import pytest

from kpis.messages import TableError
from kpis.workspace import Workspace, open_workspace
from kpis.workspace.faults import RightsError
from kpis.workspace.knowledge import desk, importing, reading, writing
from kpis.workspace.knowledge.case import Origin, all_cases
from kpis.workspace.knowledge.centre import name_centre, own_centre
from kpis.workspace.knowledge.importing import Kind
from kpis.workspace.knowledge.record import FIELDS
from kpis.workspace.knowledge.rules import State
from tests.kpis.workspace.knowledge.made_up import ANA, BETO, RECORD, TODAY, VERA, published, seen

LIMA = Origin("lima-1", "Centro de Lima")


def as_json(*cases: object, **content: object) -> bytes:
    whole = {"mark": writing.MARK, "schema": 1, "centre": {}, "cases": list(cases), **content}
    return json.dumps(whole).encode()


def from_lima(**fields: object) -> dict[str, object]:
    return {**RECORD, "origin_id": LIMA.id, "origin_name": LIMA.name, **fields}


def plan(workspace: Workspace, data: bytes) -> list[importing.Step]:
    return importing.planned(workspace, ANA, reading.read_cases(data, "cases", TODAY.year))


def kinds(steps: list[importing.Step]) -> list[Kind]:
    return [step.kind for step in steps]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_one_centre_publishes_another_takes_in_as_proposals(
    workspace: Workspace, tmp_path: object, form: str
) -> None:
    published(workspace, summary="=HYPERLINK(1); -x", name="'Turnos' \"Quipu\", <b>")
    name_centre(workspace, BETO, "Centro de Bogotá")
    centre = own_centre(workspace, VERA)
    assert centre is not None
    rows = writing.exported(all_cases(workspace, VERA), centre, TODAY)
    text = writing.as_csv(rows) if form == "csv" else writing.as_json(rows, centre, TODAY)
    other = open_workspace(f"{tmp_path}/other.sqlite")
    steps = plan(other, text.encode())
    assert kinds(steps) == [Kind.NEW]
    assert importing.take_in(other, ANA, steps) == 1
    (case,) = all_cases(other, ANA)
    assert (case.state, case.origin) == (State.PROPOSED, centre)
    assert case.record == {**RECORD, "summary": "=HYPERLINK(1); -x", "name": "'Turnos' \"Quipu\", <b>"}
    assert kinds(plan(other, text.encode())) == [Kind.SAME]
    assert kinds(plan(workspace, text.encode())) == [Kind.WRONG]  # it comes from here
    other.engine.dispose()


def test_a_csv_is_safe_to_open_in_a_spreadsheet(workspace: Workspace) -> None:
    published(workspace, name="=cmd|' /C calc'!A0")
    rows = writing.exported(all_cases(workspace, VERA), LIMA, TODAY)
    (row,) = csv.DictReader(io.StringIO(writing.as_csv(rows)))
    assert row["name"].startswith("'=")
    assert row["schema"] == "escala-cases/1"
    assert (row["origin_name"], row["score"], row["recommended"]) == ("Centro de Lima", "66.7", "true")


def test_only_published_cases_leave(workspace: Workspace) -> None:
    desk.propose(workspace, ANA, RECORD, TODAY)
    assert writing.exported(all_cases(workspace, VERA), LIMA, TODAY) == []


def test_an_update_of_the_same_origin_waits_and_changes_no_text(workspace: Workspace) -> None:
    importing.take_in(workspace, ANA, plan(workspace, as_json(from_lima())))
    steps = plan(workspace, as_json(from_lima(summary="Newer.")))
    assert kinds(steps) == [Kind.UPDATE]
    importing.take_in(workspace, ANA, steps)
    (case,) = all_cases(workspace, ANA)
    assert (case.record["summary"], case.state) == (RECORD["summary"], State.PROPOSED)
    assert case.arrived is not None
    assert case.arrived["summary"] == "Newer."
    desk.leave(workspace, ANA, case)
    assert seen(workspace, case.item.id).arrived is None
    assert kinds(plan(workspace, as_json(from_lima(summary="Newer.")))) == [Kind.SAME]


def test_a_file_neither_publishes_nor_touches_the_case_of_another_centre(workspace: Workspace) -> None:
    published(workspace)
    own = plan(workspace, as_json({**RECORD, "state": "published", "score": "100"}))
    forged = plan(workspace, as_json(from_lima(summary="Forged.")))
    assert kinds(own) == kinds(forged) == [Kind.WRONG]
    assert importing.take_in(workspace, ANA, [*own, *forged]) == 0
    new = plan(workspace, as_json(from_lima(case_id="col-otro", state="published", score="100")))
    importing.take_in(workspace, ANA, new)
    states = {case.record["case_id"]: case.state for case in all_cases(workspace, ANA)}
    assert states == {"col-turnos-quipu": State.PUBLISHED, "col-otro": State.PROPOSED}


def test_every_wrong_row_is_reported_and_the_right_ones_go_in(workspace: Workspace) -> None:
    rows = [
        from_lima(case_id="col-a"),
        from_lima(case_id="col-a", name="Twin"),
        from_lima(case_id="col-b", sdg_targets="16.99", source_url="javascript:alert(1)"),
        from_lima(case_id="chl-claveunica", country_iso3="CHL"),
        {**RECORD, "case_id": "col-c", "origin_name": "Nobody"},
        "no case",
        {"case_id": {"a": 1}, "name": ["<script>"], "country_iso3": None},
        {**RECORD, "case_id": "col-d", "name": "<img src=x onerror=alert(1)> =1+1", "start_year": 2020},
    ]
    steps = plan(workspace, as_json(*rows))
    assert kinds(steps) == [Kind.NEW, *[Kind.WRONG] * 6, Kind.NEW]
    for lang in ("en", "es"):
        told = importing.report(steps, lang)
        assert told["row"].tolist() == [1, 2, 3, 3, 4, 5, 6, 7, 7, 8]
        assert told.loc[told["row"] == 3, "field"].tolist() == ["sdg_targets", "source_url"]
    assert importing.take_in(workspace, ANA, steps) == 2
    assert {case.record["case_id"] for case in all_cases(workspace, ANA)} == {"col-a", "col-d"}


def test_a_table_typed_by_hand_makes_proposals_of_ones_own(workspace: Workspace) -> None:
    text = "Casos de 2026;;\nName;Country_ISO3;Nota\nTurnos Á;col;x\n;;\nSin país;;\n"
    file = reading.read_cases(text.encode("cp1252"), "mis casos.csv", TODAY.year)
    steps = importing.planned(workspace, ANA, file)
    assert [(step.row.number, step.kind) for step in steps] == [(3, Kind.NEW), (5, Kind.WRONG)]
    assert any("nota" in str(note) for note in file.notes)
    assert steps[0].row.origin is None
    assert steps[0].row.record["case_id"] == "col-turnos-a"


def test_the_template_has_every_field() -> None:
    assert writing.template().strip().split(",") == list(FIELDS)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"  ", "empty"),
        (b"x" * 5_000_001, "5 MB"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"{}", "no cases"),
        (b'[{"name": "x"}]', "no cases"),
        (as_json(schema=2), "schema is 2"),
        (b"schema,name,country_iso3\nescala-cases/9,x,COL\n", "escala-cases/9"),
        (b"a,b\n1,2\n", "country_iso3"),
        (as_json(*[{}] * 5001), "5001"),
        (b"%PDF-1.4", "PDF"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "cases"),
    ],
)
def test_what_is_no_file_of_cases_is_refused_whole(data: bytes, said: str) -> None:
    with pytest.raises(TableError, match=said):
        reading.read_cases(data, "cases", TODAY.year)


def test_a_viewer_imports_nothing(workspace: Workspace) -> None:
    steps = plan(workspace, as_json(from_lima()))
    with pytest.raises(RightsError):
        importing.take_in(workspace, VERA, steps)
    assert all_cases(workspace, VERA) == []


def test_the_centre_keeps_its_id_when_it_is_renamed(workspace: Workspace) -> None:
    assert own_centre(workspace, VERA) is None
    with pytest.raises(RightsError):
        name_centre(workspace, ANA, "Mine")
    name_centre(workspace, BETO, "One")
    first = own_centre(workspace, VERA)
    name_centre(workspace, BETO, "Two")
    second = own_centre(workspace, VERA)
    assert first is not None
    assert second == Origin(first.id, "Two")

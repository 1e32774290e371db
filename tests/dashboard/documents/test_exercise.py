"""The document of an exercise: what it says, and that nothing in it is markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.components.outside import reader_of
from dashboard.documents import html, markdown
from dashboard.documents.content import Paragraph, Table
from dashboard.documents.exercise import country_stages, exercise_document
from kpis.workspace import LOCAL, Workspace, open_workspace
from kpis.workspace.exercises import conduct, reading
from kpis.workspace.exercises.conduct import Exercise
from tests.kpis.workspace.exercises.examples import small, text


@pytest.fixture
def workspace(home: Path, tmp_path: Path) -> Workspace:
    assert home.is_file()
    return open_workspace(str(tmp_path / "workspace.sqlite"))


def agreed(workspace: Workspace, hostile: str = "", country: str = "COL") -> Exercise:
    questionnaire = small()
    if hostile:
        questionnaire = reading.load(text().replace("a: se ve", f"{hostile} se ve").encode(), "x.toml")
    held = conduct.begin(workspace, LOCAL, "DNP", country=country, questionnaire=questionnaire)
    levels = dict.fromkeys("abc", "transactional") | {"x": "emerging", "y": "emerging", "z": "not-applicable"}
    return conduct.agree(workspace, LOCAL, held, levels)


def tables(held: Exercise) -> list[Table]:
    return [
        block for block in exercise_document(reader_of("es"), held, {}).blocks if isinstance(block, Table)
    ]


def test_the_profile_stands_beside_that_of_the_country(workspace: Workspace) -> None:
    held = agreed(workspace)
    stages = tables(held)[0]
    assert [column.name for column in stages.columns][-1] == "Colombia"
    (services, water) = [[cell.text for cell in row] for row in stages.rows]
    assert services[:3] == ["Services", "3 transaccional", "3 de 3"]
    assert services[3] == f"{country_stages(reader_of('es'), held)['services'] + 1} conectada"  # type: ignore[operator]
    assert water == ["Water", "–", "2 de 3", "–"]  # too few to judge; of our own


def test_every_statement_stands_with_its_level_and_what_is_seen(workspace: Workspace) -> None:
    *_stages, services, water = tables(agreed(workspace))
    assert [cell.text for cell in services.rows[0]] == ["a", "3 transactional", "a: se ve transactional"]
    assert [cell.text for cell in water.rows[2]] == ["z", "sin nivel", ""]


def test_what_participants_saw_stands_below_it_cut_where_it_is_long(workspace: Workspace) -> None:
    evidence = {"a": ["Decreto\n12", "x" * 900]}
    document = exercise_document(reader_of("es"), agreed(workspace), evidence)
    first = next(
        block for block in document.blocks if isinstance(block, Table) and block.caption == "Services"
    )
    assert first.rows[0][2].sub == f"Decreto 12 · {'x' * 239}…"
    assert first.rows[1][2].sub == ""


def test_without_a_country_there_is_no_column_of_it(workspace: Workspace) -> None:
    assert len(tables(agreed(workspace, country=""))[0].columns) == 3


def test_what_people_wrote_is_no_markup(workspace: Workspace) -> None:
    document = exercise_document(reader_of("en"), agreed(workspace, "<img src=x> [a](http://b)"), {})
    hostile = exercise_document(reader_of("en"), agreed(workspace), {"a": ["<img src=x> [a](http://b)"]})
    assert b"<img src=x>" not in html.write(document) + html.write(hostile)
    assert b"[a](http" not in markdown.write(document) + markdown.write(hostile)


def test_an_exercise_without_a_result_says_so(workspace: Workspace) -> None:
    held = conduct.begin(workspace, LOCAL, "DNP", questionnaire=small())
    (said,) = exercise_document(reader_of("en"), held, {}).blocks
    assert said == Paragraph("There is no result yet: nothing has been agreed.", "lead")

"""The plan of a result: what is seen today, what is to be seen, actions and cases of the methodology."""

from __future__ import annotations

from kpis import cases
from kpis.queries import Warehouse
from kpis.workspace.exercises.plan import COLUMNS, plan, rows
from kpis.workspace.exercises.profile import assess, first_steps
from kpis.workspace.exercises.reading import standard
from tests.kpis.workspace.exercises.examples import small


def test_each_increment_says_what_is_seen_today_and_what_is_to_be_seen(wh: Warehouse) -> None:
    shipped = standard()
    answers = dict.fromkeys(shipped.statements, "transactional")
    answers |= {code: "emerging" for code in ("registers", "exchange")}
    result = assess(shipped, answers)
    parts = plan(shipped, answers, result, lang="es", store=wh.tables, area="COL")
    found = [increment for part in parts for increment in part.increments]
    assert tuple(increment.step for increment in found) == first_steps(shipped, result)
    first = shipped.statements["registers"]
    assert parts[0].dimension == "data_outcomes"
    assert (found[0].text, found[0].today, found[0].aim) == (first.text, first.levels[0], first.levels[1])


def test_actions_and_cases_are_those_of_the_step_in_the_language_asked_for(wh: Warehouse) -> None:
    shipped = standard()
    answers = dict.fromkeys(shipped.statements, "enhanced")
    (part, *_rest) = plan(shipped, answers, assess(shipped, answers), lang="es", store=wh.tables)
    expected = cases.actions("institutional", "transactional", "es")
    assert part.to == 2
    assert [action.text for action in part.actions] == list(expected["action"].head(3))
    assert len(part.cases) == 3
    assert {case.id for case in part.cases} <= set(cases.load("es").index)


def test_a_dimension_of_ones_own_has_increments_but_no_case(wh: Warehouse) -> None:
    questionnaire = small()
    answers = dict.fromkeys("abc", "connected") | dict.fromkeys("xyz", "emerging")
    parts = plan(questionnaire, answers, assess(questionnaire, answers), lang="en", store=wh.tables)
    assert [(part.dimension, part.actions, part.cases) for part in parts] == [("water", (), ())]
    table = rows(parts, questionnaire, "es")
    assert list(table["statement"]) == ["x", "y"]
    assert table.iloc[0].to_dict() == {
        "dimension": "Water",
        "stage": "mejorada",
        "statement": "x",
        "today": "x: se ve emerging",
        "aim": "x: se ve enhanced",
        "evidence": "acta",
        "owner": "",
        "until": "",
        "budget": "",
    }


def test_at_the_top_there_is_nothing_to_begin(wh: Warehouse) -> None:
    questionnaire = small()
    answers = dict.fromkeys(questionnaire.statements, "connected")
    assert plan(questionnaire, answers, assess(questionnaire, answers), lang="en", store=wh.tables) == ()
    assert list(rows((), questionnaire, "en").columns) == list(COLUMNS)

"""Ranking, course and areas within areas, over figures that can be checked by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpis.workspace.figures import OwnFigures, answers, beside
from kpis.workspace.figures.changes import changes
from kpis.workspace.figures.example import MAIN, example
from kpis.workspace.figures.model import MOST_SAID
from tests.kpis.workspace.figures.conftest import Read

AREAS = "code,name,parent,level\nN,North,COL,dept\nS,South,COL,dept\nn1,A,N,town\nn2,B,N,town\ns1,C,S,town\n"
TABLE = """area,period,series,value,unit,direction,target,target year,enhanced,connected
n1,2023,X,10,km,{direction},50,2030,5,30
n1,2024-Q1,X,40,,,,,,
n2,2024-Q1,X,20,,,,,,
s1,2024-Q1,X,40,,,,,,
s1,2023,X,20,,,,,,
COL,2023,X,25,,,,,,
COL,2023-Q4,X,26,,,,,,
COL,2024,X,35,,,,,,
"""


@pytest.fixture
def own(read: Read) -> OwnFigures:
    return made(read, "higher")


def made(read: Read, direction: str) -> OwnFigures:
    text = TABLE.format(direction=direction)
    if direction == "lower":
        text = text.replace(",5,30", ",30,5")
    reading = read(text, areas=(AREAS.encode(), "areas.csv"))
    assert reading.figures is not None
    assert reading.is_good, [problem.said.say() for problem in reading.problems.listed]
    return reading.figures


def test_the_newest_of_each_area_is_ranked_and_ties_share_the_better_rank(own: OwnFigures) -> None:
    rows = answers.ranking(own, "X", level="town")
    assert rows[["rank", "name", "obs_value", "parent_name"]].values.tolist() == [
        [1, "A", 40, "North"],
        [1, "C", 40, "South"],
        [3, "B", 20, "North"],
    ]
    assert answers.ranking(own, "X", "2023", parent="S")["name"].tolist() == ["C"]
    assert answers.levels(own, "X")[0] == "town"
    assert answers.periods(own, "X") == ["2024", "2024-Q1", "2023", "2023-Q4"]


def test_what_one_caller_does_with_an_answer_another_never_sees(own: OwnFigures) -> None:
    rows, periods, names = answers.ranking(own, "X"), answers.periods(own, "X"), answers.names(own)
    rows.loc[:, "obs_value"] = 0.0
    periods.clear()
    names.clear()
    assert answers.ranking(own, "X")["obs_value"].max() == 40
    assert answers.periods(own, "X")[0] == "2024"
    assert answers.names(own)["n1"] == "A"


def test_a_changed_copy_of_a_table_says_what_is_in_it(own: OwnFigures) -> None:
    assert answers.levels(own, "X")[0] == "town"
    of_countries = replace(own, figures=own.figures[own.figures["ref_area"] == "COL"])
    assert answers.levels(of_countries, "X") != answers.levels(own, "X")


def test_a_table_keeps_some_answers_not_all(own: OwnFigures) -> None:
    for at in range(2 * MOST_SAID):
        assert answers.places(own, "X", f"level {at}") == {}
    assert len(own.said) <= MOST_SAID


def test_places_are_named_with_the_area_above(own: OwnFigures) -> None:
    assert answers.places(own, "X", "town") == {"n1": "A (North)", "n2": "B (North)", "s1": "C (South)"}
    assert set(answers.places(own, "X", None)) == {"n1", "n2", "s1", "COL"}


def test_the_other_direction_reverses_and_none_ranks_nothing(read: Read) -> None:
    lower = answers.ranking(made(read, "lower"), "X", level="town")
    assert lower["name"].tolist() == ["B", "A", "C"]
    assert lower["rank"].tolist() == [1, 2, 2]
    neither = answers.ranking(made(read, "context"), "X", level="town")
    assert neither["rank"].isna().all()
    assert neither["obs_value"].tolist() == [40, 40, 20]


def test_areas_within_each_parent(own: OwnFigures) -> None:
    rows = answers.within(own, "X")
    towns = rows[rows["parent"].isin(["N", "S"])]
    assert towns[["name", "n", "lowest", "median", "highest", "best_area"]].values.tolist() == [
        ["South", 1, 40, 40, 40, "C"],
        ["North", 2, 20, 30, 40, "A"],
    ]


def test_a_weighted_mean_of_the_areas_within_each_parent(read: Read) -> None:
    table = TABLE.format(direction="higher") + "n1,2024-Q1,POP,300,,,,,,\nn2,2024,POP,100,,,,,,\n"
    figures = read(table + "s1,2019,POP,9,,,,,,\n", areas=(AREAS.encode(), "areas.csv")).figures
    assert figures is not None
    assert answers.weights_for(figures, "X") == ["POP"]
    rows = answers.weighted(figures, "X", "POP").set_index("parent")
    assert rows.at["N", "mean"] == 35  # (40 * 300 + 20 * 100) / 400: of the period, else of its year
    assert rows.at["N", "n"] == 2
    assert "S" not in rows.index  # a weight of another year is none


def test_courses_and_the_median_of_periods_that_most_have(own: OwnFigures) -> None:
    course = answers.course(own, "X", ["n1", "s1"])
    assert course[["ref_area", "time_period", "at"]].values.tolist() == [
        ["n1", "2023", 2023], ["n1", "2024-Q1", 2023.25], ["s1", "2023", 2023], ["s1", "2024-Q1", 2023.25],
    ]  # fmt: skip
    middle = answers.median_course(own, "X", ("n1", "n2", "s1"))
    assert middle[["time_period", "obs_value", "n"]].values.tolist() == [["2023", 15, 2], ["2024-Q1", 40, 3]]


def test_own_values_of_a_country_with_target_and_gates(own: OwnFigures) -> None:
    [value] = beside(own, "COL")
    assert (value.period, value.value, value.year, value.kpi) == ("2024", 35.0, 2024, "")
    assert value.points == (
        ("2023", 25.0),
        ("2024", 35.0),
    )  # the year stands for the year, not its last quarter
    assert (value.target, value.target_year, value.gates) == (50.0, 2030, (5.0, None, 30.0))
    assert value.gate_reached == "connected"
    assert beside(own, "PER") == []


def test_a_gate_of_a_falling_series_is_reached_from_above(read: Read) -> None:
    [value] = beside(made(read, "lower"), "COL")
    assert value.gates == (30.0, None, 5.0)
    assert value.gate_reached == ""


def test_what_accepting_changes(own: OwnFigures, read: Read) -> None:
    text = (
        TABLE.format(direction="higher")
        .replace("n2,2024-Q1,X,20", "n2,2024-Q1,X,21")
        .replace("s1,2023", "s1,2022")
    )
    other = read(text, areas=(AREAS.encode(), "areas.csv")).figures
    assert other is not None
    assert changes(own, other).counts == {"new": 1, "changed": 1, "removed": 1, "unchanged": 6}
    assert changes(None, own).counts == {"new": 8, "changed": 0, "removed": 0, "unchanged": 0}
    changed = changes(own, other).rows.query("kind == 'changed'")
    assert changed[["before", "after"]].values.tolist() == [[20, 21]]


def test_the_worked_example_is_read_without_a_fault(known: object) -> None:
    shown = example(known, "es")  # type: ignore[arg-type]
    assert shown is not None
    assert shown.figures["ref_area"].nunique() == 1_120
    rows = answers.ranking(shown, MAIN)
    assert len(rows) == 1_120
    assert rows["rank"].iloc[0] == 1
    assert shown.series["name"].tolist()[1] == "Accesos fijos a Internet por cada 100 habitantes"
    assert answers.within(shown, MAIN)["n"].sum() == 1_120
    bogota = answers.weighted(shown, MAIN, "CO.POP").set_index("parent").loc["11"]
    assert bogota["mean"] == rows.set_index("ref_area").at["11001", "obs_value"]  # one municipality
    assert answers.ranking(shown, MAIN, "2023-Q3")["obs_value"].median() == 3.39  # 1,117 municipalities

"""A hundred files as people have them, read value by value; a hundred with a fault, refused in one line."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.cli import index_methods
from kpis.cli.choices import Choices
from kpis.cli.index_steps import compute
from kpis.composite.aggregate import AggregateMethod
from kpis.composite.normalise import NormaliseMethod
from kpis.composite.transforms import TRANSFORMS
from kpis.intake import Indicators, read_grid, read_indicators
from kpis.intake.grid import folded
from kpis.messages import TableError
from tests.kpis.intake.people import CODES, FIGURES, HABITS, NAMES, SHAPES, STRUCTURE, Habit, Table

RANKS = {"COL": 4, "CIV": 1, "NAM": 3, "MEX": 2}
"""By hand, min-max: A 0, .722, .385, 1 (twice the weight); B reversed .169, 1, 0, .247; C 0, 0, 1, 0:
.042, .611, .443, .562."""
DEFAULTS = Choices()


def read(data: bytes, name: str = "people.csv") -> Indicators:
    return read_indicators(read_grid(data, name, frozenset(map(folded, CODES))), CODES)


def code_of(area: str) -> str:
    return {name: code for code, name in NAMES.items()}.get(area, area)


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_file_as_people_have_it_is_read_right(
    shape: Callable[[], Table], habit: Habit, tmp_path: Path
) -> None:
    data = habit.save(shape())
    found = read(data)
    values = {
        code_of(area): tuple(row)
        for area, row in zip(found.values.index, found.values.to_numpy(), strict=True)
    }
    assert values == FIGURES
    (tmp_path / "d").write_bytes(data)
    (tmp_path / "s").write_text(STRUCTURE, encoding="utf-8")
    table = compute(tmp_path / "d", tmp_path / "s", DEFAULTS).table
    ranks = {code_of(area): rank for area, rank in zip(table.iloc[:, 0], table["rank"], strict=True)}
    assert ranks == RANKS
    assert list(table["coverage"]) == [1.0] * 4


def last_figure(table: Table) -> tuple[int, int]:
    """Row and column of a figure of the last area, the C of Mexico."""
    return next((at, row.index(2000.0)) for at, row in enumerate(table) if 2000.0 in row)


def with_cell(cell: str) -> Callable[[Table], Table]:
    def change(table: Table) -> Table:
        row, column = last_figure(table)
        table[row][column] = cell
        return table

    return change


def repeated_heading(table: Table) -> Table:
    head = next(row for row in table if "B" in row or "B " in row)
    _, column = last_figure(table)
    for line in table:
        if line is head:
            line.insert(column + 1, "C")
        elif len(line) > column:
            line.insert(column + 1, 1.0)
    return table


def repeated_area(table: Table) -> Table:
    row, _ = last_figure(table)
    return [*table[: row + 1], list(table[row]), *table[row + 1 :]]


def one_cell_more(table: Table) -> Table:
    row, _ = last_figure(table)
    width = max(len(line) for line in table)
    table[row] = [*table[row], *[""] * (width - len(table[row])), 7.0]
    return table


FAULTS: tuple[tuple[str, Callable[[Table], Table]], ...] = (
    ("more than once", repeated_heading),
    ("more than one row", repeated_area),
    ("headings", one_cell_more),
    ("is no number", with_cell("1_000")),
    ("is no number", with_cell("٢٠٠٠")),
    ("is no number", with_cell("0x10")),
    ("is no number", with_cell("inf")),
    ("per cent sign", with_cell("41 %")),
    ("currency", with_cell("US$ 2000")),
    ("It is a date", with_cell("12/05/2024")),
)


@pytest.mark.parametrize(
    ("said", "fault"), FAULTS, ids=[f"{at} {said}" for at, (said, _) in enumerate(FAULTS)]
)
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_file_with_two_meanings_is_refused_in_one_line(
    shape: Callable[[], Table], said: str, fault: Callable[[Table], Table]
) -> None:
    for habit in (HABITS[0], HABITS[1], HABITS[6]):
        with pytest.raises(TableError) as refused:
            read(habit.save(fault(shape())))
        english, spanish = refused.value.say("en"), refused.value.say("es")
        assert said in english
        assert "people.csv" in english
        assert "people.csv" in spanish
        assert english != spanish
        assert "\n" not in english + spanish
        assert "row" in english or "column" in english
        assert "fila" in spanish or "columna" in spanish


def test_a_missing_value_and_an_area_without_figures_stay_missing() -> None:
    table = SHAPES[0]()
    table[1][1] = ".."
    table[2][2] = "n/a"
    table.insert(4, ["XXB", "", " ", "\u00a0"])
    found = read(HABITS[1].save(table))
    assert math.isnan(found.values.loc["COL", "A"])
    assert math.isnan(found.values.loc["CIV", "B"])
    assert np.isnan(found.values.loc["XXB"].to_numpy()).all()
    assert [note.say("en") for note in found.notes] == [
        "people.csv: cells read as missing (2): '..' × 1, 'n/a' × 1."
    ]


def test_namibia_by_its_two_letters_is_an_area_and_na_in_a_figure_is_missing() -> None:
    found = read(b"area,A,B,C\nNA,1,2,NA\nUY,3,4,5\n")
    assert list(found.values.index) == ["NA", "UY"]
    assert math.isnan(found.values.loc["NA", "C"])


def test_the_command_names_all_methods_of_the_library() -> None:
    assert set(get_args(NormaliseMethod)) == set(index_methods.NORMALISE)
    assert set(get_args(AggregateMethod)) == set(index_methods.AGGREGATE)
    assert set(TRANSFORMS) - {"none"} | {"winsorise"} == set(index_methods.TREAT)


@given(st.sampled_from(range(10)), st.sampled_from(range(10)), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_is_read_or_refused_and_never_fails_otherwise(
    shape: int, habit: int, chance: Random
) -> None:
    data = bytearray(HABITS[habit].save(SHAPES[shape]()))
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 3)] = chance.choice(
            (b"", b'"', b";", b",", b"\n", b"\r", b"9", b"\xff", b"<")
        )
    try:
        values = read(bytes(data)).values.to_numpy()
    except TableError as fault:
        lines, values = [fault.say("en"), fault.say("es")], np.zeros(1)
    else:
        lines = []
    assert not any("\n" in line for line in lines)
    assert not np.isinf(values).any()

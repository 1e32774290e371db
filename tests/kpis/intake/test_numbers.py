"""Numbers as people write them: what is read, what is settled by the file, what is refused."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.intake.grid import Percent, Place, tidy
from kpis.intake.numbers import Mark, NumberReader, decimal_of
from kpis.messages import TableError

HERE = Place(2, "COL", "A")


def read(*cells: str | float | bool, decimal: Mark | None = None, hint: Mark | None = None) -> list[float]:
    return NumberReader("d.csv", decimal, hint).read((HERE, cell) for cell in cells)


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("1.234,5", "1.234"), [1234.5, 1234]),
        (("1,234.5", "1,234"), [1234.5, 1234]),
        (("1 234,5", "12 345 678"), [1234.5, 12345678]),
        (("1\u00a0234,5", "1\u202f234", "1\u2009000"), [1234.5, 1234, 1000]),
        (("1'234.5", "1’234’567"), [1234.5, 1234567]),
        (("1.234.567", "0,5"), [1234567, 0.5]),
        (("1,234,567", "1,234"), [1234567, 1234]),
        (("0,412", "12,345"), [0.412, 12.345]),  # a group of thousands does not follow a 0
        ((",5", "12,"), [0.5, 12]),
        (("−3.5", "–4", "+5", "-0"), [-3.5, -4, 5, 0]),
        (("‑3", "‐4", "－5"), [-3, -4, -5]),  # hyphens of word processors and full width
        (("1e3", "1.2E-02"), [1000, 0.012]),
        (("1,2E+05",), [120000]),
        ((7.25, "8,5"), [7.25, 8.5]),  # a workbook with a number and a text
        (("12",), [12]),
    ],
)
def test_what_is_read(cells: tuple[str | float, ...], values: list[float]) -> None:
    assert read(*cells) == values


@pytest.mark.parametrize(
    "cell",
    [
        "1_000",
        "٣",
        "１２",
        "0x10",
        "inf",
        "-inf",
        "1e999",
        "1e151",
        "½",
        "5-",
        "(5)",
        "- 5",
        "1,23,456.78",
        "12 34",
        "1.2.3",
        "41%",
        "$5",
        "5 EUR",
        "3-may",
        "2024-01-05",
        "#DIV/0!",
        "#REF!",
        "12\n345",  # two numbers in one cell, not thousands
        "12\t345",
        "1\r\n000",
        "1/3",
        ": 5",
        "TRUE",
        "sí",
        "=1+1",
        "<5",
        "0.41*",
        "12.5 b",
        "1 234 5",
        "e5",
        ",",
        "no data",
        "1'23",
        "0 123",
        True,
    ],
)
def test_what_is_no_number_is_refused_with_its_place_in_both_languages(cell: str) -> None:
    with pytest.raises(TableError, match="is no number") as refused:
        read("1", cell)
    assert "d.csv: row 2 (COL), column A" in refused.value.say("en")
    assert "d.csv: fila 2 (COL), columna A" in refused.value.say("es")


@pytest.mark.parametrize(
    "mark",
    [
        "",
        " ",
        "..",
        "...",
        "…",
        ":",
        "-",
        "–",
        "n/a",
        "NA",
        "N.A.",
        "s/d",
        "nan",
        "NULL",
        "#N/A",
        ".",
        ": c",
        ":z",
    ],
)
def test_marks_of_missing_are_missing_and_counted(mark: str) -> None:
    reader = NumberReader("d.csv")
    assert math.isnan(reader.read([(HERE, mark)])[0])
    notes = [note.say("es") for note in reader.notes()]
    assert notes == ([f"d.csv: celdas leídas como faltantes (1): '{mark}' × 1."] if mark.strip() else [])


def test_a_number_with_two_readings_is_refused_with_both_and_the_remedy() -> None:
    with pytest.raises(TableError) as refused:
        read("1,234", "950")
    assert "1234 (thousands) or 1.234 (decimals)" in refused.value.say("en")
    assert "1234 (miles) o 1,234 (decimales)" in refused.value.say("es")
    assert "--decimal" in refused.value.say("es")
    assert read("1,234", "950", decimal=".") == [1234, 950]
    assert read("1,234", "950", decimal=",") == [1.234, 950]


def test_cells_parted_by_commas_tell_that_a_point_is_the_decimal_mark() -> None:
    assert read("1.234", "12.345", hint=".") == [1.234, 12.345]
    with pytest.raises(TableError, match="can be 1234"):
        read("1,234", hint=".")
    with pytest.raises(TableError, match="can be 1234"):
        read("1.234")


def test_two_decimal_marks_in_a_file_are_refused() -> None:
    with pytest.raises(TableError, match="two decimal marks: '0,5'"):
        read("0.5", "0,5")
    with pytest.raises(TableError, match=r"no number with the decimal mark ','"):
        read("0.55", decimal=",")


def written(value: float, decimal: str, thousands: str, places: int) -> str:
    text = f"{value:,.{places}f}"
    return "".join({",": thousands, ".": decimal}.get(sign, sign) for sign in text)


@given(
    values=st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=8),
    places=st.integers(0, 6),
    habit=st.sampled_from(
        [(".", ","), (",", "."), (",", " "), (".", " "), (".", "’"), (",", "\u202f"), (".", ""), (",", "")]
    ),
)
def test_whatever_the_habit_a_file_is_read_right_or_refused(
    values: list[int], places: int, habit: tuple[str, str]
) -> None:
    numbers = [value / 10**places for value in values]
    cells = [written(number, *habit, places) for number in numbers]
    decimal: Mark = "." if habit[0] == "." else ","
    assert read(*cells, decimal=decimal) == [float(f"{number:.{places}f}") for number in numbers]
    if any(decimal_of(cell.lstrip("-")) for cell in cells) or not any(
        set(cell) & set(",.") for cell in cells
    ):
        assert read(*cells) == [float(f"{number:.{places}f}") for number in numbers]
    else:
        with pytest.raises(TableError, match="no other number of the file tells which"):
            read(*cells)


@given(st.text(alphabet="0123456789.,' -+eE_x%", max_size=12))
def test_any_text_is_a_finite_number_missing_or_refused(text: str) -> None:
    try:
        (value,) = read(text)
    except TableError:
        return
    assert math.isfinite(value) or not text.strip() or tidy(text) in (".", "..", "...", "-", "--")


def test_a_fraction_is_told_to_be_written_as_a_decimal() -> None:
    for cell, said in (("1/3", "such as 0.333"), ("03/01/2024", "It is a date"), ("3-ene", "It is a date")):
        with pytest.raises(TableError, match=said):
            read(cell)


def test_per_cent_beside_plain_numbers_beyond_1_has_two_meanings() -> None:
    with pytest.raises(TableError) as refused:
        read(Percent(0.41), 0.5, 41.0)
    assert "row 2 (COL) shows 41 % and holds 0.41, row 2 (COL) holds 41" in refused.value.say("en")
    assert "muestra 41 % y contiene 0.41" in refused.value.say("es")


@pytest.mark.parametrize(
    "cells",
    [(Percent(0.41), Percent(1.2)), (Percent(0.41), 0.5, 1.0), (Percent(0.41), "", -0.2), (41.0, 0.41)],
)
def test_per_cent_alone_and_beside_shares_is_read(cells: tuple[str | float, ...]) -> None:
    found = read(*cells)
    assert [x for x in found if not math.isnan(x)] == [x for x in cells if x != ""]

"""CSV that a spreadsheet opens safely and that comes back as it was."""

from __future__ import annotations

import csv
import datetime
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.spreadsheet import csv_text, guarded
from tests.conftest import ROOT

SIGNS = "=+-@＝＋－＠"


def rows(text: str, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\ufeff", "\t", "\r", "\n", " \t "])
def test_a_formula_at_the_start_of_a_cell_is_text(sign: str, before: str) -> None:
    assert str(guarded(f"{before}{sign}SUM(A1)")).startswith("'")


@pytest.mark.parametrize("end", [";", "\t", "\r", "\n", "\r\n", "; ", ';"', ';" '])
def test_a_formula_after_what_ends_a_cell_elsewhere_is_text(end: str) -> None:
    held = str(guarded(f"Note{end}=HYPERLINK(1)"))
    assert held.replace("'", "") == f"Note{end}=HYPERLINK(1)"
    assert "'" in held


@pytest.mark.parametrize(
    "plain",
    ["-2", "+5", "-2.5", "-2,5", "-1e-5", "+5 %", "-1 234,5", "+57 300 123", "a;-2;3", "web;mobile", "a - b",
     "x=y", "1-2", "a@b.org", "Côte d’Ivoire", "(-1)", "", ";", "2020\n-3", "−5"],
)  # fmt: skip
def test_numbers_and_ordinary_text_stay(plain: str) -> None:
    assert guarded(plain) == plain


@pytest.mark.parametrize("held", [-2, -1.5, None, True, datetime.date(2024, 1, 1)])
def test_what_is_no_text_stays(held: object) -> None:
    assert guarded(held) is held


def test_headings_are_guarded_and_numbers_are_not() -> None:
    table = pd.DataFrame({'=HYPERLINK("x")': [-1.5, np.nan], "＋a": ["-", "-3"]})
    assert rows(csv_text(table)) == [['\'=HYPERLINK("x")', "'＋a"], ["-1.5", "'-"], ["", "-3"]]
    assert rows(csv_text(table, raw=True)) == [['=HYPERLINK("x")', "＋a"], ["-1.5", "-"], ["", "-3"]]


def test_a_carriage_return_starts_no_row() -> None:
    table = pd.DataFrame({"a": ["x\r=1+1", "y\rz"], "b": [1, 2]})
    assert rows(csv_text(table)) == [["a", "b"], ["x\r'=1+1", "1"], ["y\rz", "2"]]
    assert "\r" in csv_text(table, raw=True)


def test_half_a_letter_is_replaced_and_stops_nothing() -> None:
    heads = pd.Index(["\ud800"], dtype=object)
    table = pd.DataFrame([["a\udfffb"]], columns=heads, dtype=object)
    for raw in (False, True):
        assert csv_text(table, raw=raw).encode() == "\ufffd\na\ufffdb\n".encode()


def test_each_kind_of_column_is_written_as_it_is() -> None:
    table = pd.DataFrame(
        {
            "float": [0.1, np.nan, 1e-05],
            "int": pd.array([1, None, 3], dtype="Int64"),
            "flag": pd.array([True, None, False], dtype="boolean"),
            "day": pd.to_datetime(["2024-01-01", None, "2024-12-31"]),
            "mixed": pd.Series([datetime.date(2024, 1, 1), [1, 2], -3.5], dtype=object),
            "kind": pd.Categorical(["=a", None, "b"]),
        }
    )
    assert rows(csv_text(table))[1:] == [
        ["0.1", "1", "True", "2024-01-01", "2024-01-01", "'=a"],
        ["", "", "", "", "[1, 2]", ""],
        ["1e-05", "3", "False", "2024-12-31", "-3.5", "b"],
    ]


def test_agrees_with_pandas_on_ordinary_tables() -> None:
    table = pd.DataFrame({"a": ["x", "y, z", 'q"q', None, " b"], "n": [1.5, 2.25, np.nan, 1e20, -0.0]})
    pd.testing.assert_frame_equal(pd.read_csv(io.StringIO(csv_text(table))), table)


@pytest.mark.parametrize(
    "table", [pd.DataFrame(), pd.DataFrame(columns=["a", "b"]), pd.DataFrame({"a": [None]})]
)
def test_few_rows_and_none(table: pd.DataFrame) -> None:
    assert len(rows(csv_text(table))) == 1 + len(table)


def test_two_columns_of_one_name_are_both_written() -> None:
    table = pd.DataFrame([["=a", 1]], columns=["x", "x"])
    assert rows(csv_text(table)) == [["x", "x"], ["'=a", "1"]]


def test_letters_of_a_console_are_replaced_before_the_guard() -> None:
    text = csv_text(pd.DataFrame({"a": ["→ b"]}), letters=lambda text: text.replace("→", "->"))
    assert rows(text)[1] == ["'-> b"]


words = st.text(st.sampled_from(" ab1,;\t\r\n\"'=+-@＝－é\ud800"), max_size=8)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=5))
def test_any_text_is_one_cell_and_begins_no_formula(table: list[tuple[str, str]]) -> None:
    frame = pd.DataFrame(table, columns=["a", "b"], dtype=object)
    back = rows(csv_text(frame, raw=True))
    assert back[1:] == [[cell.replace("\ud800", "\ufffd") for cell in row] for row in table]
    for separator in ",;":  # as Excel opens it in English, and in Spanish
        for row in rows(csv_text(frame), separator):
            for cell in row:
                lead = cell.lstrip()
                assert not lead.startswith(tuple("=@＝＠")), (row, separator)


def test_no_table_leaves_by_another_door() -> None:
    """Downloads and commands write CSV by `csv_text` alone; `to_csv` knows no guard."""
    files = [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "kpis" / "cli").rglob("*.py")]
    assert len(files) > 100
    assert [path.name for path in files if ".to_csv(" in path.read_text(encoding="utf-8")] == []

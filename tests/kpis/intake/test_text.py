"""From bytes to cells: encodings, separators, line ends."""

from __future__ import annotations

import pytest

from kpis.intake import read_grid
from kpis.messages import TableError

TEXT = "área;A\nCOL;1,5\n"


def cells(data: bytes, expected: frozenset[str] = frozenset()) -> list[tuple[object, ...]]:
    return [row.cells for row in read_grid(data, "d.csv", expected).rows]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, end: str) -> None:
    assert cells(TEXT.replace("\n", end).encode(encoding)) == [("área", "A"), ("COL", "1,5")]


def test_utf_16_with_the_mark_of_the_other_order() -> None:
    assert cells(b"\xfe\xff" + TEXT.encode("utf-16-be")) == [("área", "A"), ("COL", "1,5")]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n1,2\n", [("a", "b"), ("1", "2")]),
        ("a;b\n1,5;2,5\n", [("a", "b"), ("1,5", "2,5")]),
        ("a\tb\n1,5\t2,5\n", [("a", "b"), ("1,5", "2,5")]),
        ("a|b\n1,5|2,5\n", [("a", "b"), ("1,5", "2,5")]),
        ("sep=;\na;b\n", [("a", "b")]),
        ('"sep=|"\r\na|b\r\n', [("a", "b")]),
        ("sep=\t\na\tb\n", [("a", "b")]),
        ("p;x, %;y, %\nq;0,5;0,6\n", [("p", "x, %", "y, %"), ("q", "0,5", "0,6")]),  # commas would do as well
        ('a,"b,\nc"\n1,2\n', [("a", "b,\nc"), ("1", "2")]),
        ('a, "b,c"\n', [("a", "b,c")]),
        ('a,"say ""x"""\n', [("a", 'say "x"')]),
        ("a,b,note\n1,2,x;y\n3,4,z;w\n", [("a", "b", "note"), ("1", "2", "x;y"), ("3", "4", "z;w")]),
    ],
)
def test_what_parts_the_cells(text: str, rows: list[tuple[str, ...]]) -> None:
    assert cells(text.encode()) == rows


def test_headings_that_are_looked_for_settle_the_separator() -> None:
    text = b"area;A\nx,y;1\nz,w;2\n"  # a comma and a semicolon in every row but the first
    assert cells(text, frozenset(("area", "a")))[1] == ("x,y", "1")


def test_a_row_has_the_number_that_a_spreadsheet_gives_it() -> None:
    grid = read_grid(b'sep=,\na,"b\nc"\n\n1,2\n', "d.csv")
    assert [row.number for row in grid.rows if row.filled] == [2, 4]


def test_a_table_beyond_the_limits_is_refused() -> None:
    with pytest.raises(TableError, match="at most 100,000 rows"):
        cells(b"a,b\n" + b"1,2\n" * 100_020)
    with pytest.raises(TableError, match="5,000 columns"):
        cells(b",x" * 5_001)

"""The first sheet of a workbook as values; what it cannot be is refused before it takes memory."""

from __future__ import annotations

import datetime
import io
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from kpis.bilingual import TableError
from kpis.intake import read_grid
from kpis.intake.grid import Cell

ROWS: list[list[object]] = [["area", "A", "B"], ["COL", 1, 2.5], ["Côte d'Ivoire", -3, ""]]


def saved(rows: list[list[object]], *, sheets: int = 1, hidden: bool = False) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    money = book.add_format({"num_format": '"d"#,##0.00 [Red]'})
    for _ in range(sheets):
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(at, column, datetime.datetime.combine(cell, datetime.time()), day)
                elif isinstance(cell, tuple):
                    sheet.write_formula(at, column, cell[0], None, cell[1])
                elif isinstance(cell, float):
                    sheet.write_number(at, column, cell, money)
                else:
                    sheet.write(at, column, cell)
    if hidden:
        book.worksheets()[0].hide()
        book.worksheets()[1].activate()
    book.close()
    return out.getvalue()


def cells(data: bytes) -> list[tuple[Cell, ...]]:
    return [row.cells for row in read_grid(data, "b.xlsx").rows]


def tampered(change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(ROWS))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def test_cells_are_values_with_their_kinds() -> None:
    rows = [
        *ROWS,
        [],
        ["x", datetime.date(2024, 5, 3), True, ("=1+1", 2), ("=1/0", "#DIV/0!"), "_x0041_", 1e15],
    ]
    assert cells(saved(rows)) == [
        ("area", "A", "B"),
        ("COL", 1.0, 2.5),  # a number with letters in its format is no date
        ("Côte d'Ivoire", -3.0),
        (),
        ("x", datetime.date(2024, 5, 3), True, 2.0, "#DIV/0!", "_x0041_", 1e15),
    ]


def test_rows_keep_the_numbers_of_the_sheet() -> None:
    rows = read_grid(saved([*ROWS, [], [], ["Source: x"]]), "b.xlsx").rows
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]


def test_the_strict_form_of_the_standard_is_read() -> None:
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    assert cells(tampered(lambda part: part.replace(usual, strict)))[1] == ("COL", 1.0, 2.5)


def test_of_several_sheets_the_first_that_is_shown_is_read_and_said() -> None:
    grid = read_grid(saved(ROWS, sheets=2, hidden=True), "b.xlsx")
    assert [note.say("en") for note in grid.notes] == [
        "b.xlsx: the sheet 'Sheet2' was read, the first of 2; the others were not."
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: saved([*ROWS, ["PER", ("=A1", "")]]), "row 4, column B: a formula without its result"),
        (lambda: saved(ROWS)[:-60], "damaged"),
        (lambda: saved(ROWS)[:900], "damaged"),
        (lambda: tampered(lambda part: part[: len(part) // 2]), "damaged"),
        (lambda: tampered(lambda part: part.replace(b"<v>2.5</v>", b"<v>abc</v>")), "damaged"),
        (lambda: tampered(lambda part: part.replace(b"<v>0</v>", b"<v>99</v>")), "damaged"),
        (
            lambda: tampered(
                lambda part: part.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')
            ),
            "damaged",
        ),
        (
            lambda: tampered(
                lambda part: part.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                )
            ),
            "too large",
        ),
        (
            lambda: tampered(
                lambda part: part.replace(
                    b"</sheetData>", b"<row>" + b"<c/>" * 200_000 + b"</row></sheetData>"
                )
            ),
            "damaged",
        ),
        (
            lambda: tampered(
                lambda part: part.replace(b"</sheetData>", b"<!--" + b"x" * 120_000_000 + b"--></sheetData>")
            ),
            "100 MB",
        ),
        (lambda: tampered(lambda _: b"", "xl/workbook.xml"), "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_in_little_memory(data: Callable[[], bytes], said: str) -> None:
    content = data()
    tracemalloc.start()
    with pytest.raises(TableError, match=said) as refused:
        read_grid(content, "b.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 350_000_000
    assert refused.value.say("es").startswith("b.xlsx: ")


def test_another_zip_is_named() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as other:
        other.writestr("content.xml", "<office/>")
    with pytest.raises(TableError, match="another kind of ZIP"):
        read_grid(out.getvalue(), "b.ods")

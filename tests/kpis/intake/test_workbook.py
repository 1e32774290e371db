"""The sheet of a workbook as values; what it cannot be is refused before it takes memory."""

from __future__ import annotations

import datetime
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from kpis.cli.index_steps import compute
from kpis.intake import read_grid, read_indicators
from kpis.intake.grid import Cell
from kpis.messages import TableError
from tests.kpis.intake.test_hundred_files import DEFAULTS

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


def figures(data: bytes) -> list[list[float]]:
    found = read_indicators(read_grid(data, "b.xlsx", {"a", "b"}), ["A", "B"])
    return found.values.fillna(-99).to_numpy().tolist()  # type: ignore[no-any-return]


def built(write: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        write(book)
    return out.getvalue()


def renamed(parts: dict[str, str]) -> bytes:
    """The workbook of ROWS whose parts have other names, as other programs give them."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved([*ROWS, ["PER", 1, datetime.date(2024, 1, 3)]]))) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for name in old.namelist():
            content, called = old.read(name), name
            for one, other in parts.items():
                content = content.replace(one.encode(), other.encode())
                called = called.replace(one, other)
            new.writestr(called, content)
    return out.getvalue()


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
        ("x", datetime.date(2024, 5, 3), True, 2.0, "#DIV/0!", "_x0041_", 1e15),
    ]


def test_rows_keep_the_numbers_of_the_sheet() -> None:
    rows = read_grid(saved([*ROWS, [], [], ["Source: x"]]), "b.xlsx").rows
    assert [row.number for row in rows] == [1, 2, 3, 6]


def test_the_strict_form_of_the_standard_is_read() -> None:
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    assert cells(tampered(lambda part: part.replace(usual, strict)))[1] == ("COL", 1.0, 2.5)


def test_of_several_sheets_the_first_that_is_shown_is_read_and_said() -> None:
    grid = read_grid(saved(ROWS, sheets=2, hidden=True), "b.xlsx")
    assert [note.say("en") for note in grid.notes] == [
        "b.xlsx: the sheet 'Sheet2' was read, one of 2; the others were not."
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
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


@pytest.mark.parametrize("place", [(1_048_575, 0), (0, 16_383), (200_000, 6_000)])
def test_a_format_without_a_value_takes_no_room(place: tuple[int, int]) -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for at, row in enumerate(ROWS):
            sheet.write_row(at, 0, row)
        sheet.write_blank(*place, None, book.add_format({"bold": True}))

    assert figures(built(write)) == [[1, 2.5], [-3, -99]]


@pytest.mark.parametrize(
    "parts",
    [
        {"workbook.xml": "workbook22.xml"},
        {"sharedStrings.xml": "texts.xml"},
        {"styles.xml": "Styles3.xml"},
        {"worksheets/sheet1.xml": "datos/hoja.xml"},
    ],
)
def test_parts_are_found_by_their_kind_not_by_their_name(parts: dict[str, str]) -> None:
    assert cells(renamed(parts)) == [
        ("area", "A", "B"),
        ("COL", 1.0, 2.5),
        ("Côte d'Ivoire", -3.0),
        ("PER", 1.0, datetime.date(2024, 1, 3)),
    ]


def test_of_several_sheets_the_one_with_the_headings_is_read() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet()
        book.add_worksheet("Portada").write(0, 0, "Índice 2024")
        sheet = book.add_worksheet("Datos")
        for at, row in enumerate(ROWS):
            sheet.write_row(at + 2, 0, row)

    grid = read_grid(built(write), "b.xlsx", {"a", "b"})
    assert (grid.name, grid.rows[0].number, grid.rows[0].cells) == ("b.xlsx (Datos)", 3, ("area", "A", "B"))
    assert grid.notes[0].say("es") == "b.xlsx: se leyó la hoja «Datos», una de 3; las demás, no."
    assert read_grid(built(write), "b.xlsx", {"x", "y"}).name == "b.xlsx (Sheet1)"


def test_rows_that_the_sheet_hides_are_read_and_said() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for at, row in enumerate(ROWS):
            sheet.write_row(at, 0, row)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(7, None, None, {"hidden": True})  # blank: no row of the table

    grid = read_grid(built(write), "b.xlsx")
    assert len(grid.rows) == 3
    assert [note.say("en") for note in grid.notes] == [
        "b.xlsx: rows that the sheet hides or filters out (1) were read too. "
        "Delete them if they do not belong."
    ]


@pytest.mark.parametrize("result", ["", 0])  # none, and the 0 that a program writes which cannot compute
def test_a_formula_without_its_result_is_refused_where_it_is_needed(result: object) -> None:
    with pytest.raises(TableError, match="row 4, column A: a formula without its result") as refused:
        figures(saved([*ROWS, ["PER", ("=A1", result), 1]]))
    assert "una fórmula sin su resultado" in refused.value.say("es")
    with pytest.raises(TableError, match="row 4, column area: a formula without"):
        figures(saved([*ROWS, [("=A1", result), 1, 1]]))
    unused = [[*row, "total" if at == 0 else ("=B2+C2", result)] for at, row in enumerate(ROWS)]
    assert figures(saved(unused)) == [[1, 2.5], [-3, -99]]


def test_a_formula_with_its_result_is_read() -> None:
    assert figures(saved([*ROWS, ["PER", ("=A1", 7), ("=A1", 0.5)]]))[2] == [7, 0.5]


def test_per_cent_is_a_format_and_mixed_with_numbers_is_refused() -> None:
    def write(book: xlsxwriter.Workbook, plain: float) -> None:
        sheet = book.add_worksheet()
        for at, row in enumerate([["area", "A", "B"], ["COL", 0, 1], ["PER", plain, 2]]):
            sheet.write_row(at, 0, row)
        sheet.write(1, 1, 0.41, book.add_format({"num_format": "0.0%"}))

    assert figures(built(lambda book: write(book, 0.5))) == [[0.41, 1], [0.5, 2]]
    with pytest.raises(TableError, match=r"column A mixes per cent .* row 2 \(COL\) shows 41 %"):
        figures(built(lambda book: write(book, 52.0)))


def test_lines_in_one_column_are_parted() -> None:
    assert figures(saved([["area,A,B"], ["COL,1,2.5"], ["PER,-3,"]])) == [[1, 2.5], [-3, -99]]


@pytest.mark.parametrize("order", [("iData", "iMeta"), ("iMeta", "iData")])
def test_one_workbook_may_hold_both_tables(tmp_path: Path, order: tuple[str, str]) -> None:
    sheets = {
        "iData": [["uCode", "Flights", "LPI"], ["COL", 1, 2], ["URY", 3, 4]],
        # the codes of indicators stand here too, and not as headings
        "iMeta": [["iCode", "iName", "Parent"], ["Flights", "Flights", "I"], ["LPI", "LPI", "I"], ["I"]],
    }

    def write(book: xlsxwriter.Workbook) -> None:
        for name in order:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(sheets[name]):
                sheet.write_row(at, 0, row)

    path = tmp_path / "coin.xlsx"
    path.write_bytes(built(write))
    table = compute(path, path, DEFAULTS).table
    assert table["uCode"].tolist() == ["URY", "COL"]
    assert table["I"].tolist() == [100, 0]

"""Workbooks, read back: typed numbers, no formula, charts with words, sheets for sources and facts."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from dashboard.components.outside import reader_of
from dashboard.documents import stamp, xlsx
from dashboard.documents.brief import country_brief
from dashboard.documents.content import Document, Figure, Paragraph
from dashboard.pictures.model import About, Bar, Course, DotRange, Fan, Ranking, Span, Step, Trend
from kpis.queries import Warehouse
from tests.dashboard.documents.sample import HOSTILE, sample

ABOUT = About("A finding", "index", "A source, 2024", "What it shows", "en")
GAPS = Course("One", ((2020, 0.1), (2022, None), (2024, 0.3)), "focus", "0.3")
PAST = Course("One", ((2022, 0.2), (2024, 0.3)), "focus")
SPANS = (Span("Row", 1.0, 2.0, 3.0, 2.5, "2.5"), Span("Empty", None, None, None, None, "–"))
PICTURES = (
    Trend(ABOUT, (GAPS,), (0.5, "goal")),
    Ranking(ABOUT, (Bar("=1+1", 3.0, "3"), Bar("None", None, "no data"))),
    DotRange(ABOUT, SPANS, ("a", "b", "c")),
    Fan(ABOUT, PAST, (Step(2026, 0.2, 0.3, 0.4),), ("band", "middle")),
)


def opened(document: Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx.write(document)))


def test_no_cell_is_a_formula_and_hostile_texts_stay_texts() -> None:
    book = opened(sample("en", extra=tuple(Figure(picture) for picture in PICTURES)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert any(str(cell.value).startswith("<script>") for cell in cells)
    assert not [cell for cell in cells if "\x07" in str(cell.value) or "\u202e" in str(cell.value)]
    assert HOSTILE.split()[-1] in " ".join(str(cell.value) for cell in cells)


def test_numbers_are_numbers_in_the_decimals_of_the_document(wh: Warehouse) -> None:
    document = country_brief(reader_of("es", wh), "COL")
    book = opened(document)
    sheet = next(sheet for sheet in book if sheet.title.startswith("Últimos valores"))
    heads = [cell.value for cell in sheet[1]]
    at = heads.index("Valor")
    values = [row[at] for row in sheet.iter_rows(min_row=2, max_row=sheet.max_row - 2)]
    held = wh.country("COL")["obs_value"].dropna()
    assert [cell.value for cell in values if cell.value is not None] == pytest.approx(
        held.tolist(), rel=1e-15
    )
    assert all(cell.data_type == "n" for cell in values)
    assert values[0].number_format == "0.0000"
    assert any("%" in cell.number_format for cell in values)
    assert sheet.freeze_panes == "B2"


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.kind)
def test_a_picture_is_a_chart_with_words_over_its_numbers(picture: object) -> None:
    document = sample("en", extra=(Figure(picture),))  # type: ignore[arg-type]
    with zipfile.ZipFile(io.BytesIO(xlsx.write(document))) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert len(charts) == 1
    assert 'descr="What it shows"' in drawing


def test_missing_stays_an_empty_cell() -> None:
    book = opened(sample("en", extra=(Figure(PICTURES[1]),)))
    sheet = book["A finding"]
    assert [cell.value for cell in sheet["B"]][1:3] == [3, None]
    assert sheet["A2"].value == "=1+1"
    assert sheet["A2"].data_type == "s"


def test_the_workbook_says_what_it_is() -> None:
    document = sample("es")
    book = opened(document)
    assert book.properties.keywords == stamp.stamp(document)
    assert book.properties.creator == "Escala"
    facts = [cell.value for cell in book["Acerca de"]["B"]]
    assert "abc123" in facts
    assert "es-CO" in facts
    sources = [cell.value for cell in book["Fuentes"]["B"]]
    assert "https://publicadministration.un.org/" in sources
    assert not [text for text in sources if text and "javascript" in text]


def test_names_of_sheets_are_allowed_and_differ() -> None:
    table = sample("en").blocks[8]
    book = opened(sample("en", extra=(table, table)))
    assert len(set(book.sheetnames)) == len(book.sheetnames)
    assert all(0 < len(name) <= 31 for name in book.sheetnames)


def test_every_sheet_prints_on_whole_pages_and_wrapped_lines_have_room() -> None:
    book = opened(sample("en", extra=(Figure(PICTURES[2]), Paragraph("word " * 100))))
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
    summary = book.worksheets[0]
    long = next(cell.row for cell in summary["A"] if str(cell.value).startswith("word word"))
    assert summary.row_dimensions[long].height >= 5 * 15
    spans = book["A finding"]
    assert [cell.value for cell in spans[2]] == ["Row", 1, 2, 3, 2.5, 2]

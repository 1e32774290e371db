"""Slides, inspected: 16:9, native charts, words and languages everywhere, nothing outside, text that fits."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Emu, Pt

from dashboard.components.outside import reader_of
from dashboard.documents import deck, grid, measure, pptx, stamp
from dashboard.documents.brief import country_brief
from dashboard.documents.content import Document, Figure, Table
from dashboard.documents.group_brief import group_brief
from dashboard.documents.pptx_parts import C
from dashboard.pictures.model import Bar, Course, Matrix, Ranking, Trend
from kpis.queries import Warehouse
from tests.dashboard.documents.sample import HOSTILE, sample
from tests.dashboard.documents.test_xlsx import ABOUT, PICTURES

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def opened(document: Document) -> Any:
    return Presentation(io.BytesIO(pptx.write(document)))


def every() -> Document:
    return sample("es", rows=4, extra=tuple(Figure(picture) for picture in PICTURES))


@pytest.fixture(scope="module")
def decks(wh: Warehouse) -> list[Any]:
    """The sample, countries with the longest names and the emptiest, and the largest group but the world."""
    es, en = reader_of("es", wh), reader_of("en", wh)
    documents = [every(), country_brief(es, "LAO"), country_brief(en, "VCT"), country_brief(es, "PRK")]
    return [opened(document) for document in [*documents, group_brief(es, "LDC")]]


def frames(slide: Any) -> Iterator[tuple[Any, float, float]]:
    """Each text frame with the room it has, in points."""
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame, Emu(shape.width).pt, Emu(shape.height).pt


def test_a_deck_is_wide_and_nothing_stands_outside(decks: list[Any]) -> None:
    for file in decks:
        assert (file.slide_width, file.slide_height) == (12191695, 6858000)
        for slide in file.slides:
            for shape in slide.shapes:
                assert shape.left >= 0
                assert shape.top >= 0
                assert shape.left + shape.width <= file.slide_width
                assert shape.top + shape.height <= file.slide_height + Pt(1)


def test_every_text_fits_its_frame(decks: list[Any]) -> None:
    for file in decks:
        for slide in file.slides:
            for frame, wide, high in frames(slide):
                used = 0.0
                for paragraph in frame.paragraphs:
                    if not paragraph.runs:
                        continue
                    run = paragraph.runs[0]
                    size = run.font.size.pt
                    used += measure.height(paragraph.text, size, wide, bold=bool(run.font.bold))
                assert used <= high + 2, frame.text


def test_rows_of_tables_are_high_enough_for_their_text(decks: list[Any]) -> None:
    for file in decks:
        for shape in (shape for slide in file.slides for shape in slide.shapes if shape.has_table):
            widths = [Emu(column.width).pt - 2 * grid.PAD_X for column in shape.table.columns]
            for row in shape.table.rows:
                for cell, width in zip(row.cells, widths, strict=True):
                    used = sum(
                        measure.height(part.text, part.runs[0].font.size.pt, width)
                        for part in cell.text_frame.paragraphs
                        if part.runs
                    )
                    assert used <= Emu(row.height).pt


def test_body_type_is_never_small(decks: list[Any]) -> None:
    small = {grid.SMALL, 16.0}  # second lines, sources; the section above a title
    for file in decks:
        sizes = {
            run.font.size.pt
            for slide in file.slides
            for frame, _wide, _high in frames(slide)
            for paragraph in frame.paragraphs
            for run in paragraph.runs
        }
        assert {size for size in sizes if size < grid.BODY} <= small


def test_every_run_says_its_language_and_every_slide_has_title_and_notes(decks: list[Any]) -> None:
    for file in decks:
        lang = file.core_properties.language
        for slide in file.slides:
            runs = [*slide.element.iter(f"{A}r"), *slide.notes_slide.element.iter(f"{A}r")]
            assert {run.find(f"{A}rPr").get("lang") for run in runs} == {lang}
            assert slide.shapes.title.text
            assert slide.notes_slide.notes_text_frame.text.strip()


def test_charts_and_tables_have_words(decks: list[Any]) -> None:
    kinds = set()
    for file in decks:
        for shape in (shape for slide in file.slides for shape in slide.shapes):
            if shape.has_chart or shape.has_table:
                assert shape.element.nvGraphicFramePr.cNvPr.get("descr")
            if shape.has_chart:
                kinds.add(str(shape.chart.chart_type).split()[0])
    assert {"XY_SCATTER_LINES", "LINE_MARKERS", "BAR_CLUSTERED"} <= kinds


def test_a_gap_stays_a_gap_and_missing_is_no_bar() -> None:
    charts = [shape.chart for slide in opened(every()).slides for shape in slide.shapes if shape.has_chart]
    trend, ranking = charts[0], charts[1]
    runs = list(trend.plots[0].series)[:2]  # of one course, which the legend names once
    assert [list(run.values) for run in runs] == [[0.1], [0.3]]
    assert runs[0].name == runs[1].name
    left_out = [entry.find(f"{C}idx").get("val") for entry in trend.element.iter(f"{C}legendEntry")]
    assert left_out == ["1"]
    assert list(ranking.plots[0].series[0].values) == [3.0, None]


def test_a_long_ranking_goes_on_on_the_next_slide() -> None:
    bars = tuple(Bar(f"Country {n}", float(n), str(n)) for n in range(40))
    made = deck.slides(sample("en", extra=(Figure(Ranking(ABOUT, bars)),)))
    parts = [slide.content.bars for slide in made if isinstance(slide.content, Ranking)]
    assert [bar for part in parts for bar in part] == list(bars)
    assert all(len(part) <= deck.MOST_BARS for part in parts)


def test_a_table_goes_on_and_loses_no_row() -> None:
    document = sample("en", rows=8)
    table = next(block for block in document.blocks if isinstance(block, Table) and block.rows)
    parts = [slide.content for slide in deck.slides(document) if isinstance(slide.content, deck.Grid)]
    rows = [row for part in parts if part.table.caption == table.caption for row in part.table.rows]
    assert rows == list(table.rows)
    too_high = [part for part in parts if sum(part.heights) > deck.HIGH + 1 and len(part.table.rows) > 1]
    assert too_high == []


def test_a_hostile_text_is_a_text_and_the_file_says_what_it_is() -> None:
    document = every()
    file = opened(document)
    said = " ".join(
        shape.text_frame.text for slide in file.slides for shape in slide.shapes if shape.has_text_frame
    )
    assert "<script>alert(1)</script>" in said
    assert "\x07" not in said
    assert HOSTILE.split()[-1] in said
    assert file.core_properties.keywords == stamp.stamp(document)
    assert file.core_properties.author == "Escala"


def test_the_title_is_the_finding(wh: Warehouse) -> None:
    made = deck.slides(country_brief(reader_of("en", wh), "COL"))
    titles = [slide.title for slide in made]
    assert any(title.startswith("Colombia: on track for") for title in titles)
    assert any("have reached stage" in title for title in titles)


def test_the_span_of_peers_is_drawn_by_error_bars_which_every_program_knows() -> None:
    document = sample("en", extra=(Figure(PICTURES[2]),))
    chart = next(
        shape.chart for slide in opened(document).slides for shape in slide.shapes if shape.has_chart
    )
    xml = chart.element.xml
    assert "hiLowLines" not in xml
    bars = [*chart.element.iter(f"{C}errBars")]
    assert len(bars) == 1
    assert [(point.get("idx"), point[0].text) for point in bars[0].iter(f"{C}pt")] == [("0", "2")]
    left_out = [entry[0].get("val") for entry in chart.element.iter(f"{C}legendEntry")]
    assert left_out == ["1"]


def test_lines_of_one_role_are_told_apart() -> None:
    courses = tuple(Course(name, ((2022, 0.2), (2024, 0.3)), "peer") for name in "abc")
    document = sample("en", extra=(Figure(Trend(ABOUT, courses)),))
    chart = next(
        shape.chart for slide in opened(document).slides for shape in slide.shapes if shape.has_chart
    )
    looks = {(str(s.format.line.color.rgb), s.marker.style) for s in chart.plots[0].series}
    assert len(looks) == 3


@pytest.mark.parametrize(("heights", "sizes"), [([10.0] * 7, [4, 3]), ([30.0, 30.0, 9.0], [1, 2]), ([], [])])
def test_rows_are_spread_evenly_over_the_fewest_slides(heights: list[float], sizes: list[int]) -> None:
    parted = grid.evenly(heights, 60.0)
    assert [end - first for first, end in parted] == sizes
    assert [at for first, end in parted for at in range(first, end)] == list(range(len(heights)))


def test_a_matrix_of_many_rows_is_named_and_not_cut_into_slides() -> None:
    rows = tuple(f"Country {n}" for n in range(deck.MOST_ROWS + 1))
    matrix = Matrix(ABOUT, rows, ("One",), ((("1", 0),),) * len(rows))
    made = deck.slides(sample("en", extra=(Figure(matrix),)))
    named = [
        slide for slide in made if isinstance(slide.content, deck.Lines) and "41 rows" in str(slide.content)
    ]
    assert len(named) == 1


def test_slides_of_one_name_are_numbered_and_what_an_annex_names_shares_one(wh: Warehouse) -> None:
    made = deck.slides(group_brief(reader_of("es", wh), "LDC"))
    names = [slide.title + slide.kicker for slide in made]
    assert len(set(names)) == len(names)
    rankings = [slide for slide in made if isinstance(slide.content, Ranking)]
    assert [slide.kicker for slide in rankings] == [
        "Dónde están sus miembros (1 de 2)", "Dónde están sus miembros (2 de 2)",
    ]  # fmt: skip
    assert "puesto entre los Estados Miembros de la ONU" in rankings[0].foot
    annex = next(slide for slide in made if slide.title == "Anexo: todos los miembros")
    assert isinstance(annex.content, deck.Lines)
    assert len(annex.content.items) == 2

"""A document as DOCX, to be edited: real styles, tables and headings, no macros, nothing outside the file."""

from __future__ import annotations

import datetime
import io
from typing import Any

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Emu

from dashboard.charts.look import LIGHT
from dashboard.documents import docx_parts as parts
from dashboard.documents.content import (
    Block,
    Break,
    Bullets,
    Cell,
    Document,
    Figure,
    Heading,
    Paragraph,
    Status,
    Steps,
    Table,
)
from dashboard.documents.drawn import draw_bare
from dashboard.documents.stamp import stamp
from dashboard.documents.wording import (
    PAGE,
    SIGNS,
    TAGS,
    ending,
    licence_of,
    link_of,
    plain,
    side_by_side,
    speaker,
)

EMU_A_POINT = 12700
SIZE = 9.0  # of the type in a picture, in points
GUTTER = 20 * EMU_A_POINT  # between pictures beside each other
STYLES = {"body": "Normal", "lead": parts.LEAD, "note": parts.NOTE}
TONES: dict[Status, str] = {
    "good": LIGHT.better,
    "middling": LIGHT.ink,
    "poor": LIGHT.worse,
    "none": LIGHT.muted,
}


def write(document: Document) -> bytes:
    """The document as a file of Word, which LibreOffice opens too."""
    tag = TAGS.get(document.lang, document.lang)
    file = docx.Document(io.BytesIO(parts.template(tag)))
    _properties(file, document, tag)
    title = plain(document.title)
    parts.running(file, title, speaker(document.lang)(PAGE))
    file.add_paragraph(title, "Title")
    if document.subtitle:
        file.add_paragraph(plain(document.subtitle), "Subtitle")
    begins_page = False
    blocks = list(side_by_side(document.blocks))
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        first = len(file.element.body) - 1  # the properties of the section stay last
        if isinstance(block, tuple):
            _beside(file, block)
        elif not isinstance(block, Break):
            _block(file, block)
        if isinstance(block, Paragraph) and isinstance(following, Table | Figure | tuple):
            file.paragraphs[-1].paragraph_format.keep_with_next = True  # it says what is to be seen there
        if begins_page:
            parts.on_new_page(file.element.body[first])
        begins_page = isinstance(block, Break)
    _end(file, document)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def _properties(file: Docx, document: Document, tag: str) -> None:
    """Who, what and when: the document's own facts, none of the machine."""
    about = file.core_properties
    about.title, about.author, about.language = plain(document.title), "Escala", tag
    about.subject, about.comments, about.keywords = plain(document.subtitle), "", stamp(document)
    about.last_modified_by, about.revision, about.version = "Escala", 1, plain(document.version)
    made = datetime.datetime.combine(document.made, datetime.time(12))
    about.created = about.modified = made


def _block(file: Docx, block: Block) -> None:
    """What stands in the text; a break is none, it belongs to what follows."""
    match block:
        case Heading(level, text):
            file.add_paragraph(plain(text), f"Heading {level - 1}")
        case Paragraph(text, style):
            file.add_paragraph(plain(text), STYLES[style])
        case Bullets(items):
            for item in items:
                file.add_paragraph(plain(item), "List Bullet")
        case Steps(items):
            numbering = parts.numbered_anew(file)
            for item in items:
                parts.number(file.add_paragraph(plain(item), "List Number"), numbering)
        case Table():
            _table(file, block)
        case Figure():
            _figure(file, block, int(_width(file) * min(block.share, 1.0)))


def _width(file: Docx) -> int:
    """The width of the text, in EMU."""
    page = file.sections[0]
    return int(page.page_width or 0) - int(page.left_margin or 0) - int(page.right_margin or 0)


def _table(file: Docx, table: Table) -> None:
    file.add_paragraph(plain(table.caption), "Caption")
    if not table.rows:
        file.add_paragraph(plain(table.empty))
        return
    grid = file.add_table(rows=1 + len(table.rows), cols=len(table.columns), style=parts.TABLE)
    grid.autofit = False
    parts.describe_table(grid, plain(table.caption))
    whole = sum(column.width for column in table.columns)
    widths = [Emu(int(_width(file) * column.width / whole)) for column in table.columns]
    heads = tuple(Cell(column.name) for column in table.columns)
    for n, (row, cells) in enumerate(zip(grid.rows, (heads, *table.rows), strict=True)):
        parts.whole_row(row)
        if n == 0:
            parts.head_row(row)
        for place, cell, column, width in zip(row.cells, cells, table.columns, widths, strict=True):
            place.width = width
            paragraph = place.paragraphs[0]
            parts.restyle(paragraph, parts.HEAD if n == 0 else parts.CELL)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if column.side == "right" else None
            _cell(paragraph, cell, is_name=n > 0 and column is table.columns[0])
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    parts.add_gap(file)


def _cell(paragraph: Any, cell: Cell, *, is_name: bool) -> None:
    """The content of a cell. is_name: of the first column, which names its row."""
    if cell.status:
        sign = paragraph.add_run(f"{SIGNS[cell.status]} ")
        sign.font.color.rgb = parts.colour(TONES[cell.status])
    text = paragraph.add_run(plain(cell.text))
    if is_name:
        text.bold = True
    if cell.sub:
        paragraph.add_run().add_break()
        small = paragraph.add_run(plain(cell.sub))
        small.font.size = docx.shared.Pt(7.5)
        small.font.color.rgb = parts.colour(LIGHT.muted)


def _beside(file: Docx, figures: tuple[Figure, ...]) -> None:
    """Pictures beside each other, each with its caption and its source."""
    whole = sum(figure.share for figure in figures)
    widths = [int(_width(file) * figure.share / whole) for figure in figures]
    for cell, figure, width in zip(parts.beside(file, widths), figures, widths, strict=True):
        _figure(cell, figure, width - GUTTER, cell.paragraphs[0])
    parts.add_gap(file)


def _figure(place: Any, figure: Figure, width: int, first: Any = None) -> None:
    """A picture under its caption. place: the file or a cell; width: in EMU; first: an empty paragraph."""
    about = figure.picture.about
    caption = first if first is not None else place.add_paragraph()
    parts.restyle(caption, "Caption")
    caption.add_run(plain(about.title))
    if about.unit:
        caption.add_run(f" ({plain(about.unit)})").font.bold = False
    paragraph = place.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    png = draw_bare(figure.picture, "png", width / EMU_A_POINT, SIZE)
    drawing = paragraph.add_run().add_picture(io.BytesIO(png), width=Emu(width))
    described = drawing._inline.docPr  # noqa: SLF001 # python-docx cannot set the text of a picture
    described.set("descr", plain(about.alt))
    described.set("title", plain(about.title))
    parts.restyle(place.add_paragraph(plain(about.source)), parts.NOTE)


def _end(file: Docx, document: Document) -> None:
    last = ending(document)
    if document.sources:
        file.add_paragraph(last.heading, "Heading 1")
    for source in document.sources:
        paragraph = file.add_paragraph(plain(source.text) + " ", parts.SOURCE)
        if address := link_of(source.url):
            parts.add_link(paragraph, address)
        if licence := licence_of(source.licence, document.lang):
            paragraph.add_run(f" {licence}")
    for line in filter(None, (last.figures, last.boundaries)):
        file.add_paragraph(line, parts.NOTE)
    if last.address:
        parts.add_link(file.add_paragraph(f"{last.live} ", parts.NOTE), last.address)

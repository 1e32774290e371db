"""A document as slides of 16:9 on a master of our own: charts to edit, notes, words for each picture."""

from __future__ import annotations

import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.util import Emu, Pt

from dashboard.charts.look import LIGHT
from dashboard.documents import code, grid, measure, pptx_charts
from dashboard.documents import deck as decks
from dashboard.documents.content import Cell, Document, Status
from dashboard.documents.deck import HIGH, Grid, Lines, Slide
from dashboard.documents.drawn import draw_bare
from dashboard.documents.grid import BODY, PAD_X, PAD_Y, SMALL, WIDE
from dashboard.documents.stamp import stamp
from dashboard.documents.wording import TAGS, link_of, plain, speaker
from dashboard.pictures.model import Matrix, Paces, Picture, WorldMap

MASTER = Path(__file__).with_name("master.pptx")
EDGE, KICKER, TOP, FOOT = 36.0, 24.0, 130.0, 500.0  # points from the left or from the top
LEAST_TITLE = 20.0
TITLE_HIGH = 72.0
DRAWN = 18.0  # size of the type in a drawing, in points
FIRST_HIGH = 190.0  # of the texts of the first slide
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
TONES: dict[Status, str] = {
    "good": LIGHT.better,
    "middling": LIGHT.ink,
    "poor": LIGHT.worse,
    "none": LIGHT.muted,
}


def write(document: Document) -> bytes:
    """The document as a file of PowerPoint, which LibreOffice opens too."""
    file = Presentation(str(MASTER))
    lang = TAGS.get(document.lang, document.lang)
    _properties(file, document, lang)
    _first(file, document)
    for content in decks.slides(document):
        _slide(file, content, lang)
    if address := link_of(document.code):
        _code(file, address, speaker(document.lang)(code.SEE_LIVE))
    for slide in file.slides:
        _speak(slide.element, lang)
        _speak(slide.notes_slide.element, lang)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def _speak(element: Any, lang: str) -> None:
    """Says of every run and every empty paragraph in which language it is."""
    for run in element.iter(f"{A}r"):
        run.get_or_add_rPr().set("lang", lang)
    for end in element.iter(f"{A}endParaRPr"):
        end.set("lang", lang)


def _properties(file: Deck, document: Document, lang: str) -> None:
    """Who, what and when: the document's own facts, none of the machine."""
    about = file.core_properties
    about.title, about.author, about.language = plain(document.title), "Escala", lang
    about.subject, about.comments, about.keywords = plain(document.subtitle), "", stamp(document)
    about.last_modified_by, about.revision, about.version = "Escala", 1, plain(document.version)
    about.created = about.modified = datetime.datetime.combine(document.made, datetime.time(12))


def _first(file: Deck, document: Document) -> None:
    """The slide with the title: title, subtitle, the day and the version."""
    slide = file.slides.add_slide(file.slide_layouts.get_by_name("Title"))
    _title(slide.shapes.title, plain(document.title), room=122.0, largest=40.0)
    frame = slide.placeholders[1].text_frame
    texts = decks.opening(document)
    size, last = 22.0, decks.said_of(document)
    while size > BODY and sum(measure.height(text, size, WIDE) + 10 for text in texts) > FIRST_HIGH:
        size -= 1
    most = max(1, int(FIRST_HIGH / len(texts) / (size * measure.LINE))) if texts else 1
    for at, text in enumerate([*texts, last]):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(10)
        is_last = at == len(texts)
        fitting = text if size > BODY else _cut(text, size, WIDE, most)
        _run(paragraph, fitting, size=BODY if is_last else size, tone=LIGHT.muted if is_last else LIGHT.ink)
    _notes(slide, (*texts, last, *([plain(document.boundaries)] if document.boundaries else [])))


def _slide(file: Deck, content: Slide, lang: str) -> None:
    slide = file.slides.add_slide(file.slide_layouts.get_by_name("Content"))
    _title(slide.shapes.title, content.title, room=TITLE_HIGH)
    if content.kicker:
        _box(
            slide,
            (EDGE, KICKER, WIDE, 24),
            _cut(content.kicker, 16, WIDE, 1),
            size=16,
            tone=LIGHT.accent,
        )
    match content.content:
        case Lines(items, bullets):
            _lines(slide, items, bullets=bullets)
        case Grid():
            _grid(slide, content.content)
        case WorldMap() | Paces() | Matrix():
            _drawing(slide, content.content)
        case picture:
            pptx_charts.add(slide, picture, _area(), lang)
    if content.foot:
        foot = _cut(content.foot, SMALL, WIDE, 2)
        _box(slide, (EDGE, FOOT, WIDE, 34), foot, size=SMALL, tone=LIGHT.muted)
    title = () if content.title == "" else (content.title,)
    _notes(slide, tuple(dict.fromkeys((*title, *content.notes))))


def _code(file: Deck, address: str, title: str) -> None:
    """The last slide: a code for phones that leads to the live view, and its address."""
    slide = file.slides.add_slide(file.slide_layouts.get_by_name("Content"))
    _title(slide.shapes.title, title, room=TITLE_HIGH)
    left, top, width, height = _area()
    shape = slide.shapes.add_picture(BytesIO(code.png(address)), left, top, height=height)
    shape.left = left + (width - shape.width) // 2
    shape.element.nvPicPr.cNvPr.set("descr", f"{title}: {address}")
    _box(slide, (EDGE, FOOT, WIDE, 34), address, size=BODY, tone=LIGHT.accent)
    slide.shapes[-1].text_frame.paragraphs[0].runs[0].hyperlink.address = address
    _notes(slide, (title, address))


def _area() -> tuple[int, int, int, int]:
    """Where content stands: left, top, width, height."""
    return Pt(EDGE), Pt(TOP), Pt(WIDE), Pt(HIGH)


def _title(shape: Any, text: str, *, room: float, largest: float = decks.TITLE) -> None:
    """A title in the largest type in which it fits; one beyond all measure is cut, its whole in the notes."""
    size = largest
    while size > LEAST_TITLE and measure.height(text, size, WIDE, bold=True) > room:
        size -= 1
    most = max(1, int(room / (size * measure.LINE)))
    frame = shape.text_frame
    frame.auto_size = MSO_AUTO_SIZE.NONE
    _run(frame.paragraphs[0], _cut(text, size, WIDE, most, bold=True), size=size, bold=True)


def _cut(text: str, size: float, room: float, most: int, *, bold: bool = False) -> str:
    """The text on at most so many lines; what is left out is marked."""
    lines = measure.wrapped(text, size, room, bold=bold)
    if len(lines) <= most:
        return text
    last = lines[most - 1]
    while last and measure.width(f"{last}…", size, bold=bold) > room:
        last = last[:-1]
    return " ".join([*lines[: most - 1], f"{last.rstrip()}…"])


def _run(
    paragraph: Any,
    text: str,
    *,
    size: float = BODY,
    bold: bool = False,
    tone: str = "",
) -> None:
    """A text in one type."""
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    if tone:
        run.font.color.rgb = RGBColor.from_string(tone[1:])


def _box(slide: Any, box: tuple[float, float, float, float], text: str, *, size: float, tone: str) -> None:
    shape = slide.shapes.add_textbox(*map(Pt, box))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    _run(frame.paragraphs[0], text, size=size, tone=tone)


def _lines(slide: Any, items: tuple[str, ...], *, bullets: bool) -> None:
    if not items:
        return
    shape = slide.shapes.add_textbox(*_area())
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, item in enumerate(items):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(BODY / 2)
        _run(paragraph, item)
    if bullets:
        for properties in shape.element.iter(f"{A}pPr"):
            _bullet(properties)


def _bullet(properties: Any) -> None:
    """A hanging bullet. properties: of a paragraph (a:pPr)."""
    properties.set("marL", str(Pt(18)))
    properties.set("indent", str(-Pt(18)))
    for tag, names in (("buFont", {"typeface": measure.FACE}), ("buChar", {"char": "•"})):
        properties.append(properties.makeelement(f"{A}{tag}", names))


def _grid(slide: Any, grid: Grid) -> None:
    """A table that can be edited, in our own look."""
    table = grid.table
    frame = slide.shapes.add_table(
        len(table.rows) + 1,
        len(table.columns),
        Pt(EDGE),
        Pt(TOP),
        Pt(sum(grid.widths)),
        Pt(sum(grid.heights)),
    )
    frame.element.nvGraphicFramePr.cNvPr.set("descr", grid.alt)
    shape = frame.table
    shape.horz_banding = False
    for style in frame.element.iter(f"{A}tableStyleId"):
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
    for at, width in enumerate(grid.widths):
        shape.columns[at].width = Emu(Pt(width))
    for at, height in enumerate(grid.heights):
        shape.rows[at].height = Emu(Pt(height))
    head = tuple(Cell(column.name) for column in table.columns)
    for row, cells in enumerate((head, *table.rows)):
        for at, cell in enumerate(cells):
            shade = grid.shades[row - 1][at] if grid.shades and row else None
            _cell(shape.cell(row, at), cell, table.columns[at].side, head=row == 0, shade=shade)
    for at, element in enumerate(frame.element.iter(f"{A}tc")):
        _rule(element.get_or_add_tcPr(), head=at < len(head))


def _cell(cell: Any, content: Cell, side: str, *, head: bool, shade: int | None) -> None:
    cell.margin_left = cell.margin_right = Pt(PAD_X)
    cell.margin_top = cell.margin_bottom = Pt(PAD_Y)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    frame = cell.text_frame
    frame.word_wrap = True
    paragraph = frame.paragraphs[0]
    tone = TONES[content.status] if content.status else ""
    if shade is not None:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(LIGHT.stages[shade][1:])
        tone = LIGHT.on_stages[shade]
    paragraph.alignment = PP_ALIGN.RIGHT if side == "right" else PP_ALIGN.LEFT
    text = grid.shown(content)
    if text or not content.sub:
        _run(paragraph, text, bold=head, tone=tone)
    if content.sub:
        below = frame.add_paragraph() if text else paragraph
        below.alignment = paragraph.alignment
        _run(below, plain(content.sub), size=SMALL, tone=LIGHT.muted)


def _rule(properties: Any, *, head: bool) -> None:
    """A hairline below a cell, a stronger one below the head. properties: of the cell (a:tcPr)."""
    line = properties.makeelement(f"{A}lnB", {"w": str(Pt(1.25 if head else 0.5))})
    fill = line.makeelement(f"{A}solidFill", {})
    colour = (LIGHT.ink if head else LIGHT.outline)[1:]
    fill.append(fill.makeelement(f"{A}srgbClr", {"val": colour}))
    line.append(fill)
    properties.insert(0, line)


def _drawing(slide: Any, picture: Picture) -> None:
    """A picture without a native form, drawn; its words are those of the slide."""
    left, top, width, _height = _area()
    drawing = BytesIO(draw_bare(picture, "png", WIDE, DRAWN, most=HIGH))
    shape = slide.shapes.add_picture(drawing, left, top, width=width)
    shape.element.nvPicPr.cNvPr.set("descr", plain(picture.about.alt))


def _notes(slide: Any, texts: tuple[str, ...]) -> None:
    """What the speaker reads: the finding, what the picture shows, the sources."""
    frame = slide.notes_slide.notes_text_frame
    for at, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        _run(paragraph, text, size=12)

"""A document as a deck: what stands on each slide, before it is drawn.

A section gives a slide for each of its pictures and tables and one for its text; what is too much for a slide
goes on on the next, numbered. The title of a slide is its finding: the sentence that leads the section, or
the title of the picture. Notes of the document go to the notes of the speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from dashboard.documents import grid, measure
from dashboard.documents.content import (
    Bullets,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Steps,
    Table,
)
from dashboard.documents.grid import BODY, WIDE
from dashboard.documents.wording import day_of, plain, speaker
from dashboard.pictures.model import Bar, Ladder, Matrix, Picture, Ranking
from dashboard.texts import mark

TITLE = 28.0  # size of type in points
HIGH = 364.0  # points of a slide for its content
MOST_ROWS = 40  # of a table or matrix on slides; a longer one is named, and read in document and workbook
MOST_BARS = 16  # of a ranking on a slide
MOST_PARTS = 2  # slides of a matrix as a table; a larger one is drawn on one
FINDING = 160  # characters of a first paragraph that can be the title of slides

LONG = mark("{caption}: {n} rows, in the document and in the workbook.")
SHORT_OF = mark("In short")
PART = mark("{name} ({n} of {all})")
SOURCES = mark("Sources")
READ_ON = mark("Escala, data version {version}, read on {day}.")


@dataclass(frozen=True)
class Lines:
    """Text, an item a paragraph."""

    items: tuple[str, ...]
    bullets: bool = False


@dataclass(frozen=True)
class Grid:
    """A table that fits: its widths and the heights of head and rows in points, and the class of each cell.

    shades: by row and column the stage that colours the cell, None for none.
    """

    table: Table
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    alt: str
    shades: tuple[tuple[int | None, ...], ...] = ()


Content = Lines | Grid | Picture


@dataclass(frozen=True)
class Slide:
    """kicker: the section, small above the title; foot: the source line below the content."""

    kicker: str
    title: str
    content: Content
    notes: tuple[str, ...] = ()
    foot: str = ""


def opening(document: Document) -> list[str]:
    """What the first slide says: the subtitle and the paragraphs before the first heading."""
    texts = [plain(document.subtitle)] if document.subtitle else []
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            break
        texts.append(plain(block.text))
    return list(dict.fromkeys(texts))


def slides(document: Document) -> list[Slide]:
    """All slides after the first, which has the title of the document and its opening."""
    begin = next((at for at, block in enumerate(document.blocks) if not isinstance(block, Paragraph)), None)
    rest = replace(document, blocks=() if begin is None else document.blocks[begin:])
    made = [slide for section in _sections(rest) for slide in _of_section(section, document)]
    return _numbered(_joined([*made, *_sources(document)]), document.lang)


def _joined(slides: Sequence[Slide]) -> list[Slide]:
    """Short texts of one name after each other share a slide: what an annex names and does not show."""
    made: list[Slide] = []
    for slide in slides:
        last = made[-1] if made else None
        if last and _is_named_as(last, slide) and (both := _both(last.content, slide.content)):
            notes = tuple(dict.fromkeys((*last.notes, *slide.notes)))
            made[-1] = replace(last, content=both, notes=notes)
        else:
            made.append(slide)
    return made


def _is_named_as(one: Slide, other: Slide) -> bool:
    return (one.kicker, one.title) == (other.kicker, other.title)


def _both(one: Content, other: Content) -> Lines | None:
    """Two texts as one; None where one is no text or both are too high for a slide."""
    if not isinstance(one, Lines) or not isinstance(other, Lines) or one.bullets or other.bullets:
        return None
    items = (*one.items, *other.items)
    tall = sum(measure.height(item, BODY, WIDE) + BODY / 2 for item in items)
    return Lines(items) if tall <= HIGH else None


def _numbered(slides: Sequence[Slide], lang: str) -> list[Slide]:
    """Slides of one name after each other say which of how many they are, above the title or in it."""
    made: list[Slide] = []
    for _name, run in groupby(slides, lambda slide: (slide.kicker, slide.title)):
        same = list(run)
        for n, slide in enumerate(same, 1):
            name = speaker(lang)(PART).format(name=slide.kicker or slide.title, n=n, all=len(same))
            part = replace(slide, kicker=name) if slide.kicker else replace(slide, title=name)
            made.append(part if len(same) > 1 else slide)
    return made


@dataclass(frozen=True)
class _Section:
    heading: str
    blocks: tuple[object, ...]


def _sections(document: Document) -> Iterator[_Section]:
    """The blocks between headings of the second level; what stands before the first is in short."""
    heading = speaker(document.lang)(SHORT_OF)
    blocks: list[object] = []
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 2:
            if blocks:
                yield _Section(heading, tuple(blocks))
            heading, blocks = plain(block.text), []
        else:
            blocks.append(block)
    if blocks:
        yield _Section(heading, tuple(blocks))


def _of_section(section: _Section, document: Document) -> Iterator[Slide]:
    """The slides of a section."""
    paragraphs = [block for block in section.blocks if isinstance(block, Paragraph)]
    lead = next((plain(block.text) for block in paragraphs if block.style == "lead"), "")
    body = [plain(block.text) for block in paragraphs if block.style == "body"]
    if not lead and body and len(body[0]) <= FINDING:
        lead, body = body[0], body[1:]
    small = tuple(plain(block.text) for block in paragraphs if block.style == "note")
    only_notes = not lead and not body and len(paragraphs) == len(section.blocks)
    if only_notes:
        body, small = list(small), ()
    kicker, title = (section.heading, lead) if lead else ("", section.heading)
    notes = (*small, said_of(document))
    if body:
        yield from _text(kicker, title, body, notes)
    elif lead and not any(isinstance(block, Figure | Table | Bullets | Steps) for block in section.blocks):
        yield Slide(section.heading, lead, Lines(()), notes)
    for block in section.blocks:
        yield from _of_block(block, section.heading, title, notes, document)


def _of_block(
    block: object, heading: str, title: str, notes: tuple[str, ...], document: Document
) -> Iterator[Slide]:
    match block:
        case Figure(picture):
            yield from _picture(picture, heading, notes)
        case Table():
            yield from _table(block, heading, title, notes, document)
        case Bullets(items) | Steps(items):
            kicker = heading if title != heading else ""
            yield from _text(kicker, title, [plain(item) for item in items], notes, bullets=True)
        case Heading(_level, text):
            yield Slide(heading, plain(text), Lines(()), notes)


def said_of(document: Document) -> str:
    """Where the figures of a document are from."""
    say = speaker(document.lang)
    return say(READ_ON).format(version=document.version, day=day_of(document))


def _text(
    kicker: str, title: str, items: Sequence[str], notes: tuple[str, ...], *, bullets: bool = False
) -> Iterator[Slide]:
    """Text over as many slides as it takes."""
    room = WIDE - (18 if bullets else 0)
    page: list[str] = []
    used = 0.0
    for part in _parts(items, room):
        tall = measure.height(part, BODY, room) + BODY / 2
        if page and used + tall > HIGH:
            yield Slide(kicker, title, Lines(tuple(page), bullets), notes)
            page, used = [], 0.0
        page.append(part)
        used += tall
    if page:
        yield Slide(kicker, title, Lines(tuple(page), bullets), notes)


def _parts(items: Sequence[str], room: float) -> Iterator[str]:
    """The items; one that is longer than a slide in parts that are not."""
    most = int(HIGH / (BODY * measure.LINE)) - 1
    for item in items:
        lines = measure.wrapped(item, BODY, room)
        for at in range(0, len(lines), most):
            yield " ".join(lines[at : at + most])


def _picture(picture: Picture, heading: str, notes: tuple[str, ...]) -> Iterator[Slide]:
    """A picture: a chart that can be edited; of a ladder or a matrix a table, unless that is too large."""
    about = picture.about
    said = (plain(about.alt), plain(about.source), *notes)
    unit = f"{plain(about.unit)} · " if about.unit else ""
    base = Slide(heading, plain(about.title), picture, said, f"{unit}{plain(about.source)}")
    match picture:
        case Ladder():
            yield from _grids(_ladder(picture), base, plain(about.alt), _ladder_shades(picture))
        case Matrix(rows=rows) if len(rows) > MOST_ROWS:
            said_long = speaker(about.lang)(LONG).format(caption=plain(about.title), n=len(rows))
            yield replace(base, title=heading, kicker="", content=Lines((said_long,)), foot="")
        case Matrix():
            parts = list(_grids(_matrix(picture), base, plain(about.alt), _matrix_shades(picture)))
            yield from parts if len(parts) <= MOST_PARTS else [base]
        case Ranking(bars=bars) if len(bars) > MOST_BARS:
            for part in _chunks(bars):
                yield replace(base, content=replace(picture, bars=part))
        case _:
            yield base


def _chunks(bars: tuple[Bar, ...]) -> Iterator[tuple[Bar, ...]]:
    """Bars in parts of about the same number, none longer than MOST_BARS."""
    count = -(-len(bars) // MOST_BARS)
    size = -(-len(bars) // count)
    for at in range(0, len(bars), size):
        yield bars[at : at + size]


def _ladder(ladder: Ladder) -> Table:
    """A row a dimension, a column a stage; what is to be known of the dimension stands last."""
    steps = range(len(ladder.levels))

    def reached(level: int | None) -> list[Cell]:
        return [Cell(str(at + 1) if level is not None and at <= level else "") for at in steps]

    rows = tuple((Cell(rung.name), *reached(rung.level), Cell("", sub=rung.note)) for rung in ladder.rungs)
    heads = tuple(Column(f"{at} {name}", width=1.1) for at, name in enumerate(ladder.levels, 1))
    return Table(ladder.about.title, (Column(""), *heads, Column("", width=2.4)), rows)


def _ladder_shades(ladder: Ladder) -> tuple[tuple[int | None, ...], ...]:
    steps = range(len(ladder.levels))

    def of(level: int | None) -> list[int | None]:
        return [at if level is not None and at <= level else None for at in steps]

    return tuple((None, *of(rung.level), None) for rung in ladder.rungs)


def _matrix(matrix: Matrix) -> Table:
    columns = (Column("", width=1.6), *(Column(name) for name in matrix.columns))
    rows = tuple(
        (Cell(name), *(Cell(text) for text, _shade in row))
        for name, row in zip(matrix.rows, matrix.cells, strict=True)
    )
    return Table(matrix.about.title, columns, rows)


def _matrix_shades(matrix: Matrix) -> tuple[tuple[int | None, ...], ...]:
    return tuple((None, *(shade for _text, shade in row)) for row in matrix.cells)


def _table(
    table: Table, heading: str, title: str, notes: tuple[str, ...], document: Document
) -> Iterator[Slide]:
    caption = plain(table.caption)
    said = (caption, *notes)
    if not table.rows:
        yield Slide(heading, title, Lines((caption, plain(table.empty))), said)
    elif len(table.rows) > MOST_ROWS:
        text = speaker(document.lang)(LONG).format(caption=caption, n=len(table.rows))
        yield Slide("", heading, Lines((text,)), said)
    else:
        kicker = heading if title != heading else ""
        yield from _grids(table, Slide(kicker, title, Lines(()), said, caption), caption)


def _grids(
    table: Table, base: Slide, alt: str, shades: tuple[tuple[int | None, ...], ...] = ()
) -> Iterator[Slide]:
    """A table over as many slides as it takes: rows below each other, columns that do not fit beside."""
    for columns in grid.column_parts(table):
        narrow = grid.of_columns(table, columns)
        widths = grid.widths(narrow)
        shaded = tuple(tuple(row[at] for at in columns) for row in shades)
        head = grid.row_height(tuple(Cell(column.name) for column in narrow.columns), widths, bold=True)
        heights = [grid.row_height(row, widths) for row in narrow.rows]
        for first, end in grid.evenly(heights, HIGH - head):
            part, tall = replace(narrow, rows=narrow.rows[first:end]), (head, *heights[first:end])
            yield replace(base, content=Grid(part, widths, tall, alt, shaded[first:end]))


def _sources(document: Document) -> Iterator[Slide]:
    """The sources, their addresses and licences in the notes."""
    if not document.sources:
        return
    say = speaker(document.lang)
    lines = [plain(source.text) for source in document.sources]
    addresses = {line: source for line, source in zip(lines, document.sources, strict=True)}
    for slide in _text("", say(SOURCES), lines, ()):
        shown_here = slide.content.items if isinstance(slide.content, Lines) else ()
        notes = [
            f"{line} {plain(addresses[line].url)} {plain(addresses[line].licence)}"
            for line in shown_here
            if line in addresses
        ]
        last = (plain(document.boundaries),) if document.boundaries else ()
        yield replace(slide, notes=(*notes, said_of(document), *last))

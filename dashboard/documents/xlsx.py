"""A document as a workbook: its text, each table on a sheet of its own with typed numbers, charts, sources.

Nothing in it is a formula: a text that looks like one stays a text, as in `components/download.py`.
"""

from __future__ import annotations

import datetime
import re
from io import BytesIO
from typing import Any

import xlsxwriter

from dashboard.components.download import LONGEST_CELL, WORKBOOK
from dashboard.documents import measure, xlsx_charts
from dashboard.documents.content import (
    Bullets,
    Cell,
    Document,
    Figure,
    Heading,
    Paragraph,
    Steps,
    Table,
)
from dashboard.documents.stamp import stamp
from dashboard.documents.wording import SIGNS, TAGS, day_of, link_of, plain, speaker
from dashboard.pictures.model import DotRange, Fan, Picture
from dashboard.texts import mark
from kpis.spreadsheet import readable

LONGEST_NAME = 31  # characters of the name of a sheet
WIDEST, NARROWEST = 60, 8  # characters of a column
TEXT_WIDTH = 110
LETTERS_A_LINE = 105  # of a text TEXT_WIDTH wide, with some to spare
LINE_HIGH = 15.0  # points
NUMBER_WIDTH = 14
SOURCE_WIDTHS = (70, 60, 45)  # letters of a line: source, address, licence
A4 = 9  # as workbooks number it

SUMMARY, ABOUT, SOURCES = mark("Summary"), mark("About"), mark("Sources")
DETAIL = mark("{column}, in detail")
HEADS = (mark("Source"), mark("Address of the source"), mark("Licence"))
FACTS = (
    mark("Title"),
    mark("Subtitle"),
    mark("Language"),
    mark("Data version"),
    mark("Read on"),
    mark("Address of this view"),
    mark("Names of areas"),
)


def write(document: Document) -> bytes:
    """The document as XLSX: the summary, the tables, the charts with their numbers, sources, facts."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **WORKBOOK}) as book:
        _properties(book, document)
        sheets = _Book(book, document)
        sheets.summary()
        for block in document.blocks:
            if isinstance(block, Table):
                sheets.table(block)
        for block in document.blocks:
            if isinstance(block, Figure):
                sheets.figure(block)
        sheets.sources()
        sheets.about()
    return buffer.getvalue()


def _properties(book: Any, document: Document) -> None:
    book.set_properties(
        {
            "title": text_of(document.title),
            "subject": text_of(document.subtitle),
            "author": "Escala",
            "keywords": stamp(document),
            "created": datetime.datetime.combine(document.made, datetime.time(12)),
            "language": TAGS.get(document.lang, document.lang),
        }
    )


def text_of(text: str) -> str:
    """A text as a cell holds it."""
    return readable(plain(text))[:LONGEST_CELL]


class _Book:
    """The sheets of a workbook, each with a name of its own."""

    def __init__(self, book: Any, document: Document) -> None:
        self.book, self.document = book, document
        self.say = speaker(document.lang)
        self.names: set[str] = set()
        form = book.add_format
        self.head = form({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.right_head = form(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "align": "right"}
        )
        self.title = form({"bold": True, "font_size": 16})
        self.section = form({"bold": True, "font_size": 12, "top": 1})
        self.wrapped = form({"text_wrap": True, "valign": "top"})
        self.muted = form({"text_wrap": True, "valign": "top", "font_color": "#52626B"})
        self.right = form({"align": "right", "valign": "top"})
        self.top = form({"valign": "top"})
        self._numbers: dict[str, Any] = {}

    def sheet(self, name: str) -> Any:
        """A new sheet; a name that is taken gets a number."""
        base = re.sub(r"[\[\]:*?/\\']", " ", plain(name)).strip()[:LONGEST_NAME] or "1"
        unique, n = base, 2
        while unique.casefold() in self.names:
            unique, n = f"{base[: LONGEST_NAME - 3]} {n}", n + 1
        self.names.add(unique.casefold())
        sheet = self.book.add_worksheet(unique)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def summary(self) -> None:
        """Title, subtitle, headings, paragraphs and lists in the order of the document."""
        sheet = self.sheet(self.say(SUMMARY))
        sheet.set_column(0, 0, TEXT_WIDTH)
        row = self._line(sheet, 0, self.document.title, self.title)
        row = self._line(sheet, row, self.document.subtitle, self.muted)
        for block in self.document.blocks:
            match block:
                case Heading(_level, text):
                    row = self._line(sheet, row, text, self.section)
                case Paragraph(text, style):
                    row = self._line(sheet, row, text, self.muted if style == "note" else self.wrapped)
                case Bullets(items) | Steps(items):
                    for item in items:
                        row = self._line(sheet, row, f"• {item}", self.wrapped)

    def _line(self, sheet: Any, row: int, text: str, form: Any) -> int:
        """Writes a line; gives the next row."""
        if not text:
            return row
        sheet.write_string(row, 0, text_of(text), form)
        lines = sum(-(-len(part) // LETTERS_A_LINE) or 1 for part in text_of(text).split("\n"))
        if lines > 1:  # not every program works out how high a row of wrapped text is
            sheet.set_row(row, LINE_HIGH * lines)
        return row + 1

    def table(self, table: Table) -> None:
        """A table: its heads in the first row, which stays in sight; the caption below the last."""
        sheet = self.sheet(table.caption)
        sheet.freeze_panes(1, 1)
        heads = self._heads(table)
        for at, (name, standing) in enumerate(heads):
            sheet.write_string(0, at, text_of(name), self.right_head if standing == "right" else self.head)
        widths = [len(name) for name, _side in heads]
        for row, cells in enumerate(table.rows, 1):
            for at, (cell, side) in enumerate(zip(self._spread(table, cells), heads, strict=True)):
                self._cell(sheet, row, at, cell, right=side[1] == "right")
                widths[at] = max(widths[at], len(cell.text))
        for at, width in enumerate(widths):
            sheet.set_column(at, at, max(NARROWEST, min(WIDEST, width + 2)))
        self._head_high(sheet, [name for name, _side in heads], [max(NARROWEST, width) for width in widths])
        if not table.rows:
            sheet.write_string(1, 0, text_of(table.empty), self.muted)
        sheet.write_string(max(2, len(table.rows) + 2), 0, text_of(table.caption), self.muted)
        sheet.repeat_rows(0)

    def _below(self, table: Table) -> list[bool]:
        """Which columns have a second line in any row: it gets a column of its own."""
        return [any(row[at].sub for row in table.rows) for at in range(len(table.columns))]

    def _heads(self, table: Table) -> list[tuple[str, str]]:
        heads: list[tuple[str, str]] = []
        for column, below in zip(table.columns, self._below(table), strict=True):
            heads.append((column.name, column.side))
            if below:
                heads.append((self.say(DETAIL).format(column=column.name) if column.name else "+", "left"))
        return heads

    def _spread(self, table: Table, cells: tuple[Cell, ...]) -> list[Cell]:
        """The cells of a row, second lines beside their first."""
        spread = []
        for cell, below in zip(cells, self._below(table), strict=True):
            spread.append(cell)
            if below:
                spread.append(Cell(cell.sub))
        return spread

    def _cell(self, sheet: Any, row: int, at: int, cell: Cell, *, right: bool) -> None:
        """A number as a number in the decimals of the document, all else as text; missing is empty."""
        if cell.number is not None and cell.number == cell.number:
            sheet.write_number(row, at, cell.number, self._number(cell))
            return
        text = text_of(cell.text)
        if cell.status:
            text = f"{SIGNS[cell.status]} {text}"
        if text in ("", "–"):
            sheet.write_blank(row, at, None, self.top)
        else:
            sheet.write_string(row, at, text, self.right if right else self.top)

    def _number(self, cell: Cell) -> Any:
        """The format of a number; its decimal mark is that of the reader's program."""
        digits = "General" if cell.digits is None else "0" + ("." + "0" * cell.digits if cell.digits else "")
        quoted = cell.symbol.replace('"', "")
        form = f'{digits}"\u00a0{quoted}"' if quoted and cell.digits is not None else digits
        if form not in self._numbers:
            self._numbers[form] = self.book.add_format(
                {"num_format": form, "valign": "top", "align": "right"}
            )
        return self._numbers[form]

    def figure(self, figure: Figure) -> None:
        """A picture: its numbers as a table, and beside them a chart that can be edited, where it has one."""
        picture, about = figure.picture, figure.picture.about
        sheet = self.sheet(about.title)
        grid = xlsx_charts.numbers(picture)
        for row, cells in enumerate(grid):
            for at, value in enumerate(cells):
                if isinstance(value, int | float):
                    sheet.write_number(row, at, value, self._plain_number(picture, at))
                elif value is not None:
                    sheet.write_string(row, at, text_of(value), self.head if row == 0 else self.top)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, min(WIDEST, 2 + max(len(str(cells[0])) for cells in grid)))
        sheet.set_column(1, len(grid[0]), NUMBER_WIDTH)
        self._head_high(sheet, [str(name or "") for name in grid[0][1:]], [NUMBER_WIDTH] * (len(grid[0]) - 1))
        chart = xlsx_charts.chart(self.book, picture, sheet.get_name(), len(grid) - 1)
        if chart is not None:
            options = {"description": text_of(about.alt), "object_position": 1}
            sheet.insert_chart(1, len(grid[0]) + 1, chart, options)
        last = len(grid) + 1
        for text in (about.title, about.unit, about.alt, about.source):
            if text:
                sheet.write_string(last, 0, text_of(text), self.top)
                last += 1

    def _head_high(self, sheet: Any, names: list[str], widths: list[int]) -> None:
        """Makes the first row as high as its wrapped words need."""
        lines = max((len(measure.wrapped(name, 11, 6 * width, bold=True)) for name, width in
                     zip(names, widths, strict=True)), default=1)  # fmt: skip
        sheet.set_row(0, LINE_HIGH * lines)

    def _plain_number(self, picture: Picture, at: int) -> Any:
        """The format of a number of a picture: worked-out ones in the decimals that mean something."""
        digits = {DotRange: 1, Fan: 3}.get(type(picture)) if at else None
        return self._number(Cell("", digits=digits))

    def sources(self) -> None:
        """Publisher, title, release, address and licence of each source."""
        sheet = self.sheet(self.say(SOURCES))
        sheet.freeze_panes(1, 0)
        for at, name in enumerate(HEADS):
            sheet.write_string(0, at, self.say(name), self.head)
        for row, source in enumerate(self.document.sources, 1):
            texts = [text_of(text) for text in (source.text, link_of(source.url), source.licence)]
            for at, text in enumerate(texts):
                sheet.write_string(row, at, text, self.wrapped)
            lines = max(-(-len(text) // width) for text, width in zip(texts, SOURCE_WIDTHS, strict=True))
            sheet.set_row(row, LINE_HIGH * max(1, lines))
        for at, width in enumerate(SOURCE_WIDTHS):
            sheet.set_column(at, at, width + 4)

    def about(self) -> None:
        """What the workbook is."""
        sheet = self.sheet(self.say(ABOUT))
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, TEXT_WIDTH)
        document = self.document
        texts = (
            document.title,
            document.subtitle,
            TAGS.get(document.lang, document.lang),
            document.version,
            day_of(document),
            link_of(document.address),
            document.boundaries,
        )
        row = 0
        for name, text in zip(FACTS, texts, strict=True):
            if text:
                sheet.write_string(row, 0, self.say(name), self.head)
                sheet.write_string(row, 1, text_of(text), self.wrapped)
                row += 1

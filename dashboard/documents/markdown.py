"""A document as Markdown: plain text that people and programs read, pictures in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dashboard.documents.content import (
    Block,
    Break,
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
from dashboard.documents.wording import SIGNS, ending, licence_of, link_of, plain

MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")
START = re.compile(r"^([-+=]|\d+[.)])(?=\s|$|[-+=])")  # would begin a list, or underline a heading


def write(document: Document) -> bytes:
    """The document in UTF-8. Nothing in a text becomes markup."""
    parts = [f"# {escaped(document.title)}"]
    if document.subtitle:
        parts.append(f"*{escaped(document.subtitle)}*")
    for block in document.blocks:
        parts += _block(block)
    parts += _end(document)
    parts.append(f"<!-- Escala {stamp(document)} -->")
    return ("\n\n".join(parts) + "\n").encode()


def part(blocks: Iterable[Block]) -> str:
    """Blocks as the end of a text; "" without any."""
    parts = [text for block in blocks for text in _block(block)]
    return "\n\n".join(["", *parts]) + "\n" if parts else ""


def escaped(text: str) -> str:
    """A text in which no sign has a meaning for Markdown or HTML.

    >>> escaped("1. *a* <b>")
    '1\\\\. \\\\*a\\\\* \\\\<b\\\\>'
    """
    inside = MARKUP.sub(r"\\\1", plain(text))
    return START.sub(lambda found: found[1][:-1] + "\\" + found[1][-1], inside)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * level} {escaped(text)}"
        case Paragraph(text, style):
            yield f"**{escaped(text)}**" if style == "lead" else escaped(text)
        case Bullets(items):
            yield "\n".join(f"- {escaped(item)}" for item in items)
        case Steps(items):
            yield "\n".join(f"{n}. {escaped(item)}" for n, item in enumerate(items, start=1))
        case Table():
            yield from _table(block)
        case Figure(picture):
            about = picture.about
            unit = f" ({escaped(about.unit)})" if about.unit else ""
            yield f"**{escaped(about.title)}**{unit}"
            yield escaped(about.alt)
            yield f"*{escaped(about.source)}*"
        case Break():
            yield "---"


def _table(table: Table) -> Iterator[str]:
    yield f"**{escaped(table.caption)}**"
    if not table.rows:
        yield escaped(table.empty)
        return
    lines = [_row([escaped(column.name) for column in table.columns])]
    lines.append(_row(["---:" if column.side == "right" else "---" for column in table.columns]))
    lines += [_row([_cell(cell) for cell in row]) for row in table.rows]
    yield "\n".join(lines)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    sign = f"{SIGNS[cell.status]} " if cell.status else ""
    sub = f" ({escaped(cell.sub)})" if cell.sub else ""
    return f"{sign}{escaped(cell.text)}{sub}"


def _end(document: Document) -> Iterator[str]:
    last = ending(document)
    if document.sources:
        yield f"## {escaped(last.heading)}"
        yield "\n".join(
            _source(s.text, s.url, licence_of(s.licence, document.lang)) for s in document.sources
        )
    yield "---"
    yield escaped(last.figures)
    if last.boundaries:
        yield escaped(last.boundaries)
    if last.address:
        yield f"{escaped(last.live)} <{last.address}>"


def _source(text: str, url: str, licence: str) -> str:
    address = link_of(url)
    parts = [escaped(text), f"<{address}>" if address else "", escaped(licence)]
    return f"- {' '.join(part for part in parts if part)}"

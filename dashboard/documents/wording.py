"""What every format says alike: the end of a document, its marks, texts without control signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from dashboard.components.language import catalogue, day_in
from dashboard.documents.content import Block, Document, Figure, Status
from dashboard.texts import mark

TAGS = {"es": "es-CO", "en": "en"}
"""The language of a document as its readers' programs want it."""

SIGNS: dict[Status, str] = {"good": "●", "middling": "◆", "poor": "▲", "none": "○"}
"""The shape of each mark, where it is a letter and not drawn; the words beside it say the same."""

SOURCES = mark("Sources")
READ_ON = mark("Escala, data version {version}, read on {day}.")
LIVE = mark("The view of today:")
PAGE = mark("Page {n} of {all}")
LICENCE = mark("Licence: {licence}")

SPACES = re.compile(r"[ \t\n\r\x0b\x0c]+")  # a no-break space stays one: 63 % is no two words

TURNS = {0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Signs that turn the direction of what follows: a text with one could read as another than it is."""


def plain(text: str) -> str:
    """A text on one line, without control signs: they have no place in XML, and no reader sees them."""
    if not text.isprintable():  # of most texts that is all there is to ask
        text = "".join(letter for letter in text if letter.isspace() or _is_shown(letter))
    return " ".join(text.split())


@lru_cache(maxsize=1024)
def _is_shown(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return kind not in ("Cc", "Cs", "Co", "Cn") and ord(letter) not in TURNS


def speaker(lang: str) -> Callable[[str], str]:
    """Texts in the language of a document."""
    return catalogue(lang).gettext


def day_of(document: Document) -> str:
    """The day of reading as the language writes it."""
    return day_in(document.made, document.lang)


@dataclass(frozen=True)
class Ending:
    """What stands below the content: head of the sources, where the figures are from, borders, address."""

    heading: str
    figures: str
    boundaries: str
    live: str
    address: str


def ending(document: Document) -> Ending:
    """The end of a document in its language. live and address are "" where no address is known."""
    say = speaker(document.lang)
    address = link_of(document.address)
    return Ending(
        heading=say(SOURCES),
        figures=say(READ_ON).format(version=document.version, day=day_of(document)),
        boundaries=plain(document.boundaries),
        live=say(LIVE) if address else "",
        address=address,
    )


def licence_of(text: str, lang: str) -> str:
    """A licence as it stands below a source; "" where none is stated."""
    return speaker(lang)(LICENCE).format(licence=plain(text)) if text.strip() else ""


def link_of(url: str) -> str:
    """An address that may be opened from a document; "" for any that is not of the web."""
    address = "".join(url.split())
    safe = address.startswith(("https://", "http://")) and not set(address) & set('<>"\\^`{|}')
    return plain(address) if safe else ""


def side_by_side(blocks: tuple[Block, ...]) -> Iterator[Block | tuple[Figure, ...]]:
    """The blocks in order; pictures that follow each other and share a width stand together as a tuple."""
    row: list[Figure] = []
    for block in blocks:
        if isinstance(block, Figure) and sum(figure.share for figure in row) + block.share <= 1.001:
            row.append(block)
            continue
        yield from _ended(row)
        row = [block] if isinstance(block, Figure) else []
        if not row:
            yield block
    yield from _ended(row)


def _ended(row: list[Figure]) -> Iterator[Figure | tuple[Figure, ...]]:
    if row:
        yield row[0] if len(row) == 1 else tuple(row)

"""How wide a text is and on how many lines it stands, in the face of slides."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FACE = "Arial"  # there in every office program, or a face of the same widths
LINE = 1.2  # height of a line in sizes of type
WIDEST = 1000  # thousandths: of a letter that is not in the table
SAFE = 1.03  # programs differ a little in how they set a line


@cache
def _widths() -> dict[str, dict[str, int]]:
    """Widths of letters in thousandths of the size of type, of the regular and the bold cut."""
    held: dict[str, dict[str, int]] = json.loads(Path(__file__).with_name("letters.json").read_text("utf-8"))
    return held


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in points."""
    letters = _widths()["bold" if bold else "regular"]
    return SAFE * size * sum(letters.get(letter, WIDEST) for letter in text) / 1000


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The lines of a text in a room of so many points; a word that is too long is broken where it must be."""
    lines = [""]
    for word in _pieces(text, size, room, bold=bold):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if not lines[-1] or width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(text: str, size: float, room: float, *, bold: bool) -> Iterator[str]:
    """The words of a text; one that is wider than the room in parts that are not."""
    for word in text.split(" "):
        part = ""
        for letter in word:
            if part and width(part + letter, size, bold=bold) > room:
                yield part
                part = ""
            part += letter
        yield part


def height(text: str, size: float, room: float, *, bold: bool = False) -> float:
    """The height of a text in points."""
    return len(wrapped(text, size, room, bold=bold)) * size * LINE


def longest_word(text: str, size: float, *, bold: bool = False) -> float:
    """The width of the widest part of a text that stays on one line."""
    return max((width(word, size, bold=bold) for word in text.split(" ")), default=0.0)

"""Which signs the fonts of documents can show, read from the fonts themselves.

PDF/UA-1 forbids a sign without a glyph, and a reader's note may hold any sign of the world.
"""

from __future__ import annotations

import struct
from functools import cache
from typing import Any

from dashboard.documents.wording import plain
from dashboard.pictures.typesetter import FONTS

BOX = "□"  # for a sign that cannot be shown
UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}  # platform and encoding of a table of Unicode signs


def shown(value: Any) -> Any:
    """All texts inside a value on one line, and such as they can be set."""
    if isinstance(value, str):
        return drawable(plain(value))
    if isinstance(value, dict):
        return {key: shown(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [shown(inner) for inner in value]
    return value


def drawable(text: str) -> str:
    """The text with a box in the place of each sign that not all weights of the fonts have."""
    known = _signs()
    return (
        text if known.issuperset(text) else "".join(sign if sign in known else _box(known) for sign in text)
    )


def _box(known: frozenset[str]) -> str:
    return BOX if BOX in known else "?"


@cache
def _signs() -> frozenset[str]:
    fonts = [frozenset(map(chr, signs_of(path.read_bytes()))) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*fonts) | {" "}


def signs_of(font: bytes) -> set[int]:
    """The code points of a TrueType font. Raises ValueError for a font without a table of them."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * count, 16)
    }
    if b"cmap" not in tables:
        raise ValueError("the font has no table of its signs")
    start, found = tables[b"cmap"], set[int]()
    for n in range(struct.unpack_from(">H", font, start + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * n)
        if (platform, encoding) in UNICODE:
            found |= _subtable(font, start + offset)
    return found


def _subtable(font: bytes, at: int) -> set[int]:
    """Signs of one table: format 4 in segments, format 12 in groups; others say nothing here."""
    kind = struct.unpack_from(">H", font, at)[0]
    if kind == 12:
        groups = struct.unpack_from(">I", font, at + 12)[0]
        ends = [struct.unpack_from(">II", font, at + 16 + 12 * n) for n in range(groups)]
        return {code for first, last in ends for code in range(first, last + 1)}
    if kind != 4:
        return set()
    segments = struct.unpack_from(">H", font, at + 6)[0] // 2
    lasts = struct.unpack_from(f">{segments}H", font, at + 14)
    firsts = struct.unpack_from(f">{segments}H", font, at + 16 + 2 * segments)
    return {code for first, last in zip(firsts, lasts, strict=True) for code in range(first, last + 1)} - {
        0xFFFF
    }

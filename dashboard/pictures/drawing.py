"""A picture as SVG, PNG or PDF: on a sheet for a slide, a square, a page, or the preview of a link."""

from __future__ import annotations

import struct
import zlib
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from markupsafe import escape

from dashboard.paths import SIGN
from dashboard.pictures.model import About, Picture
from dashboard.pictures.typesetter import Form, typeset
from dashboard.pictures.values import values as as_values

__all__ = ["A4", "PREVIEW", "SIZES", "SQUARE", "WIDE", "Form", "Size", "draw"]

SOURCE = "pictures/picture.typ"
MAKER = f"Escala, {SIGN}"


@dataclass(frozen=True)
class Size:
    """A sheet: width, height, margin and type in points; ppi: pixels of a PNG for 72 points."""

    width: float
    height: float
    margin: float
    type: float
    ppi: float = 144


WIDE = Size(960, 540, 36, 18)  # a slide; as PNG 1920 × 1080
SQUARE = Size(720, 720, 36, 18)
A4 = Size(841.89, 595.28, 48, 13, 150)  # lying
PREVIEW = Size(900, 472.5, 30, 20, 96)  # of a link: 1200 × 630 pixels
SIZES: dict[Literal["16:9", "1:1", "A4"], Size] = {"16:9": WIDE, "1:1": SQUARE, "A4": A4}


def draw(picture: Picture, form: Form, size: Size = WIDE) -> bytes:
    """The picture as a file that says in itself what it shows and from which source.

    SVG has title and description, PNG text entries, PDF tags (PDF/UA-1) with the alternative text. Raises
    TypesettingError where a source of ours is at fault, ValueError for another form.
    """
    if form not in get_args(Form):
        raise ValueError(f"unknown form {form!r}; choose {', '.join(get_args(Form))}")
    inputs = {"picture": as_values(picture), "sheet": asdict(size)}
    made = typeset(SOURCE, inputs, form, ppi=size.ppi)
    match form:
        case "svg":
            return _named_svg(made, picture.about)
        case "png":
            return _named_png(made, picture.about)
    return made


def _named_svg(svg: bytes, about: About) -> bytes:
    """Typst writes letters as outlines, so the words are said beside them."""
    head, _sign, rest = svg.partition(b">")
    lang, title, alt = escape(about.lang), escape(about.title), escape(f"{about.alt} {about.source}")
    words = f'<title id="t">{title}</title><desc id="d">{alt}</desc><metadata>{MAKER}</metadata>'
    named = f' role="img" lang="{lang}" xml:lang="{lang}" aria-labelledby="t d">{words}'
    return head + named.encode() + rest


def _named_png(png: bytes, about: About) -> bytes:
    """Title, description and source, before the pixels."""
    said = {"Title": about.title, "Description": about.alt, "Source": about.source, "Software": MAKER}
    end_of_header = 8 + 4 + 4 + 13 + 4  # signature; length, name, content and checksum of IHDR
    words = b"".join(_entry(name, text, about.lang) for name, text in said.items())
    return png[:end_of_header] + words + png[end_of_header:]


def _entry(name: str, text: str, lang: str) -> bytes:
    """An iTXt chunk: a text in UTF-8 under a name, not packed."""
    content = f"{name}\0\0\0{lang}\0\0{text}".encode()
    body = b"iTXt" + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

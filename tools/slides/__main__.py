"""Writes `dashboard/documents/master.pptx` and `letters.json`: `python -m tools.slides FONT BOLD`.

FONT, BOLD: files of Liberation Sans (package fonts-liberation of Debian), which has the widths of Arial. The
master is made from the one that python-pptx carries, so no office program is needed.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from fontTools.ttLib import TTFont
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.presentation import Presentation as Deck
from pptx.util import Emu, Inches, Pt

from dashboard.charts.look import LIGHT
from dashboard.documents.measure import FACE

DOCUMENTS = Path(__file__).resolve().parents[2] / "dashboard" / "documents"
KEPT = {"Title Slide": "Title", "Title Only": "Content"}  # layouts, and what they are called here
WIDE, HIGH = Inches(13.333), Inches(7.5)
EDGE = Inches(0.5)
INSIDE = WIDE - 2 * EDGE
HEAD = (EDGE, Inches(0.75), INSIDE, Inches(1))
ACCENTS = (LIGHT.accent, LIGHT.worse, LIGHT.better, LIGHT.peers, LIGHT.stages[1], LIGHT.series[3])
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x2030, 0x2032, 0x20AC]
LETTERS += [0x2190, 0x2191, 0x2192, 0x2193, 0x2197, 0x2212, 0x2260, 0x2264, 0x2265, 0x25B2, 0x25CB, 0x25CF]
LETTERS += [0x25C6, 0x25C7]


def main(regular: str, bold: str) -> None:
    """Writes both files."""
    widths = {"regular": advances(Path(regular)), "bold": advances(Path(bold))}
    (DOCUMENTS / "letters.json").write_text(json.dumps(widths, separators=(",", ":")), encoding="utf-8")
    master().save(str(DOCUMENTS / "master.pptx"))


def advances(font: Path) -> dict[str, int]:
    """The width of each letter in thousandths of the size of type."""
    with TTFont(font) as face:
        glyphs, widths = face.getBestCmap(), face["hmtx"]
        em = face["head"].unitsPerEm
        held = [code for code in LETTERS if code in glyphs]
        return {chr(code): round(1000 * widths[glyphs[code]][0] / em) for code in held}


def master() -> Deck:
    """A deck of 16:9 without slides: two layouts, our colours and type, titles on the left."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    for layout in list(deck.slide_layouts):
        if layout.name not in KEPT:
            deck.slide_layouts.remove(layout)
    for layout in deck.slide_layouts:
        layout.name = KEPT[layout.name]
        _without_feet(layout)
    _without_feet(deck.slide_master)
    _theme(deck)
    _titles(deck)
    return deck


def _without_feet(holder) -> None:  # type: ignore[no-untyped-def]
    """Takes away date, footer and number: each slide says its own source in their place."""
    feet = (KIND.DATE, KIND.FOOTER, KIND.SLIDE_NUMBER)
    for shape in list(holder.placeholders):
        if shape.placeholder_format.type in feet:
            shape.element.getparent().remove(shape.element)


def _theme(deck: Deck) -> None:
    part = next(
        rel.target_part for rel in deck.slide_master.part.rels.values() if rel.reltype.endswith("/theme")
    )
    text = part.blob.decode("utf-8")
    text = re.sub(r'(<a:latin typeface=")Calibri"', rf'\g<1>{FACE}"', text)
    text = re.sub(r'(<a:theme [^>]*name=")[^"]*"', r'\g<1>Escala"', text)
    for at, colour in enumerate(ACCENTS, 1):
        text = re.sub(rf'(<a:accent{at}><a:srgbClr val=")[0-9A-F]{{6}}', rf"\g<1>{colour[1:]}", text)
    text = re.sub(r"<a:dk1>.*?</a:dk1>", f'<a:dk1><a:srgbClr val="{LIGHT.ink[1:]}"/></a:dk1>', text)
    text = re.sub(r"<a:lt1>.*?</a:lt1>", f'<a:lt1><a:srgbClr val="{LIGHT.paper[1:]}"/></a:lt1>', text)
    etree.fromstring(text.encode())  # still sound
    part._blob = text.encode("utf-8")  # noqa: SLF001  # a part has no other door


def _titles(deck: Deck) -> None:
    """Titles on the left, bold, at the top of a slide and in the middle of the first one."""
    style = deck.slide_master.element.find(".//{*}titleStyle/{*}lvl1pPr")
    style.set("algn", "l")
    letters = style.find("{*}defRPr")
    letters.set("sz", "2800")
    letters.set("b", "1")
    _place(deck.slide_master.placeholders, KIND.TITLE, HEAD)
    for shape in list(deck.slide_master.placeholders):
        if shape.placeholder_format.type == KIND.BODY:
            shape.left, shape.top, shape.width = EDGE, Inches(1.95), WIDE - 2 * EDGE
            shape.height = Inches(4.8)
    for layout in deck.slide_layouts:
        if layout.name == "Title":
            _place(
                layout.placeholders,
                KIND.CENTER_TITLE,
                (EDGE, Inches(1.2), INSIDE, Inches(1.7)),
            )
            _place(
                layout.placeholders,
                KIND.SUBTITLE,
                (EDGE, Inches(3.1), INSIDE, Inches(3.2)),
            )
        else:
            _place(layout.placeholders, KIND.TITLE, HEAD)
        _rule(layout)


def _place(placeholders, kind, box) -> None:  # type: ignore[no-untyped-def]
    for shape in placeholders:
        if shape.placeholder_format.type == kind:
            shape.left, shape.top, shape.width, shape.height = map(Emu, box)
            frame = shape.text_frame
            frame.word_wrap = True
            body = shape.element.find(".//{*}bodyPr")
            body.set("anchor", "t")
            for side in ("lIns", "rIns", "tIns", "bIns"):
                body.set(side, "0")
            for child in list(body):
                body.remove(child)
            for paragraph in frame.paragraphs:
                paragraph.font.size = Pt(28 if "TITLE" in str(kind) and "SUB" not in str(kind) else 20)
            styles = shape.element.findall(".//{*}lstStyle/{*}lvl1pPr")
            for style in styles:
                style.set("algn", "l")
                style.set("marL", "0")
                style.set("indent", "0")


def _rule(layout) -> None:  # type: ignore[no-untyped-def]
    """A bar of the accent colour at the left edge: the one ornament."""
    bar = etree.fromstring(
        '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr>'
        '<p:cNvPr id="90" name="Accent" descr=""/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{Inches(0.14)}" cy="{HIGH}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:p/></p:txBody></p:sp>"
    )
    layout.shapes.element.insert(2, bar)


if __name__ == "__main__":
    main(*sys.argv[1:])

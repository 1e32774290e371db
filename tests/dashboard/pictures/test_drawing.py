"""Every kind is drawn whole in each language and size, and says in itself what it is."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest

from dashboard.charts.look import LIGHT
from dashboard.pictures import typesetter
from dashboard.pictures.drawing import A4, MAKER, PREVIEW, SIZES, WIDE, Size, draw
from dashboard.pictures.model import Bar, Picture, Ranking
from tests.dashboard.pictures.samples import HOSTILE, MAKERS, NO_DATA, TITLES, VINCENT, about, sample

SVG = "{http://www.w3.org/2000/svg}"
SHEETS = {**SIZES, "preview": PREVIEW}
Box = tuple[float, float, float, float]


def boxes(picture: Picture, size: Size) -> list[tuple[Box, str]]:
    """The lines of text of the picture: left, foot, right and head in points, and the words."""
    page = pypdfium2.PdfDocument(draw(picture, "pdf", size))[0]
    text = page.get_textpage()
    rects = [text.get_rect(at) for at in range(text.count_rects())]
    return [(rect, text.get_text_bounded(*rect).strip()) for rect in rects]


def overlaps(lines: list[tuple[Box, str]], slack: float) -> Iterator[tuple[str, str]]:
    """Lines that lie on each other by more than `slack` points both ways."""
    for at, ((left, foot, right, head), words) in enumerate(lines):
        for (left2, foot2, right2, head2), words2 in lines[at + 1 :]:
            across = min(right, right2) - max(left, left2)
            up = min(head, head2) - max(foot, foot2)
            if across > slack and up > slack and words and words2:
                yield words, words2


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("kind", MAKERS)
def test_a_kind_is_drawn_on_every_sheet_and_no_text_lies_upon_another_or_beyond(
    kind: str, name: str, lang: str
) -> None:
    size = SHEETS[name]
    lines = boxes(sample(kind, lang), size)
    assert len(lines) > 5
    assert list(overlaps(lines, size.type * 0.12)) == []
    for (left, foot, right, head), words in lines:
        assert 0 <= left < right <= size.width, words
        assert 0 <= foot < head <= size.height, words


@pytest.mark.parametrize("kind", MAKERS)
def test_a_pdf_is_tagged_with_title_language_figure_and_fonts(kind: str) -> None:
    picture = sample(kind, "es")
    with pikepdf.open(BytesIO(draw(picture, "pdf", A4))) as pdf:
        assert str(pdf.Root.Lang).startswith("es")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        assert str(pdf.docinfo["/Title"]) == TITLES["es"]
        alts = [str(element.Alt) for element in elements(pdf.Root.StructTreeRoot) if "/Alt" in element]
        assert alts == [picture.about.alt]
        kinds = {str(element.S) for element in elements(pdf.Root.StructTreeRoot) if "/S" in element}
        assert {"/H1", "/Figure"} <= kinds


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The elements of a tree of tags."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        yield node
        if "/K" in node:
            yield from elements(node.K)


@pytest.mark.parametrize("kind", MAKERS)
def test_an_svg_says_what_it_shows_and_asks_for_nothing(kind: str) -> None:
    picture = sample(kind, "en")
    svg = draw(picture, "svg")
    root = ElementTree.fromstring(svg)
    assert (root.find(f"{SVG}title").text, root.get("lang"), root.get("role")) == (TITLES["en"], "en", "img")
    assert root.find(f"{SVG}desc").text == f"{picture.about.alt} {picture.about.source}"
    assert not root.findall(f".//{SVG}script")
    assert not root.findall(f".//{SVG}text")
    addresses = {value for node in root.iter() for name, value in node.attrib.items() if "href" in name}
    assert [address for address in addresses if not address.startswith(("#", "data:image/svg+xml"))] == []


def chunks(png: bytes) -> Iterator[tuple[str, bytes]]:
    """The parts of a PNG, each checked against its sum."""
    at = 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        body = png[at + 4 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size]) == (zlib.crc32(body),)
        yield body[:4].decode(), body[4:]
        at += 12 + size


@pytest.mark.parametrize(
    ("size", "pixels"), [(WIDE, (1920, 1080)), (PREVIEW, (1200, 630)), (A4, (1754, 1240))]
)
def test_a_png_has_its_pixels_and_says_title_description_and_source(
    size: Size, pixels: tuple[int, int]
) -> None:
    picture = sample("ladder", "es")
    parts = list(chunks(draw(picture, "png", size)))
    assert next(kind for kind, _content in parts) == "IHDR"
    assert struct.unpack(">II", dict(parts)["IHDR"][:8]) == pixels
    said = [content.split(b"\0") for kind, content in parts if kind == "iTXt"]
    words = {entry[0].decode(): entry[-1].decode() for entry in said}
    assert words == {
        "Title": picture.about.title,
        "Description": picture.about.alt,
        "Source": picture.about.source,
        "Software": MAKER,
    }


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_hostile_texts_arrive_as_text(form: str) -> None:
    around = replace(about("en", HOSTILE), alt=HOSTILE, unit=HOSTILE, source=HOSTILE)
    picture = Ranking(around, (Bar(HOSTILE, 1.0, HOSTILE), Bar("b", None, HOSTILE)))
    made = draw(picture, form)  # type: ignore[arg-type]
    if form == "pdf":
        text = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()
        plain = re.sub(r"\s+", "", text)
        assert plain.count(re.sub(r"\s+", "", HOSTILE)) >= 5
    if form == "svg":
        root = ElementTree.fromstring(made)
        assert root.find(f"{SVG}title").text == HOSTILE
        assert b"<script" not in made


def widths(svg: bytes, colour: str) -> list[float]:
    """Widths of the rectangles of a colour."""
    found = []
    for node in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        if node.get("fill", "").upper() == colour.upper() and (d := node.get("d", "")):
            numbers = [float(text) for text in re.findall(r"-?\d+(?:\.\d+)?", d)]
            xs = re.findall(r"[hH]\s*(-?[\d.]+)", d)
            found.append(max(map(abs, map(float, xs))) if xs else max(numbers))
    return found


@pytest.mark.parametrize("values", [(0.9, 0.6, 0.3), (90.0, 45.0, 1.0)])
def test_bars_are_as_long_as_their_values(values: tuple[float, ...]) -> None:
    bars = tuple(Bar(f"n{at}", value, "x", "focus") for at, value in enumerate(values))
    drawn = widths(draw(Ranking(about("en"), bars, most=max(values)), "svg"), LIGHT.accent)
    assert len(drawn) == len(values)
    scale = drawn[0] / values[0]
    assert drawn == pytest.approx([scale * value for value in values], abs=0.02)


def test_a_bar_without_a_value_is_no_bar() -> None:
    bars = (Bar("a", 0.5, "0.5", "focus"), Bar("b", None, "no data", "focus"))
    assert len(widths(draw(Ranking(about("en"), bars, most=1), "svg"), LIGHT.accent)) == 1


def strokes(picture: Picture, colour: str) -> int:
    """How many lines of a colour a picture has."""
    root = ElementTree.fromstring(draw(picture, "svg"))
    return sum(
        node.get("stroke", "").upper() == colour.upper() and node.get("fill") in (None, "none")
        for node in root.iter(f"{SVG}path")
    )


def test_a_missing_value_leaves_a_gap() -> None:
    gapped = sample("trend", "en")
    focus = gapped.courses[0]  # type: ignore[union-attr]
    whole = replace(focus, points=tuple((year, value or 0.4) for year, value in focus.points))
    filled = replace(gapped, courses=(whole, *gapped.courses[1:]))  # type: ignore[union-attr,type-var]
    assert (strokes(gapped, LIGHT.accent), strokes(filled, LIGHT.accent)) == (2, 1)


@pytest.mark.parametrize("kind", ["trend", "ranking", "ladder", "dot_range", "matrix", "paces"])
def test_what_is_missing_is_said(kind: str) -> None:
    words = " ".join(text for _box, text in boxes(sample(kind, "es"), WIDE))
    assert NO_DATA["es"] in words or kind == "matrix"
    if kind == "matrix":
        assert words.count("–") >= 3


def test_the_longest_names_are_whole() -> None:
    for kind in ("trend", "ranking", "matrix"):
        words = " ".join(text for _box, text in boxes(sample(kind, "es"), PREVIEW))
        assert all(word in words for word in VINCENT["es"].split()), kind


def test_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="gif"):
        draw(sample("ladder", "en"), "gif")  # type: ignore[arg-type]


def test_a_sign_that_no_font_has_is_refused() -> None:
    with pytest.raises(typesetter.TypesettingError, match="could not be displayed|glyph|codepoint"):
        draw(sample("ladder", "en", "Beijing 北京"), "pdf")


def test_a_fault_of_a_source_is_told_with_its_name() -> None:
    with pytest.raises(typesetter.TypesettingError, match="picture.typ"):
        typesetter.typeset("pictures/picture.typ", {"picture": {}, "sheet": {}}, "svg")

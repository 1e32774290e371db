"""Streamlit's fonts with the characters and icons in use: a tenth of their size.

Streamlit serves each family whole, for every script and every weight, and the icon font with four thousand
icons; a page waits for all of it before a letter stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

# Blocks of characters, first and last: letters of European languages, punctuation, raised and lowered
# figures, currencies, arrows, and the lines and shapes that charts and tables use.
BLOCKS = (
    (0x20, 0x17F),
    (0x218, 0x21B),
    (0x2000, 0x206F),
    (0x2070, 0x209C),
    (0x20A0, 0x20C0),
    (0x2190, 0x2199),
    (0x2500, 0x257F),
    (0x25A0, 0x25FF),
)
SINGLE = "ʻʼˆ˚˜ΔΣΩαβγδελμπρστφχω№™∂∆∏∑−∕∙√∞∫≈≠≤≥✓✗"  # letters of formulas and signs between the blocks
# Kinds of letters and figures: what text needs to stand right, and the figures that the style sheet asks for.
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum", "pnum"]
# Icons that no file names yet, at hand for controls to come.
SPARE_ICONS = (
    "arrow_back",
    "arrow_forward",
    "download",
    "help",
    "home",
    "pause",
    "play_arrow",
    "replay",
    "search",
)
ICON = re.compile(r":material/([a-z0-9_]+)")
ASCII = "abcdefghijklmnopqrstuvwxyz0123456789_"


@dataclass(frozen=True)
class Face:
    """A font of Streamlit, as it is called before the hash, and what is made of it.

    name: of the new font, inside it; "Source" is reserved by its licence for the unchanged one.
    limits: of the axes that stay variable, values of those that do not.
    """

    source: str
    file: str
    name: str
    limits: dict[str, float | tuple[float, float]]


WEIGHTS = (400.0, 700.0)
# The style sheet writes headings in one weight; 24 px is the middle of their sizes. With all weights and
# optical sizes the file is five times as long.
SERIF: dict[str, float | tuple[float, float]] = {"wght": 600.0, "opsz": 24.0}
FACES = (
    Face("SourceSansVF-Upright.ttf", "sans.woff2", "Escala Sans", {"wght": WEIGHTS}),
    Face("SourceSansVF-Italic.ttf", "sans-italic.woff2", "Escala Sans Italic", {"wght": WEIGHTS}),
    Face("SourceSerifVariable-Roman.ttf", "serif.woff2", "Escala Serif", SERIF),
    Face("SourceSerifVariable-Italic.ttf", "serif-italic.woff2", "Escala Serif Italic", SERIF),
    Face("SourceCodeVF-Upright.ttf", "code.woff2", "Escala Code", {"wght": WEIGHTS}),
    Face("MaterialSymbols-Rounded", "symbols.woff2", "Escala Symbols", {}),
)


def characters() -> set[int]:
    """The characters that texts may have; what a font lacks is drawn in one of the reader's, as before."""
    return {code for first, last in BLOCKS for code in range(first, last + 1)}.union(map(ord, SINGLE))


def icons(*folders: Path) -> set[str]:
    """Names of the icons that scripts and code below these folders ask for, and the spare ones."""
    files = (path for folder in folders for kind in ("*.js", "*.py") for path in sorted(folder.rglob(kind)))
    named = {name for path in files for name in ICON.findall(path.read_text(encoding="utf-8"))}
    return named.union(SPARE_ICONS)


def source(face: Face, media: Path) -> Path:
    """Streamlit's file of a font. Raises FileNotFoundError if it has none of that name."""
    for path in media.glob(f"{face.source}.*.woff2"):
        return path
    raise FileNotFoundError(f"{media} has no {face.source}.*.woff2")


def letters(face: Face, media: Path) -> bytes:
    """A text font with the characters and weights in use."""
    font = TTFont(source(face, media), recalcTimestamp=False)
    _reduce(font, Options(layout_features=FEATURES), {"unicodes": characters()})
    instantiateVariableFont(font, face.limits, inplace=True)
    return _written(font, face)


def symbols(face: Face, media: Path, names: set[str]) -> bytes:
    """The icon font with the named icons; one is drawn where its name is written, as a ligature."""
    font = TTFont(source(face, media), recalcTimestamp=False)
    # Else every icon whose name can be spelled with these letters would stay.
    options = Options(layout_features=["rlig"], layout_closure=False)
    glyphs = [glyph for name, glyph in ligatures(font) if name in names]
    _reduce(font, options, {"glyphs": glyphs, "unicodes": {ord(sign) for sign in ASCII}})
    return _written(font, face)


def ligatures(font: TTFont) -> Iterator[tuple[str, str]]:
    """The name of each icon as it is written, and its glyph."""
    signs = {glyph: chr(code) for code, glyph in font.getBestCmap().items() if chr(code) in ASCII}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            for first, sets in getattr(table, "ligatures", {}).items():
                for ligature in sets:
                    parts = [signs.get(part, "?") for part in (first, *ligature.Component)]
                    yield "".join(parts), ligature.LigGlyph


def _reduce(font: TTFont, options: Options, wanted: dict[str, object]) -> None:
    """Leaves in a font what is wanted, with its copyright and its licence."""
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(**wanted)
    subsetter.subset(font)


def _written(font: TTFont, face: Face) -> bytes:
    """A font as WOFF2, under its own name."""
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            record.string = face.name.replace(" ", "") if record.nameID in (3, 6) else face.name
    font.flavor = "woff2"
    stream = BytesIO()
    font.save(stream)
    return stream.getvalue()

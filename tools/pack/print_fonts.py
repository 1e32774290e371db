"""The fonts of pictures and documents: single weights of Streamlit's text fonts as TTF, which Typst reads.

Typst takes neither WOFF2 nor a variable font, so each weight in use is a file of its own. They are written
to `dashboard/pictures/fonts/`, with a manifest of their sizes and hashes and their licence.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from streamlit import file_util

from tools.pack.fonts import FEATURES, Face, characters, source

REGULAR, SEMIBOLD = 400.0, 600.0
TEXT, DISPLAY = 12.0, 24.0  # optical sizes of the serif: running text, and titles
WEIGHT_NAMES = {REGULAR: "Regular", SEMIBOLD: "SemiBold"}
ITALIC, BOLD, PLAIN = 1, 1 << 5, 1 << 6  # bits of fsSelection


@dataclass(frozen=True)
class Cut:
    """One weight of one face. optical: the size that it is drawn for, of faces that know one."""

    face: Face
    weight: float
    italic: bool = False
    optical: float | None = None

    @property
    def style(self) -> str:
        """Its name within the family, as "SemiBold Italic"."""
        name = WEIGHT_NAMES[self.weight]
        return f"{name} Italic".removeprefix("Regular ") if self.italic else name

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.face.name} {self.style}".replace(" ", "") + ".ttf"


SANS = Face("SourceSansVF-Upright.ttf", "", "Escala Sans", {})
SANS_ITALIC = Face("SourceSansVF-Italic.ttf", "", "Escala Sans", {})
SERIF = Face("SourceSerifVariable-Roman.ttf", "", "Escala Serif", {})
SERIF_ITALIC = Face("SourceSerifVariable-Italic.ttf", "", "Escala Serif", {})
CUTS = (
    Cut(SANS, REGULAR),
    Cut(SANS, SEMIBOLD),
    Cut(SANS_ITALIC, REGULAR, italic=True),
    Cut(SERIF, REGULAR, optical=TEXT),
    Cut(SERIF, SEMIBOLD, optical=DISPLAY),
    Cut(SERIF_ITALIC, REGULAR, italic=True, optical=TEXT),
)
# What some fonts lack is drawn from the sans, so both must not lack it.
EXTRA = {0x1E00 + at for at in range(0x100)} | {0x2713, 0x2717}  # letters with two marks, as of Vietnamese


def media() -> Path:
    """Where Streamlit keeps its fonts."""
    return Path(file_util.get_static_dir()) / "static" / "media"


def cut(one: Cut) -> bytes:
    """A font of one weight, as TTF under its own name."""
    font = TTFont(source(one.face, media()), recalcTimestamp=False)
    options = Options(layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters() | EXTRA)
    subsetter.subset(font)
    limits = {"wght": one.weight} | ({"opsz": one.optical} if one.optical else {})
    instantiateVariableFont(font, limits, inplace=True, overlap=False)
    return _named(font, one)


def _named(font: TTFont, one: Cut) -> bytes:
    """The font as bytes; family, style and weight as programs tell fonts of a family apart."""
    table = font["name"]
    family, whole = one.face.name, f"{one.face.name} {one.style}"
    one_word = whole.replace(" ", "")
    plain = one.style in ("Regular", "Italic")
    words = {
        1: family if plain else f"{family} SemiBold",
        2: one.style if plain else "Regular",
        3: one_word,
        4: whole,
        6: f"{family.replace(' ', '')}-{one.style.replace(' ', '')}",
        16: family,
        17: one.style,
    }
    for number, word in words.items():
        table.removeNames(nameID=number)
        table.setName(word, number, 3, 1, 0x409)
    if "STAT" in font:
        del font["STAT"]  # says which axes there were
    font["OS/2"].usWeightClass = int(one.weight)
    font["OS/2"].fsSelection = ITALIC if one.italic else PLAIN
    font["head"].macStyle = 2 if one.italic else 0
    font.flavor = None
    stream = BytesIO()
    font.save(stream)
    return stream.getvalue()


def entries() -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Each file: its name, its content, and what the manifest says of it."""
    for one in CUTS:
        content, whole = cut(one), source(one.face, media()).read_bytes()
        yield (
            one.file,
            content,
            {
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "replaces": one.face.source,
                "of_sha256": hashlib.sha256(whole).hexdigest(),
            },
        )


def write(folder: Path, licence: Path) -> None:
    """All of them, with manifest and licence; what was there before goes. licence: file with its text."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.ttf"):
        old.unlink()
    manifest = {}
    for name, content, entry in entries():
        (folder / name).write_bytes(content)
        manifest[name] = entry
        print(f"{name:32}{len(content):>10,} bytes")
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    shutil.copyfile(licence, folder / licence.name)

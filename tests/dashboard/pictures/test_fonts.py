"""The fonts of pictures hold every sign that texts and data have, and are made of what is installed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from dashboard.pictures.typesetter import FONTS
from tests.conftest import ROOT
from tools.pack import fonts, print_fonts

MANIFEST = json.loads((FONTS / "manifest.json").read_text(encoding="utf-8"))
PO = list((ROOT / "dashboard" / "locale").rglob("*.po"))
NAMES = list((ROOT / "data" / "reference").glob("*.csv"))
ENTRIES = list((ROOT / "kpis" / "catalogue" / "entries").rglob("*.toml"))
LARGEST = 150_000


def signs(path: Path) -> set[str]:
    """The signs that a font draws."""
    return set(map(chr, TTFont(BytesIO(path.read_bytes())).getBestCmap()))


CORE = set("→←●■▲–−…\u00a0\u202f\u2011")  # of charts: arrows, marks, dashes, blanks that do not break


def told(*folders: Iterable[Path]) -> set[str]:
    """The printable signs of some files."""
    texts = [path.read_text(encoding="utf-8") for folder in folders for path in folder]
    assert texts
    return {sign for text in texts for sign in text if sign.isprintable()}


@pytest.mark.parametrize("one", [cut for cut in print_fonts.CUTS if cut.face.name == "Escala Sans"])
def test_the_sans_draws_names_and_every_sign_of_texts_that_its_font_has(one: print_fonts.Cut) -> None:
    drawn = signs(FONTS / one.file)
    assert sorted((told(NAMES) | CORE) - drawn) == []
    whole = signs(fonts.source(one.face, print_fonts.media()))
    assert sorted((told(NAMES, PO, ENTRIES) & whole) - drawn) == []


@pytest.mark.parametrize("name", MANIFEST)
def test_a_font_is_what_the_manifest_says_and_small(name: str) -> None:
    content = (FONTS / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == MANIFEST[name]["sha256"]
    assert len(content) == MANIFEST[name]["bytes"] < LARGEST
    font = TTFont(BytesIO(content))
    assert "fvar" not in font
    assert "Source" not in font["name"].getDebugName(4)
    assert "OFL" in str(font["name"].getDebugName(13)) or "Open Font" in str(font["name"].getDebugName(13))


def test_nothing_else_lies_there_and_the_licence_does() -> None:
    names = {path.name for path in FONTS.iterdir()}
    assert names == {*MANIFEST, "manifest.json", "fonts-licences.txt"}
    own = ROOT / "dashboard" / "static" / "own" / "fonts-licences.txt"
    assert (FONTS / "fonts-licences.txt").read_bytes() == own.read_bytes()


FIRST, *OTHERS = print_fonts.CUTS


@pytest.mark.long
@pytest.mark.parametrize(
    "one",
    [FIRST, *(pytest.param(cut, marks=pytest.mark.whole) for cut in OTHERS)],
    ids=lambda one: one.file,
)
def test_a_font_is_made_again_byte_for_byte(one: print_fonts.Cut) -> None:
    assert hashlib.sha256(print_fonts.cut(one)).hexdigest() == MANIFEST[one.file]["sha256"]

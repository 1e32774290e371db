"""The files made for the browser are whole, made of what is installed, and hold all that pages show."""

from __future__ import annotations

import gzip
import hashlib
import inspect
import json
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import brotli
import pytest
from fontTools.ttLib import TTFont

from dashboard import paths
from dashboard.charts import figure
from dashboard.serve import assets, internals
from tests.conftest import ROOT
from tools.pack.__main__ import typefaces
from tools.pack.fonts import icons, ligatures

OWN = paths.OWN
MANIFEST: dict[str, dict[str, Any]] = json.loads((OWN / "manifest.json").read_text(encoding="utf-8"))
PACK = ROOT / "tools" / "pack"
FONTS = [name for name in MANIFEST if name.endswith(".woff2")]
# Where readers find texts: what is written in code and catalogues, and what the data says.
TEXTS = {
    "dashboard": ("*.py", "*.po", "*.js"),
    "kpis": ("*.py", "*.po", "*.toml"),
    "data": ("*.csv", "*.json"),
}


@pytest.mark.parametrize("name", MANIFEST)
def test_a_file_is_what_the_manifest_says(name: str) -> None:
    entry = MANIFEST[name]
    content = (OWN / entry["file"]).read_bytes()
    assert (len(content), hashlib.sha256(content).hexdigest()) == (entry["bytes"], entry["sha256"])
    assert entry["sha256"][:10] in entry["file"]


def test_nothing_else_lies_there() -> None:
    scripts = {entry["file"] for name, entry in MANIFEST.items() if name.endswith(".js")}
    packed = {f"{file}.{kind}" for file in scripts for kind in ("gz", "br")}
    texts = {"manifest.json", "plotly-licences.txt", "fonts-licences.txt", assets.ARCHIVE}
    listed = {entry["file"] for entry in MANIFEST.values()}
    assert {path.name for path in OWN.iterdir()} == listed | packed | texts


def test_the_packed_forms_hold_the_script() -> None:
    content = (OWN / MANIFEST["plotly.js"]["file"]).read_bytes()
    assert gzip.decompress((OWN / f"{MANIFEST['plotly.js']['file']}.gz").read_bytes()) == content
    packed = (OWN / f"{MANIFEST['plotly.js']['file']}.br").read_bytes()
    assert len(packed) < 0.32 * len(content)
    assert brotli.decompress(packed) == content


def test_the_scripts_of_a_first_visit_were_packed_with_brotli_as_they_are_served() -> None:
    """Not our own scripts, which change from day to day: after that they come with gzip."""
    files = [file for file in assets.first_visit() if assets.packings(file)]
    theirs = [file for file in files if file.name not in (*assets.HEAD_FILES, *assets.LATER_FILES)]
    assert len(theirs) > 50
    assert [file.name for file in theirs if "br" not in assets.packings(file)] == []
    assert [f for f in theirs if brotli.decompress(assets.content(f, "br")) != assets.content(f)] == []


def test_the_bundle_needs_no_eval_and_names_the_licence_of_every_part() -> None:
    script = (OWN / MANIFEST["plotly.js"]["file"]).read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function\(", script)
    licences = (OWN / "plotly-licences.txt").read_text(encoding="utf-8")
    parts = MANIFEST["plotly.js"]["parts"]
    assert len(parts) > 20
    assert [name for name, version, _licence in parts if f"{name} {version}, " not in licences] == []


def test_the_bundle_knows_every_trace_that_charts_draw_and_no_other() -> None:
    kinds = {
        name
        for name, make in inspect.getmembers(figure, inspect.isfunction)
        if make.__module__ == figure.__name__ and inspect.signature(make).return_annotation == "Trace"
    }
    assert set(MANIFEST["plotly.js"]["traces"]) == kinds
    assert len(kinds) == 5


def test_the_lock_of_the_tool_pins_every_package_and_names_no_address() -> None:
    packages = json.loads((PACK / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    del packages[""]
    assert len(packages) > 100
    assert [name for name, package in packages.items() if not package.get("integrity")] == []
    assert [name for name, package in packages.items() if "resolved" in package or "funding" in package] == []


@pytest.mark.long
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name.startswith("code") else pytest.mark.whole) for name in FONTS],
)
def test_a_font_is_made_again_byte_for_byte(name: str) -> None:
    made = {one.name: one for one in typefaces((name,))}
    assert made[name].entry() == MANIFEST[name]


@cache
def signs(path: Path) -> frozenset[str]:
    """The characters that a font draws."""
    return frozenset(map(chr, TTFont(BytesIO(path.read_bytes())).getBestCmap()))


def whole(name: str) -> Path:
    """Streamlit's own file of a font."""
    media = internals.front_end() / "static" / "media"
    (path,) = media.glob(f"{MANIFEST[name]['replaces']}.*.woff2")
    return path


@cache
def texts() -> frozenset[str]:
    """Every character of what readers may be shown."""
    files = [
        path
        for folder, kinds in TEXTS.items()
        for kind in kinds
        for path in (ROOT / folder).rglob(kind)
        if OWN not in path.parents
    ]
    assert len(files) > 300
    return frozenset().union(*(path.read_text(encoding="utf-8") for path in files))


@pytest.mark.parametrize("name", [name for name in FONTS if name != "symbols.woff2"])
def test_a_font_has_every_character_of_texts_and_data_that_it_had(name: str) -> None:
    drawn = signs(OWN / MANIFEST[name]["file"])
    printable = {sign for sign in texts() if sign.isprintable()}
    assert len(printable) > 200
    assert sorted((printable & signs(whole(name))) - drawn) == []


def test_the_icon_font_has_every_icon_that_streamlit_and_the_dashboard_name() -> None:
    media = internals.front_end() / "static" / "js"
    font = TTFont(BytesIO((OWN / MANIFEST["symbols.woff2"]["file"]).read_bytes()))
    original = TTFont(BytesIO(whole("symbols.woff2").read_bytes()))
    wanted = icons(media, ROOT / "dashboard") & {name for name, _glyph in ligatures(original)}
    assert len(wanted) > 60
    assert wanted - {name for name, _glyph in ligatures(font)} == set()
    assert len(font.getGlyphOrder()) < 200


def test_the_style_sheet_writes_headings_in_the_one_weight_that_the_serif_has() -> None:
    weights = re.findall(r"font: (\S+) [^;]*var\(--serif\)", paths.content(paths.STYLE_SHEET).decode())
    assert len(weights) > 5
    assert set(weights) == {"600"}

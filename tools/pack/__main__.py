"""Makes `static/own/` and the fonts of pictures: `make pack`, or `python -m tools.pack [FOLDER]`."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile, ZipInfo

import brotli
from streamlit import file_util

from dashboard.serve import assets
from tools.pack import fonts, print_fonts

HERE = Path(__file__).resolve().parent
DASHBOARD = HERE.parents[1] / "dashboard"
OWN = DASHBOARD / "static" / "own"
PRINT = DASHBOARD / "pictures" / "fonts"
FONT_NOTICE = "fonts-licences.txt"
MANIFEST = "manifest.json"
NOTICE = "plotly-licences.txt"
TRACES = re.compile(r"plotly\.js/src/traces/(\w+)")
NAME_HASH = 10  # digits of the hash in the name of a file


@dataclass(frozen=True)
class Made:
    """A file as it was made: its name without a hash, its content, and what it was made of."""

    name: str
    content: bytes
    recipe: dict[str, Any]

    @property
    def sha256(self) -> str:
        """The hash of the content."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def file(self) -> str:
        """The name under which a browser may keep it for good."""
        stem, _, ending = self.name.rpartition(".")
        return f"{stem}.{self.sha256[:NAME_HASH]}.{ending}"

    def entry(self) -> dict[str, Any]:
        """What the manifest says of it."""
        return {"file": self.file, "bytes": len(self.content), "sha256": self.sha256} | self.recipe


def bundle() -> tuple[Made, str]:
    """Plotly with the traces in use, and the licences of all that is inside. Needs Node and `npm ci`."""
    with TemporaryDirectory() as folder:
        script, inside = Path(folder) / "plotly.js", Path(folder) / "parts.json"
        subprocess.run(["node", HERE / "build.mjs", script, inside], check=True, cwd=HERE)
        parts = json.loads(inside.read_text(encoding="utf-8"))
        tools = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["devDependencies"]
        recipe = {
            "made_with": tools,
            "traces": TRACES.findall((HERE / "plotly.js").read_text(encoding="utf-8")),
            "parts": [[part["name"], part["version"], part["licence"]] for part in parts],
        }
        return Made("plotly.js", script.read_bytes(), recipe), licences(parts)


def licences(parts: list[dict[str, str]]) -> str:
    """The licences of packages in one text, as their terms ask for."""
    texts = []
    for part in parts:
        lines = [line.rstrip() for line in part["text"].strip().splitlines()]
        head = f"{part['name']} {part['version']}, {part['licence']}"
        texts.append("\n".join([head, "", *(lines or ["Its package holds no text of the licence."]), ""]))
    return f"\n{'-' * 78}\n\n".join(texts)


def typefaces(names: Sequence[str] = ()) -> Iterator[Made]:
    """The parts of Streamlit's fonts that are in use. names: files to make; empty: all."""
    static = Path(file_util.get_static_dir()) / "static"
    for face in fonts.FACES:
        if names and face.file not in names:
            continue
        if face.file == "symbols.woff2":
            content = fonts.symbols(face, static / "media", fonts.icons(static / "js", DASHBOARD))
        else:
            content = fonts.letters(face, static / "media")
        whole = fonts.source(face, static / "media").read_bytes()
        yield Made(
            face.file, content, {"replaces": face.source, "of_sha256": hashlib.sha256(whole).hexdigest()}
        )


def write(made: list[Made], folder: Path) -> None:
    """The files, packed ones beside those that pack, and the manifest; what was there before goes.

    Packed here and not when first asked for: the best packing takes seconds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("*.*.js*"), *folder.glob("*.woff2")]:
        old.unlink()
    for one in made:
        (folder / one.file).write_bytes(one.content)
        if one.name.endswith(".js"):
            (folder / f"{one.file}.gz").write_bytes(gzip.compress(one.content, 9, mtime=0))
            (folder / f"{one.file}.br").write_bytes(brotli.compress(one.content, quality=11))
    entries = {one.name: one.entry() for one in made}
    (folder / MANIFEST).write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")


def write_archive(folder: Path) -> None:
    """The scripts and styles of a first visit, packed with Brotli, by the fingerprint of their content.

    Not those beside which the packed form lies already.
    """
    files = [file for file in assets.first_visit() if not file.packed]
    contents = {assets.content(file) for file in files if assets.packings(file)}
    packed = {assets.fingerprint(raw): brotli.compress(raw, quality=11) for raw in contents}
    with ZipFile(folder / assets.ARCHIVE, "w") as archive:
        for name in sorted(packed):
            archive.writestr(ZipInfo(name), packed[name])  # without a time: the same again


def main(folder: Path = OWN) -> None:
    """Makes all of it. Raises CalledProcessError where the bundle cannot be made."""
    script, notice = bundle()
    made = [script, *typefaces()]
    write(made, folder)
    (folder / NOTICE).write_text(notice, encoding="utf-8")
    write_archive(folder)
    for one in made:
        print(f"{one.file:32}{len(one.content):>10,} bytes")
    print_fonts.write(PRINT, OWN / FONT_NOTICE)


if __name__ == "__main__":
    if not shutil.which("node"):
        sys.exit("Node is needed to make the bundle: apt-get install nodejs npm")
    main(*map(Path, sys.argv[1:2]))

"""Writes `static/names.js`: the names of countries for the drop-down lists in the browser.

Run `python -m dashboard.search.aliases` after a change of `data/reference/area_name.csv` or of a script that
`static/shell.js` loads: it loads each by the hash of its content.
"""

from __future__ import annotations

import hashlib
import json
import re

from dashboard.paths import STATIC
from kpis import names

LABELS = ("en", "es")  # languages of the labels in lists


def table() -> list[list[str]]:
    """One row per area: its two labels in lists, the ISO code, then every other name."""
    index = names.index()
    un_names = {(entry.ref_area, entry.lang): entry.name for entry in index.names if entry.kind == "un"}
    rows = []
    for area in index.title:
        labels = [un_names.get((area, lang), index.title[area]) for lang in LABELS]
        rows.append([*labels, area, *(name for name in index.of(area) if name not in labels)])
    return rows


def script() -> str:
    """The module for the browser."""
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in table())
    head = "// Written by dashboard/search/aliases.py: label in English and Spanish, code, further names.\n"
    constants = "\n".join(
        f"export const {constant} = {json.dumps(value, ensure_ascii=False)};"
        for constant, value in (("written", names.SHORT_FORMS), ("little", sorted(names.STOP_WORDS)))
    )
    return f"{head}{constants}\nexport default [\n{rows},\n];\n"


def stamp(name: str) -> str:
    """The hash of the content of a module, with which `static/shell.js` requests it."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def write() -> None:
    """Writes the module, and the hash of every module into the script that requests it."""
    (STATIC / "names.js").write_text(script(), encoding="utf-8")
    shell = STATIC / "shell.js"
    asked = re.compile(r"(\./(\w+\.js)\?v=)[0-9a-f]*")
    text = asked.sub(lambda found: found[1] + stamp(found[2]), shell.read_text(encoding="utf-8"))
    shell.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()

"""The names of countries for the lists in the browser: `static/names.js`, written by this module.

`python -m dashboard.search.aliases` writes it anew after a change of `data/reference/area_name.csv`.
"""

from __future__ import annotations

import hashlib
import json
import re

from dashboard.paths import STATIC
from kpis import names

LABELS = ("en", "es")  # the languages in which a list may show an area


def table() -> list[list[str]]:
    """One row per area: the two names that lists show, then every other name and the ISO code."""
    index = names.index()
    shown = {(one.ref_area, one.lang): one.name for one in index.names if one.kind == "un"}
    rows = []
    for area in index.title:
        labels = [shown.get((area, lang), index.title[area]) for lang in LABELS]
        rows.append([*labels, area, *(name for name in index.of(area) if name not in labels)])
    return rows


def script() -> str:
    """The module for the browser."""
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in table())
    head = "// Written by dashboard/search/aliases.py: label in English and Spanish, code, further names.\n"
    words = "\n".join(
        f"export const {name} = {json.dumps(told, ensure_ascii=False)};"
        for name, told in (("written", names.WRITTEN), ("little", sorted(names.LITTLE)))
    )
    return f"{head}{words}\nexport default [\n{rows},\n];\n"


def stamp() -> str:
    """The mark of its content, with which `static/shell.js` asks for it."""
    return hashlib.sha256(script().encode()).hexdigest()[:12]


def write() -> None:
    """Writes the module, and its mark into the script that asks for it."""
    (STATIC / "names.js").write_text(script(), encoding="utf-8")
    shell = STATIC / "shell.js"
    told = re.sub(r"(?<=names\.js\?v=)[0-9a-f]*", stamp(), shell.read_text(encoding="utf-8"))
    shell.write_text(told, encoding="utf-8")


if __name__ == "__main__":
    write()

"""Writes `static/names.js`: the names of countries for the drop-down lists in the browser.

Run `python -m dashboard.search.aliases` after a change of `data/reference/area_name.csv`.
"""

from __future__ import annotations

import json

from dashboard import loads
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


def write() -> None:
    """Writes the module, and its hash into the script that loads it."""
    (STATIC / "names.js").write_text(script(), encoding="utf-8")
    loads.write()


if __name__ == "__main__":
    write()

"""Citations of sources as text, BibTeX and RIS, escaped for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dashboard.charts.scalars import is_missing, whole

RIS = "application/x-research-info-systems"
TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # an escaped brace still counts as one in BibTeX
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


def field(value: object) -> str:
    """A field on one line; missing is empty."""
    return "" if value is None or value != value else " ".join(str(value).split())


def tex(value: object) -> str:
    """A field safe inside the braces of BibTeX."""
    return "".join(TEX.get(letter, letter) for letter in field(value))


def year(source: Mapping[str, object]) -> str:
    """Year of the release, else the last year of its figures; empty if neither is known."""
    match = re.search(r"\b(?:19|20)\d\d\b", field(source.get("vintage")).replace("-", " "))
    if match:
        return match.group()
    last = source.get("last_year")
    return "" if is_missing(last) else str(whole(last))


def text(source: Mapping[str, object]) -> str:
    """The citation as its catalogue entry words it, with release and address."""
    parts = [field(source["citation"])]
    if vintage := field(source.get("vintage")):
        parts.append(f"Release {vintage}.")
    return " ".join([*parts, field(source["url"])])


def bibtex(sources: Sequence[Mapping[str, object]]) -> str:
    """One @misc entry per source (source, title, publisher, citation, vintage, url, licence)."""
    return "\n".join(_bibtex_entry(source) for source in sources)


def _bibtex_entry(source: Mapping[str, object]) -> str:
    key = re.sub(r"[^A-Za-z0-9_:-]", "", field(source["source"]))
    note = " ".join(filter(None, [field(source["citation"]), _licence(source)]))
    fields = {
        "title": f"{{{tex(source['title'])}}}",
        "author": f"{{{tex(source['publisher'])}}}",
        "year": tex(year(source)),
        "edition": tex(source.get("vintage")),
        "url": re.sub(r"[{}\\\s]", "", field(source["url"])),
        "note": tex(note),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value.strip("{}"))
    return f"@misc{{{key},\n{body}\n}}\n"


def ris(sources: Sequence[Mapping[str, object]]) -> str:
    """One record of type DATA per source; no field can begin a tag of its own."""
    records = []
    for source in sources:
        fields = [
            ("TY", "DATA"),
            ("ID", field(source["source"])),
            ("TI", field(source["title"])),
            ("AU", f"{field(source['publisher'])},"),
            ("PB", field(source["publisher"])),
            ("PY", year(source)),
            ("ET", field(source.get("vintage"))),
            ("UR", field(source["url"])),
            ("N1", field(source["citation"])),
            ("C1", _licence(source)),
        ]
        lines = [f"{tag}  - {value}" for tag, value in fields if value]
        records.append("\r\n".join([*lines, "ER  - ", ""]))
    return "\r\n".join(records)


def _licence(source: Mapping[str, object]) -> str:
    return field(source.get("licence"))

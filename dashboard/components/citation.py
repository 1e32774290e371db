"""Citations of sources as text, BibTeX and RIS, escaped for each.

A figure is cited by who published it, under the title and in the language of the publication; then where it
was read: in Escala, from which version of the data, on which day.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts.scalars import is_missing, whole
from kpis.version import __version__

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


@dataclass(frozen=True)
class Reading:
    """Where figures were read: which version of the data, on which day, at which address ("": not known)."""

    version: str
    day: datetime.date
    address: str = ""

    @property
    def note(self) -> str:
        """A sentence, in the language of citations."""
        day = f"{self.day.day} {self.day:%B %Y}"
        return f"Read in Escala {__version__}, data version {self.version}, on {day}."


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


def text(source: Mapping[str, object], reading: Reading | None = None) -> str:
    """The citation as its catalogue entry words it, with release and address; and where it was read."""
    parts = [field(source["citation"])]
    if vintage := field(source.get("vintage")):
        parts.append(f"Release {vintage}.")
    return " ".join([*parts, field(source["url"]), *([reading.note] if reading else [])])


def texts(sources: Sequence[Mapping[str, object]], reading: Reading) -> str:
    """All that a view rests on as text: a line a source, then where they were read."""
    lines = [text(source) for source in sources]
    return "\n".join([*lines, " ".join(filter(None, [reading.note, reading.address]))]) + "\n"


def bibtex(sources: Sequence[Mapping[str, object]], reading: Reading | None = None) -> str:
    """One @misc entry per source (source, title, publisher, citation, vintage, url, licence)."""
    return "\n".join(_bibtex_entry(source, reading) for source in sources)


def _bibtex_entry(source: Mapping[str, object], reading: Reading | None) -> str:
    key = re.sub(r"[^A-Za-z0-9_:-]", "", field(source["source"]))
    where = reading.note if reading else ""
    note = " ".join(filter(None, [field(source["citation"]), where, _licence(source)]))
    fields = {
        "title": f"{{{tex(source['title'])}}}",
        "author": f"{{{tex(source['publisher'])}}}",
        "year": tex(year(source)),
        "edition": tex(source.get("vintage")),
        "url": re.sub(r"[{}\\\s]", "", field(source["url"])),
        "urldate": reading.day.isoformat() if reading else "",
        "note": tex(note),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value.strip("{}"))
    return f"@misc{{{key},\n{body}\n}}\n"


def ris(sources: Sequence[Mapping[str, object]], reading: Reading | None = None) -> str:
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
            ("Y2", f"{reading.day:%Y/%m/%d}/" if reading else ""),
            ("N2", reading.note if reading else ""),
            ("C1", _licence(source)),
        ]
        lines = [f"{tag}  - {value}" for tag, value in fields if value]
        records.append("\r\n".join([*lines, "ER  - ", ""]))
    return "\r\n".join(records)


def _licence(source: Mapping[str, object]) -> str:
    return field(source.get("licence"))

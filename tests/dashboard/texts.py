"""The texts of both packages, taken from the code by Babel; `python -m tests.dashboard.texts` updates them.

`make texts` is the same. Each entry then names its files, in the order of the code; translations stay, and
what the code no longer says goes. Further .po files on the command line give translations that ours has not:
that joins two branches. A text stands in a call of one of the markers of its package; the app also translates
the texts of method cards and checks.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from dashboard.paths import DASHBOARD, LOCALE
from kpis import catalogue
from kpis import texts as kpis_texts
from kpis.catalogue import Catalogue
from kpis.checks.verify import TEXTS
from kpis.methods import cards


@dataclass(frozen=True)
class Domain:
    """A gettext catalogue: the package it serves, and the calls whose texts it holds (Babel keywords)."""

    name: str
    package: Path
    po: Path
    markers: tuple[tuple[str, tuple[int, ...] | None], ...]

    @property
    def header(self) -> str:
        """First line of the file."""
        package = self.package.name
        return f"# Spanish texts of `{package}`. Keys are the English texts; `make texts` writes this file."


APP = Domain(
    "escala",
    DASHBOARD,
    LOCALE / "es" / "LC_MESSAGES" / "escala.po",
    (("_", None), ("t", None), ("text", None), ("mark", None), ("ngettext", (1, 2))),
)
KPIS = Domain(
    kpis_texts.DOMAIN,
    kpis_texts.LOCALE.parent,
    kpis_texts.LOCALE / "es" / "LC_MESSAGES" / f"{kpis_texts.DOMAIN}.po",
    (("mark", None), ("Text", None), ("message", None), ("say", None), ("say_number", (1, 2))),
)
DOMAINS = (APP, KPIS)
WORDED = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")  # two words in a row: no mere formula, file or number
SHORT = re.compile(r"relative \S+")  # tolerances that the page words itself


def calls(
    module: BinaryIO, keywords: dict[str, Any], comment_tags: object, options: object
) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """Marked calls of a module, as Babel wants them; its own reader misses f-strings before Python 3.12."""
    for node in ast.walk(ast.parse(module.read())):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            texts = tuple(_literal(argument) for argument in node.args)
            if name in keywords and texts[0]:
                yield node.lineno, name, texts, []


def _literal(argument: ast.expr) -> str | None:
    value = argument.value if isinstance(argument, ast.Constant) else None
    return value if isinstance(value, str) else None


@cache
def template(domain: Domain) -> Catalog:
    """Every marked text of a package, with the files that say it."""
    extracted = Catalog()
    methods = [("**.py", "tests.dashboard.texts:calls")]
    messages = extract_from_dir(domain.package, methods, keywords=dict(domain.markers))
    for file, _line, message, _comments, _context in messages:
        extracted.add(message, locations=[(f"{domain.package.name}/{Path(file).as_posix()}", 0)])
    return extracted


def library(catalogue: Catalogue) -> set[str]:
    """English texts of method cards and of the rules and reasons of checks, as pages translate them."""
    by_column = cards()
    of_cards = {text for column in ("name", "formula", "source", "tolerance") for text in by_column[column]}
    rules = {index.source for index in catalogue.indices}
    reasons = {reason for index in catalogue.indices for reason in index.known.values()}
    return {text for text in of_cards | rules | reasons | set(TEXTS) if not SHORT.fullmatch(text)}


def worded(texts: set[str]) -> set[str]:
    """Those that hold words, so that a reader needs them in the own language; formulas stay formulas."""
    return {text for text in texts if WORDED.search(text)}


def read(path: Path) -> Catalog:
    """A catalogue from its file. Exits where a text stands twice: one of the two would be lost."""
    ids = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    if twice := sorted({text for text in ids if ids.count(text) > 1}):
        sys.exit(f"{path.name}: '{twice[0]}' stands twice. Fill in the first entry and delete the other.")
    with path.open("rb") as stream:
        return read_po(stream, locale="es", domain="escala", abort_invalid=True)


def updated(domain: Domain, path: Path, *others: Path) -> Catalog:
    """The catalogue as it should be: all texts of today, translated as in the first file that has them."""
    merged = read(path)
    for other in map(read, others):
        for message in other:
            if not message.id:
                continue
            if message.id not in merged:
                merged[message.id] = message
            elif not _is_translated(merged[message.id]):
                merged[message.id].string = message.string
    current = Catalog(creation_date=merged.creation_date)
    for message in template(domain):
        if message.id:
            current.add(message.id, locations=sorted(set(message.locations)))
    words = library(catalogue.load()) if domain is APP else set()
    for text in sorted(worded(words) | {text for text in words if text in merged}):
        current.add(text, locations=[("kpis", 0)])
    merged.update(current, no_fuzzy_matching=True)
    merged.obsolete.clear()
    merged.header_comment = domain.header
    return merged


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    """English and translation of every text; singular and plural are two."""
    for message in read(path):
        if isinstance(message.id, tuple):
            yield from zip(message.id, message.string, strict=True)
        elif message.id:
            yield message.id, str(message.string)


def _is_translated(message: Any) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def write(path: Path, merged: Catalog) -> None:
    """Writes a catalogue: by file, without line numbers, so that it changes when texts do."""
    with path.open("wb") as stream:
        write_po(stream, merged, width=110, include_lineno=False, sort_by_file=True, ignore_obsolete=True)


if __name__ == "__main__":
    others = [Path(name) for name in sys.argv[1:]]
    for each in DOMAINS:
        write(each.po, updated(each, each.po, *[path for path in others if path.stem == each.name]))

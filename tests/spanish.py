"""Every text of the project with its Spanish form, wherever it is kept, and what no Spanish text may hold."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from kpis.catalogue import Catalogue
from kpis.paths import data_dir
from kpis.workspace.exercises.reading import standard
from tests.dashboard.texts import DOMAINS, pairs

# What is refused, and what stands in its place.
BANNED = {
    r"[“”]": "« »",
    r"\bpuntajes?\b": "puntuación",
    r"\bpuertas?\b(?! de entrada)": "umbral",
    r"\bzonas?\b(?! (?:rural|urban|piloto))": "área (país o área)",
    r"\blas? facilitan?\b": "habilita (una meta)",
    r"\bpuesto percentil\b": "rango percentil",
    r"\bnunca visto\b": "sin precedentes",
    r"\blado mejor\b|\bningún lado\b": "sentido (deseable)",
    r"\bprimero el móvil\b": "prioridad al móvil",
    r"\bquién(?:es)? publica": "organismo",
    r"\bmeta ODS\b": "meta de los ODS",
    r"[\d}] ?%(?!\w)": "no-break space before %",
    r"(?<![\w)])-\d": "− before a number",
    r"(?<!\d-)\b(?!\d{4}-(?:0[1-9]|1[0-2])\b)\d+-\d+\b(?!-\d)": "– or «a» between numbers",  # but 2023-04
    r"\d[ \u00a0\u202f]\d{3}\b": "1.000 and 10.000, as the numbers of the pages",
}
KEYS = {
    "cases/cases_es.csv": ("cases/cases.csv", ("case_id",)),
    "methodology/actions_es.csv": ("methodology/actions.csv", ("action_id",)),
    "methodology/lessons_es.csv": ("methodology/lessons_ldc_sids.csv", ("lesson_id",)),
    "methodology/linkage_es.csv": ("methodology/sdg_linkage.csv", ("component", "sdg_target")),
    "methodology/release_calendar_es.csv": ("methodology/release_calendar.csv", ("source",)),
}  # the translations beside a table: the table, and what names a row of both
FOLDERS = ("cases", "methodology", "reference")  # of tables with columns in both languages


@dataclass(frozen=True)
class Pair:
    """A text in English and Spanish, and where it stands."""

    where: str
    en: str
    es: str


def catalogue_pairs(catalogue: Catalogue) -> Iterator[Pair]:
    """Names, definitions, caveats, notes: all texts of the entries."""
    for table in vars(catalogue).values():
        entries = table.values() if isinstance(table, Mapping) else table
        for entry in entries:
            if isinstance(entry, BaseModel):
                yield from _texts(getattr(entry, "id", type(entry).__name__), entry)


def _texts(where: str, entry: BaseModel) -> Iterator[Pair]:
    for name, value in entry:
        if isinstance(value, BaseModel):
            if {"en", "es"} <= set(type(value).model_fields):
                yield Pair(f"catalogue, {where}, {name}", value.en, value.es)
            else:
                yield from _texts(f"{where}, {name}", value)


def po_pairs() -> Iterator[Pair]:
    """The texts of the app and of `kpis`."""
    for domain in DOMAINS:
        for en, es in pairs(domain.po):
            yield Pair(domain.po.name, en, es)


def data_pairs() -> Iterator[Pair]:
    """Columns `name_en` and `name_es`, and the tables `…_es.csv` beside their English ones."""
    root = data_dir()
    for path in sorted(path for folder in FOLDERS for path in (root / folder).glob("*.csv")):
        place = path.relative_to(root).as_posix()
        rows = _rows(place)
        for column in [name for name in rows[0] if name == "es" or name.endswith("_es")]:
            english = column.removesuffix("es") + "en"
            for row in rows:
                if row[english] or row[column]:
                    yield Pair(f"{place}, {next(iter(row.values()))}, {column}", row[english], row[column])
    for place, (english_place, key) in KEYS.items():
        known = {tuple(row[name] for name in key): row for row in _rows(english_place)}
        for row in _rows(place):
            code = tuple(row[name] for name in key)
            for column in [name for name in row if name not in key and (known[code][name] or row[name])]:
                yield Pair(f"{place}, {' '.join(code)}, {column}", known[code][column], row[column])


def _rows(place: str) -> list[dict[str, str]]:
    with (data_dir() / place).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def questionnaire_pairs() -> Iterator[Pair]:
    """The questionnaire of the exercise: its head, names, statements, levels, evidence."""
    shipped = standard()
    texts = [shipped.title, shipped.about]
    texts += [level.name for level in shipped.levels] + [part.name for part in shipped.dimensions]
    for statement in shipped.statements.values():
        texts += [statement.text, statement.evidence, *statement.levels]
    yield from (Pair("questionnaire", words.en, words.es) for words in texts)


def every_pair(catalogue: Catalogue) -> list[Pair]:
    """All texts of the project."""
    return [*catalogue_pairs(catalogue), *po_pairs(), *data_pairs(), *questionnaire_pairs()]


def refused(es: str) -> list[str]:
    """What should stand instead of what a Spanish text holds and may not."""
    return [instead for pattern, instead in BANNED.items() if re.search(pattern, es, re.IGNORECASE)]


def ending(text: str) -> str:
    """The sign a text ends with, whatever quotes or brackets close it; "" after a letter."""
    last = text.rstrip("”»\"')")[-1:]
    return last if last in ".:;?!…," else ""


def numbers(text: str) -> set[str]:
    """The numbers of a text as digits alone, so that marks and spaces within them do not count."""
    bare = re.sub(r"\{[^}]*\}", " ", text)
    bare = re.sub(r"([\d.]+) to ([\d.]+ billion)", r"\1 billion to \2", bare)
    bare = re.sub(r"([\d.]+) billion", lambda found: f"{1000 * float(found[1]):.0f} million", bare)
    return set(re.findall(r"\d+", re.sub(r"(?<=\d)[.,\u00a0\u202f](?=\d)", "", bare)))

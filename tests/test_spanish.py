"""Spanish as a Colombian official writes it: complete, one word for one thing, nothing lost."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Callable

import pytest
from babel.messages.pofile import read_po

from dashboard.components.language import LOCALE
from kpis.catalogue import Catalogue
from kpis.paths import data_dir
from tests.dashboard.texts import library, texts, worded
from tests.spanish import KEYS, Pair, ending, every_pair, numbers, refused

PO = LOCALE / "es" / "LC_MESSAGES" / "escala.po"


@pytest.fixture(scope="module")
def pairs(catalogue: Catalogue) -> list[Pair]:
    return every_pair(catalogue)


@pytest.fixture(scope="module")
def entries() -> dict[str, str]:
    with PO.open("rb") as stream:
        return {entry.id: entry.string for entry in read_po(stream, locale="es") if entry.id}


def fields(text: str) -> set[str]:
    """Names of the places to fill in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_of_the_app_is_translated_and_none_besides(
    entries: dict[str, str], catalogue: Catalogue
) -> None:
    app, cards = texts(), library(catalogue)
    assert {key: place for key, place in app.items() if not entries.get(key)} == {}
    assert {text for text in worded(cards) if not entries.get(text)} == set()
    assert set(entries) - set(app) - cards == set()


def test_no_entry_stands_twice() -> None:
    """A merge by union can leave two; the last would win unseen."""
    keys = [line for line in PO.read_text(encoding="utf-8").splitlines() if line.startswith('msgid "')]
    assert {key for key, n in Counter(keys).items() if n > 1} <= {'msgid ""'}


def test_every_table_of_translations_is_looked_at() -> None:
    root = data_dir()
    assert {path.relative_to(root).as_posix() for path in root.glob("*/*_es.csv")} == set(KEYS)


def test_the_texts_come_from_everywhere(pairs: list[Pair]) -> None:
    places = Counter(pair.where.split(",")[0] for pair in pairs)
    assert places["escala.po"] > 1000
    assert places["catalogue"] > 400
    explained = {"kpis.plan.words.WORDS", "kpis.plan.faults.WORDS", "kpis.cases.relevance.WHY"}
    assert explained | set(KEYS) <= set(places)


def wrong(pairs: list[Pair], fault: Callable[[Pair], object]) -> str:
    """The texts with a fault, one a line."""
    return "\n".join(f"{pair.where}: {pair.en} → {pair.es} {fault(pair)}" for pair in pairs if fault(pair))


def test_nothing_is_empty(pairs: list[Pair]) -> None:
    assert wrong(pairs, lambda pair: not pair.es.strip() or not pair.en.strip()) == ""


def test_no_refused_word_or_sign_is_used(pairs: list[Pair]) -> None:
    assert wrong(pairs, lambda pair: refused(pair.es)) == ""


def test_a_text_ends_as_its_english_does(pairs: list[Pair]) -> None:
    assert wrong(pairs, lambda pair: ending(pair.en) != ending(pair.es)) == ""


def test_no_place_to_fill_in_is_lost(pairs: list[Pair]) -> None:
    assert wrong(pairs, lambda pair: fields(pair.en) ^ fields(pair.es)) == ""


def test_no_number_is_lost_or_changed(pairs: list[Pair]) -> None:
    assert wrong(pairs, lambda pair: numbers(pair.en) ^ numbers(pair.es)) == ""


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("el “índice”", ["« »"]),
        ("un puntaje de 65%", ["puntuación", "no-break space before %"]),
        ("de 12-24 meses, -2,5", ["− before a number", "– or «a» between numbers"]),
        ("zonas rurales y 10.000 personas, 65\u00a0%, 1e-9, 2025-03-29, −2,5", []),
    ],
)
def test_what_is_refused_and_what_is_not(text: str, instead: list[str]) -> None:
    assert refused(text) == instead


def test_numbers_are_the_same_with_other_marks() -> None:
    assert numbers("1,100 of 0.95 and 10,000; {n} more, 4G") == numbers("1.100 de 0,95 y 10.000; {m} más, 4G")
    assert numbers("12 of 13") != numbers("12 de 31")

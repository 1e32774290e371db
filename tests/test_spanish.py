"""Spanish as a Colombian official writes it: complete, one word for one thing, nothing lost."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.charts.context import english
from dashboard.components.language import catalogue
from kpis.catalogue import Catalogue
from kpis.paths import data_dir
from tests.dashboard.texts import APP, DOMAINS, Domain, pairs, read, updated, write
from tests.spanish import KEYS, Pair, ending, every_pair, numbers, refused


@pytest.fixture(scope="module")
def every(catalogue: Catalogue) -> list[Pair]:
    return every_pair(catalogue)


def fields(text: str) -> set[str]:
    """Names of the places to fill in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


EACH = pytest.mark.parametrize("domain", DOMAINS, ids=lambda domain: domain.name)


@EACH
def test_every_text_of_the_code_is_in_the_catalogue_and_none_besides(domain: Domain) -> None:
    """`make texts` would add and drop nothing; order and places of the entries are its own business."""
    current = {message.id: message.string for message in read(domain.po)}
    assert {message.id: message.string for message in updated(domain, domain.po)} == current, (
        "run `make texts`"
    )


def test_an_update_takes_what_another_branch_translated_and_loses_nothing(tmp_path: Path) -> None:
    whole, half = tmp_path / "whole.po", tmp_path / "half.po"
    write(whole, updated(APP, APP.po))
    entries = read(whole)
    for message in [message for message in entries if message.id][::2]:
        entries.delete(message.id)
    write(half, entries)
    assert len(entries) < len(read(whole))
    write(half, updated(APP, half, whole))
    assert sorted(pairs(half)) == sorted(pairs(whole))
    first = half.read_bytes()
    write(half, updated(APP, half))
    assert half.read_bytes() == first


@EACH
def test_a_plural_is_one_entry_with_both_forms(domain: Domain) -> None:
    for message in read(domain.po):
        if isinstance(message.id, tuple):
            assert len(message.id) == len(message.string) == 2
            assert all(message.string)


@EACH
def test_no_entry_stands_twice(domain: Domain) -> None:
    """A merge by union can leave two; the last would win unseen."""
    keys = [line for line in domain.po.read_text(encoding="utf-8").splitlines() if line.startswith('msgid "')]
    assert {key for key, n in Counter(keys).items() if n > 1} <= {'msgid ""'}


def test_every_table_of_translations_is_looked_at() -> None:
    root = data_dir()
    assert {path.relative_to(root).as_posix() for path in root.glob("*/*_es.csv")} == set(KEYS)


def test_the_texts_come_from_everywhere(every: list[Pair]) -> None:
    places = Counter(pair.where.split(",")[0] for pair in every)
    assert places["escala.po"] > 1000
    assert places["catalogue"] > 400
    assert places["kpis.po"] > 200
    assert places["questionnaire"] > 200
    assert set(KEYS) <= set(places)


def wrong(every: list[Pair], fault: Callable[[Pair], object]) -> str:
    """The texts with a fault, one a line."""
    return "\n".join(f"{pair.where}: {pair.en} → {pair.es} {fault(pair)}" for pair in every if fault(pair))


def test_nothing_is_empty(every: list[Pair]) -> None:
    assert wrong(every, lambda pair: not pair.es.strip() or not pair.en.strip()) == ""


def test_no_refused_word_or_sign_is_used(every: list[Pair]) -> None:
    assert wrong(every, lambda pair: refused(pair.es)) == ""


def test_a_text_ends_as_its_english_does(every: list[Pair]) -> None:
    assert wrong(every, lambda pair: ending(pair.en) != ending(pair.es)) == ""


def test_no_place_to_fill_in_is_lost(every: list[Pair]) -> None:
    assert wrong(every, lambda pair: fields(pair.en) ^ fields(pair.es)) == ""


def test_no_number_is_lost_or_changed(every: list[Pair]) -> None:
    assert wrong(every, lambda pair: numbers(pair.en) ^ numbers(pair.es)) == ""


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


@pytest.mark.parametrize(("n", "words"), [(0, "{n} años"), (1, "1 año"), (2, "{n} años")])
def test_a_number_has_its_form_in_spanish(n: int, words: str) -> None:
    assert catalogue("es").ngettext("1 year", "{n} years", n) == words
    assert catalogue("en").ngettext("1 year", "{n} years", n) == english("1 year", "{n} years", n)

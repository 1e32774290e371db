"""Which entries match a search, in which order, and why.

A kind of thing joins the search with a list of entries (`dashboard/search/entries.py`); nothing here knows
what a country or a KPI is. How words are folded and when two are alike: `kpis/matching.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from kpis import matching
from kpis.matching import SHORT, tokens

HOW = ("code", "name", "start", "word", "text", "near")  # the ways to match, best first
MAX_LETTERS, MAX_WORDS = 60, 8  # of a search; the rest is ignored
NEAR_BEST = 0.15  # how much less alike than the best near match another may be


@dataclass(frozen=True)
class Entry:
    """A thing that a search can find.

    kind, code: what it is and its plain code. title: its name in the reader's language. codes: its exact
    codes (ISO codes, ids). names: its names in every language. texts: words about it (a definition).
    weight: among equal matches of a kind the lighter comes first.
    """

    kind: str
    code: str
    title: str
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    weight: int = 0


@dataclass(frozen=True)
class Hit:
    """An entry that matches: how (one of HOW) and what of it matched, as it is written (empty for texts)."""

    entry: Entry
    how: str
    matched: str


class Form(NamedTuple):
    """A way to type a name: folded, its words, and the name as it is written."""

    folded: str
    words: list[str]
    name: str


def folded(text: str) -> str:
    """Text for comparison: accents, case, apostrophes and punctuation aside; dots stay within codes.

    >>> folded("Côte d’Ivoire"), folded("ODS 16.9.")
    ('cote divoire', 'ods 16.9')
    """
    return " ".join(tokens(text))


def _forms(entry: Entry) -> list[Form]:
    """The names of an entry as they may be typed: an apostrophe dropped, or a blank in its place."""
    return [
        Form(form, form.split(), name)
        for name in dict.fromkeys((entry.title, *entry.names))
        for form in sorted({folded(name), folded(re.sub("['’]", " ", name))})
    ]


def _all_begin(typed: Iterable[str], words: Collection[str]) -> bool:
    """Whether every typed word is the beginning of one of the words."""
    return all(any(word.startswith(beginning) for word in words) for beginning in typed)


class Index:
    """Entries made ready to be searched; built once, read by many."""

    def __init__(
        self, entries: Iterable[Entry], codes_of_name: Callable[[str], Collection[str]] = lambda _name: ()
    ) -> None:
        """codes_of_name: codes of what a text is a full name of, however its words are arranged."""
        self.entries = list(entries)
        self._codes_of_name = codes_of_name
        self._codes = [{folded(code): code for code in entry.codes} for entry in self.entries]
        self._names = [_forms(entry) for entry in self.entries]
        self._texts = [
            sorted({word for text in (*entry.texts, *entry.names) for word in tokens(text)})
            for entry in self.entries
        ]
        self._by_code = {entry.code: at for at, entry in reversed(list(enumerate(self.entries)))}
        self._beginnings = sorted((code, at) for at, codes in enumerate(self._codes) for code in codes)
        self._places: dict[str, set[int]] = defaultdict(set)  # entries by word
        name_words = [{word for form in forms for word in form.words} for forms in self._names]
        for at, words in enumerate(name_words):
            for word in words.union(self._texts[at]):
                self._places[word].add(at)
        self._words = sorted(self._places)
        self._name_words = sorted({w for words in name_words for w in words if len(w) >= SHORT})

    def find(self, query: str) -> list[Hit]:
        """Entries that match, best first; similar words only where nothing matches as it is written."""
        typed = " ".join(tokens(query[:MAX_LETTERS])[:MAX_WORDS])
        if not typed:
            return []
        named = self._named(query)
        places = sorted(self._candidates(typed) | named)
        hits = [hit for at in places if (hit := self._match(at, typed, named))]
        return sorted(hits or self._near(typed), key=self._rank)

    def _named(self, query: str) -> set[int]:
        """The entry of which the query is a full name; none where several are called so."""
        codes = self._codes_of_name(query)
        return {self._by_code[code] for code in codes if code in self._by_code} if len(codes) == 1 else set()

    def _candidates(self, typed: str) -> set[int]:
        """Entries worth a look: a code begins so, or every typed word begins one of their words."""
        start = bisect_left(self._beginnings, (typed, -1))
        by_code = takewhile(lambda code_at: code_at[0].startswith(typed), self._beginnings[start:])
        by_words = set.intersection(*(self._beginning(word) for word in typed.split()))
        return {at for _, at in by_code} | by_words

    def _beginning(self, beginning: str) -> set[int]:
        """Entries with a word that begins so."""
        start = bisect_left(self._words, beginning)
        words = takewhile(lambda word: word.startswith(beginning), self._words[start:])
        return set().union(*(self._places[word] for word in words))

    @staticmethod
    def _rank(hit: Hit) -> tuple[int, int, int, str]:
        return HOW.index(hit.how), hit.entry.weight, len(hit.matched), folded(hit.entry.title)

    def _match(self, at: int, typed: str, named: Collection[int]) -> Hit | None:
        """The best way in which an entry matches, if any. named: what the query is a full name of."""
        entry, codes, forms = self.entries[at], self._codes[at], self._names[at]
        if typed in codes:
            return Hit(entry, "code", codes[typed])
        if name := next((form.name for form in forms if form.folded == typed), None):
            return Hit(entry, "name", name)
        if at in named:
            return Hit(entry, "name", entry.title)
        return self._part(at, typed)

    def _part(self, at: int, typed: str) -> Hit | None:
        """The best way in which a part of an entry matches: a beginning, words of a name, of a text."""
        entry, forms, beginnings = self.entries[at], self._names[at], typed.split()
        starts = [*self._codes[at].items(), *((form.folded, form.name) for form in forms)]
        if start := next((name for form, name in starts if form.startswith(typed)), None):
            return Hit(entry, "start", start)
        if name := next((form.name for form in forms if _all_begin(beginnings, form.words)), None):
            return Hit(entry, "word", name)
        if len(typed) >= SHORT and _all_begin(beginnings, self._texts[at]):
            return Hit(entry, "text", "")
        return None

    def _near(self, typed: str) -> list[Hit]:
        """Entries with a name that has, for every typed word, that word or one much like it."""
        slips = {word: set(matching.similar(word, self._name_words)) for word in typed.split()}
        places = set.intersection(
            *(self._beginning(word).union(*(self._places[s] for s in alike)) for word, alike in slips.items())
        )
        hits = {
            Hit(self.entries[at], "near", form.name): matching.likeness(typed, form.folded)
            for at in sorted(places)
            if (form := self._near_form(at, slips))
        }
        best = max(hits.values(), default=0.0)
        return [hit for hit, likeness in hits.items() if likeness >= best - NEAR_BEST]

    def _near_form(self, at: int, slips: dict[str, set[str]]) -> Form | None:
        """The first name of an entry with, for every typed word, a longer or a similar one."""

        def fits(form: Form) -> bool:
            return all(
                any(part in alike or part.startswith(word) for part in form.words)
                for word, alike in slips.items()
            )

        return next((form for form in self._names[at] if fits(form)), None)

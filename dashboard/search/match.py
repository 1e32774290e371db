"""What a search finds, in which order, and why.

A kind of thing joins the search with a list of entries (`dashboard/search/entries.py`); nothing here knows
what a country or a KPI is.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

HOW = ("code", "name", "start", "word", "text", "near")  # the ways to match, best first
MOST_LETTERS, MOST_WORDS = 60, 8  # of a search; the rest is ignored
NEAR = (
    0.75  # likeness of two words (0–1, Ratcliff and Obershelp) from which one counts as a slip of the other
)
SHORT = 4  # letters; shorter words are like too many others


@dataclass(frozen=True)
class Entry:
    """A thing to be found.

    kind, code: what it is and its plain code. title: its name in the reader's language. codes: what names it
    exactly (ISO codes, ids). names: its names in every language. texts: words about it (a definition).
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
    """An entry found: how (one of HOW) and what of it matched, as it is written (empty for texts)."""

    entry: Entry
    how: str
    matched: str


def folded(text: str) -> str:
    """Text for comparison: accents, case, apostrophes and punctuation aside; dots stay within codes.

    >>> folded("Côte d’Ivoire"), folded("ODS 16.9.")
    ('cote divoire', 'ods 16.9')
    """
    plain = unicodedata.normalize("NFKD", re.sub("['’ʻ`´]", "", text))
    letters = plain.encode("ascii", "ignore").decode("ascii").casefold()
    return " ".join(word.strip(".") for word in re.sub(r"[^a-z0-9.]+", " ", letters).split() if word != ".")


def _forms(name: str) -> set[str]:
    """A name as it may be typed: with the apostrophe dropped, and with a space in its place."""
    return {folded(name), folded(re.sub("['’]", " ", name))}


def _pairs(word: str) -> list[str]:
    edged = f"^{word}$"
    return [edged[at : at + 2] for at in range(len(edged) - 1)]


class Index:
    """Entries made ready to be searched; built once, read by many."""

    def __init__(
        self, entries: Iterable[Entry], called: Callable[[str], Collection[str]] = lambda words: ()
    ) -> None:
        """called: codes of what the words asked are a full name of, however its words are arranged."""
        self.entries = list(entries)
        self._called = called
        self._codes = [{folded(code): code for code in entry.codes} for entry in self.entries]
        self._names = [
            [
                (form, form.split(), name)
                for name in dict.fromkeys((entry.title, *entry.names))
                for form in sorted(_forms(name))
            ]
            for entry in self.entries
        ]
        self._texts = [
            sorted({word for text in (*entry.texts, *entry.names) for word in folded(text).split()})
            for entry in self.entries
        ]
        self._by_code = {entry.code: at for at, entry in reversed(list(enumerate(self.entries)))}
        self._places: dict[str, set[int]] = defaultdict(set)  # entries by word
        self._begins = sorted((code, at) for at, codes in enumerate(self._codes) for code in codes)
        self._alike: dict[str, set[str]] = defaultdict(set)  # words of names by pair of letters
        for at, names in enumerate(self._names):
            spoken = {word for _, words, _ in names for word in words}
            for word in spoken | set(self._texts[at]):
                self._places[word].add(at)
            for word in spoken:
                for pair in _pairs(word) if len(word) >= SHORT else ():
                    self._alike[pair].add(word)
        self._words = sorted(self._places)

    def find(self, words: str) -> list[Hit]:
        """Entries that match, best first; similar words only where nothing matches as it is written."""
        asked = " ".join(folded(words[:MOST_LETTERS]).split()[:MOST_WORDS])
        if not asked:
            return []
        called = self._named(words)
        places = sorted(self._candidates(asked) | called)
        hits = [hit for at in places if (hit := self._match(at, asked, called))]
        return sorted(hits or self._near(asked), key=self._place)

    def _named(self, words: str) -> set[int]:
        """The entry of which the words asked are a full name; none where several are called so."""
        codes = self._called(words)
        return {self._by_code[code] for code in codes if code in self._by_code} if len(codes) == 1 else set()

    def _candidates(self, asked: str) -> set[int]:
        """Entries worth a look: a code begins so, or every word asked begins one of their words."""
        start = bisect_left(self._begins, (asked, -1))
        coded = {at for _, at in takewhile(lambda one: one[0].startswith(asked), self._begins[start:])}
        return coded | set.intersection(*(self._beginning(word) for word in asked.split()))

    def _beginning(self, word: str) -> set[int]:
        """Entries with a word that begins so."""
        known = takewhile(lambda one: one.startswith(word), self._words[bisect_left(self._words, word) :])
        return set().union(*(self._places[one] for one in known))

    @staticmethod
    def _place(hit: Hit) -> tuple[int, int, int, str]:
        return HOW.index(hit.how), hit.entry.weight, len(hit.matched), folded(hit.entry.title)

    def _match(self, at: int, asked: str, called: Collection[int]) -> Hit | None:
        """The best way in which an entry matches, if any. called: what the words are a full name of."""
        entry, typed = self.entries[at], asked.split()
        if asked in self._codes[at]:
            return Hit(entry, "code", self._codes[at][asked])
        names = self._names[at]
        for form, _, name in names:
            if form == asked:
                return Hit(entry, "name", name)
        if at in called:
            return Hit(entry, "name", entry.title)
        for form, name in [*self._codes[at].items(), *((form, name) for form, _, name in names)]:
            if form.startswith(asked):
                return Hit(entry, "start", name)
        for _, parts, name in names:
            if all(any(part.startswith(word) for part in parts) for word in typed):
                return Hit(entry, "word", name)
        if len(asked) >= SHORT and all(any(p.startswith(w) for p in self._texts[at]) for w in typed):
            return Hit(entry, "text", "")
        return None

    def _near(self, asked: str) -> list[Hit]:
        """Entries with a name that has, for every word asked, that word or one much like it."""
        wanted = [self._similar(word) for word in asked.split()]
        places = [
            self._beginning(word).union(*(self._places[one] for one in alike)) for word, alike in wanted
        ]
        hits = []
        for at in sorted(set.intersection(*places)):
            entry = self.entries[at]
            for _, parts, name in self._names[at]:
                if all(
                    any(part in alike or part.startswith(word) for part in parts) for word, alike in wanted
                ):
                    hits.append(Hit(entry, "near", name))
                    break
        best = max((self._likeness(asked, hit) for hit in hits), default=0.0)
        return [hit for hit in hits if self._likeness(asked, hit) >= best - 0.15]

    @staticmethod
    def _likeness(asked: str, hit: Hit) -> float:
        return SequenceMatcher(None, asked, folded(hit.matched)).ratio()

    def _similar(self, word: str) -> tuple[str, set[str]]:
        """A word and the known words much like it; compared are those that share enough pairs of letters."""
        if len(word) < SHORT:
            return word, set()
        shared: Counter[str] = Counter()
        for pair in set(_pairs(word)):
            shared.update(self._alike.get(pair, ()))
        least = len(word) // 3
        candidates = [one for one, n in shared.items() if n >= least and abs(len(one) - len(word)) <= 3]
        return word, {one for one in candidates if SequenceMatcher(None, word, one).ratio() >= NEAR}

"""What pages have answered: the sentence at the head of a page, by the address that it answers.

A browser that opens an address is shown the sentence at once, before a script has come; so it is kept here
when a page has been drawn, and known for the pages that are opened most when the server starts
(`serve/ahead.py`). Only what the address alone decides is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

import cachetools

MOST = 4096  # addresses, the ones asked for last; half a kilobyte each
Choices = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Answer:
    """The sentence at the head of a page and what stands below it, as safe HTML; the latter may be empty."""

    sentence: str
    lead: str = ""


@dataclass(frozen=True)
class Question:
    """What an address asks: a page in a language, with choices of the reader; how numbers are written."""

    page: str
    lang: str
    form: str
    choices: Choices

    @classmethod
    def of(cls, page: str, lang: str, address: Mapping[str, Iterable[str]]) -> Question:
        """From the parameters of an address; `lang` and what changes no word are no part of it."""
        form = "".join(list(address.get("nf", []))[:1])
        asked = ((name, tuple(values)) for name, values in address.items() if name not in UNSAID)
        return cls(page, lang, form, tuple(sorted((name, values) for name, values in asked if values)))


UNSAID = {"lang", "nf", "look"}
_answers: cachetools.LRUCache[Question, Answer] = cachetools.LRUCache(MOST)
_lock = Lock()
_versions: list[str] = []


def keep(question: Question, answer: Answer, version: str) -> None:
    """Keeps an answer of a data version. The answers of another version are forgotten."""
    with _lock:
        if _versions != [version]:
            _answers.clear()
            _versions[:] = [version]
        _answers[question] = answer


def known(question: Question) -> Answer | None:
    """The answer to a question, if one was kept."""
    with _lock:
        return _answers.get(question)


def forget() -> None:
    """Forgets all answers."""
    with _lock:
        _answers.clear()

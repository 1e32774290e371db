"""One sentence in English and Spanish: what a reader of either language is told of their own files and
options.

A message is kept as its text and its details and is put into words in the language asked for, so that the
same fault can go to a console in Spanish, a page in English and a test.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from kpis.errors import DataError, EscalaError, RequestError

LONGEST_DETAIL = 300  # characters: a list of a dozen headings fits, a pasted page does not


class Text(NamedTuple):
    """A sentence in both languages, with {names} for its details."""

    en: str
    es: str


@dataclass(frozen=True)
class Message:
    """A sentence and its details; the place is the file, or empty."""

    text: Text
    details: tuple[tuple[str, object], ...] = ()

    def say(self, lang: str = "en") -> str:
        """The sentence in a language, on one line whatever stands in the file."""
        shown = {name: _shown(value, lang) for name, value in self.details}
        return getattr(self.text, lang).format(**shown)  # type: ignore[no-any-return]

    def __str__(self) -> str:
        return self.say()


def message(text: Text, /, **details: object) -> Message:
    """A message of a text and what stands in its places. A detail may itself be a `Text` or a `Message`."""
    return Message(text, tuple(details.items()))


def _shown(value: object, lang: str) -> str:
    if isinstance(value, Message):
        return value.say(lang)
    text = getattr(value, lang) if isinstance(value, Text) else str(value)
    flat = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
    return flat if len(flat) <= LONGEST_DETAIL else f"{flat[: LONGEST_DETAIL - 1]}…"


class BilingualError(EscalaError):
    """A fault that can be said in either language; `str` gives the English."""

    def __init__(self, text: Text, /, **details: object) -> None:
        self.message = message(text, **details)
        super().__init__(self.message.say("en"))

    def say(self, lang: str) -> str:
        """The fault in a language."""
        return self.message.say(lang)


class TableError(BilingualError, DataError):
    """A person's own file cannot be read, or has two meanings. Mend the named place of the file."""


class ChoiceError(BilingualError, RequestError):
    """An option that does not exist or does not fit the others. Ask again, corrected."""


@contextmanager
def spoken(lang: str) -> Iterator[None]:
    """What fails inside is said in a language."""
    try:
        yield
    except TableError as fault:
        raise DataError(fault.say(lang)) from None
    except ChoiceError as fault:
        raise RequestError(fault.say(lang)) from None


Say = Callable[[Message], None]
"""Takes a note for the reader."""

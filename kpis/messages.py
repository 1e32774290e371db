"""Messages and errors that can be put into any language: what is wrong with a reader's files and options.

A message keeps its text and its details apart until the language is known, so that the same fault can go to
a console in Spanish, a page in English and a test. Translations are those of `kpis.texts`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from kpis.errors import DataError, EngineError, EscalaError, RequestError
from kpis.languages import language
from kpis.texts import Text, say

LONGEST_DETAIL = 300  # characters: a list of a dozen headings fits, a pasted page does not
DECIMAL_MARKS = {"en": ".", "es": ","}


@dataclass(frozen=True)
class Message:
    """A text with {names} for its details. A detail may be a `Text`, a `WrittenNumber` or a `Message` too."""

    text: str
    details: tuple[tuple[str, object], ...] = ()

    def say(self, lang: str = "en") -> str:
        """The sentence in a language, on one line whatever the details hold."""
        return say(self.text, lang, **{name: _in_words(value, lang) for name, value in self.details})

    def __str__(self) -> str:
        return self.say()


@dataclass(frozen=True)
class WrittenNumber:
    """A number as it stands in a file, shown with the decimal mark of the reader's language."""

    text: str

    def say(self, lang: str) -> str:
        """The number, any mark in it as the language's decimal mark."""
        mark = DECIMAL_MARKS[language(lang)]
        return self.text.replace(",", mark).replace(".", mark)


def message(text: str, /, **details: object) -> Message:
    """A message of a text and its details."""
    return Message(text, tuple(details.items()))


def joined(parts: Sequence[object], separator: str, *, end: str = "") -> Message:
    """Details one after another as one message. end: what follows the last one."""
    names = [f"part{place}" for place in range(len(parts))]
    template = separator.join(f"{{{name}}}" for name in names) + end
    return message(template, **dict(zip(names, parts, strict=True)))


def _in_words(value: object, lang: str) -> str:
    if isinstance(value, Message | WrittenNumber):
        return value.say(lang)
    text = say(value, lang) if isinstance(value, Text) else str(value)
    flat = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
    return flat if len(flat) <= LONGEST_DETAIL else f"{flat[: LONGEST_DETAIL - 1]}…"


class TranslatedError(EscalaError):
    """A fault that can be put into any language; `str` gives the English."""

    def __init__(self, text: str, /, **details: object) -> None:
        self.message = message(text, **details)
        super().__init__(str(self.message))

    def say(self, lang: str) -> str:
        """The fault in a language."""
        return self.message.say(lang)


class TableError(TranslatedError, DataError):
    """A person's own file cannot be read, or has two meanings. Mend the named place of the file."""


class ChoiceError(TranslatedError, RequestError):
    """An option that does not exist or does not fit the others. Ask again, corrected."""


@contextmanager
def errors_in(lang: str) -> Iterator[None]:
    """Raises what fails inside with its message in a language."""
    try:
        yield
    except TranslatedError as fault:
        family = next(
            one for one in (DataError, RequestError, EngineError, EscalaError) if isinstance(fault, one)
        )
        raise family(fault.say(lang)) from None


Say = Callable[[Message], None]
"""Takes a note for the reader."""

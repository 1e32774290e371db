"""Texts for people: the English in the code is the id, other languages come from gettext catalogues.

`kpis/locale/<language>/LC_MESSAGES/kpis.po` holds the texts of this package. What is to be translated is
found by the call it stands in: `mark`, `Text`, `message`, `say`, `say_number`.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kpis.languages import language

LOCALE = Path(__file__).resolve().parent / "locale"
DOMAIN = "kpis"


class Text(str):
    """A text that is translated where it is shown; a plain string (a name, a figure) stays as it is."""

    __slots__ = ()


def mark(text: str) -> str:
    """The text itself; the call marks it for translation."""
    return text


@lru_cache(maxsize=8)
def catalogue(lang: str) -> gettext.NullTranslations:
    """The texts of this package in a language; English gives them back as they are."""
    return read(lang, LOCALE, DOMAIN)


def read(lang: str, folder: Path, domain: str) -> gettext.NullTranslations:
    """The catalogue of a language in a folder; without a file it gives the English back."""
    source = folder / lang / "LC_MESSAGES" / f"{domain}.po"
    if not source.is_file():
        return gettext.NullTranslations()
    with source.open("rb") as stream:
        entries = read_po(stream, locale=lang, domain=domain, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, entries)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def say(text: str, lang: str, /, **details: object) -> str:
    """A text in a language, its places filled in. Raises RequestError for an unknown language.

    >>> say("{k} of {n}", "es", k=3, n=8)
    '3 de 8'
    """
    return catalogue(language(lang)).gettext(text).format(**details)


def say_number(singular: str, plural: str, n: int, lang: str, /, **details: object) -> str:
    """The form of a text that goes with a number, `n` among its details.

    >>> say_number("{year}, {n} year old", "{year}, {n} years old", 2, "en", year=2024)
    '2024, 2 years old'
    """
    return catalogue(language(lang)).ngettext(singular, plural, n).format(n=n, **details)

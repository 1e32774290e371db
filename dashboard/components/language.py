"""Languages: gettext catalogues read by Babel, English texts as keys.

The language belongs to the reader's session and address, never to this module; a catalogue is read-only and
shared. `text` marks a text for extraction and translates it for the reader of this run.
"""

from __future__ import annotations

import datetime
import gettext
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import streamlit as st
from babel.dates import format_date
from markupsafe import Markup, escape

from dashboard.paths import LOCALE
from kpis import texts

LANGUAGES = {"en": "English", "es": "Español"}
COMES_WITH = {"en": ("US", "GB"), "es": ("ES",), "fr": ("FR",), "pt": ("PT",)}  # regions, by language
WORD = re.compile(r"[a-z]{3}")  # and not only signs and letters of a formula


@lru_cache(maxsize=8)
def catalogue(lang: str) -> gettext.NullTranslations:
    """Texts of a language, those of `kpis` among them; English gives the keys themselves."""
    translations = texts.read(lang, LOCALE, "escala")
    translations.add_fallback(texts.catalogue(lang))
    return translations


def preferred(tags: str | None) -> str:
    """The first known language of a browser's list ("es-CO,es;q=0.9,en"), else English."""
    for tag in (tags or "").split(","):
        code = tag.split(";")[0].strip().split("-")[0].lower()
        if code in LANGUAGES:
            return code
    return "en"


def browser_language() -> str:
    """What the reader's browser asks for."""
    return preferred(st.context.locale or st.context.headers.get("Accept-Language"))


def browser_region() -> str:
    """The region that the reader's browser names, as an ISO code of two letters; "" if it says none.

    Also where it is the one that a language comes with unless another is chosen: that says little of where a
    reader is.
    """
    language, _sep, region = (st.context.locale or "").replace("_", "-").partition("-")
    region = region.rpartition("-")[2].upper()
    return "" if region in COMES_WITH.get(language.lower(), ()) or len(region) != 2 else region


class _Run(threading.local):
    """Each run of a session has a thread of its own; looking into the session for every text is slow."""

    lang: str | None = None


_run = _Run()


def current() -> str:
    """Language of this run, set by `use`; in a fragment that runs alone, that of the last whole run."""
    if _run.lang is None:
        _run.lang = str(st.session_state.get("escala_lang", "en"))
    return _run.lang


def use(lang: str) -> None:
    """Sets the language of this run and of the session."""
    st.session_state["escala_lang"] = _run.lang = lang


@contextmanager
def spoken(lang: str) -> Iterator[None]:
    """Texts in a language outside of a session, such as for an answer to a program."""
    before, _run.lang = _run.lang, lang
    try:
        yield
    finally:
        _run.lang = before


def text(key: str) -> str:
    """A text in the reader's language."""
    return catalogue(current()).gettext(key)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of a text for a number, in the reader's language; the caller fills in the number."""
    return catalogue(current()).ngettext(singular, plural, int(n))


def html(key: str) -> Markup:
    """A text as HTML in the reader's language; words that have no other form than English say so."""
    translation = text(key) if key else ""
    if translation != key or current() == "en" or not WORD.search(key):
        return escape(translation)
    return Markup('<span lang="en">{}</span>').format(translation)


def day(date: datetime.date) -> str:
    """A date as the reader's language writes it: 27 November 2026, 27 de noviembre de 2026."""
    return day_in(date, current())


def day_in(date: datetime.date, lang: str) -> str:
    """A date as a language writes it."""
    return str(format_date(date, "long", locale={"en": "en_GB"}.get(lang, lang)))


def minute(at: datetime.datetime) -> str:
    """A moment, in the time that the workspace keeps."""
    return f"{day(at.date())}, {at:%H:%M} UTC"

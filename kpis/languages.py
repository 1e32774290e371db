"""The languages that texts are held in."""

from __future__ import annotations

from kpis.errors import RequestError

LANGUAGES = ("en", "es")


def language(code: str) -> str:
    """The code of a language that is held, in small letters; RequestError names those that are.

    >>> language("ES")
    'es'
    """
    lang = code.strip().lower()
    if lang not in LANGUAGES:
        raise RequestError(f"language '{code[:20]}' is not known. Allowed: {', '.join(LANGUAGES)}.")
    return lang

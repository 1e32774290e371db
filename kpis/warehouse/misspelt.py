"""Which name of a list a slip of the hand may have meant: a letter wrong, missing, too many or exchanged."""

from __future__ import annotations

from collections.abc import Iterable

from kpis.matching import is_single_slip


def meant(name: str, names: Iterable[str]) -> str | None:
    """The name that differs from `name` by one slip at most, or by capitals, blanks and signs only.

    >>> meant("EGDl", ["OSI", "EGDI"])
    'EGDI'
    >>> meant("MY_SERIES", ["OSI", "EGDI"]) is None
    True
    """
    form = _form(name)
    return next((candidate for candidate in sorted(names) if is_single_slip(form, _form(candidate))), None)


def _form(name: str) -> str:
    return "".join(letter for letter in name.upper() if letter.isalnum())

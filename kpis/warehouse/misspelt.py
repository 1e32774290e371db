"""Which name of a list a slip of the hand may have meant: a letter wrong, missing, too many or exchanged."""

from __future__ import annotations

from collections.abc import Iterable


def meant(name: str, names: Iterable[str]) -> str | None:
    """The name that differs from `name` by one slip at most, or by capitals, blanks and signs only.

    >>> meant("EGDl", ["OSI", "EGDI"])
    'EGDI'
    >>> meant("MY_SERIES", ["OSI", "EGDI"]) is None
    True
    """
    folded = _folded(name)
    return next(
        (candidate for candidate in sorted(names) if _differs_by_a_slip(folded, _folded(candidate))), None
    )


def _folded(name: str) -> str:
    return "".join(letter for letter in name.upper() if letter.isalnum())


def _differs_by_a_slip(text: str, other: str) -> bool:
    """Whether two texts are equal but for one letter, or for two neighbours in the wrong order."""
    start = next((n for n, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), None)
    if start is None:
        return abs(len(text) - len(other)) <= 1
    a, b = text[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])

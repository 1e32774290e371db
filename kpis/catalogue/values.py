"""What the value of a key may be: ids, texts without anything invisible, addresses, years, limits."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")  # controls, marks of direction, halves of characters, line ends
LARGEST = 1e18  # more than any figure of a country; sums and quotients of such stay finite


def plain(text: str) -> str:
    """A text that shows something and holds nothing invisible. Raises ValueError for any other."""
    if not text.strip():
        raise ValueError("must not be blank")
    return printable(text)


def printable(text: str) -> str:
    """A text, perhaps an empty one, that holds nothing invisible. Raises ValueError for any other."""
    signs = text.replace("\n", "")  # a paragraph may be written over several lines
    if not signs.isprintable():  # quick for nearly all; special blanks are not printable and not hidden
        hidden = next((sign for sign in signs if unicodedata.category(sign) in HIDDEN), None)
        if hidden is not None:
            raise ValueError(f"holds the invisible character U+{ord(hidden):04X}")
    return text


def without_line_ends(text: str) -> str:
    """A text without a line break. Raises ValueError for any other."""
    if "\n" in text:
        raise ValueError("must be one line")
    return text


def repeated(names: Iterable[str]) -> str | None:
    """The first name that stands twice, or None."""
    return next((name for name, times in Counter(names).items() if times > 1), None)


def in_order(limits: tuple[float | str, float | str]) -> tuple[float | str, float | str]:
    """Limits of which the first is the lower. Raises ValueError for any other."""
    low, high = limits
    if isinstance(low, float) and isinstance(high, float) and low >= high:
        raise ValueError("the first limit must be below the second")
    return limits


def number(value: object) -> object:
    """A number as TOML writes one. Raises ValueError for a text, true, NaN and what is beyond LARGEST."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("write a number, without quotes")
    if not abs(value) <= LARGEST:  # nor what is no number
        raise ValueError(f"write a finite number of at most {LARGEST:g}")
    return value


def bound(value: object) -> object:
    """One of two limits. Raises ValueError for what is neither a number nor "none"."""
    if value == "none":
        return value
    try:
        return number(value)
    except ValueError as error:
        raise ValueError(f'{error}, or "none"') from None


def formed(pattern: str, form: str) -> AfterValidator:
    """A text of this form; else ValueError with the form in words."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"must be {form}")
        return text

    return AfterValidator(check)


Number = Annotated[float, BeforeValidator(number)]
Whole = Annotated[int, BeforeValidator(number)]
Bound = Annotated[float | Literal["none"], BeforeValidator(bound)]
Id = Annotated[
    str,
    Field(max_length=40),
    formed(r"[A-Za-z][A-Za-z0-9_.]*", "a letter A to Z and then letters, digits, _ and . only"),
]
Words = Annotated[str, Field(max_length=1000), AfterValidator(plain)]  # a line or a paragraph on a page
Name = Annotated[  # what stands in a picker, an axis or a heading
    str, Field(max_length=120), AfterValidator(plain), AfterValidator(without_line_ends)
]
Series = Annotated[
    str,
    Field(max_length=60),
    formed(r"[A-Za-z0-9][A-Za-z0-9_.:/-]*", "letters, digits and _ . : / - only, a letter or digit first"),
]
Url = Annotated[
    str,
    Field(max_length=500),
    AfterValidator(plain),
    # no name of a user before the host: https://un.org@example.com leads to example.com
    formed(
        r"https?://[^\s<>\"'`\\/?#@]+([/?#][^\s<>\"'`\\]*)?",
        "an address that begins with http:// or https:// and a host, without blanks and quotes",
    ),
]
Year = Annotated[Whole, Field(ge=1950, le=2100)]
Limits = Annotated[tuple[Bound, Bound], AfterValidator(in_order)]

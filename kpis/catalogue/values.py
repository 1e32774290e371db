"""What the value of a key may be: ids, texts without anything invisible, addresses, years, limits."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")  # controls, marks of direction, halves of characters, line ends
Bound = float | Literal["none"]


def plain(text: str) -> str:
    """A text that shows something and holds nothing invisible. Raises ValueError for any other."""
    if not text.strip():
        raise ValueError("must not be blank")
    signs = text.replace("\n", "")  # a paragraph may be written over several lines
    if not signs.isprintable():  # quick for nearly all; special blanks are not printable and not hidden
        hidden = next((sign for sign in signs if unicodedata.category(sign) in HIDDEN), None)
        if hidden is not None:
            raise ValueError(f"holds the invisible character U+{ord(hidden):04X}")
    return text


def one_line(text: str) -> str:
    """A text without a line break. Raises ValueError for any other."""
    if "\n" in text:
        raise ValueError("must be one line")
    return text


def repeated(names: Iterable[str]) -> str | None:
    """The first name that stands twice, or None."""
    return next((name for name, times in Counter(names).items() if times > 1), None)


def in_order(limits: tuple[Bound, Bound]) -> tuple[Bound, Bound]:
    """Limits of which the first is the lower. Raises ValueError for any other."""
    low, high = limits
    if low != "none" and high != "none" and low >= high:
        raise ValueError("the first limit must be below the second")
    return limits


Id = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.]*$", max_length=40)]
Words = Annotated[str, Field(max_length=1000), AfterValidator(plain)]  # a line or a paragraph on a page
Name = Annotated[
    Words, Field(max_length=120), AfterValidator(one_line)
]  # what stands in a picker, an axis or a heading
Series = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:/-]*$", max_length=60)]
Url = Annotated[str, Field(pattern=r"^https?://[^\s<>\"'`\\]+$", max_length=500)]
Year = Annotated[int, Field(ge=1950, le=2100)]
Limits = Annotated[tuple[Bound, Bound], AfterValidator(in_order)]

"""What cells may look like, as conditions on text: a cast alone lets 1_000, ' 5 ' and 2023.9 through."""

from __future__ import annotations

from collections.abc import Iterable

MAX_NAMES = 12  # more would not be read
MAX_ROWS = 5  # enough to see a pattern, few enough to read
YEAR = "[0-9]{4}"
NUMBER = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"
NUMBER_OR_NOTHING = f"({NUMBER})?"


def matches(column: str, pattern: str) -> str:
    """SQL: the whole cell has this form. A missing cell has none."""
    return f"coalesce(regexp_full_match({column}, '{pattern}'), false)"


def any_of(conditions: Iterable[str]) -> str:
    """SQL: at least one holds. One query for all of them is several times faster where nothing is wrong."""
    return " or ".join(f"({condition})" for condition in conditions)


def join_names(names: Iterable[str]) -> str:
    """Names in order, and of many the first ones and how many there are.

    >>> join_names(["OSI", "EGDI"])
    'EGDI, OSI'
    """
    ordered = sorted(names)
    more = f", … ({len(ordered)} in all)" if len(ordered) > MAX_NAMES else ""
    return ", ".join(ordered[:MAX_NAMES]) + more

"""What cells may look like, as conditions on text: a cast alone lets 1_000, ' 5 ' and 2023.9 through."""

from __future__ import annotations

SHOWN_ROWS = 5  # enough to see a pattern, few enough to read
YEAR = "[0-9]{4}"
NUMBER = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"
NUMBER_OR_NOTHING = f"({NUMBER})?"


def matches(column: str, pattern: str) -> str:
    """SQL: the whole cell has this form. A missing cell has none."""
    return f"coalesce(regexp_full_match({column}, '{pattern}'), false)"

"""CSV that a spreadsheet opens safely: the one writer, for downloads and for the command.

A spreadsheet runs a cell that begins like a formula, whoever wrote it. Where its separator is the semicolon
(Excel in Spanish) it also splits a text there, and a line break then starts a row of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd

# A formula begins a cell, or follows what ends one for some spreadsheet; blanks may stand before it, and
# quotes too where the cell was split.
_FORMULA = re.compile(
    r"(?:^|(?P<end>[;\t\r\n]))(?=[\s\u200b\ufeff]*(?(end)[\s\u200b\ufeff\"]*)[=+\-@＝＋－＠])"
)
_PLAIN = re.compile(r"\s*[+\-－＋]?\d+([., \u00a0\u202f]\d+)*([eE][+\-]?\d+)?\s*%?\s*(?=[;\t\r\n]|$)")
_STARTS = ("\t", "\r", "\n")  # some spreadsheets drop these and read what follows
_QUOTED = re.compile(r'[",;\t\r\n]|^\s|\s$')
_HALVES = re.compile("[\ud800-\udfff]")


def guarded(cell: object) -> object:
    """Text that a spreadsheet would read as a formula gets an apostrophe in front; all else is as it was.

    So does what follows a semicolon, tab or line break within the text. A number written as text stays.

    >>> guarded("=1+1"), guarded("-2,5"), guarded("a; @x"), guarded(-2)
    ("'=1+1", '-2,5', "a;' @x", -2)
    """
    if not isinstance(cell, str) or not cell:
        return cell
    safe = _FORMULA.sub(lambda at: at[0] if _PLAIN.match(cell, at.end()) else f"{at[0]}'", cell)
    return f"'{safe}" if safe.startswith(_STARTS) else safe


def readable(text: str) -> str:
    """Text without halves of letters (lone surrogates), which no file can hold; each becomes U+FFFD."""
    return _HALVES.sub("\ufffd", text)


def csv_text(table: pd.DataFrame, *, raw: bool = False, letters: Callable[[str], str] = str) -> str:
    """A table as CSV: headings, a row per line, point decimals, empty for missing.

    Text and headings are `guarded`, unless raw: then they are for machines, exactly as held. Cells with a
    separator, a quote, a line break or a carriage return are quoted. letters: applied to every text first,
    such as for a console that lacks some.
    """

    @cache  # a name stands in many rows
    def field(text: str) -> str:
        safe = letters(readable(text))
        return _quoted(safe if raw else str(guarded(safe)))

    columns = [_cells(table.iloc[:, at], field) for at in range(table.shape[1])]
    heads = ",".join(field(str(name)) for name in table.columns)
    lines = [heads, *map(",".join, zip(*columns, strict=True))]
    if len(columns) == 1:  # an empty line would be no row
        lines[1:] = [line or '""' for line in lines[1:]]
    return "\n".join(lines) + "\n"


def _cells(column: pd.Series[Any], field: Callable[[str], str]) -> list[str]:
    """Cells of one column as CSV fields: numbers and dates as pandas writes them, all else as text."""
    kind = column.dtype
    if pd.api.types.is_numeric_dtype(kind) or pd.api.types.is_datetime64_any_dtype(kind):
        written = column.to_csv(index=False, header=False, lineterminator="\n")
        return ["" if cell == '""' else cell for cell in written.split("\n")[:-1]]
    return [
        "" if missing else str(cell) if isinstance(cell, (int, float)) else field(str(cell))
        for cell, missing in zip(column.astype(object), column.isna(), strict=True)
    ]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text

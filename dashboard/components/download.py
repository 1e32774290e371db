"""CSV that a spreadsheet opens safely."""

from __future__ import annotations

import pandas as pd

LEADS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet may run a cell that begins so


def guarded(cell: object) -> object:
    """Text that a spreadsheet would read as a formula gets an apostrophe in front; numbers stay."""
    if isinstance(cell, str) and cell.startswith(LEADS):
        return f"'{cell}"
    return cell


def csv(table: pd.DataFrame) -> bytes:
    """UTF-8 with byte-order mark (so that Excel reads accents), point decimals, empty for missing."""
    safe = table.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = safe[name].map(guarded)
    return safe.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")

"""Pages of rows: the list of pages, and the row that the page begins with."""

from __future__ import annotations

from dashboard.components import pickers, state
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader

PAGE_ROWS = 100  # rows on screen at a time


def first_row(reader: Reader, n: int) -> int:
    """The row that the page begins with, from 0; a list to choose from where there are several pages."""
    starts = [str(start + 1) for start in range(0, n, PAGE_ROWS)]
    _drop_start_of_longer_list(starts)
    if len(starts) == 1:
        return 0
    number = reader.ctx.number

    def label(start: str) -> str:
        return f"{number(int(start))}–{number(min(int(start) + PAGE_ROWS - 1, n))}"

    return int(pickers.choose(_("Rows"), "row", starts, "1", label) or 1) - 1


def _drop_start_of_longer_list(starts: list[str]) -> None:
    """Forgets a page that other filters had; it is no mistake of the address."""
    values = state.store().values.get("row", [])
    if values and values[0].isdecimal() and values[0] not in starts:
        state.store().values.pop("row")

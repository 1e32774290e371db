"""CSV and XLSX that a spreadsheet opens safely."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pandas as pd
import xlsxwriter

from kpis.spreadsheet import csv_text, readable

LONGEST_CELL = 32_767  # characters that a cell of a workbook can hold
WIDEST = 60  # characters; wider columns of a sheet hide their neighbours
# Text stays text, and a value that is no number stays an empty cell.
WORKBOOK = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def csv(table: pd.DataFrame) -> bytes:
    """UTF-8 with byte-order mark (so that Excel reads accents); what `csv_text` writes."""
    return csv_text(table).encode("utf-8-sig")


def xlsx(table: pd.DataFrame, about: Sequence[tuple[str, str]]) -> bytes:
    """A workbook: sheet "data" with the table, sheet "about" with what the figures are.

    table: numbers and booleans become typed cells, missing an empty one, all else text; no formula is ever
    written, so a text that looks like one needs no apostrophe here. about: label and text, a row each.
    """
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **WORKBOOK}) as book:
        bold = book.add_format({"bold": True})
        top = book.add_format({"bold": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("data")
        sheet.freeze_panes(1, 0)
        for at, name in enumerate(table.columns):
            cells = [_typed(value) for value in table[name].astype(object)]
            sheet.write_string(0, at, readable(str(name)), bold)
            sheet.write_column(1, at, cells)
            sheet.set_column(at, at, min(WIDEST, 2 + max(len(str(c)) for c in [name, *cells[:200]])))
        sheet = book.add_worksheet("about")
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 100)
        for row, (label, text) in enumerate(about):
            sheet.write_string(row, 0, readable(label), top)
            sheet.write_string(row, 1, readable(text)[:LONGEST_CELL], wrapped)
    return buffer.getvalue()


def _typed(value: object) -> object:
    """A cell's value as number, boolean or text; None for missing and for infinite numbers."""
    if value is None or value is pd.NA or value != value or value in (float("inf"), float("-inf")):
        return None
    item = value.item() if hasattr(value, "item") else value
    return item if isinstance(item, bool | int | float) else readable(str(item))[:LONGEST_CELL]

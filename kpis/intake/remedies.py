"""What to do with a cell that is no number, by what it looks like."""

from __future__ import annotations

import datetime
import re

from kpis.intake.grid import Cell
from kpis.texts import Text

_DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,4}[-/]\d{1,2}|\d{1,2}[-/][^\W\d_]{3,10}\.?([-/]\d{2,4})?"
)
_FRACTION = re.compile(r"\d+/\d+")
_WITH_FLAG = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?( ?[a-z]{1,2}$| ?[(*\[†‡¹²³]| [^\W\d_])")
_CURRENCY = re.compile(r"[$€£¥₡₲₱₹₽₩]|\b(US|USD|EUR|COP|MXN|BRL|CLP|PEN|UYU|ARS|GBP)\b")

PLAIN = Text(
    "Write digits 0 to 9 with one decimal mark; leave a missing value empty.",
)
PERCENT = Text(
    "Write 41 or 0.41 without the per cent sign, the same way in the whole column.",
)
CURRENCY = Text("Write the amount without the currency.")
DATE = Text(
    "It is a date: format the column as a number and type the value again.",
)
FRACTION = Text(
    "It is a fraction or a date: write a decimal number, such as 0.333.",
)
FORMULA_FAILED = Text(
    "Its formula failed: mend it, or leave the cell empty.",
)
FLAGGED = Text(
    "Move what stands beside the number to a column of its own.",
)
LOGICAL = Text("Write 1 or 0.")
INFINITE = Text("It is too large, or infinite.")


def remedy(cell: Cell, text: str) -> Text:
    """The remedy for a cell; text: what it holds, without blanks around it."""
    if isinstance(cell, bool):
        return LOGICAL
    if isinstance(cell, datetime.date):
        return DATE
    if text.startswith("#"):
        return FORMULA_FAILED
    if "%" in text or "٪" in text:
        return PERCENT
    if _CURRENCY.search(text):
        return CURRENCY
    if text.casefold() in ("inf", "-inf", "+inf", "infinity", "-infinity", "∞"):
        return INFINITE
    if _DATE.fullmatch(text):
        return FRACTION if _FRACTION.fullmatch(text) else DATE
    if text.casefold() in ("true", "false", "verdadero", "falso", "yes", "no", "sí", "si"):
        return LOGICAL
    return FLAGGED if _WITH_FLAG.match(text) else PLAIN

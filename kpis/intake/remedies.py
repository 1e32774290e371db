"""What to do with a cell that is no number, by what it looks like."""

from __future__ import annotations

import datetime
import re

from kpis.bilingual import Text
from kpis.intake.grid import Cell

_DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,4}[-/]\d{1,2}|\d{1,2}[-/][^\W\d_]{3,10}\.?([-/]\d{2,4})?"
)
_FRACTION = re.compile(r"\d+/\d+")
_WITH_FLAG = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?( ?[a-z]{1,2}$| ?[(*\[†‡¹²³]| [^\W\d_])")
_CURRENCY = re.compile(r"[$€£¥₡₲₱₹₽₩]|\b(US|USD|EUR|COP|MXN|BRL|CLP|PEN|UYU|ARS|GBP)\b")

PLAIN = Text(
    "Write digits 0 to 9 with one decimal mark; leave a missing value empty.",
    "Escriba cifras del 0 al 9 con un solo signo decimal; deje vacío un valor que falta.",
)
PERCENT = Text(
    "Write 41 or 0.41 without the per cent sign, the same way in the whole column.",
    "Escriba 41 o 0,41 sin el signo de porcentaje, igual en toda la columna.",
)
CURRENCY = Text("Write the amount without the currency.", "Escriba el importe sin la moneda.")
DATE = Text(
    "It is a date: format the column as a number and type the value again.",
    "Es una fecha: dé a la columna formato de número y escriba el valor de nuevo.",
)
FRACTION = Text(
    "It is a fraction or a date: write a decimal number, such as 0.333.",
    "Es una fracción o una fecha: escriba un número decimal, por ejemplo 0,333.",
)
FORMULA_FAILED = Text(
    "Its formula failed: mend it, or leave the cell empty.",
    "Su fórmula falló: corríjala o deje la celda vacía.",
)
FLAGGED = Text(
    "Move what stands beside the number to a column of its own.",
    "Pase lo que acompaña al número a una columna propia.",
)
LOGICAL = Text("Write 1 or 0.", "Escriba 1 o 0.")
INFINITE = Text("It is too large, or infinite.", "Es demasiado grande o infinito.")


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

"""Years, quarters and months as people write them: 2023, 2023-Q4, IV-2023, 2023T4, 2023-04, abr-2023."""

from __future__ import annotations

import datetime
import re

from kpis.intake.grid import Cell, folded, tidy
from kpis.matching import fold
from kpis.messages import Message, message
from kpis.texts import Text

FIRST_YEAR = 1900
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTHS = {
    name: at
    for names in (
        ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    )
    for at, name in enumerate(names, 1)
}
_YEAR = re.compile(r"((?:19|20|21)\d\d)")
_Y = r"(?P<year>(?:19|20|21)\d\d)"
_GAP = r"[\s\-/._]*(?:(?:de|del|of)\s)?"
_WORD = r"(?:[ºo°]|er|st|nd|rd|th)?\s?(?:trimestre|trim\.?|quarter)"
_QUARTERS = (
    re.compile(rf"{_Y}{_GAP}[qt](?P<quarter>[1-4])"),
    re.compile(rf"[qt](?P<quarter>[1-4]){_GAP}{_Y}"),
    re.compile(rf"{_Y}[\s\-/._]+(?P<quarter>iv|i{{1,3}})(?:\s?(?:trimestre|trim\.?))?"),
    re.compile(rf"(?P<quarter>iv|i{{1,3}})(?:\s?(?:trimestre|trim\.?))?[\s\-/._]+(?:(?:de|del|of)\s)?{_Y}"),
    re.compile(rf"(?P<quarter>[1-4]){_WORD}{_GAP}{_Y}"),
    re.compile(rf"{_Y}{_GAP}(?P<quarter>[1-4]){_WORD}"),
)
_MONTH = (
    re.compile(rf"{_Y}(?:[\s\-/._]|m)?(?P<month>0[1-9]|1[0-2])"),
    re.compile(rf"(?P<month>0?[1-9]|1[0-2])[\-/._]{_Y}"),
)
_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[t ].*)?")
_HALF = re.compile(rf"\d{{4}}{_GAP}[sh][12]|[sh][12]{_GAP}\d{{4}}|(?:i|ii|[12])\W*sem.*")
_SERIAL = range(20_000, 80_000)  # days since 1900: 1954 to 2119, as a workbook counts them
_DAY_ZERO = datetime.date(1899, 12, 30)

FORMS = Text("Write a year (2023), a quarter (2023-Q4) or a month (Apr-2023).")
NO_PERIOD = Text("'{cell}' is no period. {remedy}")
A_DAY = Text(
    "'{cell}' is a date of one day. Write the period that the figure stands for: 2023, 2023-Q4 or Apr-2023."
)
A_SERIAL = Text(
    "{cell} seems to be the date {date}, kept as a number. Format the column as text and write 2023, "
    "2023-Q4 or Apr-2023."
)
A_HALF = Text("'{cell}' is half a year. Periods are years, quarters and months.")


def read_period(cell: Cell) -> str | Message:
    """The period of a cell as 2023, 2023-Q4 or 2023-04, or what is wrong with it.

    The first day of a month, as a workbook makes of 2023-04, is that month.

    >>> read_period("IV-2023"), read_period("abr-2023"), read_period(2023.0)
    ('2023-Q4', '2023-04', '2023')
    """
    if isinstance(cell, datetime.date):
        return f"{cell:%Y-%m}" if cell.day == 1 else message(A_DAY, cell=cell.isoformat())
    text = tidy(cell)
    if len(text) == 4 and _YEAR.fullmatch(text):
        return text
    plain = fold(text)[:40]
    return _quarter(plain) or _month(plain) or _wrong(text, plain)


def _quarter(text: str) -> str:
    for form in _QUARTERS:
        if match := form.fullmatch(text):
            quarter = match["quarter"]
            return f"{match['year']}-Q{_ROMAN.get(quarter, quarter)}"
    return ""


def _month(text: str) -> str:
    for form in _MONTH:
        if match := form.fullmatch(text):
            return f"{match['year']}-{int(match['month']):02d}"
    match = re.fullmatch(rf"(?P<name>[a-z]{{3,10}})\.?[\s\-/._]*(?:(?:de|del|of)\s)?{_Y}", text)
    match = match or re.fullmatch(rf"{_Y}[\s\-/._]*(?P<name>[a-z]{{3,10}})\.?", text)
    if match and match["name"][:3] in _MONTHS:
        return f"{match['year']}-{_MONTHS[match['name'][:3]]:02d}"
    return ""


def _wrong(text: str, plain: str) -> Message:
    if _DAY.fullmatch(plain):
        return message(A_DAY, cell=text[:40])
    if text.isdecimal() and len(text) == 5 and int(text) in _SERIAL:
        return message(A_SERIAL, cell=text, date=(_DAY_ZERO + datetime.timedelta(days=int(text))).isoformat())
    if _HALF.fullmatch(plain):
        return message(A_HALF, cell=text[:40])
    return message(NO_PERIOD, cell=text[:40], remedy=FORMS)


def year_of(period: str) -> int:
    """The year that a period lies in."""
    return int(period[:4])


def month_of(period: str) -> int:
    """The last month of a period, counted from year 0: periods of all kinds in one order.

    >>> month_of("2023-Q4") == month_of("2023-12") == month_of("2023")
    True
    """
    part = period[5:]
    last = 12 if not part else 3 * int(part[1]) if part[0] == "Q" else int(part)
    return 12 * year_of(period) + last


def kind_of(period: str) -> str:
    """ "year", "quarter" or "month"."""
    return "year" if len(period) == 4 else "quarter" if "Q" in period else "month"


def is_period(text: str) -> bool:
    """Whether a heading is a period: "2023", "2023-Q4"; a date is none."""
    return bool(text) and any(sign.isdigit() for sign in folded(text)) and isinstance(read_period(text), str)

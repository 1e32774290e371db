"""A writer of files as people have them: ten shapes of a table, ten habits of saving one.

All hold the same figures, so that each can be read back value by value.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Callable
from dataclasses import dataclass

import xlsxwriter

CODES = ("A", "B", "C")
NAMES = {"COL": "Colombia", "CIV": "Côte d'Ivoire", "NAM": "Namibia", "MEX": "México"}
REGIONS = {"COL": "América Latina", "CIV": "Africa", "NAM": "Africa", "MEX": "América Latina"}
FIGURES = {
    "COL": (0.412, 12.5, 1234.5),
    "CIV": (0.62, -25.0, 987.0),
    "NAM": (0.523, 20.125, 12345678.25),
    "MEX": (0.7, 9.0, 2000.0),
}
STRUCTURE = "code,parent,weight,direction\nA,IDX,2,1\nB,IDX,1,-1\nC,IDX,1,1\nIDX,,,\n"

Cell = str | float
Table = list[list[Cell]]


# The shapes: where headings, areas and figures stand, and what stands around them.


def plain() -> Table:
    return [["area", *CODES], *([area, *values] for area, values in FIGURES.items())]


def code_and_name() -> Table:
    return [["ISO3", "Country", *CODES], *([a, NAMES[a], *values] for a, values in FIGURES.items())]


def year_in_front() -> Table:
    head: list[Cell] = ["Survey Year", "Country Name", "E-Government Rank", *CODES]
    return [head, *([2022.0, NAMES[a] + " ", float(at), *v] for at, (a, v) in enumerate(FIGURES.items(), 40))]


def text_beside() -> Table:
    return [["País", *CODES, "Región", "Nota"], *([NAMES[a], *v, REGIONS[a], ""] for a, v in FIGURES.items())]


def title_above() -> Table:
    return [["Table 1. Indicators of e-government, 2024"], [], *plain()]


def footnotes_below() -> Table:
    return [*plain(), [], ["Source: UN DESA, 2024"], ["* provisional"], ["Last Updated: 10/24/2024"]]


def blank_rows_and_columns() -> Table:
    wide = [[*row, "", ""] for row in plain()]
    return [wide[0], wide[1], [""] * 6, *wide[2:], [""] * 6, [""] * 6]


def coinr_idata() -> Table:
    head: list[Cell] = ["", "uCode", "uName", "GDP_group", "Population", *CODES]
    areas = enumerate(FIGURES.items(), 1)
    return [head, *([float(n), a, NAMES[a], "L", 1000.0 + n, *values] for n, (a, values) in areas)]


def blanks_and_case() -> Table:
    return [[" Area ", " a", "B ", "  c"], *([f" {a} ", *v] for a, v in FIGURES.items())]


def figures_first() -> Table:
    return [[*CODES, "Municipio"], *([*v, NAMES[a]] for a, v in FIGURES.items())]


SHAPES: tuple[Callable[[], Table], ...] = (
    plain, code_and_name, year_in_front, text_beside, title_above, footnotes_below, blank_rows_and_columns,
    coinr_idata, blanks_and_case, figures_first,
)  # fmt: skip


# The habits: how numbers are written, what parts the cells, how rows end and letters are coded.


@dataclass(frozen=True)
class Habit:
    """decimal, thousands: marks of numbers. above: a line over the table. quote: whether every cell is."""

    name: str
    separator: str = ","
    decimal: str = "."
    thousands: str = ""
    end: str = "\n"
    encoding: str = "utf-8"
    above: str = ""
    quote: bool = False

    def number(self, value: Cell) -> str:
        """A cell as this habit writes it; texts as they are."""
        if isinstance(value, str):
            return value
        if math.isnan(value):
            return ""
        text = f"{value:,.10f}".rstrip("0").rstrip(".")
        marks = {",": self.thousands, ".": self.decimal}
        return "".join(marks.get(sign, sign) for sign in text)

    def text(self, table: Table) -> str:
        out = io.StringIO()
        quoting = csv.QUOTE_ALL if self.quote else csv.QUOTE_MINIMAL
        writer = csv.writer(out, delimiter=self.separator, lineterminator=self.end, quoting=quoting)
        writer.writerows([[self.number(cell) for cell in row] for row in table])
        return self.above + out.getvalue()

    def save(self, table: Table) -> bytes:
        return self.text(table).encode(self.encoding)


class Workbook(Habit):
    """An XLSX with numbers as numbers."""

    def save(self, table: Table) -> bytes:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False})
        book.set_properties({"created": dt.datetime(2026, 1, 1)})  # the same bytes in every second
        sheet = book.add_worksheet("Datos")
        for at, row in enumerate(table):
            sheet.write_row(at, 0, row)
        book.close()
        return out.getvalue()


HABITS = (
    Habit("commas"),
    Habit("Excel in Spanish", ";", ",", "", "\r\n", "utf-8-sig"),
    Habit("older Excel in Spanish", ";", ",", ".", "\r\n", "cp1252"),
    Habit("Unicode text", "\t", ",", ".", "\r\n", "utf-16"),
    Habit("sep line", ";", ".", ",", above="sep=;\n"),
    Habit("old Mac", ",", ".", "", "\r"),
    Workbook("workbook"),
    Habit("French", "\t", ",", "\u202f"),
    Habit("all quoted", ",", ".", ",", quote=True),
    Habit("Swiss", "|", ".", "’", encoding="utf-16-be"),
)

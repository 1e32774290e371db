"""Names and colours of the 17 goals, and the cells of goals by kind of evidence."""

from __future__ import annotations

from dashboard.texts import mark
from kpis.cases import EVIDENCE

NAMES = {
    1: mark("No poverty"),
    2: mark("Zero hunger"),
    3: mark("Good health and well-being"),
    4: mark("Quality education"),
    5: mark("Gender equality"),
    6: mark("Clean water and sanitation"),
    7: mark("Affordable and clean energy"),
    8: mark("Decent work and economic growth"),
    9: mark("Industry, innovation and infrastructure"),
    10: mark("Reduced inequalities"),
    11: mark("Sustainable cities and communities"),
    12: mark("Responsible consumption and production"),
    13: mark("Climate action"),
    14: mark("Life below water"),
    15: mark("Life on land"),
    16: mark("Peace, justice and strong institutions"),
    17: mark("Partnerships for the goals"),
}
"""Short names of the United Nations."""

COLOURS = {
    1: "#E5243B", 2: "#DDA63A", 3: "#4C9F38", 4: "#C5192D", 5: "#FF3A21", 6: "#26BDE2", 7: "#FCC30B",
    8: "#A21942", 9: "#FD6925", 10: "#DD1367", 11: "#FD9D24", 12: "#BF8B2E", 13: "#3F7E44", 14: "#0A97D9",
    15: "#56C02B", 16: "#00689D", 17: "#19486A",
}  # fmt: skip
"""Colours of the United Nations guidelines: an accent beside number and name, never the only mark."""


def cells() -> list[str]:
    """Codes of all cells of goals by kind of evidence, as an address has them."""
    return [cell(goal, kind) for goal in NAMES for kind in EVIDENCE]


def cell(goal: int, kind: str) -> str:
    """The code of a cell.

    >>> of_cell(cell(16, "measured"))
    (16, 'measured')
    """
    return f"{goal}-{kind}"


def of_cell(code: str) -> tuple[int, str]:
    """Goal and kind of evidence of a cell."""
    goal, _dash, kind = code.partition("-")
    return int(goal), kind


SHADES = (1, 5, 10, 20)  # KPIs from which each shade of a cell begins


def shade(n_kpis: int) -> int:
    """How dark a cell of so many KPIs is, 1 to 4; 0 without any."""
    return sum(n_kpis >= least for least in SHADES)

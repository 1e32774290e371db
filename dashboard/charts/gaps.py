"""Gaps in a line: where two neighbouring values lie farther apart than the KPI's values usually do.

A solid line across years without a value reads as if it had been measured between. It is interrupted there;
fine dots lead on to the next value, and the foot of the chart says what they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Trace, scatter

FINE = "1px,5px"  # between dots, in the notation of SVG; finer than the dotted line of a median
Point = tuple[float, float]  # year, value


def between(years: Sequence[int], step: int) -> list[tuple[int, int]]:
    """The neighbouring years that are more than `step` apart; `step` 0: not known, so no gap.

    >>> between([2002, 2003, 2021, 2022], 1)
    [(2003, 2021)]
    """
    return [(start, end) for start, end in pairwise(years) if step and end - start > step]


def dots(gaps: Iterable[tuple[Point, Point]], colour: str) -> list[Trace]:
    """Fine dots from the last value before each gap to the first one after it; nothing without a gap."""
    x: list[float | None] = []
    y: list[float | None] = []
    for (start, before), (end, after) in gaps:
        x += [start, end, None]
        y += [before, after, None]
    if not x:
        return []
    line = {"color": colour, "width": 1.5, "dash": FINE}
    return [scatter(x=x, y=y, mode="lines", line=line, connectgaps=False, hoverinfo="skip")]


def since(year: int, ctx: Context) -> str:
    """What is said of the value after a gap, where it is pointed at."""
    return ctx.t("no value since {year}").format(year=year)


def listed(gaps: Sequence[tuple[int, int]], ctx: Context) -> str:
    """The gaps of one line in words, for a screen reader: ", no value between 2003 and 2021"."""
    said = [ctx.t("no value between {start} and {end}").format(start=a, end=b) for a, b in gaps]
    return "".join(f", {text}" for text in said)


def note(kpi: KpiView, ctx: Context) -> str:
    """What the fine dots across gaps mean, for the foot of a chart that has any."""
    if kpi.usual_step == 1:
        return ctx.t("fine dots: years without a value")
    said = ctx.t("fine dots: years without a value, where one every {n} years is usual")
    return said.format(n=ctx.number(kpi.usual_step))

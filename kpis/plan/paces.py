"""When a straight line arrives: seen from today, so that no year of arrival ever lies in the past."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

EXACT = 1e-9  # years: an arrival this little after the turn of a year is in that year

ARRIVES, PROBABLY, NEVER, UNKNOWN, STEPWISE = "arrives", "probably_reached", "never", "not_known", "stepwise"
STATES = (ARRIVES, PROBABLY, NEVER, UNKNOWN, STEPWISE)
"""arrives: in a year from today on. probably_reached: the line passed the bar in a past year whose figure is
missing. never: the pace leads away or stands still. not_known: no pace is known. stepwise: a coded answer or
a count has no values between, so no line leads from one to the next."""


@dataclass(frozen=True)
class Arrival:
    """state: one of `STATES`; year: of arrival, from today on, else None; missing: the past year in which the
    line passed the bar and for which no figure is held, else None."""

    state: str
    year: int | None = None
    missing: int | None = None

    def in_time(self, by: int) -> bool | None:
        """Whether the bar is reached by a year; None where no pace is known."""
        if self.state in (UNKNOWN, STEPWISE):
            return None
        return self.state == PROBABLY or (self.year is not None and self.year <= by)

    def columns(self, lane: str, by: int) -> dict[str, Any]:
        """The arrival as columns of `Outlook.targets`; lane: own or peers."""
        return {
            f"state_{lane}": self.state,
            f"arrives_{lane}": self.year,
            f"missing_{lane}": self.missing,
            f"in_time_{lane}": self.in_time(by),
        }


def arrival(start: int, gap: float, pace: float) -> int | None:
    """The first year in which a straight line of `pace` a year closes `gap`; None if it never does.

    >>> arrival(2024, 10, 4)
    2027
    """
    if math.isnan(pace) or pace == 0 or gap / pace < 0:
        return None
    return start + math.ceil(gap / pace - EXACT)


def seen_from(as_of: int, start: int, gap: float, pace: float, *, stepwise: bool = False) -> Arrival:
    """The arrival as today sees it. start: year of the figure; gap, pace: in the KPI's unit, and a year.

    >>> seen_from(2026, 2022, 6, 2)
    Arrival(state='probably_reached', year=None, missing=2025)
    """
    if stepwise:
        return Arrival(STEPWISE)
    if math.isnan(pace):
        return Arrival(UNKNOWN)
    year = arrival(start, gap, pace)
    if year is None:
        return Arrival(NEVER)
    return Arrival(PROBABLY, missing=year) if year < as_of else Arrival(ARRIVES, year)

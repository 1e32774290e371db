"""Scales of lines besides the plain one; `static/scales.js` draws them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.charts.context import KpiView

MEASURED = frozenset({"percent", "ratio", "years", "index", "score"})  # kinds of units that begin at zero
FAR = 20  # times: a span that a plain scale hides, and a growth that one of "first year = 100" cannot show
# Lines that are parts of one course, such as observed and forecast: on the plain scale alone, and of a year
# those are listed that have a value in it.
PARTS: dict[str, object] = {"log": False, "base": None, "parts": True}
Rows = Sequence[tuple[int, float, object]]  # year, value, obs_status; years ascending


def offered(points: Mapping[str, Rows], kpi: KpiView) -> dict[str, object]:
    """Scales that make sense: `log`, and `base`, the year that may be 100, or None.

    None of a coded answer, nor of a unit without a zero of its own, nor where a value is 0 or less.
    """
    values = [value for rows in points.values() for _year, value, _status in rows]
    if kpi.coded or kpi.unit_kind not in MEASURED or not values or min(values) <= 0:
        return {"log": False, "base": None}
    return {"log": max(values) > FAR * min(values), "base": _base(list(points.values()))}


def _base(lines: Sequence[Rows]) -> int | None:
    """The first year that all lines have; None if it is the last, or a line has grown beyond FAR times."""
    shared = set.intersection(*({year for year, _value, _status in rows} for rows in lines))
    if not shared or min(shared) == max(rows[-1][0] for rows in lines):
        return None
    base = min(shared)
    first = [next(value for year, value, _status in rows if year == base) for rows in lines]
    most = [max(value for _year, value, _status in rows) for rows in lines]
    return base if all(top <= FAR * value for top, value in zip(most, first, strict=True)) else None

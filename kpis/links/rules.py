"""Which KPIs and outcomes may stand against each other, in which year, and which side of each is better."""

from __future__ import annotations

from kpis.errors import RequestError, unknown
from kpis.income import MIN_AREAS
from kpis.sql import statement
from kpis.tables import Tables
from kpis.warehouse.parts import shared


def directions(kpi: str, store: Tables) -> dict[str, int]:
    """KPI → 1 where more is better, -1 where less is, 0 without such a side. RequestError if unknown."""
    rows = store.query("select kpi, toward_better(direction) as direction from kpi")
    signs = dict(zip(rows["kpi"], rows["direction"].astype(int), strict=True))
    if kpi not in signs:
        raise RequestError(unknown("KPI", kpi, signs))
    return signs


def check_e_government(kpi: str, store: Tables) -> dict[str, int]:
    """The directions, if the KPI may stand on the e-government side. Raises RequestError if not."""
    signs = directions(kpi, store)
    allowed = store.query(statement("links/e_government"))["kpi"].tolist()
    if kpi not in allowed:
        raise RequestError(unknown("e-government KPI", kpi, allowed))
    return signs


def check_pair(kpi: str, outcome: str, store: Tables) -> dict[str, int]:
    """The directions, if both ids may stand on their sides. Raises RequestError if not."""
    signs = check_e_government(kpi, store)
    if outcome not in (names := outcomes(store)):
        raise RequestError(unknown("SDG outcome", outcome, names))
    return signs


def outcomes(store: Tables) -> list[str]:
    """KPIs that are official SDG indicators, in catalogue order."""
    return store.query(statement("links/outcomes"))["kpi"].tolist()


def why_excluded(kpi: str, outcome: str, store: Tables) -> str | None:
    """Why a pair may not be compared, naming the figure that stands on both sides; None if it may."""
    common = shared(store, kpi, outcome)
    if not common:
        return None
    if outcome in common:
        return f"{outcome} enters {kpi} or is measured with its parts, so it cannot be an outcome of it."
    return f"{kpi} and {outcome} share {', '.join(common)}, so they go together by construction."


def year_of(kpi: str, year: int | None, store: Tables) -> int:
    """The year asked for, or the last with MIN_AREAS countries. Raises RequestError if there is none."""
    available = store.query(statement("links/years"), {"kpi": kpi})
    if year is not None and year not in set(available["time_period"]):
        years = ", ".join(map(str, available["time_period"]))
        raise RequestError(f"{kpi} has no values of {year}. Years held: {years or 'none'}.")
    enough = available.loc[available["n"] >= MIN_AREAS, "time_period"]
    if year is None and enough.empty:
        raise RequestError(f"{kpi} has no year with {MIN_AREAS} countries.")
    return int(year if year is not None else enough.max())

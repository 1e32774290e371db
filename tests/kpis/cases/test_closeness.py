"""Cases by closeness: the country itself, then what it shares groups with, then the stage it aims at."""

from __future__ import annotations

import pytest

from kpis import cases
from kpis.errors import RequestError
from kpis.queries import Warehouse


def test_own_cases_then_those_of_the_most_alike(wh: Warehouse) -> None:
    rows = cases.by_closeness(cases.load(), "COL", aim="connected", store=wh.tables)
    assert sorted(rows.index) == sorted(cases.load().index)
    own = rows[rows["country_iso3"] == "COL"]
    assert list(rows.index[: len(own)]) == list(own.index)
    others = rows.iloc[len(own) :]
    assert others["shared"].is_monotonic_decreasing
    assert others["country_iso3"].iloc[0] in {"BRA", "MEX", "PER", "ARG", "DOM", "CRI", "ECU", "PAN", "CUB"}
    steps = [["emerging", "enhanced", "transactional", "connected"].index(s) for s in own["maturity_stage"]]
    assert steps == sorted(steps, reverse=True)
    assert len(set(steps)) > 1


def test_small_islands_are_near_each_other_wherever_they_lie(wh: Warehouse) -> None:
    rows = cases.by_closeness(cases.load(), "JAM", store=wh.tables).drop_duplicates("country_iso3")
    order = list(rows["country_iso3"])
    assert order.index("BRB") < order.index("FJI") < order.index("IND")


def test_what_is_not_known_is_refused(wh: Warehouse) -> None:
    with pytest.raises(RequestError):
        cases.by_closeness(cases.load(), "XXX", store=wh.tables)
    with pytest.raises(RequestError):
        cases.by_closeness(cases.load(), "COL", aim="perfect", store=wh.tables)

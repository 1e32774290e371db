"""Values by filter: each filter alone and together, on nine values that can be counted by hand."""

from __future__ import annotations

import pytest

from kpis.errors import RequestError
from kpis.queries import Warehouse


def keys(table) -> list[tuple[str, int]]:
    """Areas and years, in order."""
    return list(zip(table["ref_area"], table["time_period"], strict=True))


@pytest.fixture
def first(tiny: Warehouse) -> str:
    """The KPI of series S.A."""
    return str(tiny.tables.query("select kpi from kpi where series = 'S.A' order by position").iat[0, 0])


def test_no_filter_gives_every_value(tiny: Warehouse) -> None:
    assert len(tiny.explore()) == int(tiny.tables.query("select count(*) as n from kpi_value").iat[0, 0])


def test_filters_narrow_together(tiny: Warehouse, first: str) -> None:
    every = tiny.explore(first)
    assert keys(every) == [
        ("COL", 2022),
        ("JAM", 2022),
        ("COL", 2020),
        ("HKG", 2020),
        ("JAM", 2020),
        ("NAM", 2020),
    ]
    assert keys(tiny.explore(first, years=(2022, 2022))) == [("COL", 2022), ("JAM", 2022)]
    assert keys(tiny.explore(first, statuses=["E"])) == [("NAM", 2020)]
    assert keys(tiny.explore(first, areas="HKG")) == [("HKG", 2020)]
    assert tiny.explore(first, sources=["other"]).empty


def test_areas_and_groups_add_up_and_members_are_those_of_the_year(tiny: Warehouse, first: str) -> None:
    found = tiny.explore(first, areas=["COL"], groups=["LDC"])
    assert keys(found) == [("COL", 2022), ("JAM", 2022), ("COL", 2020), ("NAM", 2020)]


def test_an_unknown_name_is_named(tiny: Warehouse, first: str) -> None:
    with pytest.raises(RequestError, match="KPI 'NO'"):
        tiny.explore("NO")
    with pytest.raises(RequestError, match="group 'LDX' is not known. Did you mean 'LDC'"):
        tiny.explore(first, groups="LDX")


def test_the_schema_lists_every_table_in_column_order(tiny: Warehouse) -> None:
    found = tiny.schema()
    assert {"kpi_value", "standing", "stage", "progress"} <= set(found["table_name"])
    columns = found.loc[found["table_name"] == "observation", "column_name"].tolist()
    assert columns[:3] == ["series", "ref_area", "time_period"]

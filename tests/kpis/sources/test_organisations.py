"""Organisations as dated groups: as many members as each says it has, each in its years."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis.errors import DataError
from kpis.queries import Warehouse
from kpis.sources import organisations
from kpis.sources.csvio import write_rows
from kpis.sources.organisations import COLUMNS

STATES = {"COL", "ATG", "GBR"}

PUBLISHED = {  # members of November 2026 by each organisation's page, less those outside the UN
    "OECD": 38,
    "EU": 27,
    "G20": 19,  # States; the European Union and the African Union belong too
    "CELAC": 33,
    "ANDEAN_COMMUNITY": 4,
    "MERCOSUR": 5,
    "PACIFIC_ALLIANCE": 4,
    "SICA": 8,
    "CARICOM": 15 - 1,  # Montserrat
    "OECS": 7 - 1,  # Montserrat
    "AFRICAN_UNION": 55 - 1,  # Western Sahara
    "ASEAN": 11,  # with Timor-Leste, 2025
    "PIF": 18 - 4,  # Cook Islands, Niue, New Caledonia, French Polynesia
}


def test_every_organisation_has_as_many_members_as_it_publishes(wh: Warehouse) -> None:
    groups = wh.groups()
    listed = groups[groups["kind"] == organisations.KIND].set_index("group_id")["n_members"]
    assert listed.astype(int).to_dict() == PUBLISHED
    assert groups["position"].is_unique


@pytest.mark.parametrize(
    ("group", "area", "years_in", "years_out"),
    [
        ("EU", "GBR", (2004, 2020), (1972, 2021)),
        ("EU", "HRV", (2013, 2026), (2012,)),
        ("OECD", "COL", (2020, 2026), (2018,)),
        ("MERCOSUR", "VEN", (2012, 2016), (2011, 2017)),
        ("CELAC", "BRA", (2020, 2023), (2021, 2022)),
        ("ASEAN", "TLS", (2025,), (2024,)),
        ("AFRICAN_UNION", "MAR", (2017,), (2016,)),
        ("PIF", "VUT", (2003, 2026), ()),  # its first year is not known
    ],
)
def test_a_member_counts_in_the_years_of_its_membership(
    wh: Warehouse, group: str, area: str, years_in: tuple[int, ...], years_out: tuple[int, ...]
) -> None:
    assert all(area in wh.members(group, year) for year in years_in)
    assert not any(area in wh.members(group, year) for year in years_out)


def test_the_median_of_a_year_is_that_of_the_members_of_the_year(wh: Warehouse) -> None:
    row = wh.group_values("EGDI", "EU", 2014).iloc[0]
    members = wh.values("EGDI", areas=wh.members("EU", 2014), years=2014)["obs_value"]
    assert "GBR" in wh.members("EU", 2014)
    assert (row["n"], row["median"]) == (28, members.median())
    assert wh.group_values("EGDI", "EU", 2024)["n"].tolist() == [27]


def test_every_organisation_says_where_its_members_are_listed(wh: Warehouse) -> None:
    rows = wh.groups().query("kind == 'organisation'")
    assert rows["source_url"].str.startswith("https://").all()
    assert rows[["note_en", "note_es"]].notna().all().all()


def test_no_group_has_the_code_of_an_area(wh: Warehouse) -> None:
    areas = wh.areas()
    assert not set(wh.groups()["group_id"]) & {*areas["ref_area"], *areas["iso2"].dropna()}


def test_members_that_are_no_member_states_are_left_out_and_it_is_said(tmp_path: Path) -> None:
    rows = [("CARICOM", "ATG", "1974", "", "https://a.org"), ("CARICOM", "MSR", "1974", "", "https://a.org")]
    rows += [("CAN", "COL", "1969", "", "https://b.org")]
    write_rows(tmp_path / "organisations.csv", COLUMNS, rows)
    members = organisations.read_members(tmp_path)
    assert list(organisations.memberships(members, STATES)) == [
        ("CARICOM", "ATG", "1974", ""),
        ("ANDEAN_COMMUNITY", "COL", "1969", ""),
    ]
    andes, caribbean = organisations.groups(members, STATES, after=7)
    assert (andes[0], andes[2], caribbean[2]) == ("ANDEAN_COMMUNITY", "8", "9")
    assert "Only UN Member States" in caribbean[5]
    assert "Only UN" not in andes[5]


def test_a_folder_without_organisations_has_none_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    assert organisations.read_members(tmp_path) == []
    write_rows(tmp_path / "organisations.csv", COLUMNS, [("OECDD", "COL", "", "", "https://a.org")])
    with pytest.raises(DataError, match="'OECDD'.*OECD"):
        organisations.read_members(tmp_path)

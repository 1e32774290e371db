"""The year and the survey, body or city behind an input value."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis.queries import Warehouse
from kpis.sources.csvio import read_rows
from kpis.sources.inputs import import_inputs

HCI = "iso3,edition,indicator,value,reference_year,input_source,source_id\n"
CITIES = "iso3,city,year,losi_group,rank,losi,status,source_id\n"


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_the_newest_update_wins_and_an_unknown_year_is_empty(tmp_path: Path) -> None:
    line = "{},2024,HCI_GER,9,{},UNESCO,S10\n"
    put(tmp_path / "update-1/egdi/egdi_2024_hci_inputs.csv", HCI + line.format("NAM", 2000))
    put(
        tmp_path / "update-2/egdi/egdi_2024_hci_inputs.csv",
        HCI + line.format("NAM", 2004) + line.format("COL", "---"),
    )
    put(
        tmp_path / "update-2/egdi/losi_2024.csv",
        CITIES + "ESP,Madrid,2024,High,1,0.9,assessed,S10\nWSM,Apia,2024,,,,not assessed,S10\n",
    )
    assert import_inputs(tmp_path, tmp_path) == 3
    rows = read_rows(tmp_path / "input_year.csv")
    assert [tuple(row.values())[:5] for row in rows] == [
        ("HCI_GER", "COL", "2024", "", "UNESCO"),
        ("HCI_GER", "NAM", "2024", "2004", "UNESCO"),
        ("LOSI", "ESP", "2024", "2024", "Madrid"),
    ]


def test_a_folder_without_updates_has_no_inputs(tmp_path: Path) -> None:
    assert import_inputs(tmp_path, tmp_path) == 0


@pytest.mark.parametrize(
    ("kpi", "area", "year", "origin"),
    [
        ("HCI_ADULT_LITERACY", "BLZ", 2000, "UNESCO"),
        ("HCI_ADULT_LITERACY", "YEM", 2004, "UNESCO"),
        ("LOSI", "ESP", 2024, "Madrid"),
        ("SDG_5.b.1", "VUT", 2023, "Multiple Indicator Cluster Survey 2023"),
    ],
)
def test_the_true_year_stands_beside_the_value(
    kpi: str, area: str, year: int, origin: str, wh: Warehouse
) -> None:
    edition = 2023 if kpi == "SDG_5.b.1" else 2024
    row = wh.evidence(kpi, area, edition).iloc[0]
    assert row["reference_year"] == year
    assert origin in row["input_source"]
    assert row["time_period"] == edition


def test_values_without_a_named_input_have_none(wh: Warehouse) -> None:
    assert wh.evidence("OSI", "JAM", 2024)[["reference_year", "input_source"]].isna().all(axis=None)

"""Colombia's municipalities: a data set of its own, read by no table of countries."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis.paths import data_dir
from kpis.queries import Warehouse
from kpis.sources.csvio import Row, read_rows
from kpis.sources.subnational import import_subnational

HOME = data_dir() / "subnational"
HEADER = (
    "area_code,level,area_name,department_code,department,year,quarter,series,value,unit,obs_status,"
    "source_id\n"
)


def test_codes_keep_their_zero_and_counts_lose_the_point_of_the_copy(tmp_path: Path) -> None:
    path = tmp_path / "update-1/colombia/internet_fijo_municipios_tidy.csv"
    path.parent.mkdir(parents=True)
    line = "05001,municipality,MEDELLÍN,05,ANTIOQUIA,2015,4,{},{},n,,copy\n"
    path.write_text(HEADER + line.format("CO.POP", "100.0") + line.format("CO.INET.FIXED.P100", "22.02"))
    assert import_subnational(tmp_path, tmp_path / "out") == 2
    rows = [tuple(row.values()) for row in read_rows(tmp_path / "out/colombia_fixed_internet.csv")]
    assert rows == [
        ("05001", "05", "municipality", "2015-Q4", "CO.INET.FIXED.P100", "22.02"),
        ("05001", "05", "municipality", "2015-Q4", "CO.POP", "100"),
    ]
    areas = [tuple(row.values()) for row in read_rows(tmp_path / "out/colombia_areas.csv")]
    assert areas == [
        ("COL", "", "country", "Colombia"),
        ("05", "COL", "department", "ANTIOQUIA"),
        ("05001", "05", "municipality", "MEDELLÍN"),
    ]


def test_a_folder_without_the_file_writes_nothing(tmp_path: Path) -> None:
    assert import_subnational(tmp_path, tmp_path / "out") == 0
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def figures() -> list[Row]:
    return read_rows(HOME / "colombia_fixed_internet.csv", required=("area", "parent", "period", "series"))


def test_every_figure_has_its_area_and_every_area_its_parent(figures: list[Row]) -> None:
    areas = {row["area"]: row for row in read_rows(HOME / "colombia_areas.csv", required=("area", "parent"))}
    assert sum(row["level"] == "municipality" for row in areas.values()) == 1120
    assert {row["area"] for row in figures} <= set(areas)
    assert all(row["parent"] in areas for row in areas.values() if row["area"] != "COL")
    assert {row["period"] for row in figures} == {f"{year}-Q4" for year in range(2015, 2023)} | {"2023-Q3"}


def test_the_rate_is_accesses_over_people(figures: list[Row]) -> None:
    values = {(row["area"], row["period"], row["series"]): float(row["value"]) for row in figures}
    rates = {key: value for key, value in values.items() if key[2] == "CO.INET.FIXED.P100"}
    assert len(rates) > 9_000
    for (area, period, _), rate in rates.items():
        counts = [values.get((area, period, name)) for name in ("CO.INET.FIXED.N", "CO.POP")]
        if all(counts):
            assert 100 * counts[0] / counts[1] == pytest.approx(rate, abs=0.0051), (area, period)


def test_no_table_of_countries_reads_them(wh: Warehouse) -> None:
    assert wh.sql("select count(*) from observation where starts_with(series, 'CO.')").iloc[0, 0] == 0
    assert wh.areas()["ref_area"].str.len().eq(3).all()

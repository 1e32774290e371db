"""Wrong figures are refused with their place, and the last good warehouse stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis import open_warehouse
from kpis.build import build
from kpis.catalogue import Catalogue
from kpis.errors import DataError
from kpis.queries import Warehouse
from tests.conftest import TINY_OBSERVATIONS, write_tiny

GOOD = TINY_OBSERVATIONS


def with_row(**changes: str) -> list[tuple[str, ...]]:
    """The tiny figures with one more row, changed as told."""
    row = {
        "series": "S.A",
        "ref_area": "NAM",
        "time_period": "2023",
        "obs_value": "0.3",
        "obs_status": "A",
        "vintage": "v1",
        "footnote": "",
    }
    return [*GOOD, tuple((row | changes).values())]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ref_area": "XYZ"}, "ref_area is no known area code"),
        ({"ref_area": ""}, "ref_area is no known area code"),
        ({"obs_value": "n/a"}, "value is no number"),
        ({"obs_value": "1,5"}, "value is no number"),
        ({"obs_value": ""}, "value is no number"),
        ({"obs_value": "inf"}, "value is not finite"),
        ({"obs_value": "nan"}, "value is not finite"),
        ({"time_period": "2020-21"}, "time_period is no year"),
        ({"time_period": "20"}, "time_period is no year"),
        ({"obs_status": "Z"}, "obs_status is not allowed; allowed: A, E, U"),
        ({"footnote": "ghost"}, "footnote is not in"),
        ({"time_period": "2020"}, "occurs more than once"),
    ],
)
def test_a_wrong_row_is_named_with_file_key_and_remedy(
    tmp_path: Path, tiny_catalogue: Catalogue, changes: dict[str, str], said: str
) -> None:
    out = tmp_path / "w.duckdb"
    build(out, data=write_tiny(tmp_path / "good"), catalogue=tiny_catalogue)
    before = out.read_bytes()
    bad = write_tiny(tmp_path / "bad", with_row(**changes))
    with pytest.raises(DataError) as caught:
        build(out, data=bad, catalogue=tiny_catalogue)
    assert said in str(caught.value)
    assert "src.csv" in str(caught.value)
    assert changes.get("ref_area", "NAM") in str(caught.value)
    assert out.read_bytes() == before
    assert [path.name for path in tmp_path.glob("*.building*")] == []


def test_a_wrong_column_is_named(tmp_path: Path, tiny_catalogue: Catalogue) -> None:
    data = write_tiny(tmp_path / "data")
    path = data / "observations" / "src.csv"
    path.write_text(path.read_text().replace("obs_value", "value", 1))
    with pytest.raises(DataError, match=r"src\.csv: columns must be .* \(look at 'value'\)"):
        build(tmp_path / "w.duckdb", data=data, catalogue=tiny_catalogue)


def test_a_file_of_no_known_source_is_named(tmp_path: Path, tiny_catalogue: Catalogue) -> None:
    data = write_tiny(tmp_path / "data")
    (data / "observations" / "src.csv").rename(data / "observations" / "scr.csv")
    with pytest.raises(DataError, match="source 'scr' is not known. Did you mean 'src'"):
        build(tmp_path / "w.duckdb", data=data, catalogue=tiny_catalogue)


def test_an_empty_folder_is_named(tmp_path: Path, tiny_catalogue: Catalogue) -> None:
    data = write_tiny(tmp_path / "data")
    (data / "observations" / "src.csv").unlink()
    with pytest.raises(DataError, match="no figures found"):
        build(tmp_path / "w.duckdb", data=data, catalogue=tiny_catalogue)


def test_a_file_that_is_no_table_is_named(tmp_path: Path, tiny_catalogue: Catalogue) -> None:
    data = write_tiny(tmp_path / "data")
    (data / "observations" / "src.parquet").write_bytes(b"PK\x03\x04 no parquet")
    with pytest.raises(DataError, match=r"src\.parquet: cannot be read"):
        build(tmp_path / "w.duckdb", data=data, catalogue=tiny_catalogue)


def test_a_reference_table_without_a_column_is_named(tmp_path: Path, tiny_catalogue: Catalogue) -> None:
    data = write_tiny(tmp_path / "data")
    (data / "reference" / "group.csv").write_text("group_id,kind\nWORLD,world\n")
    with pytest.raises(DataError, match=r"group\.csv: column .* is missing"):
        build(tmp_path / "w.duckdb", data=data, catalogue=tiny_catalogue)


def test_figures_for_which_there_is_no_kpi_are_held_and_harmless(
    tmp_path: Path, tiny_catalogue: Catalogue
) -> None:
    data = write_tiny(tmp_path / "data", with_row(series="S.OTHER"))
    wh = open_warehouse(build(tmp_path / "w.duckdb", data=data, catalogue=tiny_catalogue))
    assert wh.sql("select n_values from series where series = 'S.OTHER'").iloc[0, 0] == 1


def test_open_only_leaves_out_noncommercial_sources_and_their_kpis(
    open_only: Warehouse, catalogue: Catalogue
) -> None:
    assert "noncommercial" not in set(open_only.sources()["redistribution"])
    assert "GCI" not in set(open_only.kpis()["kpi"])
    assert "EGDI" in set(open_only.kpis()["kpi"])
    closed = [s.id for s in catalogue.sources.values() if s.redistribution == "noncommercial"]
    held = open_only.sql("select 1 from observation where list_contains($s, source) limit 1", {"s": closed})
    assert held.empty


def test_a_listed_file_that_is_gone_is_named(tmp_path: Path, tiny_catalogue: Catalogue) -> None:
    data = write_tiny(tmp_path / "data")
    listing = '{"resources": [{"path": "observations/src.csv"}, {"path": "observations/lost.csv"}]}'
    (data / "datapackage.json").write_text(listing)
    with pytest.raises(DataError, match=r"observations/lost\.csv is missing"):
        build(tmp_path / "w.duckdb", data=data, catalogue=tiny_catalogue)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("WORLD,QQQ,,", "ref_area is no known area code"),
        ("PLANETS,COL,,", "group_id is not in group.csv"),
        ("LDC,COL,soon,", "valid_from and valid_to must be years"),
    ],
)
def test_a_wrong_membership_is_named(tmp_path: Path, tiny_catalogue: Catalogue, row: str, said: str) -> None:
    data = write_tiny(tmp_path / "data")
    with (data / "reference" / "area_group.csv").open("a") as handle:
        handle.write(row + "\n")
    with pytest.raises(DataError, match=said):
        build(tmp_path / "w.duckdb", data=data, catalogue=tiny_catalogue)

"""Wrong figures are refused with their place, and the last good warehouse stays."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from kpis import open_warehouse
from kpis.building.build import build
from kpis.catalogue import Catalogue
from kpis.errors import DataError, RequestError
from kpis.paths import data_dir
from kpis.queries import Warehouse
from kpis.warehouse.tables import catalogue_tables, closed_kpis
from tests.conftest import TINY_OBSERVATIONS, write_tiny
from tests.kpis.warehouse.conftest import Reader

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
    tmp_path: Path, reader: Reader, changes: dict[str, str], said: str
) -> None:
    message = reader.refusal(write_tiny(tmp_path / "bad", with_row(**changes)))
    assert said in message
    assert "src.csv" in message
    assert changes.get("ref_area", "NAM") in message


def test_a_refused_build_leaves_the_last_good_warehouse_and_nothing_beside_it(
    tmp_path: Path, tiny_built: Path, tiny_catalogue: Catalogue
) -> None:
    home = tmp_path / "home" / "w.duckdb"
    home.parent.mkdir()
    shutil.copyfile(tiny_built, home)
    before = home.read_bytes()
    with pytest.raises(DataError, match="no known area code"):
        build(home, data=write_tiny(tmp_path / "bad", with_row(ref_area="XYZ")), catalogue=tiny_catalogue)
    assert home.read_bytes() == before
    assert [path.name for path in home.parent.iterdir()] == [home.name]


def test_a_wrong_column_is_named(tmp_path: Path, tiny_catalogue: Catalogue) -> None:
    data = write_tiny(tmp_path / "data")
    path = data / "observations" / "src.csv"
    path.write_text(path.read_text().replace("obs_value", "value", 1))
    with pytest.raises(DataError, match=r"src\.csv: columns must be .* \('obs_value' is missing\)"):
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
    assert "EGDI" in set(open_only.kpis()["kpi"])
    closed = [s.id for s in catalogue.sources.values() if s.redistribution == "noncommercial"]
    for table in ("observation", "release_change", "input_year"):
        rows = open_only.sql(f"select count(*) from {table} where list_contains($s, source)", {"s": closed})
        assert rows.iloc[0, 0] == 0, table


def test_open_only_leaves_out_a_forecast_that_was_made_with_closed_figures(
    wh: Warehouse, open_only: Warehouse
) -> None:
    count = "select count(*) from forecast_frozen where uses_technology"
    assert wh.sql(count).iloc[0, 0] > 0
    assert open_only.sql(count).iloc[0, 0] == 0


def test_a_frozen_forecast_of_other_areas_is_refused(tmp_path: Path, tiny_catalogue: Catalogue) -> None:
    """The project's own, in a folder that knows four areas."""
    data = write_tiny(tmp_path / "data")
    shutil.copytree(data_dir() / "forecasts", data / "forecasts")
    with pytest.raises(DataError, match=r"forecasts/2026\.csv, line 2: ref_area is no UN Member State .*AFG"):
        build(tmp_path / "w.duckdb", data=data, catalogue=tiny_catalogue)


def test_open_only_names_what_it_leaves_out_and_why(open_only: Warehouse, catalogue: Catalogue) -> None:
    closed = open_only.left_out()
    assert {"SDG_17.8.1", "SDG_17.6.1", "SDG_9.c.1", "SDG_9.c.1_3G", "GCI"} <= set(closed["kpi"])
    assert set(closed["kpi"]) | set(open_only.kpis()["kpi"]) == set(catalogue.kpis)
    assert set(closed["kpi"]).isdisjoint(open_only.kpis()["kpi"])
    row = closed.set_index("kpi").loc["SDG_17.8.1"]
    assert (row["source"], row["licence_en"]) == ("itu_wti", "CC BY-NC-SA 3.0 IGO")
    with pytest.raises(RequestError, match=r"'SDG_17.8.1' is left out .* ITU DataHub.* --open-only"):
        open_only.values("SDG_17.8.1")


def test_a_full_build_leaves_nothing_out(wh: Warehouse, catalogue: Catalogue) -> None:
    assert wh.left_out().empty
    assert set(wh.kpis()["kpi"]) == set(catalogue.kpis)


def test_a_derived_kpi_goes_with_its_operand(catalogue: Catalogue) -> None:
    """OSI − TII from an open source, but with TII from one that is closed."""
    tii = catalogue.kpis["TII"].model_copy(update={"source": "itu_wti"})
    moved = dataclasses.replace(catalogue, kpis=catalogue.kpis | {"TII": tii})
    out = closed_kpis(moved, {"itu_wti"})
    assert out["OSI_TII_GAP"] == "itu_wti"
    assert "EGDI_VS_INCOME" not in out
    tables = catalogue_tables(moved, open_only=True)
    assert not {"TII", "OSI_TII_GAP"} & set(tables["kpi"]["kpi"])
    assert {"TII", "OSI_TII_GAP"} <= set(tables["left_out"]["kpi"])


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

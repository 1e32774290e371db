"""Importers: what they keep, mark and refuse, on files of a few rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis.errors import DataError
from kpis.sources import blavatnik, collection, egovkb
from kpis.sources.csvio import read_rows, write_rows
from kpis.sources.observations import COLUMNS, Observation, write_source
from kpis.sources.reference import memberships
from kpis.sources.vintages import vintage_of

ZERO_HEADER = "iso3,year,indicator,source_id,source_value,treatment,reason\n"
INDEX_HEADER = "iso3,year,indicator,value,rank,source_id\n"


def test_zeros_kept_get_a_footnote_and_an_egdi_made_with_a_zero_is_unreliable(tmp_path: Path) -> None:
    (tmp_path / "egdi_zero_cells.csv").write_text(
        ZERO_HEADER
        + "SOM,2003,OSI,S1,0.0,kept,0 as published (lowest score)\n"
        + f"SMR,2003,HCI,S1,0.0,dropped,no data; {egovkb.COMPUTED_WITH_ZERO}\n"
    )
    (tmp_path / "egdi_tidy.csv").write_text(
        "iso3,year,indicator,value,rank,source_id\n"
        "SOM,2003,OSI,0.0,,S1\nSMR,2003,EGDI,0.28044,122,S1\nNAM,2003,EGDI,0.33980,96,S1\n"
    )
    found = {(o.series, o.ref_area): o for o in egovkb.observations(tmp_path)}
    assert found["OSI", "SOM"].footnote == "zero_published"
    assert found["OSI", "SOM"].obs_status == "A"
    assert (found["EGDI", "SMR"].obs_status, found["EGDI", "SMR"].footnote) == ("U", "egdi_zero_component")
    assert found["EGDI.RANK", "NAM"].obs_value == "96"
    assert found["EGDI", "NAM"].obs_value == "0.33980"  # to the last digit, as text


@pytest.mark.parametrize(
    ("key", "note"),
    [
        (("HCI", "FSM", "2003"), "hci_2003_range"),
        (("EGDI", "KHM", "2008"), "egdi_2008_components"),
        (("EPI", "KEN", "2024"), "epi_2024_two_values"),
        (("TII_INTERNET_USERS", "PRK", "2024"), "tii_2024_zero"),
        (("HCI_MYS", "OMN", "2024"), "hci_2024_component"),
        (("OSI", "SRB", "2004"), "srb_2003_2005"),
        (("EGDI", "COL", "2024"), ""),
    ],
)
def test_cells_to_treat_with_care_carry_their_reason(key: tuple[str, str, str], note: str) -> None:
    assert egovkb.footnote(key, {}) == note


HEADER = "iso3,year,series,value,unit,obs_status,source_id\n"


def collect(folder: Path, rows: dict[str, str], wanted: set[str], newer: dict[str, str] | None = None):
    """What `collected` makes of a folder that has only these rows, and of an update that has only those."""
    texts = {file.path: HEADER + rows.get(file.path, "") for file in collection.TIDY_FILES}
    texts |= {f"update-1/{path}": HEADER + text for path, text in (newer or {}).items()}
    texts |= {"egdi/egdi_zero_cells.csv": ZERO_HEADER, "egdi/egdi_tidy.csv": INDEX_HEADER}
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return collection.collected(folder, dict.fromkeys(wanted, "src"))


def test_only_wanted_series_come_in_with_status_and_vintage(tmp_path: Path) -> None:
    rows = {
        "gtmi/gtmi_tidy.csv": "NAM,2025,CGSI,0.5,index 0-1,,gtmi_gtmiR_2026\n",
        "sdg/sdg_tidy.csv": "CRI,2016,IT_MOB_OWN__F,111.1,percent,nature:M,unsd_ddf_2020\n"
        "CRI,2016,OTHER,1,percent,,unsd_ddf_2020\n",
    }
    assert collect(tmp_path, rows, {"GTMI.CGSI", "IT_MOB_OWN__F"}) == [
        ("src", Observation("GTMI.CGSI", "NAM", "2025", "0.5", "A", "2026-03-23")),
        ("src", Observation("IT_MOB_OWN__F", "CRI", "2016", "111.1", "E", "2020-10-19", "above_100")),
    ]


def test_estimates_of_phone_ownership_are_a_series_of_their_own(tmp_path: Path) -> None:
    """Zimbabwe: a survey of 2020 at 47 between estimates of 70.1 and 74.9; no line runs through both."""
    late = "ZWE,{},IT_MOB_OWN,{},percent of people (10+),{},unsd_2026q2_corpus\n"
    africa = late.format(2019, "70.1", "nature:E") + late.format(2020, "47", "")
    africa += late.format(2021, "74.9", "nature:E")
    found = collect(
        tmp_path, {}, {"IT_MOB_OWN", "IT_MOB_OWN__EST"}, {"sdg/sdg_africa_2026q2_tidy.csv": africa}
    )
    assert [(o.series, o.time_period, o.obs_status) for _, o in found] == [
        ("IT_MOB_OWN__EST", "2019", "E"),
        ("IT_MOB_OWN", "2020", "A"),
        ("IT_MOB_OWN__EST", "2021", "E"),
    ]


def test_a_file_gives_only_the_series_named_for_it_under_its_own_source(tmp_path: Path) -> None:
    late = {
        "itu/itu_coverage_tidy.csv": "NAM,2023,IT_MOB_3GNTWK,99,percent of population,,itu_cov_wbdash_2026\n",
        "siwa/siwa_ods_lac_partial_tidy.csv": "COL,2023,IC_FRM_BRIB,2.75,%,,siwa_onu_ods_2026_10\n"
        "COL,2025,SG_INF_ACCSS,1,1,,siwa_onu_ods_2026_10\n",
    }
    found = collect(tmp_path, {}, {"IT_MOB_3GNTWK", "IC_FRM_BRIB", "SG_INF_ACCSS"}, late)
    assert found == [("siwa_lac", Observation("IC_FRM_BRIB", "COL", "2023", "2.75", "E", "2026-10-08"))]


def test_open_data_parts_of_epi_ranks_and_assessed_cities_come_from_the_appendix(tmp_path: Path) -> None:
    (tmp_path / "egdi").mkdir()
    (tmp_path / egovkb.APPENDIX).write_text(
        INDEX_HEADER + "NAM,2024,EPI,0.3288,116,S10\nNAM,2024,OGDI,0.5128,,S10\nNAM,2024,OTHER,1,,S10\n"
    )
    (tmp_path / egovkb.CITIES).write_text(
        "iso3,city,year,losi_group,rank,losi,status,source_id\n"
        "NAM,Windhoek,2024,High,9,0.5,assessed,S10\nWSM,Apia,2024,,,,not assessed,S10\n"
    )
    found = {(o.series, o.ref_area, o.obs_value) for o in egovkb.appendix(tmp_path)}
    assert found == {("EPI.RANK", "NAM", "116"), ("OGDI", "NAM", "0.5128"), ("LOSI", "NAM", "0.5")}
    assert list(egovkb.appendix(tmp_path / "none")) == []


def test_kosovo_comes_in_under_its_code_here(tmp_path: Path) -> None:
    (tmp_path / "bipa2024_index_themes_wide.csv").write_text("cc_iso3c,natdel_dig_value\nXKK,0.68\nNAM,0.5\n")
    (tmp_path / "bipa2024_gdb_2021.csv").write_text(
        "cc_iso3c,ref_year,variable,value\nXKK,2021,gdb_land,0.0\nXKK,2021,gdb_governance,37.2\n"
    )
    found = [(o.series, o.ref_area, o.obs_value) for o in blavatnik.kosovo(tmp_path)]
    assert found == [("BIPA.NATDEL_DIG", "XKX", "0.68"), ("GDB.GOVERNANCE", "XKX", "37.2")]
    assert list(blavatnik.kosovo(tmp_path / "none")) == []


@pytest.mark.parametrize(
    ("series", "row", "note"),
    [
        ("GT_I33", {"year": "2020"}, "gtmi_2020_scale"),
        ("GT_I33", {"year": "2022"}, ""),
        ("FINDEX.g20_any", {"obs_status": "year_derived"}, "findex_year_derived"),
        ("IT_MOB_OWN__F", {"unit": "percent, age 15-49"}, "mobile_age_15_49"),
        ("IT_MOB_OWN__M", {"unit": "percent", "value": "100.1"}, "above_100"),
        ("GF_XPD_GBPC", {"unit": "percent of original approved budget", "value": "255"}, ""),
    ],
)
def test_values_to_read_with_care_are_marked(series: str, row: dict[str, str], note: str) -> None:
    plain = {"year": "2024", "value": "1", "unit": "", "obs_status": ""}
    assert collection.footnote(series, plain | row) == note


def test_a_copy_without_a_vintage_is_named() -> None:
    with pytest.raises(DataError, match="copy 'new_copy' has no vintage"):
        vintage_of("new_copy")


def test_noncommercial_figures_lie_in_a_folder_of_their_own(tmp_path: Path) -> None:
    row = Observation("S", "COL", "2020", "1")
    assert write_source(tmp_path, "a", "open", [row]) == tmp_path / "a.csv"
    assert write_source(tmp_path, "a", "noncommercial", [row]) == tmp_path / "noncommercial" / "a.csv"
    assert not (tmp_path / "a.csv").exists()


def test_a_duplicate_key_is_refused(tmp_path: Path) -> None:
    rows = [Observation("S", "COL", "2020", "1"), Observation("S", "COL", "2020", "2")]
    with pytest.raises(DataError, match="S COL 2020 occurs twice"):
        write_source(tmp_path, "a", "open", rows)


def test_a_large_file_becomes_parquet_with_the_same_rows(tmp_path: Path) -> None:
    import duckdb

    rows = [Observation("S" * 80, "NAM", str(1950 + n % 150), str(n / 7), "A", f"v{n}") for n in range(150)]
    rows = [Observation(f"{r.series}{n:05d}", *list(vars(r).values())[1:]) for n in range(150) for r in rows]
    path = write_source(tmp_path, "big", "open", rows)
    assert path.suffix == ".parquet"
    assert path.stat().st_size < 2_000_000
    frame = duckdb.sql(f"select * from read_parquet('{path}')").df()
    assert list(frame.columns) == list(COLUMNS)
    assert len(frame) == len(rows)
    assert set(frame["ref_area"]) == {"NAM"}


def test_namibia_survives_reading_and_writing(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    write_rows(path, ["ref_area", "iso2"], [["NAM", "NA"], ["COL", None]])
    assert read_rows(path) == [{"ref_area": "NAM", "iso2": "NA"}, {"ref_area": "COL", "iso2": ""}]


def test_a_missing_file_and_a_missing_column_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="does not exist"):
        read_rows(tmp_path / "none.csv")
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    with pytest.raises(DataError, match="column 'c' is missing. Columns found: a, b"):
        read_rows(tmp_path / "t.csv", required=("a", "c"))


def test_only_member_states_are_members_and_new_ones_from_their_year() -> None:
    base = {
        "un_member": "1", "region_m49": "150", "subregion_m49": "039", "income": "UMC",
        "ldc": "0", "lldc": "0", "sids": "0",
    }  # fmt: skip
    areas = [base | {"ref_area": "MNE"}, base | {"ref_area": "XKX", "un_member": "0"}]
    found = set(memberships(areas, [], [{"ref_area": "MNE", "valid_from": "2006"}]))
    assert found == {
        ("WORLD", "MNE", "2006", ""),
        ("EUROPE", "MNE", "2006", ""),
        ("SUB_039", "MNE", "2006", ""),
        ("UMC", "MNE", "2006", ""),
    }

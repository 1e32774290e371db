"""What a release changed: kept when an import replaces the file of a source, with its effect on ranks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from kpis import open_warehouse
from kpis.building.build import build, data_version
from kpis.catalogue import Catalogue
from kpis.errors import DataError
from kpis.queries import Warehouse
from kpis.sources.csvio import read_rows
from kpis.sources.observations import Observation, former_figures, write_source
from kpis.sources.releases import difference, read_record, release_files
from tests.conftest import TINY_OBSERVATIONS

FIRST = [Observation(*row) for row in TINY_OBSERVATIONS]
# COL 2020 revised below JAM, NAM 2020 withdrawn, JAM 2020 as it was but printed otherwise, NAM 2022 new
SECOND = [
    Observation("S.A", "COL", "2020", "0.3", "A", "v3"),
    Observation("S.A", "JAM", "2020", "0.50", "A", "v3"),
    Observation("S.A", "HKG", "2020", "0.9", "A", "v3"),
    Observation("S.A", "COL", "2022", "0.6", "A", "v3"),
    Observation("S.A", "JAM", "2022", "0.4", "A", "v3"),
    Observation("S.A", "NAM", "2022", "0.7", "A", "v3"),
    *[row for row in FIRST if row.series == "S.B"],
]


@pytest.fixture
def released(tiny_data: Path) -> Path:
    """The tiny data after a second release of its source."""
    write_source(tiny_data / "observations", "src", "open", SECOND)
    return tiny_data


@pytest.fixture
def after(released: Path, tiny_catalogue: Catalogue, tmp_path: Path):
    """The warehouse built from it."""
    out, today = tmp_path / "after.duckdb", dt.date(2024, 6, 1)
    path = build(out, data=released, catalogue=tiny_catalogue, today=today)
    warehouse = open_warehouse(path)
    yield warehouse
    warehouse.close()


def test_the_difference_is_new_withdrawn_and_revised_values(released: Path) -> None:
    rows = [tuple(row.values()) for row in read_rows(released / "releases" / "src.csv")]
    assert rows == [
        ("S.A", "COL", "2020", "0.5", "0.3", "v1", "v3"),
        ("S.A", "NAM", "2020", "0.2", "", "v1", ""),
        ("S.A", "NAM", "2022", "", "0.7", "", "v3"),
    ]


def test_the_same_import_again_keeps_the_record_and_a_mere_new_date_removes_it(released: Path) -> None:
    record = released / "releases" / "src.csv"
    before = record.read_bytes()
    write_source(released / "observations", "src", "open", SECOND)
    assert record.read_bytes() == before
    later = [replace(row, vintage="v4") for row in SECOND]
    write_source(released / "observations", "src", "open", later)
    assert not record.exists()


def test_a_mended_copy_of_the_same_vintage_is_no_release(released: Path) -> None:
    record = released / "releases" / "src.csv"
    before = record.read_bytes()
    mended = [*SECOND, Observation("S.A", "NAM", "2019", "0.1", "A", "v3")]
    write_source(released / "observations", "src", "open", mended)
    assert record.read_bytes() == before


def test_a_first_import_says_nothing_of_earlier_releases(tmp_path: Path) -> None:
    write_source(tmp_path / "observations", "src", "open", FIRST)
    assert not (tmp_path / "releases").exists()


def test_records_of_restricted_sources_lie_apart(tmp_path: Path) -> None:
    for rows in (FIRST, SECOND):
        write_source(tmp_path / "observations", "src", "noncommercial", rows)
    assert (tmp_path / "releases" / "noncommercial" / "src.csv").is_file()


def test_significant_digits_count_as_decimals_do() -> None:
    """A copy of six digits prints 13.025576 as 13.0256 and 1.515545 as 1.51555."""
    first, second = ("S", "ABW", "2003"), ("S", "ABW", "2005")
    before = {first: ("1.51555", "a"), second: ("13.0256", "a")}
    assert difference(before, {first: ("1.515545", "b"), second: ("13.025576", "b")}) == []
    revised = difference(before, {first: ("1.515545", "b"), second: ("13.0262", "b")})
    assert [row[2] for row in revised] == ["2005"]


def test_a_large_record_is_parquet_and_takes_the_place_of_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "releases"
    for rows in (FIRST, SECOND):
        write_source(tmp_path / "observations", "src", "open", rows)
    small = read_record(home / "src.csv")
    (home / "src.csv").unlink()
    monkeypatch.setattr("kpis.sources.releases.CSV_LIMIT_BYTES", 10)
    for rows in (FIRST, SECOND):
        write_source(tmp_path / "observations", "src", "open", rows)
    assert [path.name for path in release_files(home)] == ["src.parquet"]
    assert read_record(home / "src.parquet").equals(small)


def test_a_series_that_moved_to_another_source_is_compared_with_what_it_was_there(tmp_path: Path) -> None:
    write_source(tmp_path / "observations", "old", "open", FIRST)
    now = {
        "old": [row for row in FIRST if row.series == "S.B"],
        "new": [r for r in SECOND if r.series == "S.A"],
    }
    former = former_figures(tmp_path / "observations", now)
    for source, rows in now.items():
        write_source(tmp_path / "observations", source, "open", rows, former[source])
    assert not (tmp_path / "releases" / "old.csv").exists()
    rows = read_rows(tmp_path / "releases" / "new.csv")
    assert [(row["ref_area"], row["value_before"], row["value_after"]) for row in rows] == [
        ("COL", "0.5", "0.3"), ("NAM", "0.2", ""), ("NAM", "", "0.7"),
    ]  # fmt: skip


def test_a_parquet_file_is_compared_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpis.sources.observations.CSV_LIMIT_BYTES", 10)
    for rows in (FIRST, SECOND):
        write_source(tmp_path / "observations", "src", "open", rows)
    assert len(read_rows(tmp_path / "releases" / "src.csv")) == 3


def test_equal_numbers_printed_otherwise_are_no_revision() -> None:
    key = ("S", "COL", "2020")
    assert difference({key: ("0.5", "a")}, {key: ("0.50", "b")}) == []
    assert difference({key: ("0.50", "a")}, {key: ("0.51", "b")}) == [(*key, "0.50", "0.51", "a", "b")]


def test_a_value_that_the_other_release_merely_rounds_is_no_revision() -> None:
    """One decimal in one release, two in the other: 78.64 is printed as 78.6, but 70.66 is not 66.4."""
    one, other = ("S", "COL", "2018"), ("S", "NAM", "2018")
    before = {one: ("78.64", "a"), other: ("70.66", "a")}
    after = {one: ("78.6", "b"), other: ("66.4", "b")}
    for first, second in ((before, after), (after, before)):
        assert [row[1] for row in difference(first, second)] == ["NAM"]
    # the other value shows that this release prints two decimals, so 0.9 is 0.90 and not 0.94
    assert [
        row[1]
        for row in difference(
            {one: ("0.9", "a"), other: ("0.55", "a")}, {one: ("0.94", "b"), other: ("0.55", "b")}
        )
    ] == ["COL"]


def test_sources_are_counted(after: Warehouse) -> None:
    assert after.releases().to_dict("records") == [
        {
            "source": "src",
            "vintage_before": "v1",
            "vintage_after": "v3",
            "n_new": 1,
            "n_revised": 1,
            "n_withdrawn": 1,
        }
    ]


def test_ranks_that_moved_by_the_release_are_told_with_both(after: Warehouse) -> None:
    """2020: COL and JAM tied at 1, NAM 3; now JAM 1, COL 2, NAM none. 2022: NAM new at 1, the others down."""
    found = after.revised_ranks("A").drop(columns="kpi").astype(object)
    rows = [tuple(None if pd.isna(cell) else cell for cell in row) for row in found.itertuples(index=False)]
    assert rows == [
        ("NAM", 2022, None, 0.7, None, 1),
        ("COL", 2022, 0.6, 0.6, 1, 2),
        ("JAM", 2022, 0.4, 0.4, 2, 3),
        ("COL", 2020, 0.5, 0.3, 1, 2),
        ("NAM", 2020, 0.2, None, 3, None),
    ]


def test_kpis_are_counted(after: Warehouse) -> None:
    counts = after.releases().iloc[0].drop("source").to_dict()
    rows = after.released_kpis().to_dict("records")
    assert {"kpi": "A", "derived": False, **counts} in rows
    assert {row["kpi"]: row["derived"] for row in rows} == {"A": False, "GAP": True, "RATIO": True}


def test_revised_values_are_told_with_both_values_and_vintages(after: Warehouse) -> None:
    (row,) = after.revisions(["A", "B"]).to_dict("records")
    assert row == {
        "kpi": "A", "ref_area": "COL", "time_period": 2020, "value_before": 0.5, "value_after": 0.3,
        "change": pytest.approx(-0.2), "vintage_before": "v1", "vintage_after": "v3",
    }  # fmt: skip


def test_ranks_of_several_kpis_are_those_of_each(after: Warehouse) -> None:
    alone = after.revised_ranks("A")
    pd.testing.assert_frame_equal(after.revised_ranks(["A", "B"]), alone)  # B has no change
    assert set(alone["kpi"]) == {"A"}


def test_without_a_record_nothing_is_said(tiny: Warehouse) -> None:
    assert tiny.releases().empty
    assert tiny.released_kpis().empty
    assert tiny.revisions("A").empty
    assert tiny.revised_ranks("A").empty


def test_movement_between_the_last_two_years(tiny: Warehouse) -> None:
    """NAM has no value in 2022, so ranks are anew among COL and JAM: tied at 1, then 1 and 2."""
    rows = tiny.moved("A").set_index("ref_area")
    assert rows["rank_change"].to_dict() == {"COL": 0, "JAM": -1}
    assert rows.loc["JAM", ["year_from", "year_to", "n_from", "n_to"]].tolist() == [2020, 2022, 3, 2]
    assert not rows["same_states"].any()
    assert tiny.moved("B").empty  # one year only
    assert tiny.moved("GAP").empty  # no better side


def test_the_data_version_follows_the_record(released: Path) -> None:
    before = data_version(released)
    (released / "releases" / "src.csv").unlink()
    assert data_version(released) != before


def test_a_record_without_a_column_is_named(
    released: Path, tiny_catalogue: Catalogue, tmp_path: Path
) -> None:
    (released / "releases" / "src.csv").write_text("series,ref_area\nS.A,COL\n")
    with pytest.raises(DataError, match=r"src\.csv: column 'time_period', 'value_before'"):
        build(tmp_path / "x.duckdb", data=released, catalogue=tiny_catalogue)


def test_those_who_only_moved_because_others_left_did_not_move(wh: Warehouse) -> None:
    """Fewer States have a value in the later year; ranks among those of both are a permutation of places."""
    rows = wh.moved("SDG_9.c.1")
    assert not rows["same_states"].any()
    assert rows["rank_from"].max() <= len(rows)
    values = rows.set_index("ref_area")["value_to"]
    assert (values.rank(ascending=False, method="min") == rows.set_index("ref_area")["rank_to"]).all()


def test_published_ranks_stand_where_the_same_states_are_ranked(wh: Warehouse) -> None:
    rows = wh.moved("EGDI").set_index("ref_area")
    assert rows["same_states"].all()
    held = wh.values("EGDI", years=[2024]).set_index("ref_area")
    assert (rows["rank_to"] == held["rank"].reindex(rows.index)).all()
    assert (rows["rank_change"] == held["rank_change"].reindex(rows.index)).all()

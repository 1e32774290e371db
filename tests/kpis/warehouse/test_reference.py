"""A wrong cell of a reference table would move medians and ranks without a word: each is refused by line."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from kpis.errors import DataError
from kpis.warehouse.reference import stage_reference


def staged(data: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    stage_reference(con, data / "reference", {"src"})
    return con


def refused(data: Path) -> str:
    with pytest.raises(DataError) as caught:
        staged(data)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_tiny_tables_are_right(tiny_data: Path) -> None:
    """Else the refusals below could be of something else."""
    assert staged(tiny_data).execute("select count(*) from staging_area").fetchone() == (4,)


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        # one area counted several times in its group
        ("area_group", "SIDS,JAM,,", "line 8: the periods of one area in one group overlap"),
        ("area_group", "SIDS,JAM,1990,2030", "line 8: the periods of one area in one group overlap"),
        ("area_group", "LDC,NAM,2020,2024", "line 8: the periods of one area in one group overlap"),
        ("area_group", "LDC,NAM,,2000", "line 6: the periods of one area in one group overlap"),
        ("area_group", "LDC,JAM,2030,", "line 8: the periods of one area in one group overlap"),
        # periods that are none
        ("area_group", "SIDS,COL,2020,2010", "line 8: valid_from is after valid_to"),
        ("area_group", "SIDS,COL,2020.5,", "line 8: valid_from and valid_to must be years"),
        ("area_group", "SIDS,COL,,2020.0", "line 8: valid_from and valid_to must be years"),
        ("area_group", "SIDS,COL, 2020,", "line 8: valid_from and valid_to must be years"),
        ("area_group", "SIDS,COL,20,", "line 8: valid_from and valid_to must be years"),
        ("area_group", "SIDS,COL,1e3,", "line 8: valid_from and valid_to must be years"),
        # members that are none
        ("area_group", "SIDS,HKG,,", "line 8: only UN Member States"),
        ("area_group", "sids,COL,,", "line 8: group_id is not in group.csv"),
        ("area_group", "SIDS,COL ,,", "line 8: ref_area is no known area code"),
        ("area_group", "SIDS,COL,", "line 8: 3 cells under 4 columns"),
        # keys that stand twice
        ("group", "SIDS,special,4,Islands,Islas,n,n", "line 3: the key group_id occurs more than once"),
        (
            "group",
            "sids,special,4,Islands,Islas,n,n",
            "line 3: group_id differs from another one by capitals",
        ),
        ("footnote", "note,Other,Otra", "line 2: the key footnote occurs more than once"),
        ("classification", "GROUP,COL,2020,B,src", "line 2: the key scheme, ref_area, time_period occurs"),
        # groups
        ("group", "NEW,planet,4,New,Nuevo,n,n", "line 5: kind is not known; allowed: world, special"),
        ("group", "NEW,Special,4,New,Nuevo,n,n", "line 5: kind is not known"),
        ("group", "NEW,special,four,New,Nuevo,n,n", "line 5: position must be a whole number"),
        ("group", "NEW,special,4.5,New,Nuevo,n,n", "line 5: position must be a whole number"),
        ("group", "NEW,special,3,New,Nuevo,n,n", "line 4: position stands twice"),
        ("group", "NEW,special,4, ,Nuevo,n,n", "line 5: name_en and name_es must not be empty"),
        ("group", "NEW,world,4,New,Nuevo,n,n", "UN Member States without a row in NEW: COL, JAM, NAM"),
        # classes and notes
        ("classification", "GROUP,XYZ,2020,A,src", "line 3: ref_area is no known area code"),
        ("classification", "GROUP,COL,2020.5,A,src", "line 3: time_period is no year"),
        ("classification", "GROUP,JAM,2020,,src", "line 3: scheme and class must not be empty"),
        ("classification", "GROUP,JAM,2020,A,scr", "line 3: source 'scr' is not known. Did you mean 'src'"),
        ("footnote", "odd,a\u202eb,c", "line 3: en and es must not hold invisible characters"),
        (
            "group",
            "NEW,special,4,N\u200bew,Nuevo,n,n",
            "line 5: name_en and name_es and note_en",
        ),
        ("footnote", "empty,,Vacía", "line 3: footnote, en and es must not be empty"),
    ],
)
def test_a_wrong_row_is_named(tiny_data: Path, table: str, row: str, said: str) -> None:
    with (tiny_data / "reference" / f"{table}.csv").open("a", encoding="utf-8") as handle:
        handle.write(row + "\n")
    message = refused(tiny_data)
    assert said in message
    assert f"{table}.csv" in message


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        *(("un_member", cell, "un_member must be 1") for cell in ("true", "maybe", "2", "", " 1", "1.0")),
        *(("lat", cell, "lat must be a number") for cell in ("999", "nan", "-90.1", "4,5", "1_0", "4.5 N")),
        *(("lon", cell, "lon one from -180") for cell in ("180.5", "inf", "")),
        *(
            ("population", cell, "population must be a number")
            for cell in ("many", "-1", "0", "1 000", "nan")
        ),
        ("ldc", "yes", "ldc must be 1"),
        ("sids", "2", "sids must be 1"),
        ("population_year", "2024.0", "population_year is no year"),
        ("name_en", "", "name_en and name_es must not be empty"),
        ("name_es", " ", "name_en and name_es must not be empty"),
        *(("name_en", f"Col{sign}ombia", "must not hold invisible") for sign in "\a\u202e\u200b"),
        ("name_en", "JAMAICA ", "name_en is the name of two areas"),
        ("name_es", "Jamaica", "name_es is the name of two areas"),
        ("ref_area", "Col", "ref_area is no code of three capitals"),
        ("iso2", "JA", "iso2 stands twice"),
        ("iso2", "co", "iso2 is no code"),
        ("m49", "17", "m49 is no code of three digits"),
        ("income", "RICH", "income is no group of the kind income"),
    ],
)
def test_a_wrong_cell_of_an_area_is_named(tiny_data: Path, column: str, cell: str, said: str) -> None:
    path = tiny_data / "reference" / "area.csv"
    header, first, *others = path.read_text(encoding="utf-8").splitlines()
    row = dict(zip(header.split(","), first.split(","), strict=True)) | {"lat": "4.6", "lon": "-74.1"}
    row[column] = f'"{cell}"'
    path.write_text("\n".join([header, ",".join(row.values()), *others]) + "\n", encoding="utf-8")
    message = refused(tiny_data)
    assert said in message
    assert "area.csv, line 2" in message


def test_a_flag_that_is_stated_of_some_is_stated_of_all(tiny_data: Path) -> None:
    """Empty everywhere says nothing; beside a 1 it would be a "no" that nobody wrote."""
    path = tiny_data / "reference" / "area.csv"
    header, *rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    at = header.index("sids")
    rows[1][at] = "1"
    path.write_text("\n".join(",".join(row) for row in [header, *rows]) + "\n", encoding="utf-8")
    assert "area.csv, line 2: sids must be 1 (on the UN list) or 0" in refused(tiny_data)


def test_a_member_state_cannot_be_left_out_of_the_world(tiny_data: Path) -> None:
    path = tiny_data / "reference" / "area_group.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("WORLD,COL,,\n", ""), encoding="utf-8")
    assert "area_group.csv: UN Member States without a row in WORLD: COL" in refused(tiny_data)


def test_periods_one_after_the_other_are_no_overlap(tiny_data: Path) -> None:
    with (tiny_data / "reference" / "area_group.csv").open("a", encoding="utf-8") as handle:
        handle.write("LDC,NAM,2021,2022\nLDC,NAM,,1999\n")
    rows = staged(tiny_data).execute("select * from staging_area_group where ref_area = 'NAM'").fetchall()
    assert len(rows) == 4


def test_further_columns_are_no_fault(tiny_data: Path) -> None:
    path = tiny_data / "reference" / "footnote.csv"
    path.write_text("footnote,en,es,own\nnote,A note,Una nota,x\n", encoding="utf-8")
    assert staged(tiny_data).execute("select footnote, outside_limits from staging_footnote").fetchall() == [
        ("note", "1")
    ]


@pytest.mark.parametrize("kind", ["region", "income"])
def test_an_area_is_in_one_region_and_in_one_class_of_income_at_a_time(tiny_data: Path, kind: str) -> None:
    """In two, it would count in the medians of both."""
    folder = tiny_data / "reference"
    with (folder / "group.csv").open("a", encoding="utf-8") as handle:
        handle.write(f"ONE,{kind},4,One,Uno,n,n\nTWO,{kind},5,Two,Dos,n,n\n")
    members = (folder / "area_group.csv").read_text(encoding="utf-8")
    for periods, is_right in ((",", False), ("2010,", False), (",2010", False), ("2011,", True)):
        rows = f"{members}ONE,COL,,2010\nTWO,JAM,,\nTWO,COL,{periods}\n"
        (folder / "area_group.csv").write_text(rows, encoding="utf-8")
        if is_right:
            assert staged(tiny_data).execute("select count(*) from staging_area_group").fetchone() == (9,)
        else:
            assert "area_group.csv, line 8: the area is in two groups of a kind" in refused(tiny_data)


@pytest.mark.parametrize("row", ['COL,"Locombia,en,common', "COL,,en,common", ",Locombia,en,common"])
def test_a_wrong_table_of_names_is_refused(tiny_data: Path, row: str) -> None:
    path = tiny_data / "reference" / "area_name.csv"
    path.write_text(f"ref_area,name,lang,kind\nXXX,Elsewhere,en,common\n{row}\n", encoding="utf-8")
    assert "area_name.csv, line 3: " in refused(tiny_data)

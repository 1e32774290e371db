"""Every row of a file of figures is read or refused: none is swallowed, moved or silently beyond limits."""

from __future__ import annotations

import json
import os
import warnings
from pathlib import Path

import duckdb
import pytest

from kpis.building.build import data_version
from kpis.catalogue import Catalogue, load
from kpis.errors import CatalogueError, DataError
from kpis.sources.csvio import write_parquet
from kpis.sources.observations import COLUMNS
from kpis.warehouse.figures import GoneSeriesWarning, UnreadSeriesWarning
from kpis.warehouse.reading import UnreadFileWarning
from kpis.warehouse.staging import stage
from tests.conftest import TINY_ENTRIES, TINY_OBSERVATIONS, write_tiny
from tests.kpis.catalogue.test_refusals import KPI, SOURCE
from tests.kpis.warehouse.conftest import Reader, figures

HEADER = ",".join(COLUMNS)
OK = ("S.A", "NAM", "2023", "0.3", "A", "v1", "")
MORE = [("S.A", "COL", str(year), "0.5", "A", "v1", "") for year in range(1950, 2020)]


def staged(data: Path, catalogue: Catalogue) -> list[tuple[object, ...]]:
    """The figures of a folder with a catalogue or reference tables of its own."""
    with duckdb.connect() as con:
        stage(con, catalogue, data, open_only=False)
        return figures(con)


def refused(data: Path, catalogue: Catalogue) -> str:
    with pytest.raises((DataError, CatalogueError)) as caught:
        staged(data, catalogue)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def content(data: Path) -> tuple[Path, list[str]]:
    path = data / "observations" / "src.csv"
    return path, path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", [2, 40, 80])
@pytest.mark.parametrize("cell", [0, 5, 6])
def test_one_stray_quote_swallows_no_row(tmp_path: Path, reader: Reader, line: int, cell: int) -> None:
    """Before, everything from an open quote on was missing, and the build said nothing."""
    data = write_tiny(tmp_path / "data", [*TINY_OBSERVATIONS, *MORE])
    path, lines = content(data)
    cells = lines[line - 1].split(",")
    cells[cell] = '"' + cells[cell]
    path.write_text("\n".join([*lines[: line - 1], ",".join(cells), *lines[line:]]) + "\n", encoding="utf-8")
    assert f"src.csv, line {line}: a quote" in reader.refusal(data)


def test_two_stray_quotes_swallow_none_either(tmp_path: Path, reader: Reader) -> None:
    data = write_tiny(tmp_path / "data")
    path, lines = content(data)
    lines[2] = lines[2].replace(",note", ',"note')
    lines[4] += '"'
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "src.csv, line 3: a quote opens here and closes in line 5" in reader.refusal(data)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("name", ["data", "data [2024] * ?"])
def test_all_rows_are_read_however_an_editor_writes_them(
    tmp_path: Path, reader: Reader, end: str, mark: str, quote: str, name: str
) -> None:
    data = write_tiny(tmp_path / name)
    path, lines = content(data)
    quoted = [",".join(f"{quote}{cell}{quote}" for cell in line.split(",")) for line in lines]
    path.write_bytes((mark + end.join(quoted) + end).encode())
    assert reader.read(data) == sorted(TINY_OBSERVATIONS)


def test_mixed_line_ends_and_blank_rows_are_read(tmp_path: Path, reader: Reader) -> None:
    data = write_tiny(tmp_path / "data")
    path, lines = content(data)
    text = "".join(line + ("\r\n" if n % 2 else "\n\n") for n, line in enumerate(lines))
    path.write_bytes(text.encode())
    assert reader.read(data) == sorted(TINY_OBSERVATIONS)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("S.A,NAM,2023,0.3,A,v1", "line 11: 6 cells under 7 columns"),
        ("S.A,NAM,2023,0,3,A,v1,", "line 11: 8 cells under 7 columns"),
        ("S.A,NAM,2023,0.3,A,v1,,", "line 11: 8 cells under 7 columns"),
        ("S.A;NAM;2023;0.3;A;v1;", "line 11: 1 cells under 7 columns"),
        ("S.A,NAM,2023,0.3,A,v\0001,", "line 11: holds a NUL"),
        # numbers and years that only a programming language reads as such
        ("S.A,NAM,2023,1_000,A,v1,", "line 11: value is no number"),
        ("S.A,NAM,2023,0_0.3,A,v1,", "line 11: value is no number"),
        ("S.A,NAM,2023, 0.3,A,v1,", "line 11: value is no number"),
        ("S.A,NAM,2023,0x1,A,v1,", "line 11: value is no number"),
        ("S.A,NAM,2023,\\N,A,v1,", "line 11: value is no number"),
        ("S.A,NAM,2023,true,A,v1,", "line 11: value is no number"),
        ("S.B,NAM,2023,1e300,A,v1,", "line 11: value is larger than any figure"),
        ("S.B,NAM,2023,-1e300,A,v1,", "line 11: value is larger than any figure"),
        ("S.A,NAM,2022.9,0.3,A,v1,", "line 11: time_period is no year"),
        ("S.A,NAM,2023.0,0.3,A,v1,", "line 11: time_period is no year"),
        ("S.A,NAM,2023 ,0.3,A,v1,", "line 11: time_period is no year"),
        ("S.A,NAM,02023,0.3,A,v1,", "line 11: time_period is no year"),
        ("S.A,NAM,+2023,0.3,A,v1,", "line 11: time_period is no year"),
        # beyond the limits of the KPI
        ("S.A,NAM,2023,75.21,A,v1,", "line 11: value is outside the limits of A (0 to 1)"),
        ("S.A,NAM,2023,1.0001,A,v1,", "line 11: value is outside the limits of A (0 to 1)"),
        ("S.A,NAM,2023,-0.001,A,v1,", "line 11: value is outside the limits of A (0 to 1)"),
        ("S.A,NAM,2023,75.21,U,v1,", "line 11: value is outside the limits of A (0 to 1)"),
        # series that nobody reads
        ("S.a,NAM,2023,0.3,A,v1,", "line 11: series 'S.a' is not known. Did you mean 'S.A'"),
        ("S.A ,NAM,2023,0.3,A,v1,", "line 11: series 'S.A ' is not known. Did you mean 'S.A'"),
        ("SA,NAM,2023,0.3,A,v1,", "line 11: series 'SA' is not known. Did you mean 'S.A'"),
        ("S.NOEN,NAM,2023,0.3,A,v1,", "line 11: series 'S.NOEN' is not known. Did you mean 'S.NONE'"),
        (",NAM,2023,0.3,A,v1,", "line 11: series is empty"),
    ],
)
def test_a_wrong_row_is_named_by_file_and_line(tmp_path: Path, reader: Reader, row: str, said: str) -> None:
    data = write_tiny(tmp_path / "data")
    path, lines = content(data)
    path.write_text("\n".join([*lines, row]) + "\n", encoding="utf-8")
    assert f"observations/src.csv, {said}" in reader.refusal(data)


def test_a_byte_of_another_encoding_is_named(tmp_path: Path, reader: Reader) -> None:
    data = write_tiny(tmp_path / "data")
    path, _ = content(data)
    path.write_bytes(path.read_bytes() + b"S.A,NAM,2023,0.3,A,versi\xf3n,\n")
    assert "src.csv, line 11: not UTF-8 text" in reader.refusal(data)


@pytest.mark.parametrize(
    ("footnotes", "read"),
    [
        ("footnote,en,es,outside_limits\nnote,A note,Una nota,1", True),
        ("footnote,en,es,outside_limits\nnote,A note,Una nota,0", False),
        ("footnote,en,es,outside_limits\nnote,A note,Una nota,", False),
        (
            "footnote,en,es\nnote,A note,Una nota",
            True,
        ),  # older folders do not say which notes are of that kind
    ],
)
def test_a_value_outside_limits_needs_a_footnote_that_says_so(
    tmp_path: Path, tiny_catalogue: Catalogue, footnotes: str, read: bool
) -> None:
    row = ("S.A", "NAM", "2023", "1.42", "U", "v1", "note")
    data = write_tiny(tmp_path / "data", [*TINY_OBSERVATIONS, row])
    (data / "reference" / "footnote.csv").write_text(footnotes + "\n", encoding="utf-8")
    if read:
        assert row in staged(data, tiny_catalogue)
    else:
        said = refused(data, tiny_catalogue)
        assert "outside the limits of A (0 to 1)" in said
        assert "outside_limits" in said


def test_limits_hold_for_inputs_too(tmp_path: Path) -> None:
    own = '[[input]]\nid = "POP"\nsource = "src"\nlabel = "l"\nunit = "persons"\nlimits = [0, "none"]\n'
    (tmp_path / "own.toml").write_text(own, encoding="utf-8")
    catalogue = load([TINY_ENTRIES, tmp_path])
    data = write_tiny(tmp_path / "data", [*TINY_OBSERVATIONS, ("POP", "NAM", "2023", "-5", "A", "v1", "")])
    assert "outside the limits of POP (0 or more)" in refused(data, catalogue)


def test_a_code_of_an_answer_is_whole(tmp_path: Path) -> None:
    coded = (
        (KPI % ("CODED", "S.C", "src")).replace('"share"', '"code"').replace("precision = 2", "precision = 0")
    )
    unit = '[[unit]]\nid = "code"\nname = { en = "c", es = "c" }\nsymbol = ""\nkind = "answer"\n'
    (tmp_path / "own.toml").write_text(unit + coded + "limits = [0, 2]\n", encoding="utf-8")
    catalogue = load([TINY_ENTRIES, tmp_path])
    data = write_tiny(tmp_path / "data", [*TINY_OBSERVATIONS, ("S.C", "NAM", "2023", "1.5", "A", "v1", "")])
    assert "src.csv, line 11: value is no code of an answer" in refused(data, catalogue)
    data = write_tiny(tmp_path / "data", [*TINY_OBSERVATIONS, ("S.C", "NAM", "2023", "2.0", "A", "v1", "")])
    assert len(staged(data, catalogue)) == 10


def test_figures_that_no_entry_reads_are_held_and_named(tmp_path: Path, reader: Reader) -> None:
    data = write_tiny(tmp_path / "data", [*TINY_OBSERVATIONS, ("OWN.INDEX", *OK[1:]), ("OWN.OTHER", *OK[1:])])
    with pytest.warns(UnreadSeriesWarning, match=r"src\.csv: no entry .* the series OWN\.INDEX, OWN\.OTHER;"):
        assert len(reader.read(data)) == 11


def test_a_kpi_that_names_a_source_without_its_series_is_refused(tmp_path: Path) -> None:
    own = KPI % ("OWN", "S.OWN", "other")
    (tmp_path / "own.toml").write_text(SOURCE + own, encoding="utf-8")
    catalogue = load([TINY_ENTRIES, tmp_path])
    data = write_tiny(tmp_path / "data", [*TINY_OBSERVATIONS, ("S.OWN", *OK[1:])])
    said = refused(data, catalogue)
    assert "entry 'OWN': source 'other' has no figures of the series 'S.OWN'; they are in src" in said


def test_a_key_in_two_files_is_named_with_both(tmp_path: Path, reader: Reader) -> None:
    data = write_tiny(tmp_path / "data")
    write_parquet(data / "observations" / "noncommercial" / "src.parquet", COLUMNS, [TINY_OBSERVATIONS[0]])
    said = reader.refusal(data)
    assert "occurs more than once" in said
    assert said.startswith("observations/noncommercial/src.parquet: ")
    assert said.endswith("S.A, COL, 2020, '0.5'; S.A, COL, 2020, '0.5' in observations/src.csv.")


def test_parquet_cells_are_checked_as_text_too(tmp_path: Path, reader: Reader) -> None:
    data = write_tiny(tmp_path / "data")
    path = data / "observations" / "noncommercial" / "src.parquet"
    path.parent.mkdir()
    values = "'S.A' as series, 'NAM' as ref_area, 2023 as time_period, {} as obs_value, 'A' as obs_status"
    for value, note, said in (
        ("75.21", "null", "outside the limits of A"),
        ("'nan'::double", "''", "value is not finite"),
        ("null", "''", "value is no number"),
    ):
        query = f"select {values.format(value)}, 'v1' as vintage, {note} as footnote"
        duckdb.sql(f"copy ({query}) to '{path}' (format parquet)")
        assert f"observations/noncommercial/src.parquet: {said}" in reader.refusal(data).replace(
            "value is outside", "outside"
        )


@pytest.mark.parametrize("name", ["src.xlsx", "src.CSV", "noncommercial/figures.tsv"])
def test_a_file_that_is_not_read_is_named(tmp_path: Path, reader: Reader, name: str) -> None:
    data = write_tiny(tmp_path / "data")
    path = data / "observations" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    with pytest.warns(UnreadFileWarning, match=f"observations/{name} is not read"):
        reader.read(data)


def test_notes_beside_the_figures_are_no_fault(tmp_path: Path, reader: Reader) -> None:
    data = write_tiny(tmp_path / "data")
    (data / "observations" / "README.md").write_text("notes", encoding="utf-8")
    (data / "observations" / ".DS_Store").write_bytes(b"x")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(reader.read(data)) == 9


@pytest.mark.parametrize(
    "listing", ["", "{", "[]", '{"resources": 1}', '{"resources": [{"path": 1}]}', "[" * 200_000]
)
def test_a_broken_description_is_named(tmp_path: Path, reader: Reader, listing: str) -> None:
    data = write_tiny(tmp_path / "data")
    (data / "datapackage.json").write_text(listing, encoding="utf-8")
    assert "data/datapackage.json: cannot be read" in reader.refusal(data)


@pytest.mark.parametrize("vintage", ["2024", "2024-12-16", "ed. 2024"])
def test_a_year_beyond_its_release_is_refused(tmp_path: Path, reader: Reader, vintage: str) -> None:
    """2042 for 2024 would be the newest figure of its country; an edition may bear the next year's name."""
    slip = ("S.A", "NAM", "2042", "0.3", "A", vintage, "")
    data = write_tiny(tmp_path / "data", [*TINY_OBSERVATIONS, slip])
    message = reader.refusal(data)
    assert "src.csv, line 11: time_period is years after the release" in message
    assert "S.A, NAM, 2042" in message
    data = write_tiny(tmp_path / "data", [*TINY_OBSERVATIONS, (*slip[:2], "2025", *slip[3:])])
    assert (*slip[:2], "2025", *slip[3:]) in reader.read(data)


@pytest.mark.parametrize("rank", ["1.5", "0", "194", "-3"])
def test_a_published_rank_is_a_place(tmp_path: Path, rank: str) -> None:
    published = '[[input]]\nid = "S.RANK"\nsource = "src"\nlabel = "r"\nunit = "rank"\nlimits = [1, 193]\n'
    (tmp_path / "own.toml").write_text(published, encoding="utf-8")
    catalogue = load([TINY_ENTRIES, tmp_path])
    for cell in (rank, "193"):
        row = ("S.RANK", "NAM", "2023", cell, "A", "v1", "")
        data = write_tiny(tmp_path / "data", [*TINY_OBSERVATIONS, row])
        if cell == rank:
            assert "src.csv, line 11: value is" in refused(data, catalogue)
        else:
            assert row in staged(data, catalogue)


def test_what_other_programs_keep_beside_the_figures_is_left_alone(tmp_path: Path, reader: Reader) -> None:
    """macOS puts `._src.csv` beside a file on a stick, a notebook copies into a folder with a dot."""
    data = write_tiny(tmp_path / "data")
    (data / "observations" / "._src.csv").write_bytes(b"\0\5\x16\x07")
    (data / "observations" / ".ipynb_checkpoints").mkdir()
    (data / "observations" / ".ipynb_checkpoints" / "src.csv").write_text("x", encoding="utf-8")
    assert len(reader.read(data)) == 9


def test_a_folder_of_figures_may_be_a_link(tmp_path: Path, reader: Reader) -> None:
    data = write_tiny(tmp_path / "data")
    before = reader.read(data)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (data / "observations" / "src.csv").rename(elsewhere / "src.csv")
    (data / "observations" / "mine").symlink_to(elsewhere)
    (elsewhere / "again").symlink_to(elsewhere)
    assert reader.read(data) == before


@pytest.mark.parametrize("file", ["observations/src.csv", "reference/area.csv", "reference/footnote.csv"])
def test_a_pipe_in_the_place_of_a_table_is_named(
    tmp_path: Path, tiny_catalogue: Catalogue, file: str
) -> None:
    """Before, every command waited for ever for somebody to write into it."""
    data = write_tiny(tmp_path / "data")
    (data / file).unlink()
    os.mkfifo(data / file)
    assert f"{file}: cannot be read (no regular file" in refused(data, tiny_catalogue)
    with pytest.raises(DataError, match="no regular file"):
        data_version(data)


@pytest.mark.parametrize("rows", [[], [OK]])
def test_series_that_the_package_counts_and_that_are_gone_are_named(
    tmp_path: Path, reader: Reader, rows: list[tuple[str, ...]]
) -> None:
    """A file with its heading alone, or cut after whole lines, has nothing wrong in any row."""
    data = write_tiny(tmp_path / "data", [OK])
    if not rows:
        (data / "observations" / "src.csv").write_text(f"{HEADER}\n", encoding="utf-8")
    counted = {"resources": [{"path": "observations/src.csv", "series": {"S.A": 1, "S.B": 4}}]}
    (data / "datapackage.json").write_text(json.dumps(counted), encoding="utf-8")
    gone = "S.B" if rows else "S.A, S.B"
    with pytest.warns(GoneSeriesWarning, match=f"observations/src.csv: no figures of {gone}, which"):
        assert len(reader.read(data)) == len(rows)


def test_an_empty_file_is_called_empty(tmp_path: Path, reader: Reader) -> None:
    data = write_tiny(tmp_path / "data")
    (data / "observations" / "src.csv").write_bytes(b"")
    assert "observations/src.csv: columns must be series, ref_area" in reader.refusal(data)
    assert "the file is empty" in reader.refusal(data)

"""A table is read as it stands or refused with its line: nothing is taken in, moved or left out silently."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis.errors import DataError
from kpis.sources.csvio import read_rows, table_files

PLAIN = [{"code": "NA", "text": "one"}, {"code": "CO", "text": ""}]


def table(folder: Path, content: str | bytes) -> Path:
    path = folder / "own.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        "code,text\nNA,one\nCO,\n",
        "code,text\nNA,one\nCO,",
        "code,text\r\nNA,one\r\nCO,\r\n",
        "code,text\rNA,one\rCO,\r",
        "code,text\nNA,one\r\nCO,\n",
        "\ufeffcode,text\nNA,one\nCO,\n",
        "code,text\n\nNA,one\n\nCO,\n\n\n",
        '"code","text"\n"NA","one"\n"CO",""\n',
    ],
)
def test_one_table_in_the_ways_that_editors_write_it(tmp_path: Path, content: str) -> None:
    assert read_rows(table(tmp_path, content)) == PLAIN


def test_a_cell_may_hold_commas_and_quotes(tmp_path: Path) -> None:
    rows = read_rows(table(tmp_path, 'code,text\nNA,"a, ""b"""\nCO,5" wide\n'))
    assert [row["text"] for row in rows] == ['a, "b"', '5" wide']


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('code,text\n"NA,one\nCO,two\n', "line 2: a quote"),
        ('code,text\nNA,one\nCO,"two\nPE,six\n', "line 3: a quote"),
        ('code,text\nNA,one"\n"CO,two\n', "line 3: a quote"),
        ('code,text\nNA,"one\nCO,two"\nPE,six\n', "line 2: a quote opens here and closes in line 3"),
        ('code,text\nNA,"one" x\n', "line 2: a quote"),
        ('"code,text\nNA,one\n', "line 1: a quote"),
        ("code,text\nNA\n", "line 2: 1 cells under 2 columns (NA)"),
        ("code,text\nNA,one\nCO,1,5\n", "line 3: 3 cells under 2 columns (CO,1,5)"),
        ("code,text\nNA,one\nCO;two\n", "line 3: 1 cells under 2 columns (CO;two)"),
        ("code,text\nNA,one\nCO,two,\n", "line 3: 3 cells under 2 columns"),
        ("code,code\nNA,one\n", "line 1: column 'code' stands twice"),
        ("code,text\nNA,o\0ne\n", "line 2: holds a NUL"),
        ("code,text\nNA,one\nCO,á\n".encode("latin-1"), "line 3: not UTF-8 text"),
        ("code,text\nNA,one\n".encode("utf-16"), "line 1: not UTF-8 text"),
        ("code,text\nNA,one\n".encode("utf-16-le"), "line 1: holds a NUL"),
        (
            f"code,text\nNA,{'x' * 200_000}\n",
            "line 2: a quote is open or out of place, or a cell is too long",
        ),
        ("", "column 'code' is missing"),
        ("\n\n", "column 'code' is missing"),
    ],
)
def test_what_has_no_one_reading_is_refused_with_its_line(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    with pytest.raises(DataError) as caught:
        read_rows(table(tmp_path, content), required=("code",))
    assert "own.csv" in str(caught.value)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_key_may_stand_once(tmp_path: Path) -> None:
    path = table(tmp_path, "code,text\nNA,one\nCO,one\nNA,two\n")
    with pytest.raises(DataError, match=r"own\.csv, line 4: code = NA stands already in line 2"):
        read_rows(path, key=("code",))
    with pytest.raises(DataError, match=r"own\.csv, line 3: text = one stands already in line 2"):
        read_rows(path, key=("text",))
    assert len(read_rows(path, key=("code", "text"))) == 3


def test_a_folder_in_the_place_of_a_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "own.csv").mkdir()
    with pytest.raises(DataError, match=r"own\.csv: cannot be read \(Is a directory\)"):
        read_rows(tmp_path / "own.csv")
    with pytest.raises(DataError, match=r"own\.csv: cannot be read \(Is a directory\)"):
        table_files(tmp_path)


def test_a_link_to_itself_is_named(tmp_path: Path) -> None:
    (tmp_path / "own.csv").symlink_to(tmp_path / "own.csv")
    with pytest.raises(DataError, match=r"own\.csv: cannot be read"):
        read_rows(tmp_path / "own.csv")

"""The description of a data folder tells which files are not those that were described."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kpis.catalogue import Catalogue
from kpis.checks import doctor
from kpis.errors import DataError
from kpis.paths import data_dir
from kpis.sources import describe
from kpis.sources.descriptor import Difference, differences
from tests.conftest import write_tiny

SRC = "observations/src.csv"


@pytest.fixture
def data(tmp_path: Path, tiny_catalogue: Catalogue) -> Path:
    """The tiny figures with their description."""
    folder = write_tiny(tmp_path / "data")
    describe.write(folder, tiny_catalogue)
    return folder


def test_our_own_files_are_as_described() -> None:
    assert differences(data_dir()) == []


def test_bytes_hash_rows_and_series_are_those_of_the_file(data: Path) -> None:
    written = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    (own,) = [one for one in written if one["path"] == SRC]
    content = (data / SRC).read_bytes()
    assert (own["bytes"], own["rows"], own["series"]) == (len(content), 9, {"S.A": 6, "S.B": 3})
    assert own["hash"].startswith("sha256:")
    assert len(own["hash"]) == len("sha256:") + 64


def test_a_file_as_described_is_no_difference(data: Path) -> None:
    assert differences(data) == []


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ("0.5", "0.6", "changed"),
        ("S.A,COL,2020,0.5,A,v1,\n", "", "changed; 8 rows instead of 9"),
        ("S.B", "S.C", "changed; no figures any more of S.B"),
        ("S.A,COL", '"S.A,COL', "changed"),
    ],
)
def test_a_changed_file_is_named_with_what_is_gone(data: Path, old: str, new: str, how: str) -> None:
    path = data / SRC
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    (found,) = differences(data)
    assert found.path == SRC
    assert found.how.startswith(how)


@pytest.mark.parametrize(
    ("stated", "differs"),
    [
        ({"hash": "md5:0"}, False),  # a hash that is not ours, and no size
        ({"bytes": 1}, True),
        ({"bytes": 1, "hash": "md5:0"}, True),
        ({"bytes": 1, "rows": "many", "series": 5}, True),
        ({}, False),
    ],
)
def test_a_package_of_ones_own_may_state_less(data: Path, stated: dict[str, object], differs: bool) -> None:
    path = data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] = [
        {"path": one["path"], **stated} if one["path"] == SRC else one for one in package["resources"]
    ]
    path.write_text(json.dumps(package), encoding="utf-8")
    assert [one.path for one in differences(data)] == ([SRC] if differs else [])


def test_missing_and_added_files_are_named(data: Path) -> None:
    (data / "reference" / "group.csv").rename(data / "reference" / "groups.csv")
    assert differences(data) == [
        Difference("reference/group.csv", "missing, although described"),
        Difference("reference/groups.csv", "added, not described"),
    ]


def test_doctor_warns_and_refuses_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCALA_DATA", str(data))
    path = data / SRC
    path.write_text(path.read_text(encoding="utf-8").replace("0.5", "0.6"), encoding="utf-8")
    (found,) = [one for one in doctor.examine() if one.subject == SRC]
    assert (found.status, found.finding) == ("stale", "changed")
    assert "python -m kpis.sources.describe" in found.remedy


def test_doctor_says_that_a_folder_of_ones_own_has_no_description(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESCALA_DATA", str(write_tiny(tmp_path / "data")))
    (found,) = [one for one in doctor.examine() if one.subject == "data"]
    assert (found.status, "not compared" in found.finding) == ("ok", True)


def test_a_description_that_cannot_be_read_is_a_fault_of_doctor_too(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=r"datapackage\.json: cannot be read"):
        differences(data)
    monkeypatch.setenv("ESCALA_DATA", str(data))
    (found,) = [one for one in doctor.examine() if one.subject == "data"]
    assert found.status == "wrong"

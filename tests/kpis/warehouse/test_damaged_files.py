"""Damage to any file that a build reads: refused in one line that names the file, or nothing else changed.

Each trial damages a small copy of data and definitions. A damage that is not refused must leave every number
as it was, but for those of the area that the damage is about.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.catalogue import Catalogue, load
from kpis.errors import EscalaError
from kpis.paths import models_dir
from kpis.sources import releases
from kpis.sources.csvio import write_rows
from kpis.warehouse.models import find_models, run_models
from kpis.warehouse.staging import stage
from tests.conftest import TINY_ENTRIES, write_tiny
from tests.kpis.warehouse.conftest import Reader

pytestmark = pytest.mark.long

FIGURES, AREAS = "data/observations/src.csv", "data/reference/area.csv"
MEMBERS, GROUPS = "data/reference/area_group.csv", "data/reference/group.csv"
NOTES, CLASSES = "data/reference/footnote.csv", "data/reference/classification.csv"
RELEASE, ENTRIES = "data/releases/src.csv", "entries/tiny.toml"
NUMBERS = ("observation", "kpi_value", "kpi_latest", "standing", "group_value", "group_latest", "coverage")

Damage = Callable[[bytes], bytes]
Numbers = dict[str, list[tuple[object, ...]]]


def small(folder: Path) -> Path:
    """Tiny data with a record of a release, and the entries beside it; returns the folder."""
    write_tiny(folder / "data")
    write_rows(
        folder / "data" / "releases" / "src.csv",
        releases.COLUMNS,
        [("S.A", "COL", "2020", "0.4", "0.5", "v0", "v1"), ("S.A", "JAM", "2022", "", "0.4", "", "v2")],
    )
    (folder / "entries").mkdir()
    (folder / "entries" / "tiny.toml").write_bytes((TINY_ENTRIES / "tiny.toml").read_bytes())
    return folder


def numbers(folder: Path) -> Numbers:
    """Every number that the models make of the folder."""
    catalogue: Catalogue = load([folder / "entries"])
    with duckdb.connect(config={"threads": 1}) as con, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a warning is a word: what is said is tried elsewhere
        con.execute("create table meta as select 'v' as version, 2024 as as_of")
        stage(con, catalogue, folder / "data", open_only=False)
        run_models(con, find_models(models_dir()))
        return {name: con.execute(f'select * from "{name}" order by all').fetchall() for name in NUMBERS}


def line(number: int, change: Damage) -> Damage:
    """Changes one line only."""

    def damage(content: bytes) -> bytes:
        lines = content.split(b"\n")
        lines[number - 1] = change(lines[number - 1])
        return b"\n".join(lines)

    return damage


def swap(old: bytes, new: bytes) -> Damage:
    def damage(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return damage


def more(row: bytes) -> Damage:
    return lambda content: content + row + b"\n"


REFUSED: list[tuple[str, Damage, str]] = [
    # file, damage, and what the message says after the name of the file
    *((FIGURES, line(n, lambda row: b'"' + row), f", line {n}: a quote") for n in (2, 5, 10)),
    *((FIGURES, line(n, lambda row: row + b'"'), f", line {n}: a quote") for n in (2, 10)),
    (FIGURES, line(5, lambda row: row + b","), ", line 5: 8 cells"),
    (FIGURES, line(5, lambda row: row[:-1]), ", line 5: 6 cells"),
    (FIGURES, line(5, lambda row: row.replace(b",", b";")), ", line 5: 1 cells"),
    (FIGURES, line(5, lambda row: row.replace(b"v1", b"v\xf1")), ", line 5: not UTF-8"),
    (FIGURES, line(5, lambda row: row.replace(b"v1", b"v\0")), ", line 5: holds a NUL"),
    (FIGURES, line(5, lambda row: row.replace(b"v1", b'"v\n1"')), ", line 5: a quote opens here"),
    (FIGURES, lambda content: content.decode().encode("utf-16"), ", line 1: not UTF-8"),
    (FIGURES, line(1, lambda row: row.replace(b"obs_value", b"obs_status")), ", line 1: column"),
    (FIGURES, line(1, lambda row: row + b",more"), ": columns must be"),
    (FIGURES, lambda _: b"", ": columns must be"),
    (FIGURES, swap(b"S.A,COL,2020,0.5", b"S.A,COL,2020,50"), ", line 2: value is outside"),
    (FIGURES, swap(b"S.A,COL,2020,0.5", b"S.A,COL,2020,-1e308"), ", line 2: value is larger"),
    (FIGURES, swap(b"S.A,COL,2020,0.5", b"S.A,COL,2020,0_5"), ", line 2: value is no number"),
    (FIGURES, swap(b"S.A,COL,2020,0.5", b"S.A,COL,2020.9,0.5"), ", line 2: time_period"),
    (FIGURES, swap(b"S.A,COL,2020,0.5", b"S.A,COL ,2020,0.5"), ", line 2: ref_area"),
    (FIGURES, swap(b"S.A,COL,2020,0.5", b"S.a,COL,2020,0.5"), ", line 2: series 'S.a'"),
    (FIGURES, swap(b"S.A,COL,2020,0.5", b"S.A,COL,2022,0.5"), ", line 2: the key"),
    (AREAS, lambda content: content + content.split(b"\n")[1] + b"\n", ", line 2: the key"),
    (AREAS, swap(b"Colombia,,,1", b"Colombia,,,true"), ", line 2: un_member"),
    (AREAS, swap(b"Colombia,,,1", b"Colombia,,,"), ", line 2: un_member"),
    (AREAS, swap(b"COL,CO,,Colombia", b"COL,CO,,"), ", line 2: name_en"),
    (AREAS, swap(b",50,", b",fifty,"), ", line 2: population"),
    (AREAS, swap(b",,50,", b",999,0,50,"), ", line 2: 23 cells"),
    (AREAS, line(3, lambda row: b'"' + row), ", line 3: a quote"),
    (MEMBERS, more(b"SIDS,JAM,,"), ", line 8: the periods"),
    (MEMBERS, more(b"SIDS,COL,2020,2010"), ", line 8: valid_from"),
    (MEMBERS, more(b"SIDS,COL,2020.5,"), ", line 8: valid_from"),
    (MEMBERS, more(b"SIDS,HKG,,"), ", line 8: only UN Member States"),
    (MEMBERS, more(b"SIDS,COL"), ", line 8: 2 cells"),
    (MEMBERS, swap(b"WORLD,NAM,,\n", b""), ": UN Member States without a row"),
    (GROUPS, swap(b"SIDS,special", b"SIDS,islands"), ", line 3: kind"),
    (GROUPS, swap(b"SIDS,special,2", b"SIDS,special,two"), ", line 3: position"),
    (GROUPS, swap(b"SIDS,", b"LDC,"), ", line 3: the key"),
    (GROUPS, swap(b"group_id", b"group"), ": column 'group_id' is missing"),
    (NOTES, more(b"note,Twice,Dos veces"), ", line 2: the key"),
    (NOTES, swap(b"A note", b'"A note'), ", line 2: a quote"),
    (CLASSES, more(b"GROUP,COL,2020,B,src"), ", line 2: the key"),
    (CLASSES, swap(b"2020", b"2020.0"), ", line 2: time_period"),
    (RELEASE, swap(b"0.4", b"0,4"), ", line 2: 8 cells"),
    (RELEASE, swap(b"0.4", b"many"), ": value_before"),
    (RELEASE, swap(b"0.4", b"1e309"), ": value_before"),
    (RELEASE, swap(b"S.A,COL", b"S.A,XYZ"), ": ref_area"),
    (RELEASE, swap(b"2020", b"2020.5"), ": time_period"),
    (RELEASE, swap(b"S.A,JAM,2022", b"S.A,COL,2020"), ": the key"),
    (ENTRIES, swap(b"limits = [0, 1]", b"limits = [0, inf]"), ": entry 'A': key 'limits.1"),
    (ENTRIES, swap(b"limits = [0, 1]", b"limits = [1, 0]"), ": entry 'A': key 'limits'"),
    (ENTRIES, swap(b'id = "B"', b'id = "a"'), ": id 'a' stands already"),
    (ENTRIES, swap(b"https://", b"javascript://"), ": entry 'src': key 'url'"),
    (ENTRIES, lambda content: content[:-20], ": not valid TOML"),
    (ENTRIES, lambda _: b"kpi = [1]", ": write [[kpi]]"),
]  # fmt: skip

HARMLESS: list[tuple[str, Damage]] = [
    *((file, lambda content: b"\xef\xbb\xbf" + content) for file in (FIGURES, AREAS, MEMBERS, ENTRIES)),
    *((file, lambda content: content.replace(b"\n", b"\r\n")) for file in (FIGURES, AREAS, MEMBERS, ENTRIES)),
    *((file, lambda content: content.replace(b"\n", b"\n\n")) for file in (FIGURES, AREAS, GROUPS, RELEASE)),
    (FIGURES, lambda content: content.replace(b"v1", b'"v1"')),
    (FIGURES, lambda content: content.rstrip(b"\n")),
    (GROUPS, lambda content: content.replace(b",n,n", b',"n",n')),
    (MEMBERS, more(b"LDC,NAM,2022,2023")),  # a second period after the first; 2022 has no value of Namibia
]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Numbers:
    """The numbers of the undamaged copy."""
    return numbers(small(tmp_path_factory.mktemp("small")))


def apply(folder: Path, file: str, damage: Damage) -> None:
    path = small(folder) / file
    content = path.read_bytes()
    damaged = damage(content)
    assert damaged != content
    path.write_bytes(damaged)


@pytest.mark.parametrize(("file", "damage", "said"), REFUSED, ids=[f"{f}{s}" for f, _, s in REFUSED])
def test_damage_is_refused_with_file_and_line(
    tmp_path: Path, reader: Reader, file: str, damage: Damage, said: str
) -> None:
    apply(tmp_path, file, damage)
    if file == FIGURES:
        message = reader.refusal(tmp_path / "data")
    else:
        with pytest.raises(EscalaError) as caught:
            numbers(tmp_path)
        message = str(caught.value)
    assert f"{Path(file).name}{said}" in message
    assert "\n" not in message


@pytest.mark.parametrize(("file", "damage"), HARMLESS)
def test_another_way_to_write_the_same_changes_no_number(
    tmp_path: Path, before: Numbers, file: str, damage: Damage
) -> None:
    apply(tmp_path, file, damage)
    after = numbers(tmp_path)
    same = {name for name in NUMBERS if file != MEMBERS or not name.startswith("group")}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


def outcome(folder: Path) -> tuple[str | None, Numbers]:
    """What a build says that it refuses, if it does; else its numbers."""
    try:
        return None, numbers(folder)
    except EscalaError as fault:
        return str(fault), {}


SIGNS = [b'"', b",", b"\n", b"\r", b"\0", b" ", b";", b"\xff", b"-", b"_", b"e", b"x", b"'", b"\\"]


@settings(max_examples=settings.default.max_examples * 3 // 8)  # each builds a warehouse: 15 take 5 seconds
@given(
    file=st.sampled_from([FIGURES, AREAS, MEMBERS, GROUPS, RELEASE]),
    place=st.floats(0, 1, exclude_max=True),
    sign=st.sampled_from(SIGNS),
    instead=st.booleans(),
)
def test_one_sign_anywhere_is_refused_or_moves_no_other_number(
    tmp_path_factory: pytest.TempPathFactory,
    before: Numbers,
    file: str,
    place: float,
    sign: bytes,
    instead: bool,
) -> None:
    """One byte more, or one instead of another: the file is named, or no row but its own is touched."""
    folder = tmp_path_factory.mktemp("sign")
    content = (small(folder) / file).read_bytes()
    at = int(place * len(content))
    (folder / file).write_bytes(content[:at] + sign + content[at + instead :])
    said, after = outcome(folder)
    assert said is None or Path(file).stem in said
    if said is not None:
        return
    if file == FIGURES:
        touched = content.count(b"\n", 0, at) + 1
        row = content.split(b"\n")[touched - 1].decode().split(",")[:3]
        kept = [one for one in before["observation"] if [str(cell) for cell in one[:3]] != row]
        assert [one for one in after["observation"] if [str(cell) for cell in one[:3]] != row] == kept
        assert len(after["observation"]) == len(before["observation"])
    else:
        assert after["observation"] == before["observation"]
        assert [row[:4] for row in after["kpi_value"]] == [row[:4] for row in before["kpi_value"]]

"""A frozen table as a file: written and read alike, and refused where it was touched."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kpis.errors import DataError
from kpis.sources.forecasts import (
    CHANCES,
    COLUMNS,
    RANKS,
    SHARES,
    VALUES,
    forecast_files,
    frozen_editions,
    no_rows,
    read,
    write,
)

MEMBERS = ("COL", "JAM", "NAM")
FACTS = {
    "edition": 2026,
    "frozen_on": dt.date(2026, 11, 27),
    "origin": 2024,
    "data_version": "0123456789ab",
    "escala_version": "0.5.0",
    "uses_technology": True,
    "draws": 2000,
    "seed": 2026,
    "recipe": {"ridge": 100.0, "carried": [1.0, 0.0], "nearest": 40},
}


def table() -> pd.DataFrame:
    """Two countries with a forecast of EGDI, and Namibia, code NAM, without."""
    rows = []
    for area, value, rank in (("COL", 0.5, 1), ("JAM", 0.4, 2), ("NAM", np.nan, np.nan)):
        values = dict.fromkeys(VALUES, value) | dict.fromkeys(RANKS, rank)
        today = {"measure": "EGDI", "ref_area": area, "obs_value": value, "rank": rank}
        rows.append(today | values | dict.fromkeys(CHANCES, value))
    return pd.DataFrame(rows)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path / "forecasts", table(), FACTS)


def test_what_is_written_is_read(path: Path) -> None:
    frozen = read(path, MEMBERS)
    assert frozen.facts.model_dump(exclude={"sha256"}) == FACTS
    assert frozen.table["line"].tolist() == [2, 3, 4]
    pd.testing.assert_frame_equal(frozen.table[list(COLUMNS)], table(), check_dtype=False)


def test_the_names_of_quantiles_are_those_of_the_table_forecast() -> None:
    assert [SHARES[name] for name in ("p01", "p025", "p05", "p10", "p25", "p50", "p975", "p99")] == [
        0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.975, 0.99,
    ]  # fmt: skip
    assert len(SHARES) == 41
    assert list(SHARES.values()) == sorted(SHARES.values())


def test_no_edition_has_the_columns_of_one(path: Path) -> None:
    rows = read(path, MEMBERS).rows()
    assert no_rows().columns.tolist() == rows.columns.tolist()
    assert pd.concat([no_rows(), rows]).dtypes.astype(str).to_dict() == rows.dtypes.astype(str).to_dict()


def test_nothing_is_left_beside_the_two_files(path: Path) -> None:
    assert sorted(file.name for file in path.parent.iterdir()) == ["2026.csv", "2026.toml"]
    assert len(forecast_files(path.parent)) == 2
    assert frozen_editions(path.parent) == [path]
    assert frozen_editions(path.parent / "none") == []


def test_other_line_ends_are_no_change(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read(path, MEMBERS).table) == 3


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def as_colombia(cells: str) -> Callable[[str], str]:
    """Other cells at the beginning of Colombia's row."""
    return swap("COL,0.50000,1,0.5000,0.5000", cells)


TOUCHED = [
    # what was done to the table, and what is said of it
    (
        as_colombia("COL,0.51000,1,0.5000,0.5000"),
        r": it or 2026\.toml was changed after it was frozen on 2026-11-27",
    ),
    (
        as_colombia("COL,0.50000,1,0.5100,0.5000"),
        r", line 2: quantiles of the value fall \(EGDI, COL\)",
    ),
    (as_colombia("COL,0.50000,1,-0.500,0.5000"), r", line 2: quantiles of the value leave 0 to 1"),
    (as_colombia("COL,0.50000,1,,0.5000"), r", line 2: quantiles of the value are not all there"),
    (as_colombia("COL,0.50000,1,half,0.5000"), r", line 2: p01 is no number \(EGDI, COL\)"),
    (as_colombia("COL,0.50000,1.5,0.5000,0.5000"), r", line 2: rank is no whole place"),
    (swap("0.4000\nEGDI,NAM", "1.4000\nEGDI,NAM"), r", line 3: p_very_high leaves 0 to 1"),
    (swap("0.4000,2", "0.4000,0"), r", line 3: quantiles of the rank leave 1 to 3 \(EGDI, JAM\)"),
    (swap("EGDI,COL", "EDGI,COL"), r", line 2: measure must be one of EGDI, OSI, TII, HCI"),
    (swap("EGDI,JAM", "EGDI,HKG"), r", line 3: ref_area is no UN Member State \(EGDI, HKG\)"),
    (swap("EGDI,JAM", "EGDI,COL"), r", line 3: measure, ref_area = EGDI, COL stands already in line 2"),
    (swap("rank_p99", "rank_p9"), r": column 'rank_p99' is missing"),
    (lambda text: text.rsplit("EGDI,NAM", 1)[0], r": it or 2026\.toml was changed after it was frozen"),
    (lambda text: text + '"', r"line 5: a quote"),
]


@pytest.mark.parametrize(("touch", "said"), TOUCHED)
def test_a_touched_table_is_refused_by_line(path: Path, touch: Callable[[str], str], said: str) -> None:
    before = path.read_text(encoding="utf-8")
    after = touch(before)
    assert after != before
    path.write_text(after, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read(path, MEMBERS)
    assert re.search(rf"2026\.csv{said}|{said}", str(caught.value))
    assert "2026.csv" in str(caught.value)


def test_the_remedy_is_named(path: Path) -> None:
    path.write_text(path.read_text().replace("0.50000", "0.60000"))
    with pytest.raises(DataError, match=r"put the file back as it was, or remove 2026\.csv and 2026\.toml"):
        read(path, MEMBERS)


@pytest.mark.parametrize(
    ("touch", "said"),
    [
        (swap("edition = 2026", "edition = 2028"), r"2026\.toml: it says edition 2028"),
        (swap("draws = 2000", 'draws = "many"'), r"2026\.toml: draws: Input should be a valid integer"),
        (swap("origin = 2024\n", ""), r"2026\.toml: origin: Field required"),
        (swap("origin = 2024", "origin: 2024"), r"2026\.toml: cannot be read \(.*line 5"),
        (swap("seed", "sead"), r"2026\.toml: (seed|sead): "),
    ],
)
def test_touched_facts_are_refused(path: Path, touch: Callable[[str], str], said: str) -> None:
    beside = path.with_suffix(".toml")
    beside.write_text(touch(beside.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read(path, MEMBERS)


@pytest.mark.parametrize(
    ("was", "moved"),
    [
        ("frozen_on = 2026-11-27", "frozen_on = 2025-01-01"),
        ("origin = 2024", "origin = 2022"),
        ("uses_technology = true", "uses_technology = false"),
    ],
)
def test_facts_that_were_moved_break_the_seal(path: Path, was: str, moved: str) -> None:
    """An earlier day would make a forecast of what is known; figures of others must stay known as such."""
    facts = path.with_suffix(".toml")
    text = facts.read_text(encoding="utf-8")
    assert was in text
    facts.write_text(text.replace(was, moved), encoding="utf-8")
    with pytest.raises(DataError, match=r"it or 2026\.toml was changed"):
        read(path, MEMBERS)


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        (".csv", r"2026\.csv: the file does not exist"),
        (".toml", r"forecasts/2026\.toml: cannot be read \(No such"),
    ],
)
def test_half_a_forecast_is_none(path: Path, lost: str, said: str) -> None:
    path.with_suffix(lost).unlink()
    assert frozen_editions(path.parent) == [path]
    with pytest.raises(DataError, match=said):
        read(path, MEMBERS)

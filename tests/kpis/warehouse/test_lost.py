"""Figures that a build has no more are named; a KPI that never had any is not."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from kpis.building.build import build
from kpis.catalogue import Catalogue
from kpis.warehouse.lost import Available, LostFiguresWarning, available, lost
from tests.conftest import TINY_OBSERVATIONS, write_tiny

BEFORE = Available(frozenset({"A", "B"}), frozenset({"S.A", "S.B"}), open_only=False)


def test_a_series_that_vanishes_is_named_with_its_kpis(tmp_path: Path, tiny_catalogue: Catalogue) -> None:
    out = tmp_path / "w.duckdb"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        build(out, data=write_tiny(tmp_path / "data"), catalogue=tiny_catalogue)
        build(out, data=write_tiny(tmp_path / "data"), catalogue=tiny_catalogue)
    less = [row for row in TINY_OBSERVATIONS if row[0] != "S.B"]
    with pytest.warns(LostFiguresWarning) as caught:
        build(out, data=write_tiny(tmp_path / "less", less), catalogue=tiny_catalogue)
    assert [str(one.message) for one in caught] == [
        "since the last build these have no figures any more: KPIs B, GAP, RATIO; series S.B. "
        "Look for their rows."
    ]
    assert available(out) == Available(frozenset({"A"}), frozenset({"S.A"}), open_only=False)


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (Available(frozenset({"A"}), frozenset({"S.A"}), open_only=False), "KPIs B; series S.B"),
        (Available(frozenset({"A", "B"}), frozenset({"S.A"}), open_only=False), "any more: series S.B"),
        (Available(frozenset(), frozenset(), open_only=True), None),  # closed sources are left out on purpose
        (BEFORE, None),
        (None, None),
    ],
)
def test_what_is_lost_in_one_sentence(after: Available | None, said: str | None) -> None:
    found = lost(BEFORE, after)
    assert (found is None) == (said is None)
    assert said is None or (found is not None and said in found)
    assert lost(None, after) is None


def test_no_warehouse_holds_nothing(tmp_path: Path) -> None:
    assert available(tmp_path / "none.duckdb") is None
    (tmp_path / "other.duckdb").write_bytes(b"no database")
    assert available(tmp_path / "other.duckdb") is None

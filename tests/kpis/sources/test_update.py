"""Newer releases laid over the held series: whole series go, unless a reason is written down."""

from __future__ import annotations

import pytest

from kpis.sources import update
from kpis.sources.observations import Observation
from kpis.sources.update import laid_over

HELD = [
    ("src", Observation("S", "COL", "2020", "1")),
    ("src", Observation("S", "NAM", "2020", "2")),
    ("src", Observation("S", "NAM", "2021", "3")),
    ("src", Observation("OTHER", "COL", "2020", "9")),
]
NEWER = [("src", Observation("S", "NAM", "2021", "4", vintage="later"))]


def values(rows: list[update.Sourced]) -> set[tuple[str, str, str, str]]:
    return {(row.series, row.ref_area, row.time_period, row.obs_value) for _, row in rows}


@pytest.mark.parametrize(
    ("kept", "stays"),
    [
        (None, set()),
        ("other areas", {("S", "COL", "2020", "1")}),
        ("other points", {("S", "COL", "2020", "1"), ("S", "NAM", "2020", "2")}),
    ],
)
def test_a_newer_series_replaces_the_held_one(
    kept: update.Kept | None, stays: set[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "KEEPS", {"S": kept} if kept else {})
    expected = {("S", "NAM", "2021", "4"), ("OTHER", "COL", "2020", "9")} | stays
    assert values(laid_over(HELD, NEWER)) == expected

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
    ],
)
def test_a_newer_series_replaces_the_held_one(
    kept: update.Kept | None, stays: set[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "KEEPS", {"S": kept} if kept else {})
    expected = {("S", "NAM", "2021", "4"), ("OTHER", "COL", "2020", "9")} | stays
    assert values(laid_over(HELD, NEWER)) == expected


def test_a_series_that_keeps_everything_takes_later_years_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "KEEPS", {"S": "everything"})
    newer = [("src", Observation("S", area, year, "4")) for area, year in (("NAM", "2021"), ("NAM", "2023"))]
    newer.append(("src", Observation("S", "JAM", "2005", "5")))
    assert values(laid_over(HELD, newer)) == values(HELD) | {
        ("S", "NAM", "2023", "4"),
        ("S", "JAM", "2005", "5"),
    }


@pytest.mark.parametrize("order", [1, -1])
def test_a_survey_wins_over_an_estimate_of_the_same_key(order: int) -> None:
    newer = [
        ("src", Observation("S", "NAM", "2021", "70", "E")),
        ("src", Observation("S", "NAM", "2021", "47", "A")),
        ("src", Observation("S", "NAM", "2022", "71", "E")),
    ]
    found = [row for _, row in laid_over([], newer[::order])]
    assert {(row.time_period, row.obs_value) for row in found} == {("2021", "47"), ("2022", "71")}

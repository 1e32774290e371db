"""Trajectory peers: three countries by hand, and the real history."""

from __future__ import annotations

import numpy as np
import pytest

from kpis import peers
from kpis.errors import RequestError
from kpis.peers import trajectory
from kpis.queries import Warehouse
from kpis.warehouse import Store


@pytest.fixture(scope="module")
def store(wh: Warehouse) -> Store:
    return wh.tables


# Area 0 stands at 0.60 (high) in 2024. Area 1 stood at 0.58 in 2010 and 0.61 in 2014 and was very high in
# 2024; area 2 stood at 0.62 and never moved up; area 3 was never near.
VALUES = np.array(
    [
        [0.30, 0.58, 0.62, 0.90],
        [0.50, 0.61, 0.66, 0.91],
        [0.60, 0.80, 0.70, np.nan],
    ]
)


def paths(kpi_levels: np.ndarray | None = None) -> trajectory.Paths:
    level = np.where(np.isnan(VALUES), -1, np.digitize(VALUES, trajectory.UN_GROUPS))
    return trajectory.Paths((2010, 2014, 2024), ("A", "B", "C", "D"), level, VALUES, kpi_levels)


def test_the_nearest_start_and_the_first_year_above() -> None:
    stood = trajectory.stood_near(paths(), 0, 2, 0.60, 0.05)
    assert stood.any(axis=0).tolist() == [False, True, True, False]
    found = trajectory.moves_up(paths(), stood, 2, 0.60)
    assert found[["ref_area", "from_year", "to_year", "years"]].values.tolist() == [["B", 2014, 2024, 10]]
    assert found["distance"].tolist() == pytest.approx([0.01])
    assert found["still_above"].all()


def test_a_rise_that_only_other_kpis_show_does_not_count() -> None:
    levels = np.full((3, 4, 4), -1)
    levels[:2, 1] = [2, 2, 2, -1]  # three KPIs at first
    levels[2, 1] = [2, 2, 2, 3]  # the fourth is new; the three have not moved
    stood = trajectory.stood_near(paths(levels), 0, 2, 0.60, 0.05)
    assert trajectory.moves_up(paths(levels), stood, 2, 0.60).empty
    levels[2, 1] = [3, 3, 3, 3]
    assert len(trajectory.moves_up(paths(levels), stood, 2, 0.60)) == 1


@pytest.mark.parametrize("measure", ["EGDI", "TII", "services", "infrastructure"])
def test_every_peer_stood_there_and_moved(store: Store, measure: str) -> None:
    found = peers.trajectory_peers("JAM", measure, store=store)
    near = trajectory.WITHIN_INDEX if measure == "EGDI" or measure == "TII" else trajectory.WITHIN_STAGE
    assert found.n_moved == len(found.peers) <= found.n_stood
    assert (found.peers["years"] > 0).all()
    assert (found.peers["distance"] <= near).all()
    assert (found.peers["level_reached"] > found.level).all()
    assert "JAM" not in set(found.peers["ref_area"])
    assert found.median_years == found.peers["years"].median()


def test_starts_and_ends_are_published_values(store: Store, wh: Warehouse) -> None:
    found = peers.trajectory_peers("RWA", "EGDI", store=store)
    first = found.peers.iloc[0]
    trend = wh.trend("EGDI", first["ref_area"]).set_index("time_period")["obs_value"]
    assert trend[first["from_year"]] == first["position_then"]
    assert trend[first["to_year"]] >= 0.75
    between = trend[(trend.index > first["from_year"]) & (trend.index < first["to_year"])]
    assert (between < 0.75).all()


def test_at_the_top_there_is_nobody_to_follow(store: Store) -> None:
    found = peers.trajectory_peers("KOR", "EGDI", store=store)
    assert found.level == 3
    assert found.n_stood == found.n_moved == 0
    assert found.median_years is None


def test_bad_requests_are_explained(store: Store) -> None:
    with pytest.raises(RequestError, match="Did you mean 'services'"):
        peers.trajectory_peers("COL", "service", store=store)
    with pytest.raises(RequestError, match=f"is not assessed in institutional in {store.as_of}"):
        peers.trajectory_peers("PLW", "institutional", store=store)  # two of three gates have data
    with pytest.raises(RequestError, match="UN Member State"):
        peers.trajectory_peers("HKG", "EGDI", store=store)


def test_an_empty_warehouse_says_so(tiny: Warehouse) -> None:
    with pytest.raises(RequestError, match="EGDI has no values"):
        peers.trajectory_peers("COL", "EGDI", store=tiny.tables)


def test_cards_are_there() -> None:
    assert {card.id for card in peers.METHODS} == {"structural", "special", "trajectory"}

"""Peers: who they are and why, by hand and on the real areas."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from kpis import peers
from kpis.errors import RequestError
from kpis.peers import similar
from kpis.queries import Warehouse
from kpis.warehouse import Store


@pytest.fixture(scope="module")
def store(wh: Warehouse) -> Store:
    return wh.tables


@pytest.fixture(scope="module")
def areas(wh: Warehouse) -> pd.DataFrame:
    return wh.areas().set_index("ref_area")


FACTS = pd.DataFrame(
    {
        "ln_income": [1.0, 2.0, 3.0, np.nan],
        "ln_population": [1.0, 1.0, 4.0, 9.0],
        "connectivity": [10.0, 20.0, 30.0, 90.0],
        "schooling": [5.0, 5.0, 5.5, 9.0],
    },
    index=pd.Index(["COL", "JAM", "NAM", "CUB"], name="ref_area"),
)


def test_distance_by_hand_over_complete_cases(store: Store) -> None:
    rows = similar.with_distance(FACTS, "COL", None, store)
    sd = np.sqrt(2 / 3)  # of 1, 2, 3: population standard deviation; CUB does not enter
    assert rows.loc["JAM", "gap_ln_income"] == pytest.approx(1 / sd, abs=1e-12)
    expected = np.sqrt(((1 / sd) ** 2 + 0 + (10 / (10 * sd)) ** 2 + 0) / 4)
    assert rows.loc["JAM", "distance"] == pytest.approx(expected, abs=1e-12)
    assert rows.loc["COL", "distance"] == 0
    assert np.isnan(rows.loc["CUB", "distance"])


@pytest.mark.parametrize(
    ("outcome", "left_out"),
    [
        ("TII", {"gap_connectivity"}),
        ("HCI", {"gap_schooling"}),
        ("EGDI", {"gap_connectivity", "gap_schooling"}),
        ("OSI", set()),
    ],
)
def test_the_outcome_does_not_choose_its_own_peers(store: Store, outcome: str, left_out: set[str]) -> None:
    rows = similar.with_distance(FACTS, "COL", outcome, store)
    assert {gap for gap in similar.GAPS if rows[gap].isna().all()} == left_out


def test_distance_is_symmetric(store: Store) -> None:
    near = peers.peers("COL", "structural", None, store=store).set_index("ref_area")["distance"]
    for area in ("PER", "KEN", "NOR"):
        back = peers.peers(area, "structural", None, store=store).set_index("ref_area")["distance"]
        assert near[area] == pytest.approx(back["COL"], rel=1e-12)


def test_sids_get_sids_of_their_region_first(store: Store, areas: pd.DataFrame) -> None:
    found = peers.peers("JAM", "special", None, store=store)
    assert areas.loc[found["ref_area"], "sids"].all()
    assert len(found) == 36
    here = (areas.loc[found["ref_area"], "region"] == "Americas").to_numpy()
    assert here[:15].all()
    assert not here[15:].any()
    assert found["reason"].tolist() == ["sids_same_region"] * 15 + ["sids"] * 21


def test_an_ldc_that_is_also_a_sids_gets_both(store: Store) -> None:
    found = peers.peers("HTI", "special", None, store=store)
    assert found["reason"].drop_duplicates().tolist() == ["sids_same_region", "sids", "ldc"]
    assert not found["ref_area"].duplicated().any()


def test_an_ldc_gets_ldcs(store: Store, areas: pd.DataFrame) -> None:
    found = peers.default_peers("UGA", store=store)
    assert areas.loc[found["ref_area"], "ldc"].all()
    assert set(found["reason"]) == {"ldc_same_region"}


def test_no_special_group_no_special_peers(store: Store) -> None:
    assert peers.peers("COL", "special", store=store).empty


@pytest.mark.parametrize(
    ("kind", "column"), [("region", "region"), ("subregion", "subregion"), ("income", "income")]
)
def test_groups_share_what_the_reason_says(store: Store, areas: pd.DataFrame, kind: str, column: str) -> None:
    found = peers.peers("COL", kind, None, store=store)
    assert (areas.loc[found["ref_area"], column] == areas.loc["COL", column]).all()
    assert (found["group_id"] == areas.loc["COL", column]).all()
    assert found["distance"].dropna().is_monotonic_increasing


def test_population_band_shows_both_numbers(store: Store) -> None:
    found = peers.peers("COL", "population", store=store)
    assert (found["group_id"] == "30-100 million").all()
    assert found["theirs"].between(3e7, 1e8).all()
    assert np.allclose(found["distance"], np.abs(np.log(found["theirs"] / found["own"])))


def test_next_above_is_just_above(store: Store, wh: Warehouse) -> None:
    found = peers.peers("COL", "next_above", 3, kpi="OSI", store=store)
    ranks = wh.world("OSI").set_index("ref_area")["rank"]
    assert ranks[found["ref_area"]].tolist() == [ranks["COL"] - n for n in (1, 2, 3)]
    assert (found["theirs"] > found["own"]).all()
    fewer = peers.peers("COL", "next_above", 3, kpi="CHILD_MORTALITY", store=store)
    assert (fewer["theirs"] < fewer["own"]).all()


def test_default_peers_of_others_are_similar_and_near(store: Store, areas: pd.DataFrame) -> None:
    found = peers.default_peers("COL", store=store)
    assert len(found) == 8
    assert set(found["reason"]) == {"similar_same_region"}
    assert (areas.loc[found["ref_area"], "region"] == "Americas").all()


def test_every_member_state_has_default_peers_and_is_not_its_own(store: Store, areas: pd.DataFrame) -> None:
    for area in areas.index[areas["un_member"]]:
        found = peers.default_peers(area, store=store)
        assert len(found) == 8, area
        assert area not in set(found["ref_area"])


def test_without_income_neighbours_stand_in(store: Store) -> None:
    found = peers.default_peers("VEN", store=store)
    assert set(found["reason"]) == {"same_subregion"}
    assert found["distance"].isna().all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("COL", "regoin"), "Did you mean 'region'"),
        (("HKG",), r"\(HKG\) is not a UN Member State"),
        (("VEN",), "no recent ln_income"),
        (("VEN", "income"), "no income class"),
        (("COL", "next_above"), "needs a KPI"),
    ],
)
def test_bad_requests_are_explained(store: Store, arguments: Any, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        peers.peers(*arguments, store=store)


def test_next_above_needs_a_better_side_and_a_rank(store: Store) -> None:
    with pytest.raises(RequestError, match="no better side"):
        peers.peers("COL", "next_above", kpi="SDG_16.6.1", store=store)
    with pytest.raises(RequestError, match="no recent value"):
        peers.peers("COL", "next_above", kpi="SDG_16.9.1", store=store)

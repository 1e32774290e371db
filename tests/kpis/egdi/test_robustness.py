"""Robustness: the published order without variation, laws of the intervals, who can be told apart."""

from __future__ import annotations

import numpy as np
import pytest

from kpis.egdi.rebuilding import normalisations, published_weights, rebuildable
from kpis.egdi.robustness import DISTINCT, Robustness, robustness
from kpis.errors import RequestError
from kpis.warehouse.store import Store

FEW = 800  # draws: enough for laws, quick enough for a test


@pytest.fixture(scope="module")
def latest_run(store: Store) -> Robustness:
    return robustness("EGDI", 2024, draws=FEW, store=store)


def test_what_can_be_rebuilt_has_all_its_parts(store: Store) -> None:
    listed = rebuildable(store)
    assert listed[0] == ("EGDI", 2024)
    assert {("OSI", 2024), ("TII", 2024), ("HCI", 2024)} <= set(listed)
    assert ("OSI", 2022) not in listed


@pytest.mark.parametrize("index", ["EGDI", "OSI", "TII"])
def test_nothing_varied_gives_the_published_ranks(store: Store, index: str) -> None:
    own = normalisations(index, 2024, store)[0]
    run = robustness(index, 2024, normalisation=own, aggregation="arithmetic", spread=0, store=store)
    assert len(run.draws) == 1
    assert (run.table["low"] == run.table["high"]).all()
    # published parts are rounded to 4 decimals, so that neighbours may tie or swap
    assert (run.table["nominal_rank"] - run.table["published_rank"]).abs().max() <= 1
    assert (run.parts.to_numpy() == 0).all()


def test_same_seed_same_ranks(store: Store, latest_run: Robustness) -> None:
    again = robustness("EGDI", 2024, draws=FEW, store=store)
    assert (again.ranks == latest_run.ranks).all()
    other = robustness("EGDI", 2024, draws=FEW, seed=1, store=store)
    assert (other.ranks != latest_run.ranks).any()


def test_interval_holds_nine_of_ten_draws(latest_run: Robustness) -> None:
    table = latest_run.table
    inside = (latest_run.ranks >= table["low"].to_numpy()) & (latest_run.ranks <= table["high"].to_numpy())
    assert inside.mean(axis=0).min() >= 0.9
    assert ((table["low"] <= table["median"]) & (table["median"] <= table["high"])).all()
    assert latest_run.holding == (table["near"] >= DISTINCT).sum()


def test_ahead_counts_draws(latest_run: Robustness) -> None:
    areas = latest_run.table.index
    col, per = latest_run.ranks[:, areas.get_loc("COL")], latest_run.ranks[:, areas.get_loc("PER")]
    found = latest_run.ahead("COL")
    assert "COL" not in found.index
    assert found.loc["PER", "ahead"] == np.mean(col < per)
    assert found.loc["PER", "behind"] == latest_run.ahead("PER").loc["COL", "ahead"]
    assert bool(found.loc["AFG", "distinct"])
    told = np.maximum(found["ahead"], found["behind"]) >= DISTINCT
    assert (told == found["distinct"]).all()


def test_leaving_out_the_best_component_of_a_country_costs_it_places(
    store: Store, latest_run: Robustness
) -> None:
    parts = store.query(
        "select kpi, obs_value from kpi_value where ref_area = 'COL' and time_period = 2024 "
        "and kpi in ('OSI', 'TII', 'HCI')"
    ).set_index("kpi")["obs_value"]
    without = latest_run.without.loc["COL"]
    # the best in ranks is OSI (see the standings): without it Colombia falls
    assert set(without.index) == set(parts.index)
    assert without["OSI"] > latest_run.table.loc["COL", "nominal_rank"]


def test_own_weights(store: Store) -> None:
    fixed = {"normalisation": "goalposts", "aggregation": "arithmetic", "spread": 0.0}
    only = robustness("EGDI", 2024, weights={"OSI": 2.0, "TII": 0.0, "HCI": 0.0}, store=store, **fixed)
    assert only.weights == {"OSI": 1.0, "TII": 0.0, "HCI": 0.0}
    alone = robustness("OSI", 2024, normalisation="z-score", aggregation="arithmetic", spread=0, store=store)
    ranked = only.table["nominal_rank"]
    assert (ranked - alone.table["published_rank"]).abs().max() <= 1  # OSI is published rounded
    assert sum(published_weights("TII", 2024, store).values()) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"index": "OSI", "edition": 2022}, "parts of OSI 2022 are not held"),
        ({"normalisation": "minmax"}, "min-max"),
        ({"aggregation": "bod"}, "arithmetic"),
        ({"weights": {"OSII": 1.0}}, "OSI"),
        ({"weights": {"OSI": -1.0}}, "0 or more"),
        ({"weights": {"OSI": 0, "TII": 0, "HCI": 0}}, "above 0"),
        ({"spread": 1.5}, "weight_spread"),
    ],
)
def test_what_cannot_be_asked(store: Store, asked: dict, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        robustness(**asked, store=store)

"""An index with own weights: the published ranks by the published weights, and laws of others."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kpis.egdi.rebuilding import published_weights, rebuildable
from kpis.egdi.reweighting import Reweighted, reweighted
from kpis.errors import RequestError
from kpis.warehouse.store import Store


@pytest.fixture(scope="module")
def halves(store: Store) -> Reweighted:
    return reweighted("EGDI", 2024, weights={"OSI": 50, "TII": 25, "HCI": 25}, store=store)


@pytest.mark.parametrize("index", ["EGDI", "OSI", "HCI", "EPI", "GCI"])
def test_published_weights_give_the_published_ranks(store: Store, index: str) -> None:
    usual = published_weights(index, 2024, store)
    run = reweighted(index, 2024, weights={name: 7 * weight for name, weight in usual.items()}, store=store)
    assert run.as_published
    assert (index, 2024) in rebuildable(store)
    pd.testing.assert_series_equal(run.table["own_rank"], run.table["published_rank"], check_names=False)
    pd.testing.assert_series_equal(run.table["own"], run.table["published"], check_names=False)
    assert run.moved(0) == 0


def test_the_rebuilt_index_lies_at_the_published_one(store: Store) -> None:
    usual = published_weights("EGDI", 2024, store)
    nearly = usual | {"OSI": usual["OSI"] + 1e-5}  # no weight of the publisher's, so it is rebuilt
    run = reweighted("EGDI", 2024, weights=nearly, store=store)
    assert not run.as_published
    assert (run.table["own"] - run.table["published"]).abs().max() < 1e-4  # parts have 4 decimals
    assert run.table["shift"].abs().max() <= 1
    assert (run.off, run.most_off) == (1, 1)


def test_own_value_and_rank_by_hand(store: Store, halves: Reweighted) -> None:
    parts = store.query(
        "select kpi, obs_value from kpi_value where ref_area = 'COL' and time_period = 2024 "
        "and kpi in ('OSI', 'TII', 'HCI')"
    ).set_index("kpi")["obs_value"]
    table = halves.table
    assert table.at["COL", "own"] == pytest.approx(
        0.5 * parts["OSI"] + 0.25 * parts["TII"] + 0.25 * parts["HCI"]
    )
    assert table.at["COL", "own_rank"] == 1 + (table["own"] > table.at["COL", "own"]).sum()
    assert (table["shift"] == table["published_rank"] - table["own_rank"]).all()
    assert sum(halves.weights.values()) == pytest.approx(1)
    assert 0 < halves.moved(5) < halves.moved(0) < len(table)


def test_one_part_alone_ranks_as_that_part(store: Store) -> None:
    run = reweighted("EGDI", 2024, weights={"OSI": 1, "TII": 0, "HCI": 0}, store=store)
    alone = reweighted("OSI", 2024, store=store)
    assert (run.table["own_rank"] == alone.table["published_rank"]).all()


@pytest.mark.parametrize("index", ["EGDI", "OSI", "GCI"])
@pytest.mark.parametrize("chosen", [{"normalisation": "z-score"}, {"aggregation": "geometric"}])
def test_other_methods_stay_in_the_range_of_the_index(
    store: Store, index: str, chosen: dict[str, str]
) -> None:
    run = reweighted(index, 2024, weights={}, store=store, **chosen)
    top = 100 if index == "GCI" else 1
    own = run.table["own"].dropna()
    assert len(own) > 150
    assert own.between(-1e-9, top + 1e-9).all()
    assert own.max() > 0.9 * top
    order = own.sort_values(ascending=False).index
    assert (np.diff(run.table.loc[order, "own_rank"]) >= 0).all()


@pytest.mark.parametrize(
    "asked",
    [
        {"index": "OSI", "edition": 2010},
        {"weights": {"OSI": -1}},
        {"weights": {"OSI": 0, "TII": 0, "HCI": 0}},
        {"weights": {"XXX": 1}},
        {"normalisation": "rank"},
        {"aggregation": "median"},
    ],
)
def test_what_cannot_be_is_refused(store: Store, asked: dict[str, object]) -> None:
    with pytest.raises(RequestError):
        reweighted(**asked, store=store)  # type: ignore[arg-type]

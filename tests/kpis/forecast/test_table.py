"""The stored table: what it holds, that it follows from the figures, what is said beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kpis.errors import RequestError
from kpis.forecast import INDICES, chances_of_rank, notes, table
from kpis.forecast.summary import GROUP_BOUNDS, SHARES
from kpis.queries import Warehouse
from kpis.tables import Tables

MEASURES = ("EGDI", *INDICES)
CONTRACT = [
    "measure", "ref_area", "time_period", "p10", "p50", "p90", "rank_p10", "rank_p50", "rank_p90",
    "p_better_rank",
]  # fmt: skip
N = 193


class Replaced:
    """A warehouse in which one figure of an index is another, or missing."""

    def __init__(self, store: Tables, kpi: str, area: str, value: float) -> None:
        self._store, self._value = store, value
        self._place = pd.Series({"kpi": kpi, "ref_area": area, "time_period": 2024})
        self.version, self.as_of = f"{store.version}-replaced", store.as_of

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        rows = self._store.query(sql, parameters)
        if {"kpi", "ref_area", "time_period", "obs_value"} <= set(rows):
            place = (rows[["kpi", "ref_area", "time_period"]] == self._place).all(axis=1)
            rows.loc[place, "obs_value"] = self._value
        return rows


@pytest.fixture(scope="module")
def rows(wh: Warehouse) -> pd.DataFrame:
    table = wh.forecast()
    return table[table["measure"].isin(MEASURES)]


def test_a_row_for_each_measure_country_and_edition_ahead(rows: pd.DataFrame) -> None:
    assert len(rows) == N * 3 * len(MEASURES)
    assert set(CONTRACT) <= set(rows)
    assert set(rows["time_period"]) == {2026, 2028, 2030}
    assert not rows.duplicated(["measure", "ref_area", "time_period"]).any()


def test_quantiles_are_in_order_and_within_the_scale(rows: pd.DataFrame) -> None:
    values, ranks = rows[list(SHARES)], rows[[f"rank_{name}" for name in SHARES]]
    assert (np.diff(values, axis=1) >= 0).all()
    assert (np.diff(ranks, axis=1) >= 0).all()
    assert values.min(axis=None) >= 0
    assert values.max(axis=None) <= 1
    assert ranks.min(axis=None) >= 1
    assert ranks.max(axis=None) <= N


def test_chances_add_up(rows: pd.DataFrame) -> None:
    groups = rows.loc[rows["measure"] == "EGDI", list(GROUP_BOUNDS)]
    assert groups.sum(axis=1).to_numpy() == pytest.approx(np.ones(len(groups)))
    assert (rows["p_better_rank"] + rows["p_worse_rank"]).max() <= 1


def test_today_is_what_the_un_printed(rows: pd.DataFrame, wh: Warehouse) -> None:
    """The rank among 193 in the table is the published one: equal values share it."""
    printed = wh.values("EGDI", years=[2024]).set_index("ref_area")
    today = rows[(rows["measure"] == "EGDI") & (rows["time_period"] == 2026)].set_index("ref_area")
    both = today.join(printed[["rank", "obs_value"]], suffixes=("", "_printed"))
    assert len(both) == N
    assert (both["rank"] == both["rank_printed"]).all()
    assert (both["obs_value"] == both["obs_value_printed"]).all()


def test_the_further_the_wider(rows: pd.DataFrame) -> None:
    egdi = rows[rows["measure"] == "EGDI"]
    width = (egdi["p90"] - egdi["p10"]).groupby(egdi["time_period"]).mean()
    assert list(width) == sorted(width)
    assert width.iloc[0] > 0.1


def test_a_changed_input_moves_the_forecast_and_that_of_others(wh: Warehouse, rows: pd.DataFrame) -> None:
    changed = table(Replaced(wh.tables, "OSI", "COL", 0.95), n=200)
    before = table(wh.tables, n=200)
    key = ["measure", "ref_area", "time_period"]
    both = before.merge(changed, on=key, suffixes=("", "_changed"))
    egdi = both[(both["measure"] == "EGDI") & (both["time_period"] == 2026)].set_index("ref_area")
    assert egdi.at["COL", "p50_changed"] > egdi.at["COL", "p50"] + 0.02
    assert egdi.at["COL", "rank_p50_changed"] < egdi.at["COL", "rank_p50"]
    assert (egdi["p50_changed"] != egdi["p50"]).mean() > 0.9  # the common change is another


def test_who_lacks_an_index_has_no_forecast_and_is_told_which(wh: Warehouse) -> None:
    without = Replaced(wh.tables, "HCI", "COL", float("nan"))
    made = table(without, n=100)
    colombia = made[(made["ref_area"] == "COL") & (made["measure"] == "EGDI")]
    assert len(colombia) == 3
    assert colombia[[*SHARES, "p_better_rank", "p_high"]].isna().all(axis=None)
    others = made[(made["ref_area"] != "COL") & (made["measure"] == "EGDI")]
    assert others["rank_p975"].max() <= N - 1
    assert any("HCI of 2024 is not published" in note for note in notes(without, "COL"))


def test_without_internet_and_mobile_figures_the_forecast_does_without_and_says_so(
    open_only: Warehouse, wh: Warehouse
) -> None:
    rows = open_only.forecast("COL", "EGDI")
    assert rows["p50"].between(0.7, 0.95).all()
    assert any("does without" in note for note in notes(open_only.tables, "COL"))
    assert not any("does without" in note for note in notes(wh.tables, "COL"))


def test_the_chance_of_a_rank_is_that_of_its_own_quantiles(wh: Warehouse) -> None:
    rows = wh.forecast("COL")
    chances = chances_of_rank(rows, "COL", 68, wh.tables)
    egdi = rows["measure"] == "EGDI"
    better = rows["p_better_rank"][egdi].tolist()
    assert [chance for chance, of_egdi in zip(chances, egdi, strict=True) if of_egdi] >= better
    assert np.isnan(np.array(chances)[~egdi]).all()


@pytest.mark.parametrize("rank", [0, 194, -1])
def test_a_rank_that_does_not_exist_is_refused(wh: Warehouse, rank: int) -> None:
    with pytest.raises(RequestError, match="from 1 to 193"):
        chances_of_rank(wh.forecast("COL"), "COL", rank, wh.tables)


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"measure": "EPI"}, "measure EPI is not forecast. Allowed: EGDI"),
        ({"year": 2027}, "time_period 2027 is not forecast. Allowed: 2026, 2028, 2030"),
        ({"areas": ["XXX"]}, "XXX"),
    ],
)
def test_what_is_not_forecast_is_refused_with_what_is(
    wh: Warehouse, choice: dict[str, Any], message: str
) -> None:
    with pytest.raises(RequestError, match=message):
        wh.forecast(**choice)

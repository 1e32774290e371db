"""Imputation over time: values, their source period, and the limits."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from kpis.composite import impute_panel
from kpis.errors import DataError, RequestError

from .examples import NAN, law, panel

METHODS = ["last", "linear", "constant", "linear-constant"]


def series(*cells, years=None):
    periods = years or range(2015, 2015 + len(cells))
    index = pd.MultiIndex.from_product([["COL"], list(periods)], names=["ref_area", "time_period"])
    return pd.DataFrame({"A": list(cells)}, index=index)


def test_every_method_by_hand():
    filled, origin = impute_panel(panel(), "last")
    assert filled["A"].fillna(-1).tolist() == [1, 1, 4, -1, 5, 5]
    assert origin["A"].tolist() == ["observed", "last 2018", "observed", "missing", "observed", "last 2020"]

    filled, origin = impute_panel(panel(), "linear")
    # 2020 is a third of the way from 2018 to 2024
    assert filled["A"].fillna(-1).tolist() == pytest.approx([1, 2, 4, -1, 5, -1])
    assert origin["A"].iloc[1] == "linear 2018–2024"

    filled, origin = impute_panel(panel(), "constant")
    assert filled["A"].tolist() == [1, 1, 4, 5, 5, 5]
    assert origin["A"].iloc[3] == "constant 2020"

    filled, origin = impute_panel(panel(), "linear-constant")
    assert filled["A"].tolist() == pytest.approx([1, 2, 4, 5, 5, 5])
    assert origin["A"].iloc[3] == "constant 2020"


def test_linear_leaves_the_ends_where_coinr_fills_them():
    """COINr's linear is approx(…, rule = 2): the nearest value outside; that is linear-constant here."""
    values = series(NAN, 2.0, NAN, 6.0, NAN)
    approx_rule_2 = np.interp(range(5), [1, 3], [2, 6])
    assert approx_rule_2.tolist() == [2, 2, 4, 6, 6]
    assert impute_panel(values, "linear").values["A"].fillna(-1).tolist() == [-1, 2, 4, 6, -1]
    assert impute_panel(values, "linear-constant").values["A"].tolist() == approx_rule_2.tolist()


def test_the_step_limit_counts_periods_of_the_panel():
    values = series(1.0, NAN, NAN, NAN)
    assert impute_panel(values, max_steps=2).values["A"].fillna(-1).tolist() == [1, 1, 1, -1]
    assert impute_panel(values, max_steps=0).values["A"].isna().sum() == 3
    gap = series(1.0, NAN, years=[2003, 2024])
    assert impute_panel(gap, max_steps=1).values["A"].tolist() == [1, 1]


def test_rows_may_come_in_any_order_and_areas_be_unbalanced():
    shuffled = panel().iloc[[4, 0, 2, 1, 5]]
    filled = impute_panel(shuffled).values
    assert filled.index.equals(shuffled.index)
    assert filled["A"].tolist() == [5, 1, 4, 1, 5]


def test_periods_may_come_as_an_argument():
    rows = panel().reset_index(level="time_period")
    filled = impute_panel(rows[["A"]], time=rows["time_period"]).values
    assert filled["A"].fillna(-1).tolist() == [1, 1, 4, -1, 5, 5]


cells = st.lists(st.none() | st.integers(0, 80).map(float), min_size=1, max_size=10)


@pytest.mark.parametrize("method", METHODS)
@law(numbers=cells)
def test_observed_values_never_change_and_fills_lie_between_neighbours(method, numbers):
    values = series(*[NAN if n is None else n for n in numbers])
    filled, origin = impute_panel(values, method)
    observed = values["A"].notna()
    assert filled["A"][observed].equals(values["A"][observed])
    assert (origin["A"].eq("missing") == filled["A"].isna()).all()
    if observed.any():
        assert filled["A"].dropna().between(values["A"].min() - 1e-9, values["A"].max() + 1e-9).all()
    if method in ("constant", "linear-constant"):
        assert filled["A"].notna().all() or not observed.any()


@law(numbers=cells)
def test_linear_agrees_with_numpy_inside_the_observations(numbers):
    x = np.array([NAN if n is None else n for n in numbers], dtype=float)
    filled = impute_panel(series(*x), "linear").values["A"].to_numpy()
    have = np.flatnonzero(~np.isnan(x))
    if have.size:
        inside = np.arange(have[0], have[-1] + 1)
        np.testing.assert_allclose(filled[inside], np.interp(inside, have, x[have]))
        assert np.isnan(np.delete(filled, inside)).all()


def test_nothing_to_fill_from_stays_missing():
    for method in METHODS:
        result = impute_panel(series(NAN, NAN), method)
        assert result.values["A"].isna().all()
        assert (result.origin["A"] == "missing").all()
        assert not result.is_imputed.any(axis=None)


def test_bad_requests():
    with pytest.raises(RequestError, match="need a period"):
        impute_panel(pd.DataFrame({"A": [1.0]}))
    with pytest.raises(RequestError, match="Did you mean 'linear'"):
        impute_panel(panel(), "liner")
    with pytest.raises(RequestError, match="max_steps"):
        impute_panel(panel(), "linear", max_steps=1)
    with pytest.raises(RequestError, match="max_steps"):
        impute_panel(panel(), max_steps=-1)
    with pytest.raises(RequestError, match="numeric periods"):
        impute_panel(series(1.0, NAN, 3.0, years=["2015-16", "2016-17", "2017-18"]), "linear")
    with pytest.raises(DataError, match="COL in 2018"):
        impute_panel(pd.concat([panel(), panel()]))

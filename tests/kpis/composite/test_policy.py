"""Every step on tables that break naive code: no crash, no infinity, no number out of nothing."""

from __future__ import annotations

import typing
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from kpis import composite
from kpis.composite import CompositeWarning
from kpis.composite.aggregate import AggregateMethod
from kpis.composite.normalise import NormaliseMethod

from .examples import NAN, flat, law

NORMALISE = typing.get_args(NormaliseMethod)
AGGREGATE = typing.get_args(AggregateMethod)

NASTY = {
    "one area": pd.DataFrame({"A": [3.0], "B": [0.0], "C": [NAN]}),
    "constant columns": pd.DataFrame({"A": [5.0] * 4, "B": [0.0] * 4, "C": [-1.0] * 4}),
    "all missing": pd.DataFrame({"A": [NAN] * 3, "B": [NAN] * 3, "C": [NAN] * 3}),
    "zeros and negatives": pd.DataFrame(
        {"A": [0.0, -1.0, 2.0], "B": [0.0, 0.0, 1.0], "C": [-3.0, -2.0, 0.0]}
    ),
    "one value each": pd.DataFrame({"A": [1.0, NAN, NAN], "B": [NAN, 2.0, NAN], "C": [NAN, NAN, 3.0]}),
    "no areas": pd.DataFrame({"A": [], "B": [], "C": []}, dtype=float),
    "far apart": pd.DataFrame({"A": [1e-300, 1.0, 1e150], "B": [1e12, 1e12 + 1, 0.0], "C": [-1e9, 0.0, 1e9]}),
}

ARGUMENTS = {
    "goalposts": {"goalposts": {"A": (0, 10), "B": (10, 0), "C": (-1, 1)}},
    "distance-to-target": {"targets": {"A": 2, "B": 0, "C": 0}},
}


@pytest.fixture(autouse=True)
def _quiet():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", CompositeWarning)
        yield


@pytest.mark.parametrize("values", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("direction", [1, -1])
@pytest.mark.parametrize("method", NORMALISE)
def test_normalise(method, direction, values):
    if method == "distance-to-reference":
        if values.empty:
            return
        ARGUMENTS[method] = {"reference": values.index[0]}
    directions = {} if method == "goalposts" else {"directions": dict.fromkeys("ABC", direction)}
    result = composite.normalise(values, method, **directions, **ARGUMENTS.get(method, {}))
    assert not np.isinf(result.to_numpy()).any()
    assert result[values.isna()].isna().all(axis=None)


@pytest.mark.parametrize("values", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("method", AGGREGATE)
def test_aggregate(method, values):
    result = composite.aggregate(values, flat("A", "B", "C", weights=(1.0, 0.0, 2.0)), method)
    assert not np.isinf(result.to_numpy()).any()
    nothing = values[["A", "C"]].isna().all(axis=1)
    assert result["I"][nothing].isna().all()


@pytest.mark.parametrize("values", NASTY.values(), ids=NASTY)
def test_every_other_step(values):
    structure = flat("A", "B", "C")
    composite.treat(values)
    composite.screen(values, rule="both")
    composite.correlations(values)
    composite.cronbach_alpha(values)
    composite.principal_components(values)
    composite.pca_weights(values)
    composite.rank(values)
    composite.coverage(values, structure)
    composite.leave_one_out(values, structure)
    for by in ("column", "row"):
        composite.impute(values, by=by)
    composite.denominate(values, values, {"A": "B"})
    draws = composite.draw(structure, 5, seed=1)
    result = composite.uncertainty(values, structure, draws)
    assert result.ranks.shape == (5, len(values))


@law(
    cells=st.lists(
        st.lists(st.sampled_from([NAN, 0.0, 1.0, -1.0, 2.0]), min_size=3, max_size=3), min_size=1, max_size=5
    ),
    normalisation=st.sampled_from(
        [m for m in NORMALISE if m not in ARGUMENTS and m != "distance-to-reference"]
    ),
    aggregation=st.sampled_from(AGGREGATE),
    least=st.sampled_from([0.0, 0.5, 1.0]),
)
def test_the_whole_chain(cells, normalisation, aggregation, least):
    values = pd.DataFrame(cells, columns=list("ABC"), index=[f"a{i}" for i in range(len(cells))])
    scores = composite.normalise(composite.treat(values), normalisation)
    index = composite.aggregate(scores, flat("A", "B", "C"), aggregation, least)
    assert not np.isinf(index.to_numpy()).any()
    share = scores.notna().mean(axis=1)
    assert index["I"][(share < least) | (share == 0)].isna().all()
    ranks = composite.rank(index)["I"]
    assert ranks.isna().equals(index["I"].isna())

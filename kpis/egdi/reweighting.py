"""An index with a reader's own weights, scale or mean, and its whole ranking beside the published one."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import pandas as pd

from kpis import composite
from kpis.catalogue.model import Index
from kpis.composite import CompositeWarning
from kpis.composite.aggregate import AggregateMethod
from kpis.composite.normalise import NormaliseMethod
from kpis.egdi.rebuilding import (
    AGGREGATIONS,
    NORMALISATIONS,
    SCALES,
    edition_values,
    held_rule,
    left_open,
    published_weights,
    scale_setting,
    weighted_tree,
)
from kpis.egdi.rules import component_names, score, weights_of
from kpis.sql import statement
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

SAME = 1e-6  # of a weight, which sum to 1: closer ones are the publisher's own


@dataclass(frozen=True)
class Reweighted:
    """An index rebuilt once, by a reader's own choices.

    weights: by component, summing to 1. normalisation, aggregation: as used, the publisher's own where none
    was given. as_published: everything is the publisher's own, so that own figures are the published ones.
    table: by ref_area: published, published_rank, own (in the unit of the index), own_rank, shift (places
    gained, negative where lost). Missing where a part is missing that has a weight.
    off, most_off: how many countries have another rank than published when the index is rebuilt with the
    publisher's weights, and by how many places at most: parts are published rounded, and some rules cannot
    be followed to the last figure. So much of a shift is not the reader's choice.
    """

    index: str
    edition: int
    weights: dict[str, float]
    normalisation: str
    aggregation: str
    as_published: bool
    off: int
    most_off: int
    table: pd.DataFrame = field(repr=False)

    def moved(self, places: int) -> int:
        """How many countries move by more than so many places."""
        return int((self.table["shift"].abs() > places).sum())


@with_store
def reweighted(
    index: str = "EGDI",
    edition: int = 2024,
    *,
    weights: Mapping[str, float] | None = None,
    normalisation: str | None = None,
    aggregation: str | None = None,
    store: Tables = DEFAULT,
) -> Reweighted:
    """Rebuild an index with own weights and rank its countries anew.

    index, edition: one of `rebuildable`. weights: by component on any scale, default the publisher's; a
    component without one keeps the publisher's share. normalisation: one of `normalisations`; aggregation:
    one of AGGREGATIONS; default the publisher's own. A component of weight 0 is left out, also where its
    figure is missing.
    With the publisher's scale and mean the rule of the index itself is applied, so that values compare with
    the published ones. With others the mean of the scores is stretched to the range of the index: from the
    ends of the scale, for z-scores from the lowest to the highest country.
    store: a warehouse; default the current one. Raises RequestError for an index, edition, method or
    component that is not there, or weights that are negative or all 0.
    Source: OECD/JRC Handbook (2008), Steps 5 to 7.
    """
    rule = held_rule(store, index, edition)
    scales = NORMALISATIONS[rule.method]
    scale = left_open("normalisation", normalisation, scales)[0]
    mean = left_open("aggregation", aggregation, AGGREGATIONS)[0]
    usual = published_weights(index, edition, store)
    shares = _shares(rule, usual | dict(weights or {}))
    values, published = edition_values(store, index, edition)
    by_rule = _by_rule(values, rule, usual)
    is_rule = (scale, mean) == (scales[0], AGGREGATIONS[0])
    same = is_rule and all(abs(shares[name] - weight) < SAME for name, weight in usual.items())
    own = _by_rule(values, rule, shares) if is_rule else _by_methods(store, values, rule, shares, scale, mean)
    off = (composite.rank(by_rule) - published["published_rank"]).abs()
    return Reweighted(
        index=index,
        edition=edition,
        weights=shares,
        normalisation=scale,
        aggregation=mean,
        as_published=same,
        off=int((off > 0).sum()),
        most_off=int(off.max()),
        table=_table(published, None if same else own),
    )


def _shares(rule: Index, weights: Mapping[str, float]) -> dict[str, float]:
    """Weights by component, summing to 1."""
    rows = weighted_tree(rule, weights).iloc[1:]
    return dict(zip(rows["code"], (rows["weight"] / rows["weight"].sum()).tolist(), strict=True))


def _by_rule(values: pd.DataFrame, rule: Index, shares: Mapping[str, float]) -> pd.Series[float]:
    """The index by the publisher's rule, with other weights of the same sum and signs."""
    signed = weights_of(rule)
    total, signs = np.abs(signed).sum(), np.sign(signed)
    components = tuple(
        part.model_copy(update={"weight": float(sign * total * shares[part.kpi])})
        for part, sign in zip(rule.components, signs, strict=True)
        if shares[part.kpi] > 0
    )
    other = rule.model_copy(update={"components": components})
    return pd.Series(score(values[component_names(other)].to_numpy(), other), index=values.index)


def _by_methods(
    store: Tables, values: pd.DataFrame, rule: Index, shares: dict[str, float], scale: str, mean: str
) -> pd.Series[float]:
    """The index on another scale or by another mean, stretched to its own range."""
    weighted = {name: share for name, share in shares.items() if share > 0}
    tree = weighted_tree(rule, shares)
    tree = tree[(tree["weight"] > 0) | tree["parent"].isna()]
    setting: dict[str, Any] = {
        kind: {name: part for name, part in by_name.items() if name in weighted}
        for kind, by_name in scale_setting(store, rule).items()
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CompositeWarning)  # who has no rank stands in the table
        scores = composite.normalise(
            values[list(weighted)], cast(NormaliseMethod, scale), scale=SCALES[scale], **setting
        )
        means = composite.aggregate(scores, tree, cast(AggregateMethod, mean), min_coverage=1.0)
    return _stretched(means[rule.index], scale) * _highest(store, rule.index)


def _stretched(means: pd.Series[float], scale: str) -> pd.Series[float]:
    """Means of scores as 0 to 1."""
    low, high = (means.min(), means.max()) if scale == "z-score" else SCALES[scale]
    return (means - low) / (high - low)


def _highest(store: Tables, index: str) -> float:
    """The upper end of an index, 1 where the catalogue states none."""
    limit = store.query(statement("egdi/limits"), {"kpis": [index]})["limit_high"].iloc[0]
    return 1.0 if pd.isna(limit) else float(limit)


def _table(published: pd.DataFrame, own: pd.Series[float] | None) -> pd.DataFrame:
    """The published figures beside own ones. own: None for the published ones."""
    values = published["published"] if own is None else own
    ranks = published["published_rank"] if own is None else composite.rank(values)
    return published.assign(own=values, own_rank=ranks, shift=published["published_rank"] - ranks)

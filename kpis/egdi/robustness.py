"""How far a rank depends on how the index is built: the index rebuilt in every reasonable way.

What is varied is how figures are brought onto one scale, how they are averaged, and with what weights. The
figures themselves are taken as published; errors of measurement are not in these intervals.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpis import composite
from kpis.composite import Choices, CompositeWarning, Draws, LeaveOneOut, Uncertainty
from kpis.composite.normalise import NormaliseMethod
from kpis.composite.uncertainty import uncertainty
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
from kpis.errors import RequestError, unknown
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

SEED = 2030
DRAWS = 10_000
SPREAD = 0.25  # weights vary by this share either way, as in the sensitivity analyses of COINr and others
DISTINCT = 0.9  # ahead in at least this share of the draws: told apart
NEAR = 5  # places within which a rank counts as held


@dataclass(frozen=True)
class Robustness:
    """Ranks of an index rebuilt in many ways.

    weights: by component, summing to 1, around which the draws vary. options: what was drawn of
    normalisation and aggregation, first the one of the leave-one-out. spread: share by which weights vary.
    table: by ref_area: published, published_rank, nominal_rank (first options, undisturbed weights), low,
    median, high (5 %, 50 %, 95 % of the draws, low and high rounded outwards to whole ranks), near (share of
    draws within NEAR places of the published rank). Missing where a draw gives no rank.
    ranks: draws × areas, 1 = best, 0 = no rank; in two bytes each, for servers keep several. parts: variance
    by choice (`composite.variance_parts`). without: rank without each component, first options.
    """

    index: str
    edition: int
    seed: int
    spread: float
    weights: dict[str, float]
    options: dict[str, tuple[str, ...]]
    table: pd.DataFrame
    draws: Draws = field(repr=False)
    ranks: npt.NDArray[np.int16] = field(repr=False)
    parts: pd.DataFrame = field(repr=False)
    without: pd.DataFrame = field(repr=False)

    def ahead(self, area: str) -> pd.DataFrame:
        """How often an area is ahead of each other one.

        One row per other area: ahead, behind (shares of the draws, 0–1; ties are neither) and `distinct`:
        whether one of the two is ahead in at least DISTINCT of the draws. Raises RequestError for an area
        that the edition does not rank.
        """
        areas = self.table.index
        if area not in areas:
            raise RequestError(unknown(f"country of {self.index} {self.edition}", area, map(str, areas)))
        rank_here = self.ranks[:, areas.tolist().index(area)][:, None]
        both = (rank_here > 0) & (self.ranks > 0)
        ahead = ((rank_here < self.ranks) & both).mean(axis=0)
        behind = ((rank_here > self.ranks) & both).mean(axis=0)
        table = pd.DataFrame({"ahead": ahead, "behind": behind}, index=areas).drop(index=area)
        return table.assign(distinct=table.max(axis=1) >= DISTINCT)

    @property
    def holding(self) -> int:
        """How many areas stay within NEAR places of their published rank in DISTINCT of the draws."""
        return int((self.table["near"] >= DISTINCT).sum())


@with_store
def robustness(
    index: str = "EGDI",
    edition: int = 2024,
    *,
    normalisation: str | None = None,
    aggregation: str | None = None,
    weights: Mapping[str, float] | None = None,
    spread: float = SPREAD,
    draws: int = DRAWS,
    seed: int = SEED,
    store: Tables = DEFAULT,
) -> Robustness:
    """Rebuild an index in every reasonable way and rank its countries each time.

    index, edition: one of `rebuildable`. normalisation, aggregation: fix one; None leaves it open and takes
    all of `normalisations` and AGGREGATIONS, each equally often. weights: by component on any scale, default
    the publisher's. spread: each weight is multiplied by 1 ± this share, uniformly; 0 leaves them fixed.
    draws: about how many; every set of weights meets every combination of methods. seed: the same seed gives
    the same ranks on every machine.
    A part that is missing counts as 0 where the publisher averages published parts, as in `composite`; else
    the country has no rank. Caps of the rules apply.
    store: a warehouse; default the current one. Raises RequestError for an index, edition, method or
    component that is not there, or weights that are negative or all 0.
    Source: OECD/JRC Handbook (2008), Step 7.
    """
    rule = held_rule(store, index, edition)
    structure = weighted_tree(rule, published_weights(index, edition, store) | dict(weights or {}))
    values, published = edition_values(store, index, edition)
    choices = Choices(
        normalisation=left_open("normalisation", normalisation, NORMALISATIONS[rule.method]),
        aggregation=left_open("aggregation", aggregation, AGGREGATIONS),
        weight_spread=spread,
    )
    setting = scale_setting(store, rule)
    drawn = composite.crossed(structure, draws, seed=seed, choices=choices)
    run, alone = _ranked(values, structure, drawn, choices, setting)
    weight_shares = structure["weight"].iloc[1:] / structure["weight"].iloc[1:].sum()
    return Robustness(
        index=index,
        edition=edition,
        seed=seed,
        spread=spread,
        weights=dict(zip(structure["code"].iloc[1:], weight_shares.tolist(), strict=True)),
        options={name: tuple(drawn.options[name]) for name in ("normalisation", "aggregation")},
        table=_table(run, published),
        draws=drawn,
        ranks=run.ranks.astype(np.int16),
        parts=composite.variance_parts(drawn, run.ranks, values.index),
        without=alone.ranks.drop(columns="nominal"),
    )


def _ranked(
    values: pd.DataFrame, structure: pd.DataFrame, drawn: Draws, choices: Choices, setting: dict[str, Any]
) -> tuple[Uncertainty, LeaveOneOut]:
    """Ranks in every draw, and without each component by the first methods chosen."""
    scale = choices.normalisation[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CompositeWarning)  # who has no rank stands in the table
        run = uncertainty(values, structure, drawn, scales=SCALES, min_coverage=1.0, **setting)
        scores = composite.normalise(values, cast(NormaliseMethod, scale), scale=SCALES[scale], **setting)
        return run, composite.leave_one_out(scores, structure, method=choices.aggregation[0])


def _table(run: Uncertainty, published: pd.DataFrame) -> pd.DataFrame:
    whole = run.summary["ranked"] == 1
    summary = run.summary[["nominal_rank", "p05", "median", "p95"]].where(whole)
    away = np.abs(run.ranks - published["published_rank"].to_numpy())
    return published.assign(
        nominal_rank=summary["nominal_rank"],
        low=np.floor(summary["p05"]),
        median=summary["median"],
        high=np.ceil(summary["p95"]),
        near=pd.Series((away <= NEAR).mean(axis=0), index=published.index).where(whole),
    )

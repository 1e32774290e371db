"""What the draws of an edition say of each country: bands of values and ranks, and chances."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpis.forecast.draws import PRINTED_DECIMALS, Draws, competition_rank
from kpis.forecast.panel import EGDI, INDICES, FloatArray, Panel
from kpis.forecast.scores import quantiles

SHARES = {"p025": 0.025, "p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p975": 0.975}
BAND_ENDS = {50: ("p25", "p75"), 80: ("p10", "p90"), 95: ("p025", "p975")}  # of the central bands, in SHARES
# The four groups of the UN survey, from the lowest bound of each.
GROUP_BOUNDS = {"p_low": 0.0, "p_middle": 0.25, "p_high": 0.5, "p_very_high": 0.75}

MEASURED = (
    "measure", "ref_area", "time_period", "obs_value", "rank", *SHARES, *(f"rank_{name}" for name in SHARES),
    "p_better_rank", "p_worse_rank", *GROUP_BOUNDS,
)  # fmt: skip


def summary(draws: Draws, panel: Panel, shares: Mapping[str, float] = SHARES) -> pd.DataFrame:
    """One row per measure (EGDI, OSI, TII, HCI) and area: quantiles, quantiles of the rank, chances.

    panel: with the edition that the draws were made from as its last; the rank today is among the areas
    with a forecast.
    p025 to p975: 0 to 1. rank_p025 to rank_p975: places, 1 is best; rank_p10 is the better end. Chances, 0 to
    1: p_better_rank and p_worse_rank than today's, and of each UN group (EGDI only). Missing: no forecast;
    of the first two also no rank today, as where the UN printed the parts of EGDI without EGDI.
    shares: name and share of other quantiles.
    """
    measures = {EGDI: (draws.egdi, draws.rank, panel.egdi[-1])}
    for place, name in enumerate(INDICES):
        values = draws.indices[:, :, place]
        measures[name] = values, competition_rank(values), panel.levels[-1, :, place]
    return pd.concat(
        [_measure(name, draws, *parts, shares) for name, parts in measures.items()], ignore_index=True
    )


def _measure(
    name: str,
    draws: Draws,
    values: FloatArray,
    ranks: FloatArray,
    today: FloatArray,
    shares: Mapping[str, float],
) -> pd.DataFrame:
    open_cases = ~np.isnan(values[0])
    now = competition_rank(np.where(open_cases, today, np.nan)[None, :], PRINTED_DECIMALS)[0]
    table = pd.DataFrame({"measure": name, "ref_area": draws.areas, "time_period": draws.year})
    table["obs_value"], table["rank"] = today, now
    levels = tuple(shares.values())
    columns = dict(zip(shares, quantiles(values, levels, whole=False), strict=True))
    columns |= dict(
        zip((f"rank_{each}" for each in shares), quantiles(ranks, levels, whole=True), strict=True)
    )
    ranked = ~np.isnan(now)
    columns |= {
        "p_better_rank": np.where(ranked, (ranks < now).mean(axis=0), np.nan),
        "p_worse_rank": np.where(ranked, (ranks > now).mean(axis=0), np.nan),
    }
    groups = _groups(values) if name == EGDI else {}
    table = table.assign(**columns, **{each: groups.get(each, np.nan) for each in GROUP_BOUNDS})
    table.loc[~open_cases, list(columns) + list(GROUP_BOUNDS)] = np.nan
    return table


def un_group(egdi: FloatArray) -> npt.NDArray[np.int_]:
    """The UN group of each value as published, 0 (low) to 3 (very high); one on a bound is in the higher.

    A missing value counts as very high: ask only for areas with a value.
    """
    bounds = list(GROUP_BOUNDS.values())[1:]
    return np.searchsorted(bounds, np.round(egdi, PRINTED_DECIMALS), side="right")


def _groups(values: FloatArray) -> dict[str, FloatArray]:
    """Chance of each UN group; a value on a bound belongs to the higher group."""
    bounds = [*list(GROUP_BOUNDS.values())[1:], np.inf]
    below = [(np.nan_to_num(values) < bound).mean(axis=0) for bound in bounds]
    return {
        name: share - lower
        for name, share, lower in zip(
            GROUP_BOUNDS, below, [np.zeros_like(below[0]), *below[:-1]], strict=True
        )
    }

"""How often the forecast was right: the backtest with what each country was then, and sums of it.

tried = cases(store, ahead=1)      # 1,517 forecasts from eight editions, with what came
overall(tried)["rank_within_80"]   # share of ranks that ended inside the band of 80 %
by(tried, "region")                # the same for each region
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kpis.forecast.backtest import backtest
from kpis.forecast.panel import load_panel
from kpis.forecast.summary import BAND_ENDS, GROUP_BOUNDS, un_group
from kpis.sql import statement
from kpis.tables import Tables

REGIONS = ("AFRICA", "AMERICAS", "ASIA", "EUROPE", "OCEANIA")
SPECIAL = ("LDC", "SIDS")
UN_GROUPS = tuple(name.removeprefix("p_") for name in GROUP_BOUNDS)  # low, middle, high, very_high
PARTS = ("origin", "un_group", "region", *(group.lower() for group in SPECIAL))

JUMP = 20  # places; a move that changes the neighbourhood of a country
CHANCE_ENDS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 1.0)  # of the bins in which chances are compared with what came
CHANCES = {"p_better_rank": "better_rank", "p_higher_group": "higher_group"}  # what was given → what came

_POINTS = ("error", "as_today_error", "line_error", "crps")
_BANDS = tuple(f"within_{band}" for band in BAND_ENDS)
MEANS = tuple(f"{measure}_{name}" for measure in ("egdi", "rank") for name in (*_POINTS, *_BANDS, "width_80"))


def cases(store: Tables, ahead: int = 1) -> pd.DataFrame:
    """One row per origin and country that had a forecast and later a figure: `backtest`, and beside it

    egdi_as_today_error … rank_line_error: of the two plain guesses; egdi_miss: value minus forecast;
    rank_miss: places that the country ended worse than forecast; move: places gained since the origin;
    better_rank, higher_group: whether it came so; un_group: of the EGDI at the origin; region, ldc, sids:
    membership in the year of the origin, for a country that left a group since then was in it when the
    forecast was made. Raises RequestError where no edition can be tried.
    """
    tried = backtest(load_panel(store), ahead)
    for measure in ("egdi", "rank"):
        for guess in ("as_today", "line"):
            away = tried[f"{measure}_{guess}"] - tried[f"{measure}_actual"]
            tried[f"{measure}_{guess}_error"] = away.abs()
        tried[f"{measure}_miss"] = tried[f"{measure}_actual"] - tried[f"{measure}_forecast"]
    before, after = (un_group(tried[f"egdi_{name}"].to_numpy()) for name in ("as_today", "actual"))
    tried["move"] = tried["rank_as_today"] - tried["rank_actual"]
    tried["better_rank"], tried["higher_group"] = tried["move"] > 0, after > before
    tried["un_group"] = np.array(UN_GROUPS)[before]
    return _with_memberships(tried, store)


def _with_memberships(tried: pd.DataFrame, store: Tables) -> pd.DataFrame:
    periods = store.query(statement("forecast/memberships"), {"groups": [*REGIONS, *SPECIAL]})
    pairs = tried[["ref_area", "origin"]].reset_index(names="case").merge(periods, on="ref_area")
    pairs = pairs[pairs["origin"].between(pairs["valid_from"], pairs["valid_to"])]
    in_region = pairs[pairs["group_id"].isin(REGIONS)].set_index("case")["group_id"]
    members = {
        group.lower(): tried.index.isin(pairs.loc[pairs["group_id"] == group, "case"]) for group in SPECIAL
    }
    return tried.assign(region=in_region.reindex(tried.index), **members)


def overall(tried: pd.DataFrame) -> pd.Series[float]:
    """Means of the editions' means, so that each edition counts alike, and n, the cases. tried: of `cases`.

    For EGDI (0 to 1) and rank (places): error of the forecast, of today's figure as a guess and of the line
    through the last two editions; CRPS; shares within the bands of 50, 80 and 95 %; width of that of 80 %.
    """
    means: pd.Series[float] = by(tried, "origin")[list(MEANS)].mean()
    means["n"] = len(tried)
    return means


def by(tried: pd.DataFrame, part: str) -> pd.DataFrame:
    """One row per origin, UN group, region or membership (`PARTS`): n, means over cases, and egdi_miss.

    egdi_miss, 0 to 1: mean of value minus forecast, what all countries of the row had in common.
    """
    grouped = tried.groupby(part)
    table = grouped[[*MEANS, "egdi_miss"]].mean()
    table.insert(0, "n", grouped.size())
    order = {"un_group": UN_GROUPS, "region": REGIONS}.get(part, tuple(table.index))
    return table.reindex([value for value in order if value in table.index])


@dataclass(frozen=True)
class Jumps:
    """Moves of `JUMP` places or more: how many of all cases, and how many the bands of the rank held."""

    n: int
    cases: int
    within_80: int
    within_95: int


def jumps(tried: pd.DataFrame, places: int = JUMP) -> Jumps:
    """Moves of so many places or more, up or down."""
    moved = tried[tried["move"].abs() >= places]
    return Jumps(
        len(moved), len(tried), int(moved["rank_within_80"].sum()), int(moved["rank_within_95"].sum())
    )


def largest_misses(tried: pd.DataFrame, n: int = 10) -> pd.DataFrame:
    """The cases whose rank ended farthest from its forecast, farthest first; ties by edition and country."""
    away = tried.assign(away=tried["rank_miss"].abs())
    ordered = away.sort_values(["away", "origin", "ref_area"], ascending=[False, True, True])
    return ordered.head(n).drop(columns="away").reset_index(drop=True)


def calibration(tried: pd.DataFrame, chance: str) -> pd.DataFrame:
    """Chances in bins: low, high (ends), n, given (mean chance), came (share that it came so); 0 to 1.

    chance: of CHANCES. A bin without a case has no row; a case without a chance, as the highest group has
    none of a higher one, is in none.
    """
    open_cases = tried[tried[chance].notna()]
    bins = pd.cut(open_cases[chance], list(CHANCE_ENDS), labels=False, include_lowest=True)
    grouped = open_cases.groupby(bins)
    table = pd.DataFrame(
        {
            "n": grouped.size(),
            "given": grouped[chance].mean(),
            "came": grouped[CHANCES[chance]].mean(),
        }
    )
    ends = np.array(CHANCE_ENDS)
    places = table.index.to_numpy(dtype=int)
    table.insert(0, "low", ends[places])
    table.insert(1, "high", ends[places + 1])
    return table.reset_index(drop=True)


@dataclass(frozen=True)
class Brier:
    """Mean squared distance of a chance from what came (0 or 1); base: of the plain share of all cases.

    Smaller is better; a chance that is no better than the share says nothing of a country.
    """

    score: float
    base: float


def brier(tried: pd.DataFrame, chance: str) -> Brier:
    """The Brier score of a chance of CHANCES, over the cases that have one."""
    open_cases = tried[tried[chance].notna()]
    came = open_cases[CHANCES[chance]].astype(float)
    away = (open_cases[chance] - came) ** 2
    return Brier(float(away.mean()), float(came.mean() * (1 - came.mean())))

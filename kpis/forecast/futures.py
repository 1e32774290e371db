"""The draws of an edition that no plan changes, made once for each warehouse, and one country among them.

A plan moves one country; the random numbers and the EGDI of the others stay. So its rank is counted against
what is held, which gives the same answer as drawing everybody anew (`draws` with a gain).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from kpis.errors import RequestError, unknown
from kpis.forecast.draws import DECIMALS, N_DRAWS, SEED, Shocks, before_cut, one_before_cut, shocks
from kpis.forecast.model import MOST_AHEAD, Fit, fit
from kpis.forecast.panel import INDICES, FloatArray, Panel, load_panel
from kpis.forecast.scores import quantiles
from kpis.warehouse.once import once_per_store

if TYPE_CHECKING:
    from kpis.tables import Tables

LAST = -1.0  # stands for the EGDI of an area without a forecast: nobody ranks behind it
NO_GAIN = np.zeros(len(INDICES))


@dataclass(frozen=True)
class Band:
    """8 of 10 such forecasts ended from p10 to p90; p50 is the middle. NaN without a forecast."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Future:
    """Draws of one country: EGDI, 0 to 1, unrounded, and rank, 1 is best. NaN without a forecast."""

    egdi: FloatArray
    rank: FloatArray


@dataclass(frozen=True, eq=False)
class Futures:
    """The draws of an edition if nothing new happens.

    shocks: the random part, from which the sub-indices of one country come again to the last bit.
    egdi: draw × area, at four decimals; −1 without a forecast. today: area, EGDI as published in the last
    edition.
    """

    fit: Fit
    shocks: Shocks
    egdi: FloatArray
    today: FloatArray

    @property
    def year(self) -> int:
        """The edition."""
        return self.fit.year

    @cached_property
    def ordered(self) -> FloatArray:
        """The EGDI of each draw, highest first."""
        return np.asarray(-np.sort(-self.egdi, axis=1))

    def place(self, area: str) -> int:
        """Place of an area in the arrays. Raises RequestError for no UN Member State."""
        if area not in self.fit.areas:
            raise RequestError(unknown("UN Member State", area, self.fit.areas))
        return self.fit.areas.index(area)

    def indices(self, area: str) -> FloatArray:
        """Draw × index of an area, before they are cut to 0 to 1; NaN without a forecast."""
        return one_before_cut(self.fit, self.shocks, self.place(area))

    def of(self, area: str, gain: FloatArray = NO_GAIN) -> Future:
        """One country, its sub-indices raised by a gain before they are cut; the others as they are."""
        egdi = raised(self.indices(area), gain)
        rounded, usual = np.round(egdi, DECIMALS), self.egdi[:, self.place(area)]
        ahead = (self.egdi > rounded[:, None]).sum(axis=1) - (usual > rounded)
        return Future(egdi, np.where(np.isnan(egdi), np.nan, 1.0 + ahead))

    def cost(self, rank: int) -> Band:
        """The EGDI that a rank costs: that of the country at this place; NaN where none is that far down."""
        egdi = self.ordered[:, rank - 1] if rank <= self.ordered.shape[1] else np.array([LAST])
        return band(np.where(egdi == LAST, np.nan, egdi))

    def place_of(self, egdi: float) -> Band:
        """The rank that an EGDI gives: one more than there are countries ahead of it."""
        return band(1.0 + (self.egdi > egdi).sum(axis=1), whole=True)

    def bar(self, area: str, rank: int) -> FloatArray:
        """In each draw the EGDI at which an area has a rank or a better one: that of the rank-th other.

        −1 where there are not so many others.
        """
        with_end = np.column_stack([self.ordered, np.full(len(self.ordered), LAST)])
        usual = self.egdi[:, self.place(area)]
        is_behind = with_end[:, rank - 1] > usual
        return np.asarray(np.where(is_behind, with_end[:, rank - 1], with_end[:, rank]))


def make_futures(panel: Panel, ahead: int, n: int = N_DRAWS, seed: int = SEED) -> Futures:
    """The draws of the edition `ahead` editions after the last of a panel. Raises RequestError as `fit`."""
    model = fit(panel, ahead)
    drawn = shocks(model, n, seed)
    egdi = np.round(raised(before_cut(model, drawn)), DECIMALS)
    return Futures(model, drawn, np.nan_to_num(egdi, nan=LAST), panel.egdi[-1])


def raised(indices: FloatArray, gain: FloatArray | float = 0.0) -> FloatArray:
    """EGDI of draws, the sub-indices (last axis) raised by a gain and then cut to 0 to 1; unrounded."""
    return np.asarray(np.clip(indices + gain, 0.0, 1.0).mean(axis=-1))


@once_per_store
def all_futures(store: Tables) -> tuple[Futures, ...]:
    """The draws of the three editions after the last one of a warehouse (7 MB and .1 s each, made once).

    Fewer where there are too few editions to learn from; raises RequestError where there is none.
    """
    panel = load_panel(store)
    furthest = max(1, min(MOST_AHEAD, len(panel.editions) - 1))
    return tuple(make_futures(panel, ahead) for ahead in range(1, furthest + 1))


def band(values: FloatArray, *, whole: bool = False) -> Band:
    """The band of 80 % of some draws and its middle; whole: places."""
    if np.isnan(values).any():
        return Band(np.nan, np.nan, np.nan)
    return Band(*(float(value) for value in quantiles(values, (0.1, 0.5, 0.9), whole=whole)))

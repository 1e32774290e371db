"""Where a country will be with a KPI that is measured every year: a mix of three ways to look at the past.

What others did from a like place (analogues), a regression on pace and level, and the country's own straight
line give a third of the draws each. Compound growth, the UN's rule, promises far more than came true.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kpis.forecast.panel import FloatArray
from kpis.progress.fan import MIN_AREAS

Places = npt.NDArray[np.int64]

LOOK_BACK = 8  # years before the last value within which the pace begins
FURTHEST = 8  # years between the last value and the target; beyond, nothing was tested
N_DONORS = 80
MOST_OF_ONE = 3  # spells of one country among the donors
EDGE = 0.5  # points from 0 and 100 at which the logistic scale ends
REGRESSED = (0.5, 97.0)  # levels of donors that the regression is fitted on
SHORT_SERIES, STRETCH = 12, 1.4  # years from first to last value in the median country; factor below that
FEWEST_DONORS = 20
NO_PACE = 1e300  # distance of a donor without a pace from a country with one: behind all others


@dataclass(frozen=True)
class Donors:
    """Past spells of a horizon, area × year of the start; NaN where the start or the end has no value.

    level, outcome (`horizon` years later): per cent. pace: points a year, NaN where nothing lies before.
    """

    horizon: int
    level: FloatArray
    pace: FloatArray
    outcome: FloatArray


@dataclass(frozen=True)
class Starts:
    """Countries to be forecast: place among the donors' areas, whose own spells do not count; level in per
    cent; pace in points a year, NaN where nothing lies before."""

    area: Places
    level: FloatArray
    pace: FloatArray


def paces(table: FloatArray) -> FloatArray:
    """Year × area: change a year since the first value within eight years before; NaN where there is none."""
    pace = np.full(table.shape, np.nan)
    for lag in range(1, min(LOOK_BACK, len(table) - 1) + 1):  # the last one that is there is the first value
        change = (table[lag:] - table[:-lag]) / lag
        pace[lag:] = np.where(np.isnan(change), pace[lag:], change)
    return pace


def donors(table: FloatArray, pace: FloatArray, horizon: int) -> Donors:
    """All spells of a table, year × area; `pace` as `paces` gives it."""
    if horizon >= len(table):
        nothing = np.zeros((table.shape[1], 0))
        return Donors(horizon, nothing, nothing, nothing)
    level, outcome = table[:-horizon].T, table[horizon:].T
    is_spell = ~np.isnan(level) & ~np.isnan(outcome)
    return Donors(
        horizon, *(np.where(is_spell, part, np.nan) for part in (level, pace[:-horizon].T, outcome))
    )


def sample(starts: Starts, pool: Donors, *, stretch: float = 1.0) -> FloatArray:
    """Case × 240: draws of the values `horizon` years on, in per cent; NaN with too few donors.

    The first third are the analogues, the second the regression, the third the line. stretch: factor about
    the median. Where fewer than 80 donors are left, the rest of each third is NaN.
    """
    near, alike = _nearest(_by_level(starts, pool)), _nearest(_by_level_and_pace(starts, pool))
    parts = [_analogues(starts, pool, alike), _regression(starts, pool, near), _line(starts, pool, near)]
    draws = np.concatenate(parts, axis=1)
    n_spells = (~np.isnan(pool.level)).sum(axis=1)
    draws[n_spells.sum() - n_spells[starts.area] < FEWEST_DONORS] = np.nan
    if stretch != 1:
        median = quantiles(draws, (0.5,))[0][:, None]
        draws = median + stretch * (draws - median)
    return np.asarray(np.clip(draws, 0, 100))


def quantiles(draws: FloatArray, shares: tuple[float, ...]) -> FloatArray:
    """Share × case. draws: case × draw, any of them missing; NaN where all are."""
    result = np.full((len(shares), len(draws)), np.nan)
    for cases, complete in complete_draws(draws):
        result[:, cases] = np.quantile(complete, shares, axis=1)
    return result


def complete_draws(draws: FloatArray) -> list[tuple[Places, FloatArray]]:
    """Cases with equally many draws, and those draws in rising order, case × draw; none of the empty ones."""
    ordered = np.sort(draws, axis=1)  # missing ones come last
    sizes = (~np.isnan(ordered)).sum(axis=1)
    groups = [(np.flatnonzero(sizes == size), int(size)) for size in np.unique(sizes[sizes > 0])]
    return [(cases, ordered[cases, :size]) for cases, size in groups]


def _logit(values: FloatArray) -> FloatArray:
    share = np.clip(values, EDGE, 100 - EDGE) / 100
    return np.asarray(np.log(share / (1 - share)))


def _percent(logit: FloatArray) -> FloatArray:
    return np.asarray(100 / (1 + np.exp(-logit)))


def _by_level(starts: Starts, pool: Donors) -> FloatArray:
    """Case × area × start: distance in level on the logistic scale; infinite for own spells and no spell."""
    distance = np.abs(_logit(starts.level)[:, None, None] - _logit(pool.level))
    return _of_others(distance, starts)


def _by_level_and_pace(starts: Starts, pool: Donors) -> FloatArray:
    """The same in level and pace, each in standard deviations; in level alone of a country without pace."""
    logit = _logit(pool.level)
    apart = _logit(starts.level)[:, None, None] - logit
    distance = np.square(apart / _spread_of_others(logit, starts.area))
    paced = ~np.isnan(starts.pace)
    apart = starts.pace[paced, None, None] - pool.pace
    in_pace = np.square(apart / _spread_of_others(pool.pace, starts.area[paced]))
    distance[paced] += np.where(np.isnan(in_pace), NO_PACE, in_pace)
    return _of_others(distance, starts)


def _of_others(distance: FloatArray, starts: Starts) -> FloatArray:
    distance[np.isnan(distance)] = np.inf
    distance[np.arange(len(starts.area)), starts.area] = np.inf
    return distance


def _spread_of_others(values: FloatArray, own: Places) -> FloatArray:
    """Case × 1 × 1: standard deviation over all but the own country's, leaving out what is missing; NaN where
    they are all the same, so that nothing is measured in it."""
    known = ~np.isnan(values)
    centred = np.where(known, values - (values[known].mean() if known.any() else 0), 0)
    n, first, second = (part.sum(axis=1) for part in (known, centred, centred**2))
    n, first, second = (part.sum() - part[own] for part in (n, first, second))
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.sqrt(second / n - (first / n) ** 2)
    return np.where(spread > 0, spread, np.nan)[:, None, None]


def _nearest(distance: FloatArray) -> Places:
    """Case × 80: places in area × start of the nearest, at most three of a country; -1 where there is none.

    Of equals the earlier start comes first, then the area. Uses up `distance`.
    """
    n_cases, n_areas, n_starts = distance.shape
    areas = np.arange(n_areas)
    places, near = [], []
    for _ in range(min(MOST_OF_ONE, n_starts)):
        start = distance.argmin(axis=2)
        places.append(areas * n_starts + start)
        near.append(np.take_along_axis(distance, start[:, :, None], axis=2)[:, :, 0])
        np.put_along_axis(distance, start[:, :, None], np.inf, axis=2)
    if not places:
        return np.zeros((n_cases, 0), dtype=np.int64)
    place, apart = np.concatenate(places, axis=1), np.concatenate(near, axis=1)
    by_year = place % n_starts * n_areas + place // n_starts
    order = np.lexsort((by_year, apart), axis=1)[:, :N_DONORS]
    place, apart = (np.take_along_axis(part, order, axis=1) for part in (place, apart))
    return np.where(np.isfinite(apart), place, -1)


def _at(values: FloatArray, places: Places) -> FloatArray:
    """Values of area × start at places; NaN at -1."""
    return np.where(places < 0, np.nan, values.ravel()[places]) if places.size else np.zeros(places.shape)


def _analogues(starts: Starts, pool: Donors, alike: Places) -> FloatArray:
    """The change on the logistic scale of those who were nearest in level and pace."""
    change = _logit(pool.outcome) - _logit(pool.level)
    return _percent(_logit(starts.level)[:, None] + _at(change, alike))


def _regression(starts: Starts, pool: Donors, near: Places) -> FloatArray:
    """The change on the logistic scale that pace and level explain, plus what donors near in level missed."""
    slopes = _slopes(starts, pool)
    terms = _terms(pool.level, pool.pace, pool.horizon)
    donor_terms = np.stack([_at(terms[..., k], near) for k in range(terms.shape[-1])], axis=-1)
    fitted = _percent(_at(_logit(pool.level), near) + np.einsum("cdk,ck->cd", donor_terms, slopes))
    own_terms = _terms(starts.level, starts.pace, pool.horizon)
    centre = _percent(_logit(starts.level) + np.einsum("ck,ck->c", own_terms, slopes))
    return centre[:, None] + _at(pool.outcome, near) - fitted


def _terms(level: FloatArray, pace: FloatArray, horizon: int) -> FloatArray:
    """Constant, change at the pace so far (0 without one) and level on the logistic scale, in a last axis."""
    return np.stack([np.ones_like(level), np.nan_to_num(pace) * horizon, _logit(level)], axis=-1)


def _slopes(starts: Starts, pool: Donors) -> FloatArray:
    """Case × term: least squares over the spells of the others, by the sums of all without their own.

    Where the terms do not tell each other apart, as without any pace, the smallest slopes that fit.
    """
    is_fitted = (pool.level > REGRESSED[0]) & (pool.level < REGRESSED[1])
    terms = np.where(is_fitted[..., None], _terms(pool.level, pool.pace, pool.horizon), 0)
    change = np.where(is_fitted, _logit(pool.outcome) - _logit(pool.level), 0)
    products, moments = np.einsum("ask,asl->akl", terms, terms), np.einsum("ask,as->ak", terms, change)
    of_others = products.sum(axis=0) - products[starts.area], moments.sum(axis=0) - moments[starts.area]
    inverse = np.linalg.pinv(of_others[0], rcond=1e-12, hermitian=True)
    return np.asarray(np.einsum("ckl,cl->ck", inverse, of_others[1]))


def _line(starts: Starts, pool: Donors, near: Places) -> FloatArray:
    """The own straight line, plus what the lines of donors near in level missed."""
    missed = pool.outcome - straight(pool.level, pool.pace, pool.horizon)
    return straight(starts.level, starts.pace, pool.horizon)[:, None] + _at(missed, near)


def fan(starts: Starts, pool: Donors, near: float) -> FloatArray:
    """Case × area: the fan of past achievements from the level of each case, in per cent.

    One spell of every other country, its nearest in level of those at most `near` points away (of equals the
    latest), as `kpis.progress.fan` has it. NaN where there is none, and throughout with fewer than 10.
    """
    backwards = np.abs(starts.level[:, None, None] - pool.level[:, ::-1])
    distance = _of_others(np.where(backwards <= near, backwards, np.inf), starts)
    start = pool.level.shape[1] - 1 - distance.argmin(axis=2)
    places = np.arange(len(pool.level)) * pool.level.shape[1] + start
    places = np.where(np.isfinite(distance.min(axis=2)), places, -1)
    reached = np.clip(starts.level[:, None] + _at(pool.outcome - pool.level, places), 0, 100)
    return np.where((places >= 0).sum(axis=1, keepdims=True) < MIN_AREAS, np.nan, reached)


def straight(level: FloatArray, pace: FloatArray, horizon: int) -> FloatArray:
    """A line with the pace so far, cut to 0 to 100; level with no pace."""
    return np.asarray(np.clip(level + np.nan_to_num(pace) * horizon, 0, 100))

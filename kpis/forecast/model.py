"""How a sub-index moves from one edition to later ones: a common change, an own part, and what is left.

The recipe and the constants come from a comparison of eleven methods by rolling origins (2008 to 2022). Its
message is how little is known: hardly any method beats "as today" for ranks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kpis.errors import RequestError
from kpis.forecast.panel import INDICES, FloatArray, Panel

MOST_AHEAD = 3  # editions; no longer horizon was tested
RIDGE = 100.0  # on the feature's mean square
CARRIED = np.array([1.0, 1.0, 0.0])  # the sign of HCI's common change follows its definition
PRIOR = 3.0  # editions that the mean variance of the three indices counts for
ALLOWANCE = 1.25  # on the common shock; chosen after the backtest
FEWEST_DEGREES = 3
NO_VARIANCE = 1e-18  # equal changes differ by rounding alone; such an index gets no common shock
# Standard deviations beyond which a change is taken for an error of the figure, so for missing: Fiji reports
# 361 mobile subscriptions per 100 people in 2023 after 108 in 2021 (18); the next largest change has 7.
LARGEST_FEATURE = 8.0


@dataclass(frozen=True)
class Fit:
    """What the editions up to the last one say of `ahead` editions later. Index order: OSI, TII, HCI.

    shift: index, common change an edition. own: area × index, own part over the horizon, mean 0.
    centre: area × index, last value plus both; NaN without a last value; not cut to 0 to 1.
    residuals: spell × area × index, what a fit without that spell leaves; NaN where not observed.
    start_levels: spell × area, mean of the three indices at the start of the spell.
    common: step × index, scaled so that a standard normal for each step gives the common shock.
    degrees: of freedom of the common shock.
    """

    areas: tuple[str, ...]
    origin: int
    ahead: int
    last: FloatArray
    shift: FloatArray
    slopes: tuple[FloatArray, ...]
    own: FloatArray
    centre: FloatArray
    residuals: FloatArray
    start_levels: FloatArray
    common: FloatArray
    degrees: int

    @property
    def year(self) -> int:
        """The edition that is forecast."""
        return self.origin + 2 * self.ahead


def fit(panel: Panel, ahead: int = 1) -> Fit:
    """Fits the recipe on a panel, `ahead` editions beyond its last.

    Raises RequestError for a horizon of more than three editions, or with too few editions to learn from.
    """
    if not 1 <= ahead <= MOST_AHEAD:
        raise RequestError(f"A forecast reaches 1 to {MOST_AHEAD} editions ahead, not {ahead}.")
    if len(panel.editions) < fewest_editions(ahead):
        raise RequestError(
            f"A forecast that looks {ahead} ahead needs at least {fewest_editions(ahead)} editions; "
            f"there are {len(panel.editions)}."
        )
    n_spells = len(panel.editions) - ahead
    steps = np.nanmean(panel.levels[1:] - panel.levels[:-1], axis=1)
    shift = steps.mean(axis=0) * CARRIED
    outcomes = _deviation(panel.levels[ahead:] - panel.levels[:-ahead])
    features = [_features(panel, name) for name in INDICES]
    slopes = tuple(_slopes(features[k][:n_spells], outcomes[:, :, k]) for k in range(len(INDICES)))
    own = np.stack([features[k][-1] @ slopes[k] for k in range(len(INDICES))], axis=1)
    own -= own.mean(axis=0)
    last = panel.levels[-1]
    return Fit(
        areas=panel.areas,
        origin=panel.editions[-1],
        ahead=ahead,
        last=last,
        shift=shift,
        slopes=slopes,
        own=own,
        centre=last + ahead * shift + own,
        residuals=_residuals(features, outcomes, n_spells),
        start_levels=panel.levels[:n_spells].mean(axis=2),
        common=_common_shock(steps, ahead),
        degrees=max(len(steps) - 1, FEWEST_DEGREES),
    )


def fewest_editions(ahead: int) -> int:
    """How many editions a forecast needs: one step to learn from, one more to judge it by."""
    return max(3, ahead + 1)


def _deviation(values: FloatArray) -> FloatArray:
    """Deviation from the mean of the areas with a value (axis 1); missing stays missing."""
    with np.errstate(invalid="ignore"):
        mean = np.nansum(values, axis=1, keepdims=True) / np.maximum(
            np.sum(~np.isnan(values), axis=1, keepdims=True), 1
        )
    return np.asarray(values - mean)


def _features(panel: Panel, index: str) -> FloatArray:
    """Edition × area × feature: deviations, 0 where missing. HCI has none."""
    columns = {
        "OSI": (panel.osi_change,),
        "TII": (panel.internet_change, panel.mobile_change),
        "HCI": (),
    }[index]
    shape = (*panel.osi_change.shape, len(columns))
    features = np.zeros(shape)
    for place, values in enumerate(columns):
        deviation = np.nan_to_num(_deviation(values))
        largest = LARGEST_FEATURE * np.sqrt(np.mean(deviation**2))
        features[:, :, place] = np.where(np.abs(deviation) <= largest, deviation, 0.0)
    return features


def _slopes(features: FloatArray, outcomes: FloatArray) -> FloatArray:
    """Slopes without intercept, by ridge on the mean square of each feature. Spell × area × feature."""
    if features.shape[2] == 0:
        return np.zeros(0)
    rows = features.reshape(-1, features.shape[2])
    target = np.nan_to_num(outcomes).reshape(-1)
    penalty = RIDGE * np.diag(np.mean(rows**2, axis=0))
    gram = rows.T @ rows + penalty
    return np.asarray(np.linalg.lstsq(gram, rows.T @ target, rcond=None)[0], dtype=np.float64)


def _residuals(features: list[FloatArray], outcomes: FloatArray, n_spells: int) -> FloatArray:
    """What a fit without the spell leaves of it, minus its mean; with a single spell, a fit with it."""
    residuals = np.empty_like(outcomes)
    for spell in range(n_spells):
        others = [other for other in range(n_spells) if other != spell] or [spell]
        for k, values in enumerate(features):
            slopes = _slopes(values[others], outcomes[others, :, k])
            residuals[spell, :, k] = outcomes[spell, :, k] - values[spell] @ slopes
    return _deviation(residuals)


def _common_shock(steps: FloatArray, ahead: int) -> FloatArray:
    """Deviations of the common change, each index shrunk to the mean variance, scaled to the horizon."""
    n = len(steps)
    deviations = (steps - steps.mean(axis=0)) / np.sqrt(n - 1)
    variance = np.sum(deviations**2, axis=0)
    wanted = ((n - 1) * variance + PRIOR * variance.mean()) / (n - 1 + PRIOR)
    factor = np.sqrt(np.divide(wanted, variance, out=np.zeros_like(variance), where=variance > NO_VARIANCE))
    return np.asarray(deviations * factor * ALLOWANCE * np.sqrt(ahead + ahead**2 / n))

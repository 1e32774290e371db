"""Joint draws of the future of all Member States, so that ranks of one draw add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import chdtri, ndtri

from kpis.forecast.model import Fit
from kpis.forecast.panel import FloatArray

SEED = 2026
N_DRAWS = 2000
NEAREST = 40  # donors of a residual: the areas nearest in level
DECIMALS = 4  # of a drawn EGDI; equal values share a rank
PRINTED_DECIMALS = 5  # of the published one: the UN ranks by them


@dataclass(frozen=True)
class Draws:
    """Draw × area. indices: draw × area × index; egdi: their mean; rank: 1 is best. NaN: no forecast."""

    areas: tuple[str, ...]
    year: int
    indices: FloatArray
    egdi: FloatArray
    rank: FloatArray


def draws(fit: Fit, n: int = N_DRAWS, seed: int = SEED, gain: FloatArray | None = None) -> Draws:
    """Draws the edition that a fit looks at.

    gain: area × index, added to the centre before it is cut to 0 to 1, as a plan would; None is no plan.
    The same seed gives the same draws on every machine; more draws only add rows.
    """
    indices = before_cut(fit, shocks(fit, n, seed))
    indices = np.clip(indices if gain is None else indices + gain, 0.0, 1.0)
    egdi = indices.mean(axis=2)
    return Draws(fit.areas, fit.year, indices, egdi, competition_rank(egdi))


@dataclass(frozen=True)
class Shocks:
    """What is drawn at random. common: draw × index, the same for all; donor: draw × area, the place of the
    area whose residuals it takes, of the spell `spell_of(draw)`.
    """

    common: FloatArray
    donor: npt.NDArray[np.int16]


def before_cut(fit: Fit, drawn: Shocks) -> FloatArray:
    """Draw × area × index, not yet cut to 0 to 1; NaN for an area without all three indices today."""
    own = fit.residuals[spell_of(fit, len(drawn.common))[:, None], drawn.donor]
    indices = fit.centre + drawn.common[:, None, :] + own
    indices[:, np.isnan(fit.centre).any(axis=1)] = np.nan
    return np.asarray(indices)


def one_before_cut(fit: Fit, drawn: Shocks, place: int) -> FloatArray:
    """Draw × index of one area: its part of `before_cut`, to the last bit."""
    own = fit.residuals[spell_of(fit, len(drawn.common)), drawn.donor[:, place]]
    indices = fit.centre[place] + drawn.common + own
    return np.full_like(indices, np.nan) if np.isnan(fit.centre[place]).any() else indices


def spell_of(fit: Fit, n: int) -> npt.NDArray[np.intp]:
    """The past spell whose residuals each draw takes."""
    return np.arange(n) % len(fit.residuals)


def shocks(fit: Fit, n: int = N_DRAWS, seed: int = SEED) -> Shocks:
    """The random part of the draws. The same seed gives the same; more draws only add rows."""
    n_steps, n_areas = len(fit.common), len(fit.areas)
    uniform = _uniform(n, n_steps + 1 + n_areas, seed)
    normal, tail, choice = np.split(uniform, [n_steps, n_steps + 1], axis=1)
    scale = np.sqrt(fit.degrees / chdtri(fit.degrees, tail))
    return Shocks((ndtri(normal) @ fit.common) * scale, _chosen(fit, choice))


def _uniform(rows: int, columns: int, seed: int) -> FloatArray:
    """Numbers between 0 and 1 from the raw bits of PCG64, row by row."""
    raw = np.random.PCG64(seed).random_raw(rows * columns)
    return np.asarray(((raw >> np.uint64(11)).astype(np.float64) + 0.5).reshape(rows, columns) * 2.0**-53)


def _chosen(fit: Fit, choice: FloatArray) -> npt.NDArray[np.int16]:
    """Draw × area: the place of an area near in level, of one spell in each draw."""
    n_spells = len(fit.residuals)
    chosen = np.empty(choice.shape, dtype=np.int16)
    level = fit.last.mean(axis=1)
    for spell in range(n_spells):
        rows = slice(spell, None, n_spells)
        donors = _donors(fit, spell, level)
        place = np.floor(choice[rows] * donors.shape[1]).astype(int)
        chosen[rows] = donors[np.arange(len(level)), place]
    return chosen


def _donors(fit: Fit, spell: int, level: FloatArray) -> np.ndarray:
    """Area × donor: the areas nearest in level at the start of a spell, itself allowed, nearest first."""
    start = fit.start_levels[spell]
    complete = np.flatnonzero(~np.isnan(start) & ~np.isnan(fit.residuals[spell]).any(axis=1))
    distance = np.abs(start[complete] - level[:, None])
    order = np.argsort(np.nan_to_num(distance), axis=1, kind="stable")
    return np.asarray(complete[order[:, : min(NEAREST, len(complete))]])


def competition_rank(egdi: FloatArray, decimals: int = DECIMALS) -> FloatArray:
    """Ranks of each row, 1 for the highest; values equal at these decimals share the better rank.

    >>> competition_rank(np.array([[0.50001, 0.50004, 0.4, np.nan, 0.9]]))
    array([[ 2.,  2.,  4., nan,  1.]])
    """
    rounded = np.round(egdi, decimals)
    best_first = -np.nan_to_num(rounded, nan=-1.0)
    order = np.argsort(best_first, axis=-1)
    ordered = np.take_along_axis(best_first, order, axis=-1)
    begins = np.ones(ordered.shape, dtype=bool)  # a tie inherits the place before it
    begins[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    places = np.where(begins, np.arange(1.0, ordered.shape[-1] + 1), 0.0)
    ranks = np.empty(ordered.shape)
    np.put_along_axis(ranks, order, np.maximum.accumulate(places, axis=-1), axis=-1)
    ranks[np.isnan(rounded)] = np.nan
    return ranks

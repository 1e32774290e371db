"""Ranks. OECD/JRC Handbook (2008), Step 10 (presentation)."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpis.composite.cards import COINR, card
from kpis.composite.tables import Floats, Time, period_blocks, wide_table
from kpis.composite.ties import starts
from kpis.errors import DataError

Ranks = npt.NDArray[np.int32]


def rank_rows(scores: Floats, *, relative_to_each: bool = False) -> Ranks:
    """Competition ranks (1, 2, 2, 4) within each row of a matrix; 1 = highest, 0 where the score is
    missing.

    Scores that are equal up to the last bits share a rank; relative_to_each: of figures in units of
    their own, see `ties.starts`.
    """
    worst_first = np.negative(scores)
    order = np.argsort(worst_first, axis=1)
    ordered = np.take_along_axis(worst_first, order, axis=1)
    begin = np.zeros(scores.shape, dtype=np.int32)
    # a place starts a new rank where the score changes; a tie inherits the start before it
    np.multiply(
        starts(ordered, relative_to_each=relative_to_each),
        np.arange(1, scores.shape[1], dtype=np.int32),
        out=begin[:, 1:],
    )
    np.maximum.accumulate(begin, axis=1, out=begin)
    ranks = np.empty(scores.shape, dtype=np.int32)
    np.put_along_axis(ranks, order, begin + 1, axis=1)
    ranks[np.isnan(scores)] = 0
    return ranks


@overload
def rank(scores: pd.DataFrame, *, time: Time = None) -> pd.DataFrame: ...
@overload
def rank(scores: pd.Series[Any], *, time: Time = None) -> pd.Series[Any]: ...


@card(
    "rank.competition",
    name="Competition rank",
    step="10 presentation",
    formula="1 + number of areas with a higher score; ties share the better rank (1, 2, 2, 4); scores that "
    "differ by at most 1e-9 of the largest are a tie, whole numbers only where they are the same",
    undefined="the score is missing",
    source=f"{COINR}, R/DFtools.R (rank_df)",
    tolerance=0.0,
)
def rank(scores: pd.DataFrame | pd.Series[Any], *, time: Time = None) -> pd.DataFrame | pd.Series[Any]:
    """Rank areas: 1 = best, ties share the better rank, on scores that are not rounded.

    scores: rows areas, one column per indicator or index, or a Series; higher is better. In a panel
    (MultiIndex, or `time` with one period per row) every period is ranked on its own.
    Equal up to the last bits is equal: within 1e-9 of the largest score in size (`ties`). A column of whole
    numbers is a count, exact as it stands.
    Returns the same shape; ranks as floats, because missing stays missing and counts nobody.
    Raises DataError for anything but numbers, RequestError for an unknown time level.
    Source: OECD/JRC Handbook (2008), Step 10; COINr `rank_df`.
    """
    if isinstance(scores, pd.Series):
        ranked = rank(scores.to_frame("score"), time=time)
        return pd.Series(ranked["score"].to_numpy(), index=scores.index, name=scores.name)
    if not isinstance(scores, pd.DataFrame):
        raise DataError(f"scores: a table or a column is needed, not {type(scores).__name__}.")
    table = wide_table(scores, place="scores")
    result = np.full(table.shape, np.nan)
    for rows in period_blocks(table.index, time):
        places = _places(np.ascontiguousarray(table.to_numpy()[rows].T)).T
        result[rows] = np.where(places == 0, np.nan, places)
    return pd.DataFrame(result, index=table.index, columns=table.columns)


def _places(scores: Floats) -> Ranks:
    """Ranks within each row; rows of whole numbers by rank of the number itself, however large one is."""
    whole = ((scores == np.rint(scores)) | np.isnan(scores)).all(axis=1)
    ranks = rank_rows(scores)
    ranks[whole] = rank_rows(scores[whole], relative_to_each=True)
    return ranks

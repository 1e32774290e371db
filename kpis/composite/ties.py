"""When two scores are equal. The one home of that question: every rank and every contest asks here.

A score is a sum of products, and a sum in another order differs in its last bits: 0.1 + 0.2 + 0.7 is not
0.7 + 0.2 + 0.1. Such scores are equal to every reader, so they share a rank.
"""

from __future__ import annotations

import numpy as np

from kpis.composite.tables import Bools, Floats

SHARE = 1e-9
"""Neighbours in order are equal if they lie within this share of the scale; what sources print is coarser."""
_RELATIVE = 1e-12  # of a figure's own size: the last bits of what came from a division or a spreadsheet
_BITS = 1e-15  # of the largest figure: what is left of 0.3 - 0.1 - 0.2


def starts(ordered: Floats, *, relative_to_each: bool = False) -> Bools:
    """Where a new rank starts: rows × (columns - 1), true where a place differs from the one before it.

    ordered: rows sorted, missing last. Equal are neighbours no further apart than SHARE of the scale, which
    is the largest score of the row in size. So a tie does not depend on who is named first, holds from both
    ends, and passes on along neighbours (a = b and b = c make a = c, where the steps are that small).
    relative_to_each: for figures in units of their own, whose largest may be a billion times their smallest:
    only the last bits of the two neighbours themselves are left aside, and counts are exact.
    A missing score is equal to none.
    """
    # the largest in size stands first or last, before the missing ones
    lowest = np.fmin.reduce(ordered[:, :1], axis=1, initial=0.0)
    ends = np.fmax(-lowest, np.fmax.reduce(ordered, axis=1, initial=0.0))
    scale = ends[:, None]
    if relative_to_each:
        size = np.abs(ordered)
        width = np.maximum(_RELATIVE * np.maximum(size[:, 1:], size[:, :-1]), _BITS * scale)
    else:
        width = SHARE * scale
    with np.errstate(invalid="ignore"):  # infinite less infinite
        gaps = ordered[:, 1:] - ordered[:, :-1]
    if np.isfinite(ends).all():
        same: Bools = gaps <= width
    else:
        same = (gaps <= np.where(np.isfinite(width), width, 0.0)) | (ordered[:, 1:] == ordered[:, :-1])
    return ~same

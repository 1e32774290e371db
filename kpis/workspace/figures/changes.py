"""What accepting a table changes: figures that are new, changed, unchanged or removed against those held."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kpis.workspace.figures.model import FIGURE_COLUMNS, KEY, OwnFigures

NEW, CHANGED, SAME, REMOVED = "new", "changed", "unchanged", "removed"
KINDS = (NEW, CHANGED, REMOVED, SAME)


@dataclass(frozen=True)
class Changes:
    """rows: one per series, area and period, with `kind` and the values before and after."""

    rows: pd.DataFrame

    @property
    def counts(self) -> dict[str, int]:
        """How many figures of each kind, all kinds named."""
        return {kind: int((self.rows["kind"] == kind).sum()) for kind in KINDS}


def changes(held: OwnFigures | None, read: OwnFigures) -> Changes:
    """The figures of a table beside those held under the same name; all are new where none are held.

    rows: `KEY`, before, after, kind; another status or note alone is a change too.
    """
    before = read.figures.iloc[:0] if held is None else held.figures
    both = before.merge(read.figures, on=KEY, how="outer", suffixes=("_before", "_after"), indicator=True)
    rest = [name for name in FIGURE_COLUMNS if name not in KEY]
    same = pd.Series(True, index=both.index)
    for name in rest:
        same &= both[f"{name}_before"] == both[f"{name}_after"]
    kind = both["_merge"].astype(str).map({"left_only": REMOVED, "right_only": NEW, "both": CHANGED})
    rows = both[KEY].assign(
        before=both["obs_value_before"].astype("float64"),
        after=both["obs_value_after"].astype("float64"),
        kind=kind.where(~((kind == CHANGED) & same), SAME),
    )
    return Changes(rows)

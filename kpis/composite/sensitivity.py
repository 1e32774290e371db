"""What each element contributes: leave it out and look. OECD/JRC Handbook (2008), Step 7 (sensitivity)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from kpis.composite.aggregate import edge_weights, leaves, make_plan, roll_up
from kpis.composite.cards import COINR, card
from kpis.composite.means import Options, Penalty
from kpis.composite.rank import rank
from kpis.composite.structure import Hierarchy, read_structure
from kpis.composite.tables import Floats, Time, unique_rows, wide_table
from kpis.errors import RequestError, unknown


@dataclass(frozen=True)
class LeaveOneOut:
    """scores, ranks: rows areas, column "nominal" and one per element left out; ranks 1 = best.

    shifts: nominal rank minus rank without the element (above 0: the area does better without it), in
    places.
    mean_shift: mean absolute shift of each element over the areas ranked both times, in places.
    """

    scores: pd.DataFrame
    ranks: pd.DataFrame
    shifts: pd.DataFrame
    mean_shift: pd.Series[float]


@card(
    "sensitivity.leave-one-out",
    name="Leave one out",
    step="7 sensitivity",
    formula="weight of one element set to 0, all else alike; mean |rank - rank without it|",
    undefined="the element is all there is: the scores without it are missing",
    source=f"{COINR}, R/audit_tools.R (remove_elements)",
    tolerance=0.0,
)
def leave_one_out(
    scores: pd.DataFrame,
    structure: pd.DataFrame | Hierarchy,
    *,
    level: int = 1,
    codes: Iterable[str] | None = None,
    top: str | None = None,
    method: str | Mapping[int | str, str] = "arithmetic",
    min_coverage: float | Mapping[int | str, float] = 0.0,
    power: float = 2.0,
    penalty: Penalty = "down",
    ddof: int = 0,
    time: Time = None,
) -> LeaveOneOut:
    """Rank the index without each element in turn.

    scores, structure, method, min_coverage, power, penalty, ddof: as in `aggregate`. level: which elements
    to leave out (1 indicators); codes: exactly these instead. top: the index to watch, needed if the
    structure has several. In a panel ranks are per period (see `rank`).
    Missing: an area without a score has no rank and no shift.
    Raises RequestError for a wrong structure, an unknown code or a level without elements below the top.
    Source: OECD/JRC Handbook (2008), Step 7; COINr `remove_elements`.
    """
    tree = read_structure(structure)
    index = tree.top(top)
    table = wide_table(scores, place="scores")
    unique_rows(table, place="scores")
    plan = make_plan(tree, method, min_coverage, Options(power, penalty, ddof))
    batches = leaves(table, tree)

    def score(reduced: Hierarchy) -> Floats:
        scored: Floats = roll_up(reduced, batches, edge_weights(reduced), plan)[index][0]
        return scored

    columns = {"nominal": score(tree)}
    for code in _elements(tree, level, codes):
        columns[code] = score(tree.with_weights({code: 0.0}))
    result = pd.DataFrame(columns, index=table.index)
    ranks = rank(result, time=time)
    shifts = ranks.drop(columns="nominal").rsub(ranks["nominal"], axis=0)
    return LeaveOneOut(result, ranks, shifts, shifts.abs().mean().rename("mean_shift"))


def _elements(tree: Hierarchy, level: int, codes: Iterable[str] | None) -> list[str]:
    if codes is not None:
        elements = list(codes)
        for code in elements:
            if code not in tree.edges:
                raise RequestError(unknown("element", code, tree.edges, place="leave_one_out"))
        return elements
    levels = dict.fromkeys(tree.indicators, 1) | {node.code: node.level for node in tree.nodes}
    codes_of_level = [code for code in tree.edges if levels[code] == level]
    if not codes_of_level:
        allowed = sorted({levels[code] for code in tree.edges})
        raise RequestError(f"level: no element at level {level}. Allowed: {', '.join(map(str, allowed))}.")
    return codes_of_level

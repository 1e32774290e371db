"""The actions that move one gate, and no others."""

from __future__ import annotations

import pandas as pd

from kpis.cases import knowledge
from kpis.cases.repository import checked_codes
from kpis.stages import STAGES


def actions_for_gate(kpi: str, *, dimension: str, stage: str | None = None, lang: str = "en") -> pd.DataFrame:
    """Actions for bringing one KPI to the bar of `stage` (any if None): its own first, then general ones.

    Columns of `knowledge.actions`, and for_kpi (the KPI that the action moves; "" for a general action, which
    serves the dimension without moving this figure by itself) and from_other_step: the step has no action of
    this KPI, so those of the nearest other step that has some stand in. An action that names other KPIs only
    is left out: it would read as if it moved this gate. Indexed by action_id.
    Raises RequestError for an unknown dimension, stage or language. A KPI without actions has general ones.
    """
    rows = knowledge.actions(dimension, lang=lang)
    of_kpi = rows[rows["kpis"].map(lambda kpis: kpi in kpis).astype(bool)]
    general = rows[rows["scope"] == knowledge.GENERAL]
    other = False
    if stage is not None:
        checked_codes("stage", stage, STAGES[1:])
        nearest = _nearest(of_kpi["to_stage"], stage)
        of_kpi, other = of_kpi[of_kpi["to_stage"] == nearest], nearest != stage
        general = general[general["to_stage"] == stage]
    return pd.concat(
        [
            of_kpi.assign(for_kpi=kpi, from_other_step=other),
            general.assign(for_kpi="", from_other_step=False),
        ]
    )


def _nearest(steps: pd.Series, stage: str) -> str:
    """The step itself where it has actions, else the nearest that has; of two equally near the lower one."""
    aim = STAGES.index(stage)
    return min(
        steps.unique(), key=lambda step: (abs(STAGES.index(step) - aim), STAGES.index(step)), default=stage
    )

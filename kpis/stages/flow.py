"""Who changed the overall stage between two years, confirmed on the KPIs with data in both."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kpis.errors import RequestError
from kpis.stages import rules
from kpis.stages.panel import Ints
from kpis.stages.readers import Tables, computed, known_year
from kpis.warehouse.current import DEFAULT


def overall_movers(from_year: int, to_year: int, store: Tables = DEFAULT) -> pd.DataFrame:
    """Overall stages in two years: one row per ref_area with an overall stage in both.

    stage_from, stage_to, change (stages), change_same_kpis: the change of the overall stage when every
    dimension is judged only by the KPIs that have data in both years (a dimension with fewer than three such
    KPIs is left out; missing with fewer than two dimensions), n_same: how many dimensions these are.
    Largest rise first. Raises RequestError if a year has no stages or the first is not before the second.
    Source: methodology, B.3; the comparison on the same KPIs is this project's, as in `movers`.
    """
    stages = computed(store)
    start, end = known_year(stages, from_year), known_year(stages, to_year)
    if start >= end:
        raise RequestError(f"from_year {from_year} must lie before to_year {to_year}.")
    cube = stages.stage_cube()
    before, after = rules.overall(cube[start])[0], rules.overall(cube[end])[0]
    same = [_on_same_kpis(result.level[start], result.level[end]) for result in stages.dimensions.values()]
    old, new = (np.stack([pair[n] for pair in same], axis=-1) for n in (0, 1))
    was, now = rules.overall(old)[0], rules.overall(new)[0]
    rows = pd.DataFrame(
        {
            "ref_area": stages.panel.areas,
            "stage_from": before,
            "stage_to": after,
            "change": after - before,
            "change_same_kpis": pd.Series(np.where((was >= 0) & (now >= 0), now - was, np.nan)).astype(
                "Int8"
            ),
            "n_same": rules.with_data(old),
        }
    )
    rows = rows[(before >= 0) & (after >= 0)]
    return rows.sort_values(["change", "ref_area"], ascending=[False, True], ignore_index=True)


def _on_same_kpis(before: Ints, after: Ints) -> tuple[Ints, Ints]:
    """Stages of a dimension at two times over the KPIs with data at both; -1 with too few."""
    common = (before >= 0) & (after >= 0)
    old, new = (rules.stage_two_thirds(np.where(common, level, -1)) for level in (before, after))
    return old, new

"""What a what-if does to the stages of the countries it changes."""

from __future__ import annotations

import pandas as pd

from kpis import stages
from kpis.stages.readers import Tables, inputs
from kpis.warehouse import current

COLUMNS = ["ref_area", "dimension", "stage_before", "stage_after"]


def stages_before_and_after(
    store: Tables | None, edition: int, changed: dict[str, dict[str, float]]
) -> pd.DataFrame:
    """Stages of the changed countries with the published figures and with the changed ones.

    changed: by area, values of the edition by KPI id (indices and components). One row per area and
    dimension: ref_area, dimension, stage_before, stage_after (0 emerging to 3 connected, missing = not
    assessed), in the last year with gate data. Only KPIs that are gates move a stage. Errors: as in
    `stages.profile`.
    """
    tables = store if store is not None else current.store()
    values, gates, _areas = inputs(tables)
    year = int(values["time_period"].max())
    own = values[values["ref_area"].isin(changed)].copy()
    rows = own["time_period"] == edition
    wished = {(area, kpi): value for area, wanted in changed.items() for kpi, value in wanted.items()}
    keys = pd.MultiIndex.from_frame(own.loc[rows, ["ref_area", "kpi"]])
    moved = pd.Series(wished).reindex(keys).to_numpy()
    after = own.copy()
    after.loc[rows, "obs_value"] = pd.Series(moved, index=own.index[rows]).fillna(own.loc[rows, "obs_value"])
    parts = [
        stages.compute(frame, gates, areas=list(changed), years=[year])
        .table()
        .set_index(["ref_area", "dimension"])["stage"]
        for frame in (own, after)
    ]
    return pd.concat(parts, axis=1, keys=COLUMNS[2:]).reset_index()[COLUMNS]

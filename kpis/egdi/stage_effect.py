"""What a what-if does to the stages of the countries it changes."""

from __future__ import annotations

import pandas as pd

from kpis import stages
from kpis.stages.readers import Tables, inputs, year_of_reading
from kpis.warehouse.current import with_store

PARTICIPATION = "OSI_EPI"  # printed as a part of OSI; the gates read the same index as EPI
AFTER = "*"  # marks the changed copy of an area, so that both are judged in one pass
COLUMNS = ["ref_area", "dimension", "stage_before", "stage_after"]


@with_store
def stages_before_and_after(
    store: Tables,
    edition: int,
    changed: dict[str, dict[str, float]],
    participation: dict[str, float],
) -> pd.DataFrame:
    """Stages of the changed countries with the published figures and with the changed ones.

    changed: by area, values of the edition by KPI id (indices and components). participation: by area, the
    change of OSI_EPI, which EPI, the same index under its own name, takes part in. One row per area and
    dimension: ref_area, dimension, stage_before, stage_after (0 emerging to 3 connected, missing = not
    assessed), in the year of reading. Only KPIs that are gates move a stage. Errors: as in
    `stages.profile`.
    """
    values, gates, _areas = inputs(store)
    year = year_of_reading(store)
    before = values[values["ref_area"].isin(changed)]
    after = before.assign(ref_area=before["ref_area"] + AFTER)
    rows = after["time_period"] == edition
    wished = {
        (area + AFTER, kpi): value
        for area, values_of_area in changed.items()
        for kpi, value in values_of_area.items()
    }
    keys = pd.MultiIndex.from_frame(after.loc[rows, ["ref_area", "kpi"]])
    moved = pd.Series(pd.Series(wished).reindex(keys).to_numpy(), index=after.index[rows])
    after.loc[rows, "obs_value"] = moved.fillna(after.loc[rows, "obs_value"])
    for area, change in participation.items():
        rows_of_area = rows & (after["ref_area"] == area + AFTER) & (after["kpi"] == "EPI")
        after.loc[rows_of_area, "obs_value"] += change
    both = [*changed, *(area + AFTER for area in changed)]
    judged = stages.compute(pd.concat([before, after]), gates, areas=both, years=[year]).table()
    stage = judged.set_index(["ref_area", "dimension"])["stage"].unstack("dimension")
    sides = [stage.loc[[*changed]], stage.loc[[area + AFTER for area in changed]].set_axis([*changed])]
    pairs = [frame.rename_axis("ref_area").stack(future_stack=True) for frame in sides]
    return pd.concat(pairs, axis=1, keys=COLUMNS[2:]).reset_index()[COLUMNS]

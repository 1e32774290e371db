"""The stages of one area in one year, opened to every KPI and bar behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kpis.stages import frames, rules
from kpis.stages.core import BARS, Stages
from kpis.stages.gates import STAGES
from kpis.stages.readers import Tables, computed, known_area, known_year
from kpis.warehouse.current import DEFAULT

STAGE_COLUMNS = ("stage", "stage_all", "stage_mean", "next_stage")


@dataclass(frozen=True)
class Profile:
    """Where one area stands, what blocks its next stage, and how sure that is.

    overall: stage of the whole profile, 0 emerging … 3 connected, None = not assessed; median: before cut
    and cap; capped: whether the weakest dimension costs a stage; bottleneck: the weakest dimensions, where
    they stand below the median.
    dimensions: one row per dimension, columns of `Stages.table`, and chance_0 … chance_3 of each stage under
    bars moved by up to ten per cent.
    gates: one row per dimension and KPI: next_stage (at the top: the top), bar, value, time_period, age,
    level, position, distance (steps; 0 = bar met), passes, blocks, in_unlock, basis, role, next_expected
    (year of the next edition, missing where none is known or it has passed). Without data value, distance and
    passes are missing.
    """

    area: str
    year: int
    overall: int | None
    median: float | None
    capped: bool
    bottleneck: tuple[str, ...]
    in_doubt: bool
    doubt_from: tuple[str, ...]
    dimensions: pd.DataFrame
    gates: pd.DataFrame

    @property
    def overall_stage(self) -> str | None:
        """Name of the overall stage."""
        return None if self.overall is None else STAGES[self.overall]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON: stages by name (None = not assessed), missing as None, rows as records."""
        return {
            "area": self.area,
            "year": self.year,
            "overall": {
                "stage": self.overall_stage,
                "median": self.median,
                "capped": self.capped,
                "bottleneck": list(self.bottleneck),
                "in_doubt": self.in_doubt,
                "doubt_from": list(self.doubt_from),
                "n_dimensions": int(self.dimensions["stage"].notna().sum()),
            },
            "dimensions": [_plain(row) for row in self.dimensions.to_dict("records")],
            "gates": [_plain(row) for row in self.gates.to_dict("records")],
        }


def profile(area: str, year: int | None = None, store: Tables = DEFAULT) -> Profile:
    """The stages of one UN Member State.

    area: ISO 3166-1 code or name. year: default the year of reading; values up to it are used. store: default
    the default warehouse. Missing figures are "not assessed", never a low stage.
    Raises RequestError for an unknown area or year. Source: methodology, B.3.
    """
    stages = computed(store)
    a, y = known_area(stages, area), known_year(stages, year)
    when = stages.panel.years[y]
    dimensions = stages.rows_of(a, y).drop(columns=["ref_area", "time_period"])
    chances = np.stack([result.chances[y, a] for result in stages.dimensions.values()])
    dimensions = dimensions.assign(**{f"chance_{stage}": chances[:, stage] for stage in range(len(STAGES))})
    whole = stages.overall_of(a, y)
    assessed = bool(pd.notna(whole["stage"]))
    return Profile(
        area=stages.panel.areas[a],
        year=when,
        overall=int(whole["stage"]) if assessed else None,
        median=float(whole["median"]) if assessed else None,
        capped=bool(whole["capped"]) if assessed else False,
        bottleneck=tuple(whole["bottleneck"]),
        in_doubt=bool(whole["in_doubt"]) if assessed else False,
        doubt_from=tuple(whole["doubt_from"]),
        dimensions=dimensions,
        gates=pd.concat([_gates(stages, name, y, a) for name in stages.dimensions], ignore_index=True),
    )


def _gates(stages: Stages, dimension: str, y: int, a: int) -> pd.DataFrame:
    result = stages.dimensions[dimension]
    columns = stages.columns(dimension)
    target = int(rules.next_stage(result.stage[y, a]))
    gates = stages.gates.iloc[columns]
    value, age, level = stages.panel.value[y, a, columns], stages.panel.age[y, a, columns], result.level[y, a]
    is_assessed = (level >= 0) & (target >= 0)
    return pd.DataFrame(
        {
            "dimension": dimension,
            "kpi": gates["kpi"].to_numpy(),
            "next_stage": frames.whole(np.full(len(columns), target)),
            "bar": gates[BARS[target - 1]].to_numpy(float) if target > 0 else np.nan,
            "value": value,
            "time_period": frames.whole(stages.panel.years[y] - age, np.isnan(age), bits="int64"),
            "age": frames.whole(age, np.isnan(age), bits="int64"),
            "level": frames.whole(level),
            "position": result.position[y, a],
            "distance": result.distance[y, a],
            "passes": frames.flags(level >= target, ~is_assessed),
            "blocks": result.blocking[y, a],
            "in_unlock": result.unlock[y, a],
            "basis": gates["basis"].to_numpy(),
            "role": gates["role"].to_numpy(),
            "next_expected": gates["next_expected"]
            .where(gates["next_expected"] >= stages.panel.years[-1])
            .array,
        }
    )


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    """A record of plain Python values; levels become names."""
    plain: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, list):
            plain[str(key)] = list(value)
        elif pd.isna(value):
            plain[str(key)] = None
        elif key in STAGE_COLUMNS:
            plain[str(key)] = STAGES[int(value)]
        else:
            plain[str(key)] = value.item() if isinstance(value, np.generic) else value
    return plain

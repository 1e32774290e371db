"""All stages at once: areas × dimensions × years, from values and gates, without touching a warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from kpis.stages import certainty, doubt, frames, rules
from kpis.stages.gates import STAGES
from kpis.stages.panel import Bools, Floats, Ints, Panel, build_panel

CONFIDENCE = ("low", "medium", "high")
BARS = list(STAGES[1:])


@dataclass(frozen=True)
class DimensionResult:
    """One dimension; arrays of shape (year, area), those of the KPIs (year, area, KPI)."""

    dimension: str
    kpis: tuple[str, ...]
    level: Ints
    position: Floats
    distance: Floats
    stage: Ints
    stage_all: Ints
    mean_position: Floats
    stage_mean: Ints
    blocking: Bools
    blocking_all: Bools
    unlock: Bools
    confidence: Ints
    chances: Floats
    chances_revisions: Floats


@dataclass(frozen=True)
class Stages:
    """The computed stages. `table()` and `overall()` give them as frames."""

    gates: pd.DataFrame
    panel: Panel
    dimensions: dict[str, DimensionResult]

    def table(self) -> pd.DataFrame:
        """One row per dimension, ref_area and time_period, also where nothing is assessed.

        stage (published rule, two thirds), stage_all (by gate), stage_mean (by mean): 0 emerging, 1 enhanced,
        2 transactional, 3 connected, missing = not assessed; mean_position 0–3; next_stage (missing at the
        top); blocking: KPIs with data below the bar of the next stage; blocking_all: those that hold
        stage_all down; distance_mean, distance_max over `blocking`, in steps (missing at the top); unlock:
        the smallest set of KPIs that lifts the stage; unlock_effort: sum of their distances; confidence
        high, medium, low; n_with_data of n_required KPIs, without_data: the others; oldest_age in years;
        probability (bars ±10 %) and probability_revisions of keeping the stage, 0–1; in_doubt: the
        probability is below two in three (`doubt`).
        """
        return self._table.copy()

    @cached_property
    def _table(self) -> pd.DataFrame:
        return pd.concat([self._rows(result) for result in self.dimensions.values()], ignore_index=True)

    def rows_of(self, a: int, y: int | None = None) -> pd.DataFrame:
        """Rows of `table` for one place on the panel, dimension by dimension: of one year, or of all."""
        years, areas = len(self.panel.years), len(self.panel.areas)
        within = np.arange(years) * areas + a if y is None else np.array([y * areas + a])
        starts = np.arange(len(self.dimensions)) * years * areas
        rows: pd.DataFrame = self._table.iloc[(starts[:, None] + within).ravel()]
        return rows.reset_index(drop=True)

    def overall(self) -> pd.DataFrame:
        """One row per ref_area and time_period: the profile over all dimensions.

        stage (0–3), median (before cut and cap), capped (whether the weakest dimension costs a stage),
        bottleneck (the weakest dimensions where they stand below the median), n_dimensions assessed;
        in_doubt: a dimension that decides the stage is in doubt, doubt_from: which ones (`doubt`).
        """
        return self._overall.copy()

    def overall_of(self, a: int, y: int) -> pd.Series:
        """The row of `overall` for one place and year on the panel."""
        return self._overall.iloc[y * len(self.panel.areas) + a]

    @cached_property
    def _overall(self) -> pd.DataFrame:
        cube = self.stage_cube()
        stage, median, holds = rules.overall(cube)
        unsure = [
            doubt.in_doubt(frames.chance_of_stage(r.chances, r.stage)) for r in self.dimensions.values()
        ]
        doubtful = doubt.decides(cube) & np.stack(unsure, axis=-1).reshape(cube.shape)
        return pd.DataFrame(
            self._keys()
            | {
                "stage": frames.whole(stage),
                "median": median.ravel(),
                "capped": frames.flags(np.floor(np.nan_to_num(median)) > stage, stage < 0),
                "bottleneck": frames.names_where(holds, list(self.dimensions)),
                "n_dimensions": rules.with_data(cube).ravel(),
                "in_doubt": frames.flags(np.asarray(doubtful.any(axis=-1)), stage < 0),
                "doubt_from": frames.names_where(doubtful, list(self.dimensions)),
            }
        )

    def stage_cube(self) -> Ints:
        """Stages by the published rule, shape (year, area, dimension); -1 = not assessed."""
        return np.stack([result.stage for result in self.dimensions.values()], axis=-1)

    def _keys(self) -> dict[str, Any]:
        years, areas = self.panel.years, self.panel.areas
        return {
            "ref_area": np.tile(np.array(areas, dtype=object), len(years)),
            "time_period": np.repeat(years, len(areas)),
        }

    def _rows(self, r: DimensionResult) -> pd.DataFrame:
        n_blocking = r.blocking.sum(axis=-1).ravel()
        age = np.where(r.level >= 0, self.panel.age[..., self.columns(r.dimension)], -1).max(axis=-1)
        stays = frames.chance_of_stage(r.chances, r.stage)
        rows = pd.DataFrame(
            {"dimension": r.dimension}
            | self._keys()
            | {
                "stage": frames.whole(r.stage),
                "stage_all": frames.whole(r.stage_all),
                "stage_mean": frames.whole(r.stage_mean),
                "mean_position": r.mean_position.ravel(),
                "next_stage": frames.whole(r.stage + 1, (r.stage < 0) | (r.stage == rules.TOP)),
                "blocking": frames.names_where(r.blocking, r.kpis),
                "blocking_all": frames.names_where(r.blocking_all, r.kpis),
                "distance_mean": frames.over(r.distance, r.blocking, np.sum) / np.maximum(n_blocking, 1),
                "distance_max": frames.over(r.distance, r.blocking, np.max),
                "unlock": frames.names_where(r.unlock, r.kpis),
                "unlock_effort": frames.over(r.distance, r.unlock, np.sum),
                "confidence": np.array([None, *CONFIDENCE], dtype=object)[r.confidence.ravel() + 1],
                "n_with_data": rules.with_data(r.level).ravel(),
                "n_required": len(r.kpis),
                "without_data": frames.names_where(r.level < 0, r.kpis),
                "oldest_age": frames.whole(age),
                "probability": stays,
                "probability_revisions": frames.chance_of_stage(r.chances_revisions, r.stage),
                "in_doubt": frames.flags(doubt.in_doubt(stays), np.isnan(stays)),
            }
        )
        rows.loc[rows["next_stage"].isna(), ["distance_mean", "distance_max", "unlock_effort"]] = np.nan
        return rows

    def columns(self, dimension: str) -> Ints:
        """Places of a dimension's gate rows on the last axis of the panel."""
        return np.flatnonzero(self.gates["dimension"].to_numpy() == dimension)


def compute(
    values: pd.DataFrame,
    gates: pd.DataFrame,
    *,
    areas: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
) -> Stages:
    """The stages of all areas, dimensions and years.

    values: one row per kpi, ref_area and time_period with obs_value in the KPI's unit; further columns are
    ignored, but rows with obs_status "U" (the source says not to compare them) are not read. gates: see
    `load_gates`. areas, years: which to judge (default: all in values, in every year from first to last).

    Three readings stand side by side, because two families of maturity models disagree. `stage` is the
    published rule of the methodology: at least two thirds of the KPIs with data reach the bar, so that one
    laggard does not hide the rest. `stage_all` is the strict gate: every KPI with data reaches it; it is
    never above the other two. `stage_mean` cuts the mean of the positions (0–3, linear between bars) at whole
    stages: a strong KPI can make up for a weak one, and a hole stays hidden.

    Missing: a KPI without a usable value does not count at all; with fewer than three the dimension is not
    assessed. Raises DataError for missing columns or repeated keys. Source: methodology, B.2 and B.3.
    """
    panel = build_panel(values, gates, areas, years)
    named = gates["dimension"].to_numpy()
    results = {
        str(name): _dimension(panel, gates, np.flatnonzero(named == name)) for name in dict.fromkeys(named)
    }
    return Stages(gates, panel, results)


def _dimension(panel: Panel, gates: pd.DataFrame, rows: Ints) -> DimensionResult:
    dimension_gates = gates.iloc[rows]
    value, base, bars = (
        panel.value[..., rows],
        dimension_gates["base"].to_numpy(float),
        dimension_gates[BARS].to_numpy(float),
    )
    level = rules.levels(value, bars)
    stage, gate_stage = rules.stage_two_thirds(level), rules.stage_all(level)
    position = rules.positions(value, base, bars)
    mean = rules.mean_position(position)
    distance = rules.distances(value, base, bars, rules.next_stage(stage))
    moved = certainty.pass_under_moved_bars(
        value, bars, dimension_gates["limit"].to_numpy(float), dimension_gates["scaled"].to_numpy(bool)
    )
    revised, moves = certainty.pass_under_changes(value, panel.change[..., rows], bars)
    chances_revised = np.where(moves.any(axis=-1, keepdims=True), certainty.stage_chances(revised), np.nan)
    return DimensionResult(
        dimension=str(dimension_gates["dimension"].iloc[0]),
        kpis=tuple(dimension_gates["kpi"]),
        level=level,
        position=position,
        distance=distance,
        stage=stage,
        stage_all=gate_stage,
        mean_position=mean,
        stage_mean=rules.stage_mean(mean),
        blocking=rules.blocking(level, stage),
        blocking_all=rules.blocking(level, gate_stage),
        unlock=rules.unlock(level, stage, distance),
        confidence=rules.confidence(
            level, panel.age[..., rows], dimension_gates["role"].eq("core").to_numpy(bool)
        ),
        chances=certainty.stage_chances(moved),
        chances_revisions=chances_revised,
    )

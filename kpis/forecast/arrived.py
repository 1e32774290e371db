"""Scores a frozen forecast once its edition is held: hits, misses and errors, beside the guess "as today".

The forecast is read as it was frozen, nothing is drawn again. That one misses is no fault of the figures.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kpis.forecast.draws import PRINTED_DECIMALS, competition_rank
from kpis.forecast.panel import EGDI, INDICES, FloatArray, Panel, is_there, load_panel
from kpis.forecast.scores import BANDS, crps, crps_of_quantiles
from kpis.forecast.summary import BAND_ENDS
from kpis.sources.forecasts import MEASURES, SHARES
from kpis.sql import statement
from kpis.tables import Tables

BAND = 80  # the one that is said and drawn
SIDES = {"value": "", "rank": "rank_"}  # what is scored, and how its quantiles are called
WITHIN = [f"within_{band}" for band in BANDS]
ERRORS = ["error", "as_today_error", "crps", "as_today_crps", "as_today_spread_crps"]
CASES = ["measure", "of", "ref_area", "actual", "forecast", "as_today", "low", "high", *WITHIN, *ERRORS]
SUMMARY = ["measure", "of", "n", *WITHIN, *ERRORS]

Changes = dict[tuple[str, str], FloatArray]


@dataclass(frozen=True)
class Score:
    """How the frozen forecast of an edition did; without cases while the edition is awaited or coming in.

    n_forecast: areas with a forecast of EGDI. cases: one row per measure, of (value or rank) and area with a
    forecast and a figure at both ends: actual, forecast (median), as_today, low and high of the band of 80 %,
    whether a band held it (`within_80` …), error and CRPS in the unit of the value or in places.
    as_today_crps: of the guess as a point, which is its error; as_today_spread_crps: of the guess with the
    spread of all changes from one edition to the next before. Ranks are among the areas of the cases; those
    frozen are among all areas with a forecast.
    """

    edition: int
    origin: int
    frozen_on: str
    data_version: str
    escala_version: str
    uses_technology: bool
    n_forecast: int
    cases: pd.DataFrame

    @property
    def has_arrived(self) -> bool:
        """Whether figures of the edition are held, of nearly all countries with a forecast."""
        return not self.cases.empty

    def summary(self) -> pd.DataFrame:
        """One row per measure and of: n, how many each band held (`within_80` …), means of the errors."""
        groups = self.cases.groupby(["measure", "of"], sort=False)
        parts = (groups.size().rename("n"), groups[WITHIN].sum(), groups[ERRORS].mean())
        return pd.concat(parts, axis=1).reset_index()[SUMMARY]

    def missed(self, measure: str = EGDI, of: str = "rank", band: int = BAND) -> pd.DataFrame:
        """Cases that a band did not hold, the largest error first."""
        cases = self.cases[(self.cases["measure"] == measure) & (self.cases["of"] == of)]
        return cases[~cases[f"within_{band}"].astype(bool)].sort_values(
            ["error", "ref_area"], ascending=[False, True], ignore_index=True
        )


def score(tables: Tables) -> list[Score]:
    """One result per frozen edition, in order.

    A warehouse of open sources has none that was made with figures of others.
    """
    frozen = tables.query(statement("forecast/frozen"))
    return [_score(tables, int(str(edition)), rows) for edition, rows in frozen.groupby("time_period")]


def _score(tables: Tables, edition: int, rows: pd.DataFrame) -> Score:
    facts = rows.iloc[0]
    figures = tables.query(
        statement("forecast/arrived"), {"kpis": list(MEASURES), "edition": edition}
    ).rename(columns={"kpi": "measure", "obs_value": "actual"})
    forecast = rows.dropna(subset=["p50"])
    both = forecast.merge(figures, on=["measure", "ref_area"]).dropna(subset=["obs_value"])
    n_forecast = forecast["measure"].value_counts()
    return Score(
        edition=edition,
        origin=int(facts["origin"]),
        frozen_on=str(facts["frozen_on"]),
        data_version=str(facts["data_version"]),
        escala_version=str(facts["escala_version"]),
        uses_technology=bool(facts["uses_technology"]),
        n_forecast=int(n_forecast.get(EGDI, 0)),
        cases=_cases(tables, int(facts["origin"]), _there(both, n_forecast)),
    )


def _there(both: pd.DataFrame, n_forecast: pd.Series[int]) -> pd.DataFrame:
    """The measures that nearly all have; of a few, places would be counted among those few."""
    n = both["measure"].value_counts()
    there = [measure for measure in n.index if is_there(n[measure], n_forecast[measure])]
    return both[both["measure"].isin(there)]


def _cases(tables: Tables, origin: int, both: pd.DataFrame) -> pd.DataFrame:
    if both.empty:
        return pd.DataFrame(columns=CASES)
    changes = _past_changes(load_panel(tables), origin)
    parts = [
        _scored(both[both["measure"] == measure], of, changes[measure, of])
        for measure in MEASURES
        if measure in set(both["measure"])
        for of in SIDES
    ]
    return pd.concat(parts, ignore_index=True)[CASES]


def _scored(both: pd.DataFrame, of: str, changes: FloatArray) -> pd.DataFrame:
    """The cases of one measure, by value or by rank."""
    table = both[["measure", "ref_area", "actual"]].assign(of=of, as_today=both["obs_value"])
    if of == "rank":
        for name in ("actual", "as_today"):
            table[name] = _rank(table[name].to_numpy(dtype=float)[None, :])[0]
    quantiles = {name: both[f"{SIDES[of]}{name}"].to_numpy(dtype=float) for name in SHARES}
    table["forecast"] = quantiles["p50"]
    for band, (low, high) in BAND_ENDS.items():
        table[f"within_{band}"] = (quantiles[low] <= table["actual"]) & (table["actual"] <= quantiles[high])
    table["low"], table["high"] = (quantiles[edge] for edge in BAND_ENDS[BAND])
    actual, today = (table[name].to_numpy(dtype=float) for name in ("actual", "as_today"))
    table["error"] = np.abs(table["forecast"] - actual)
    table["as_today_error"] = table["as_today_crps"] = np.abs(today - actual)
    table["crps"] = crps_of_quantiles(np.stack(list(quantiles.values())), tuple(SHARES.values()), actual)
    table["as_today_spread_crps"] = _spread_crps(today, changes, actual, of)
    return table


def _spread_crps(today: FloatArray, changes: FloatArray, actual: FloatArray, of: str) -> FloatArray:
    """CRPS of the guess "as today, as uncertain as the past"; NaN where no change was seen."""
    if not len(changes):
        return np.full(len(today), np.nan)
    lowest, highest = (1, len(today)) if of == "rank" else (0, 1)
    return crps(np.clip(today + changes[:, None], lowest, highest), actual)


def _past_changes(panel: Panel, origin: int) -> Changes:
    """By measure and of: changes from one edition to the next until the origin, of all areas, less their
    median, so that the guess stays as today.
    """
    until = np.array(panel.editions) <= origin
    past = panel.levels[until]
    levels = {EGDI: panel.egdi[until]} | {name: past[:, :, k] for k, name in enumerate(INDICES)}
    changes: Changes = {}
    for measure, values in levels.items():
        for of, numbers in (("value", values), ("rank", _rank(values))):
            change = (numbers[1:] - numbers[:-1]).ravel()
            known = change[~np.isnan(change)]
            changes[measure, of] = known - np.median(known) if len(known) else known
    return changes


def _rank(values: FloatArray) -> FloatArray:
    """Ranks of published figures, by the decimals that the UN ranks by."""
    return competition_rank(values, PRINTED_DECIMALS)

"""How often the recipe was right: rolling origins, each with nothing but what was known then."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kpis.forecast.draws import N_DRAWS, PRINTED_DECIMALS, SEED, competition_rank, draws
from kpis.forecast.model import fit
from kpis.forecast.panel import FloatArray, Panel
from kpis.forecast.scores import BANDS, crps, inside, quantiles

FIRST_ORIGIN = {1: 2008, 2: 2008, 3: 2010}  # the first with an edition to learn from and two to look back


def backtest(panel: Panel, ahead: int = 1, n: int = N_DRAWS, seed: int = SEED) -> pd.DataFrame:
    """One row per origin and area with EGDI published at both ends and a forecast.

    origin, ref_area, time_period (the edition that was forecast); for EGDI and rank: actual, forecast
    (median), as_today, line (through the last two editions; as today where the earlier has no EGDI), error,
    crps, whether the bands of 50, 80 and 95 % held it (`within_80` …), and width_80, of the band of 80 %.
    """
    origins = [
        edition for edition in panel.editions[: len(panel.editions) - ahead] if edition >= FIRST_ORIGIN[ahead]
    ]
    return pd.concat([_origin(panel, origin, ahead, n, seed) for origin in origins], ignore_index=True)


def _origin(panel: Panel, origin: int, ahead: int, n: int, seed: int) -> pd.DataFrame:
    drawn = draws(fit(panel.until(origin), ahead), n, seed)
    place = panel.editions.index(origin)
    today, before, actual = panel.egdi[place], panel.egdi[place - 1], panel.egdi[place + ahead]
    cases = ~np.isnan(actual) & ~np.isnan(today) & ~np.isnan(drawn.egdi[0])
    line = np.clip(today + ahead * np.nan_to_num(today - before), 0, 1)
    values = {"actual": actual, "as_today": today, "line": line}
    ranks = {name: _rank(each, cases) for name, each in values.items()}
    table = pd.DataFrame({"origin": origin, "ref_area": np.array(panel.areas)[cases]})
    table["time_period"] = panel.editions[place + ahead]
    drawn_ranks = competition_rank(np.where(cases, drawn.egdi, np.nan))
    for measure, sample, known, whole in (
        ("egdi", drawn.egdi, values, False),
        ("rank", drawn_ranks, ranks, True),
    ):
        part = _scored(sample[:, cases], {name: each[cases] for name, each in known.items()}, whole)
        table = table.join(part.add_prefix(f"{measure}_"))
    return table


def _rank(values: FloatArray, cases: np.ndarray) -> FloatArray:
    return np.asarray(competition_rank(np.where(cases, values, np.nan)[None, :], PRINTED_DECIMALS)[0])


def _scored(sample: FloatArray, points: dict[str, FloatArray], whole: bool) -> pd.DataFrame:
    actual = points["actual"]
    table = pd.DataFrame(points)
    table["forecast"] = quantiles(sample, (0.5,), whole=whole)[0]
    table["error"] = np.abs(table["forecast"] - actual)
    table["crps"] = crps(sample, actual)
    for band in BANDS:
        table[f"within_{band}"] = inside(sample, actual, band, whole=whole)
    low, high = quantiles(sample, (0.1, 0.9), whole=whole)
    table["width_80"] = high - low
    return table

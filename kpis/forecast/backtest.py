"""How often the recipe was right: rolling origins, each with nothing but what was known then."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kpis.errors import RequestError
from kpis.forecast.draws import N_DRAWS, PRINTED_DECIMALS, SEED, competition_rank, draws
from kpis.forecast.model import fewest_editions, fit
from kpis.forecast.panel import FloatArray, Panel
from kpis.forecast.scores import crps, quantiles
from kpis.forecast.summary import BAND_ENDS, GROUP_BOUNDS, SHARES, un_group

FIRST_ORIGIN = {1: 2008, 2: 2008, 3: 2010}  # the first with an edition to learn from and two to look back


def backtest(panel: Panel, ahead: int = 1, n: int = N_DRAWS, seed: int = SEED) -> pd.DataFrame:
    """One row per origin and area with EGDI published at both ends and a forecast.

    origin, ref_area, time_period (the edition that was forecast); for EGDI and rank: actual, forecast
    (median), as_today, line (through the last two editions; as today where the earlier has no EGDI), error,
    crps, the ends of the bands (p025 to p975, p10 the lower number), whether the bands of 50, 80 and 95 %
    held it (`within_80` …), and width_80, of the band of 80 %; the chances that were given, 0 to 1:
    p_better_rank, and p_higher_group, of a higher UN group (NaN in the highest).
    Raises RequestError where the panel has no edition that can be tried (`origins`).
    """
    parts = [_origin(panel, origin, ahead, n, seed) for origin in origins(panel, ahead)]
    if not parts:
        raise RequestError(f"No forecast {ahead} editions ahead can be tried on the past: too few editions.")
    return pd.concat(parts, ignore_index=True)


def origins(panel: Panel, ahead: int) -> list[int]:
    """The editions from which a forecast can be made and compared with what came."""
    tried = panel.editions[fewest_editions(ahead) - 1 : max(len(panel.editions) - ahead, 0)]
    return [edition for edition in tried if edition >= FIRST_ORIGIN[ahead]]


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
    table["p_better_rank"] = (drawn_ranks < ranks["as_today"]).mean(axis=0)[cases]
    table["p_higher_group"] = _chance_of_higher_group(drawn.egdi, today)[cases]
    return table


def _chance_of_higher_group(egdi: FloatArray, today: FloatArray) -> FloatArray:
    """Share of the draws that reach the lowest value of the UN group above today's; NaN in the highest."""
    bounds = np.array([*list(GROUP_BOUNDS.values())[1:], np.nan])
    bound = bounds[un_group(today)]
    return np.asarray(np.where(np.isnan(bound), np.nan, (egdi >= bound).mean(axis=0)))


def _rank(values: FloatArray, cases: np.ndarray) -> FloatArray:
    return np.asarray(competition_rank(np.where(cases, values, np.nan)[None, :], PRINTED_DECIMALS)[0])


def _scored(sample: FloatArray, points: dict[str, FloatArray], whole: bool) -> pd.DataFrame:
    actual = points["actual"]
    table = pd.DataFrame(points)
    ends = dict(zip(SHARES, quantiles(sample, tuple(SHARES.values()), whole=whole), strict=True))
    table = table.assign(**{name: ends[name] for name in ends if name != "p50"}, forecast=ends["p50"])
    table["error"] = np.abs(table["forecast"] - actual)
    table["crps"] = crps(sample, actual)
    for band, (low, high) in BAND_ENDS.items():
        table[f"within_{band}"] = (ends[low] <= actual) & (actual <= ends[high])
    table["width_80"] = ends["p90"] - ends["p10"]
    return table

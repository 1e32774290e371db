"""The table `forecast` of the warehouse: one, two and three editions ahead, all countries."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kpis.errors import RequestError
from kpis.forecast import words
from kpis.forecast.draws import N_DRAWS, draws
from kpis.forecast.futures import all_futures
from kpis.forecast.model import MOST_AHEAD, fewest_editions, fit
from kpis.forecast.panel import EGDI, INDICES, load_panel
from kpis.forecast.plan import Aim
from kpis.forecast.summary import MEASURED, summary
from kpis.sql import statement
from kpis.tables import Tables


def table(store: Tables, n: int = N_DRAWS) -> pd.DataFrame:
    """One row per measure (EGDI, OSI, TII, HCI), ref_area and edition ahead; columns of `summary`,
    then origin, the edition it was made from. No row with fewer editions than a forecast needs.
    """
    panel = load_panel(store)
    parts = []
    for ahead in range(1, MOST_AHEAD + 1):
        if len(panel.editions) >= fewest_editions(ahead):
            model = fit(panel, ahead)
            parts.append(summary(draws(model, n), panel).assign(origin=model.origin))
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*MEASURED, "origin"])
    return rows.sort_values(["measure", "ref_area", "time_period"], ignore_index=True)


def read(
    store: Tables, areas: Sequence[str] | None = None, measure: str | None = None, year: int | None = None
) -> pd.DataFrame:
    """The stored rows of the UN indices, or some areas, one measure, one edition; columns of the table.

    measure: EGDI, OSI, TII, HCI, or a KPI that `forecast_gate` lets pass; default: the four indices.
    Raises RequestError for a measure or an edition that is not forecast.
    """
    measures = ["EGDI", *INDICES] if measure is None else [measure]
    choice = {"areas": None if areas is None else list(areas), "measures": measures, "year": year}
    rows = store.query(statement("forecast/stored"), choice)
    if rows.empty:
        _check(store, measure, year)
    return rows


def _check(store: Tables, measure: str | None, year: int | None) -> None:
    """Raises RequestError for a measure or an edition that no row has."""
    available = store.query(statement("forecast/available"))
    for name, value in (("measure", measure), ("time_period", year)):
        values = sorted(set(available[name]))
        if value is not None and value not in values:
            allowed = ", ".join(str(each) for each in values) or "nothing"
            raise RequestError(f"{name} {value} is not forecast. Allowed: {allowed}.")


def chances_of_rank(rows: pd.DataFrame, area: str, rank: int, store: Tables) -> list[float]:
    """For each row of the stored table of an area, the chance of a rank or a better one, drawn again.

    NaN for the parts of EGDI, which have no goal of their own, and where there is no forecast. Raises
    RequestError for a rank that does not exist.
    """
    futures = all_futures(store)
    if not 1 <= rank <= len(futures[0].fit.areas):
        last = len(futures[0].fit.areas)
        raise RequestError(f"rank {rank} does not exist. Give a whole number from 1 to {last}.")
    aim = Aim("rank", rank)
    chances = {future.year: aim.chance(future.of(area)) for future in futures}
    measures = zip(rows["measure"], rows["time_period"], strict=True)
    return [chances[year] if measure == EGDI else float("nan") for measure, year in measures]


def notes(store: Tables, area: str) -> list[str]:
    """What a reader must know beside the bands of an area: how good the guess is, and what is missing."""
    panel = load_panel(store)
    lines = [f"{words.WITHIN} {words.AS_TODAY}"]
    if not panel.has_technology:
        lines.append(words.WITHOUT_TECHNOLOGY)
    if area in panel.areas:
        last = zip(INDICES, panel.levels[-1, panel.areas.index(area)], strict=True)
        missing = ", ".join(name for name, value in last if np.isnan(value))
        if missing:
            lines.append(words.NO_FORECAST.format(area=area, missing=missing, year=panel.editions[-1]))
    return lines

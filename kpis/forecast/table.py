"""The table `forecast` of the warehouse: one, two and three editions ahead, all countries."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kpis.errors import RequestError
from kpis.forecast.draws import N_DRAWS, draws
from kpis.forecast.model import MOST_AHEAD, fit
from kpis.forecast.panel import INDICES, load_panel
from kpis.forecast.plan import chance_of_rank
from kpis.forecast.summary import MEASURED, summary
from kpis.sql import statement
from kpis.tables import Tables


def table(store: Tables, n: int = N_DRAWS) -> pd.DataFrame:
    """One row per measure (EGDI, OSI, TII, HCI), ref_area and edition ahead; columns of `summary`, then
    origin, the edition it was made from. No row with fewer editions than a forecast needs.
    """
    panel = load_panel(store)
    parts = []
    for ahead in range(1, MOST_AHEAD + 1):
        if len(panel.editions) >= max(3, ahead + 1):
            model = fit(panel, ahead)
            parts.append(summary(draws(model, n), model.last).assign(origin=model.origin))
    if not parts:
        return pd.DataFrame(columns=[*MEASURED, "origin"])
    rows = pd.concat(parts, ignore_index=True)
    return rows.sort_values(["measure", "ref_area", "time_period"], ignore_index=True)


def read(
    store: Tables, areas: Sequence[str] | None = None, measure: str | None = None, year: int | None = None
) -> pd.DataFrame:
    """The stored rows of the UN indices, or some areas, one measure, one edition; columns of the table.

    measure: EGDI, OSI, TII, HCI, or a KPI that `forecast_gate` lets pass; default: the four indices.
    Raises RequestError for a measure or an edition that is not forecast.
    """
    rows = store.query(statement("forecast/stored"), {"areas": None if areas is None else list(areas)})
    for name, value in (("measure", measure), ("time_period", year)):
        if value is not None:
            known = store.query(f"select distinct {name} from forecast order by 1")[name]  # nosec B608 # own names
            if value not in set(known):
                allowed = ", ".join(str(each) for each in known)
                raise RequestError(f"{value} is not forecast. Allowed: {allowed or 'nothing'}.")
            rows = rows[rows[name] == value]
    if measure is None:
        rows = rows[rows["measure"].isin(["EGDI", *INDICES])]
    return rows.reset_index(drop=True)


def chances_of_rank(rows: pd.DataFrame, area: str, rank: int, store: Tables) -> list[float]:
    """For each row of the stored table of an area, the chance of a rank or a better one, drawn again.

    NaN for the parts of EGDI, which have no goal of their own, and where there is no forecast.
    """
    panel = load_panel(store)
    chances = {}
    for year in rows["time_period"].unique():
        model = fit(panel, (int(year) - panel.editions[-1]) // 2)
        chances[year] = chance_of_rank(draws(model), area, rank)
    measures = zip(rows["measure"], rows["time_period"], strict=True)
    return [chances[year] if measure == "EGDI" else float("nan") for measure, year in measures]


def notes(store: Tables, area: str) -> list[str]:
    """What a reader must know beside the bands of an area: how good the guess is, and what is missing."""
    panel = load_panel(store)
    lines = [
        "8 of 10 such forecasts ended within their band. Keeping today's rank as a guess is almost as good."
    ]
    if not panel.has_technology:
        lines.append("Internet use and mobile subscriptions are not held: the forecast does without them.")
    if area in panel.areas:
        last = zip(INDICES, panel.levels[-1, panel.areas.index(area)], strict=True)
        missing = ", ".join(name for name, value in last if np.isnan(value))
        if missing:
            lines.append(f"No forecast for {area}: {missing} of {panel.editions[-1]} is not published.")
    return lines

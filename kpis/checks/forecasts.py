"""What `escala verify` says of frozen forecasts: a report and no check, for one that misses is no fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kpis.forecast.arrived import BAND, SIDES, Score
from kpis.forecast.scores import BANDS

INDEX = "FORECAST"
"""What stands for an index in the record of a frozen forecast."""

METHOD = (
    "frozen before the edition was held; within: EGDI ranks within the band of 80 %; "
    "CRPS from stored quantiles; as today: the value of the edition before"
)
DIRECTIONS = {  # a larger number, a smaller one
    "value": ("above", "below"),
    "rank": ("worse than", "better than"),
}


def record(score: Score) -> dict[str, Any]:
    """As the record of a check, with what a forecast has beside it. within, n: EGDI ranks, band of 80 %."""
    ranks = score.cases[(score.cases["measure"] == "EGDI") & (score.cases["of"] == "rank")]
    return {
        "index": INDEX,
        "edition": score.edition,
        "n": len(ranks),
        "within": int(ranks[f"within_{BAND}"].sum()),
        "tolerance": None,
        "max_residual_within": None,
        "passed": True,
        "method": METHOD,
        "outside": score.missed().to_dict("records"),
        "status": "scored" if score.has_arrived else "waits",
        "frozen_on": score.frozen_on,
        "origin": score.origin,
        "data_version": score.data_version,
        "escala_version": score.escala_version,
        "uses_technology": score.uses_technology,
        "n_forecast": score.n_forecast,
        "scores": score.summary().to_dict("records"),
    }


def lines(score: Score, names: Mapping[str, str]) -> list[str]:
    """The same for reading. names: of areas, by code."""
    head = (
        f"Forecast of {score.edition}: frozen on {score.frozen_on} from figures up to the {score.origin} "
        f"edition (data version {score.data_version})"
    )
    if not score.has_arrived:
        return [f"{head}, waits for {score.edition}."]
    text = [f"{head}, before the {score.edition} edition was held here."]
    text += [f"    {_sentence(row)}" for row in score.summary().to_dict("records")]
    text += [f"    {line}" for line in _not_scored(score)]
    return text + [f"    {line}" for of in SIDES for line in _missed(score, of, names)]


def _not_scored(score: Score) -> list[str]:
    """How many countries with a forecast have no figure to compare it with; no line where all have."""
    n = score.cases.loc[score.cases["measure"] == "EGDI", "ref_area"].nunique()
    if n == score.n_forecast:
        return []
    return [f"EGDI of {score.edition} is held for {n} of the {score.n_forecast} countries with a forecast."]


def _sentence(row: Mapping[Any, Any]) -> str:
    digits = 4 if row["of"] == "value" else 2
    bands = ", ".join(f"{row[f'within_{band}']} within the band of {band} %" for band in BANDS)
    return (
        f"{row['measure']} {row['of']}, {row['n']} countries: {bands}; "
        f"error {row['error']:.{digits}f}, as today {row['as_today_error']:.{digits}f}; "
        f"CRPS {row['crps']:.{digits}f}, as today {row['as_today_crps']:.{digits}f} as a point and "
        f"{row['as_today_spread_crps']:.{digits}f} with the spread of past changes"
    )


def _missed(score: Score, of: str, names: Mapping[str, str]) -> list[str]:
    """Countries outside the band of EGDI, those with a larger number first; no line where there is none."""
    missed = score.missed("EGDI", of)
    sides = missed["actual"] > missed["high"], missed["actual"] < missed["low"]
    return [
        f"EGDI {of} {side} its band of {BAND} %: {_countries(missed[rows], of, names)}"
        for side, rows in zip(DIRECTIONS[of], sides, strict=True)
        if rows.any()
    ]


def _countries(missed: pd.DataFrame, of: str, names: Mapping[str, str]) -> str:
    form = "{:.2f}" if of == "value" else "{:.0f}"
    return "; ".join(
        f"{names.get(row['ref_area'], row['ref_area'])} {form.format(row['actual'])} "
        f"({form.format(row['low'])} to {form.format(row['high'])})"
        for row in missed.to_dict("records")
    )

"""The gates: which KPI of which dimension must reach what bar to enter each stage.

Bars come from `data/methodology/maturity_model.csv`; this module is the one place that maps its indicator
codes to KPI ids and says how old a value may be.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pandas as pd

from kpis.errors import DataError
from kpis.paths import data_dir
from kpis.sources.csvio import Row, read_rows

STAGES = ("emerging", "enhanced", "transactional", "connected")
"""The stages by level: 0 emerging … 3 connected."""

KPI_OF = {"EGDI_OSI": "OSI", "EGDI_TII": "TII", "EGDI_HCI": "HCI", "EGDI_EPI": "EPI"}
"""Indicator code → KPI id, where the two differ."""

WINDOW_YEARS = 5
LONG_WINDOW_YEARS = {"SDG_4.4.1": 8, "SDG_16.6.2": 8}  # survey-based, hence rarely asked
NOT_SCALED = frozenset({"SDG_16.10.2", "UNCTAD_CYBERLAW"})  # 1.1 times a "yes" or a law means nothing

COLUMNS = ("dimension", "stage", "indicator", "operator", "threshold", "unit", "rationale", "source_url")


def load_gates(path: Path | None = None, *, limits: Mapping[str, float] | None = None) -> pd.DataFrame:
    """One row per dimension and KPI, in the order of the file.

    dimension, kpi, base (bar of `emerging`: the zero of the stage scale), enhanced, transactional, connected
    (bars, in the KPI's unit), window (years a value may be old), limit (greatest possible value; NaN where
    there is none), scaled (whether a bar may be moved by a percentage), basis (published: bands of the
    producer; working: a proposal of the methodology), unit, rationale, source_url.
    path: another file of the same columns. limits: KPI → greatest possible value.
    Raises DataError if a gate lacks a stage, a bar is no number, bars fall or the operator is not `>=`.
    Source: methodology, B.2.
    """
    file = path or data_dir() / "methodology" / "maturity_model.csv"
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for row in read_rows(file, required=COLUMNS):
        stages = found.setdefault((row["dimension"], row["indicator"]), {})
        if row["stage"] in stages:
            raise DataError(
                f"{file}: {row['dimension']}, {row['indicator']}: stage {row['stage']} occurs twice."
            )
        stages[row["stage"]] = row
    rows = [_gate(file, *key, stages, limits or {}) for key, stages in found.items()]
    return pd.DataFrame(rows)


def _gate(
    file: Path, dimension: str, indicator: str, stages: dict[str, Row], limits: Mapping[str, float]
) -> dict[str, object]:
    place = f"{file}: {dimension}, {indicator}"
    if set(stages) != set(STAGES):
        raise DataError(f"{place}: needs one row for each of {', '.join(STAGES)}; found {', '.join(stages)}.")
    if any(row["operator"] != ">=" for row in stages.values()):
        raise DataError(f"{place}: the operator must be '>='. Turn the KPI so that more is better.")
    try:
        bars = [float(stages[stage]["threshold"]) for stage in STAGES]
    except ValueError as error:
        raise DataError(f"{place}: a threshold is no number ({error}).") from None
    if any(high < low for low, high in pairwise(bars)):
        raise DataError(f"{place}: thresholds fall from one stage to the next: {bars}.")
    kpi = KPI_OF.get(indicator, indicator)
    first = stages["enhanced"]
    return {
        "dimension": dimension,
        "kpi": kpi,
        "base": bars[0],
        "enhanced": bars[1],
        "transactional": bars[2],
        "connected": bars[3],
        "window": LONG_WINDOW_YEARS.get(kpi, WINDOW_YEARS),
        "limit": float(limits.get(kpi, float("nan"))),
        "scaled": kpi not in NOT_SCALED,
        "basis": "published" if first["rationale"].startswith("Published") else "working",
        "unit": first["unit"],
        "rationale": first["rationale"],
        "source_url": first["source_url"],
    }

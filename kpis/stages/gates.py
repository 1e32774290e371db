"""The gates: which KPI of which dimension must reach what bar to enter each stage.

Bars, and what kind of gate each is, come from `data/methodology/maturity_model.csv`; how old a value may be
and what it can reach at most come from the KPI's own entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pandas as pd

from kpis.errors import DataError, unknown
from kpis.paths import data_dir
from kpis.sources.csvio import Row, read_rows
from kpis.texts import mark

STAGES = (mark("emerging"), mark("enhanced"), mark("transactional"), mark("connected"))
"""The stages by level, 0 to 3: codes in tables and addresses, and their names to translate."""

BASIS = {"published band": "published", "working threshold": "working"}
"""Kind of a gate in the file → whose thresholds these are: the producer's, or this methodology's proposal."""

ROLES = ("core", "supplement")
"""core: nine in ten Member States or more have a value, so its absence lowers confidence; else supplement."""

BAR = re.compile(r"-?[0-9]+(\.[0-9]+)?")  # no nan, inf or 1_0, which float() takes
TRUTH = {"true": True, "false": False}
OF_THE_GATE = (
    "operator",
    "unit",
    "kind",
    "role",
    "scaled",
    "edition_open",
    "next_expected",
)  # alike in all four
COLUMNS = ("dimension", "stage", "kpi", "threshold", "rationale", "last_edition", "source_url", *OF_THE_GATE)

Facts = Mapping[str, float]


def load_gates(
    path: Path | None = None, *, windows: Facts | None = None, limits: Facts | None = None
) -> pd.DataFrame:
    """One row per dimension and KPI, in the order of the file.

    dimension, kpi, base (bar of `emerging`: the zero of the stage scale), enhanced, transactional, connected
    (bars, in the KPI's unit), window (years a value may be old; NaN, where `windows` does not say, lets no
    value count), limit (greatest possible value; NaN where there is none), scaled (whether a bar may be moved
    by a percentage; false for yes/no answers, counts and bands around parity), basis (published: bands of the
    producer; working: a proposal of the methodology), role (core or supplement, see `ROLES`), last_edition
    and next_expected (years; missing where not known), unit, rationale, source_url.
    path: another file of the same columns. windows, limits: by KPI, as its entry in the catalogue says.
    Raises DataError if a gate lacks a stage, a bar is no number, bars fall, the operator is not `>=`, a word
    is not of its list, or the edition is closed: its values cannot change, so nobody could pass it any more.
    Source: methodology, B.2.
    """
    file = path or data_dir() / "methodology" / "maturity_model.csv"
    by_gate: dict[tuple[str, str], dict[str, Row]] = {}
    for row in read_rows(file, required=COLUMNS):
        stages = by_gate.setdefault((row["dimension"], row["kpi"]), {})
        if row["stage"] in stages:
            raise DataError(f"{file}: {row['dimension']}, {row['kpi']}: stage {row['stage']} occurs twice.")
        stages[row["stage"]] = row
    rows = [
        _gate(f"{file}: {dimension}, {kpi}", stages)
        | {"window": _fact(windows, kpi), "limit": _fact(limits, kpi)}
        for (dimension, kpi), stages in by_gate.items()
    ]
    return pd.DataFrame(rows).astype({"last_edition": "Int64", "next_expected": "Int64"})


def _fact(facts: Facts | None, kpi: str) -> float:
    return float((facts or {}).get(kpi, float("nan")))


def _gate(place: str, stages: dict[str, Row]) -> dict[str, object]:
    _checked(place, stages)
    bars = _bars(place, stages)
    first = stages["enhanced"]
    return {
        "dimension": first["dimension"],
        "kpi": first["kpi"],
        "base": bars[0],
        "enhanced": bars[1],
        "transactional": bars[2],
        "connected": bars[3],
        "scaled": TRUTH[first["scaled"]],
        "basis": BASIS[first["kind"]],
        "role": first["role"],
        "last_edition": _year(place, first["last_edition"]),
        "next_expected": _year(place, first["next_expected"]),
        "unit": first["unit"],
        "rationale": first["rationale"],
        "source_url": first["source_url"],
    }


def _checked(place: str, stages: dict[str, Row]) -> None:
    if set(stages) != set(STAGES):
        raise DataError(f"{place}: needs one row for each of {', '.join(STAGES)}; found {', '.join(stages)}.")
    for name in OF_THE_GATE:
        if len({row[name] for row in stages.values()}) > 1:
            raise DataError(f"{place}: {name} differs from stage to stage. It belongs to the whole gate.")
    first = stages["enhanced"]
    if first["operator"] != ">=":
        raise DataError(f"{place}: the operator must be '>='. Turn the KPI so that more is better.")
    for name, allowed in (("kind", BASIS), ("role", ROLES), ("scaled", TRUTH), ("edition_open", TRUTH)):
        if first[name] not in allowed:
            raise DataError(f"{place}: {unknown(name, first[name], allowed)}")
    if not TRUTH[first["edition_open"]]:
        raise DataError(
            f"{place}: its edition is closed, so its values cannot change any more. A closed edition may "
            "inform but is no gate: take the gate out, or name the series of an open edition."
        )


def _bars(place: str, stages: dict[str, Row]) -> list[float]:
    cells = [stages[stage]["threshold"] for stage in STAGES]
    if wrong := [cell for cell in cells if not BAR.fullmatch(cell)]:
        raise DataError(f"{place}: threshold '{wrong[0]}' is no number. Write digits with a decimal point.")
    bars = [float(cell) for cell in cells]
    if any(high < low for low, high in pairwise(bars)):
        raise DataError(f"{place}: thresholds fall from one stage to the next: {bars}.")
    return bars


def _year(place: str, cell: str) -> int | None:
    """A year; None where the cell is empty."""
    if cell and not (cell.isdigit() and len(cell) == 4):
        raise DataError(f"{place}: '{cell}' is no year. Write four digits, or leave the cell empty.")
    return int(cell) if cell else None

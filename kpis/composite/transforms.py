"""The transformations that treatment falls back on. OECD/JRC Handbook (2008), Step 3.

Each takes one indicator with at least two distinct values and a Box-Cox λ that only one of them reads;
missing stays missing, and the order of the areas is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from kpis.composite.cards import COINR, card
from kpis.composite.tables import Floats

Transform = Literal["log", "log-one", "log-gii", "log-signed", "box-cox", "none"]

_SOURCE = f"{COINR}, R/treat.R"
_STEP = "3 outliers"


def _ends(values: Floats) -> tuple[float, float]:
    return float(np.nanmin(values)), float(np.nanmax(values))


@card(
    "treat.log",
    name="Log",
    step=_STEP,
    formula="log(x - min + 0.01·range)",
    undefined="never",
    source=_SOURCE,
)
def _log(values: Floats, _box_cox_lambda: float) -> Floats:
    low, high = _ends(values)
    return np.asarray(np.log(values - low + 0.01 * (high - low)))


@card(
    "treat.log-one",
    name="Log plus one",
    step=_STEP,
    formula="log(x - min + 1)",
    undefined="never",
    source=_SOURCE,
)
def _log_plus_1(values: Floats, _box_cox_lambda: float) -> Floats:
    return np.asarray(np.log(values - _ends(values)[0] + 1))


@card(
    "treat.log-gii",
    name="Log of the Global Innovation Index",
    step=_STEP,
    formula="log((max - 1)(x - min)/(max - min) + 1)",
    undefined="max ≤ 1 would reverse the indicator: the column is left as it is",
    source=f"{_SOURCE} (log_GII), which returns the column as it was",
)
def _log_gii(values: Floats, _box_cox_lambda: float) -> Floats:
    low, high = _ends(values)
    if high <= 1:
        return values
    return np.asarray(np.log((high - 1) * (values - low) / (high - low) + 1))


@card(
    "treat.log-signed",
    name="Log on the side of the skew",
    step=_STEP,
    formula="log(x - min + a) if skew > 0, else -log(max + a - x), a = 0.01·range",
    undefined="never",
    source=_SOURCE,
)
def _log_signed(values: Floats, box_cox_lambda: float) -> Floats:
    low, high = _ends(values)
    z = values[~np.isnan(values)] - np.nanmean(values)
    if np.sum(z**3) > 0:
        return _log(values, box_cox_lambda)
    return np.asarray(-np.log(high + 0.01 * (high - low) - values))


@card(
    "treat.box-cox",
    name="Box-Cox",
    step=_STEP,
    formula="((x - min + 1)^λ - 1)/λ, log if λ = 0",
    undefined="never",
    source=_SOURCE,
)
def _box_cox(values: Floats, box_cox_lambda: float) -> Floats:
    positive = values - _ends(values)[0] + 1
    if box_cox_lambda == 0:
        return np.asarray(np.log(positive))
    return np.asarray((positive**box_cox_lambda - 1) / box_cox_lambda)


def _none(values: Floats, _box_cox_lambda: float) -> Floats:
    return values


TRANSFORMS: dict[str, Callable[[Floats, float], Floats]] = {
    "log": _log,
    "log-one": _log_plus_1,
    "log-gii": _log_gii,
    "log-signed": _log_signed,
    "box-cox": _box_cox,
    "none": _none,
}

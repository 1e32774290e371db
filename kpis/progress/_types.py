"""What goes into a progress method and what comes out: `Cases`, `Outcome`, and `Result` for a single case.

A method is one function from `Cases` to `Outcome`, both of them columns of equal length. A single case is a
column of length one, so there is one implementation of every formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from kpis.cards import MethodCard, Status
from kpis.progress.reasons import REASONS

Floats: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Codes: TypeAlias = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Cases:
    """One case per position: a KPI in an area, its first and latest observation and where it should go.

    Years are whole years; values carry the KPI's own unit; `direction` is +1 (more is better) or -1.
    NaN means not given. `target_year` and `horizon` are never missing.
    """

    base_year: Floats
    base_value: Floats
    latest_year: Floats
    latest_value: Floats
    direction: Floats
    target: Floats
    target_year: Floats
    horizon: Floats  # the year that `projected` is for; the target year unless the reader chose another
    limit: Floats  # natural limit of the scale, such as 100 for a percentage (Statistics Canada)
    worst: Floats  # goalposts and green threshold (SDSN)
    best: Floats
    green: Floats

    @property
    def years(self) -> Floats:
        """Years between the two observations."""
        return self.latest_year - self.base_year

    @property
    def span(self) -> Floats:
        """Years from the base to the target year."""
        return self.target_year - self.base_year

    @property
    def has_both_values(self) -> Mask:
        """Both observations have a year and a finite value."""
        values = np.isfinite(self.base_value) & np.isfinite(self.latest_value)
        return values & np.isfinite(self.years)

    @property
    def has_target(self) -> Mask:
        return np.isfinite(self.target)

    def meets(self, value: Floats, target: Floats) -> Mask:
        """The value is on the target or past it in the wanted direction; False where either is missing."""
        return np.where(self.direction > 0, value >= target, value <= target)

    @property
    def met_at_base(self) -> Mask:
        return self.meets(self.base_value, self.target)

    @property
    def met_now(self) -> Mask:
        return self.meets(self.latest_value, self.target)

    @property
    def changes_sign(self) -> Mask:
        return self.base_value * self.latest_value < 0


@dataclass(frozen=True)
class Outcome:
    """What one method says of each case; NaN where a figure is not defined. See `Result` for the meaning."""

    status: Codes
    value: Floats
    score: Floats
    projected: Floats
    observed_rate: Floats
    required_rate: Floats
    reason: Codes


@dataclass(frozen=True)
class Result:
    """What one method says of one case; None where a figure is not defined.

    status: a code of the method's own vocabulary, best first in `METHODS[method].statuses`.
    value: the measure that the thresholds are applied to (a ratio, or a rate without a target).
    score: the method's own score (UNSD 0 to 5, Statistics Canada -5 to 5); None where it has none.
    projected: the value in the target year, or in `horizon`, if the observed trend goes on; in KPI units.
    observed_rate, required_rate: yearly change since the base, observed and needed for the target: compound
        growth as a fraction (0.02 is 2 % a year), for SDSN points of the 0-100 score a year.
    reason: the code of the rule that decided, a key of `REASONS`.
    """

    method: str
    status: str
    value: float | None
    score: float | None
    projected: float | None
    observed_rate: float | None
    required_rate: float | None
    reason: str

    @property
    def note(self) -> str:
        """The reason in a plain English sentence."""
        return REASONS[self.reason]


@dataclass(frozen=True, kw_only=True)
class ProgressCard(MethodCard):
    """The card of a progress method, with the vocabulary of its results.

    short: the name in a sentence ("UNSD").
    without_target: the formula where no target is set, confirmed as far as `status_without_target` says;
        None where the method has no such variant.
    statuses: the method's vocabulary, best first; on_track: those that count as on track when methods are
        compared. rate_unit: the unit of `observed_rate` and `required_rate`.
    """

    short: str
    without_target: str
    status_without_target: Status | None
    statuses: tuple[str, ...]
    on_track: tuple[str, ...]
    rate_unit: Literal["fraction a year", "points a year"]

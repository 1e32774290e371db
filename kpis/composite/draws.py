"""The random choices of an uncertainty analysis, as data. OECD/JRC Handbook (2008), Step 7.

A draw is a row of a plain table: names of methods, and one whole number per weight (its factor in
millionths). Stored as CSV or Parquet it replays to the same answer anywhere. The numbers come from PCG64's
raw 64-bit output, which NumPy keeps stable, and not from `Generator` methods, which it may change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpis.composite.means import MEANS
from kpis.composite.normalisers import NORMALISERS
from kpis.composite.structure import Hierarchy, read_structure
from kpis.composite.tables import Floats
from kpis.errors import DataError, RequestError, unknown

MILLION = 1_000_000
_PREFIX = "weight:"
IMPUTATIONS = ("none", "column mean", "column median", "group mean", "group median", "row mean", "row median")
FACTORS = ("imputation", "treatment", "normalisation", "aggregation")

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Choices:
    """What may vary. The first option of each is the nominal one; options are drawn with equal chances.

    imputation: see `IMPUTATIONS`; treatment: "none" or "winsorise k" (at most k points, else log);
    normalisation,
    aggregation: names of the contract. weight_spread: every weight is multiplied by 1 ± this share,
    uniformly.
    """

    imputation: Sequence[str] = ("none",)
    treatment: Sequence[str] = ("none",)
    normalisation: Sequence[str] = ("min-max",)
    aggregation: Sequence[str] = ("arithmetic",)
    weight_spread: float = 0.25

    def __post_init__(self) -> None:
        for factor in FACTORS:
            options = tuple(getattr(self, factor))
            if not options:
                raise RequestError(f"{factor}: give at least one option.")
            for option in options:
                check_option(factor, option)
        if not 0 <= self.weight_spread < 1:
            raise RequestError(f"weight_spread: {self.weight_spread} is not a share from 0 to below 1.")


def check_option(factor: str, option: str) -> None:
    """RequestError for an option that the factor does not have."""
    if factor == "treatment":
        winsorise_limit(option)
        return
    allowed: dict[str, Sequence[str]] = {
        "imputation": IMPUTATIONS,
        "normalisation": list(NORMALISERS),
        "aggregation": list(MEANS),
    }
    if option not in allowed[factor]:
        raise RequestError(unknown(f"{factor} option", str(option), allowed[factor], place="draws"))


def winsorise_limit(option: str) -> int | None:
    """Most points of "winsorise 5"; None for "none"."""
    if option == "none":
        return None
    word, _, points = str(option).partition(" ")
    if word != "winsorise" or not points.isdigit():
        raise RequestError(f"treatment: '{option}' is not known. Allowed: none, or e.g. winsorise 5.")
    return int(points)


@dataclass(frozen=True)
class Draws:
    """options: factor → names; picks: factor → position in options, one per draw; codes: who has a weight.

    millionths: draws × codes, factor of each weight in millionths (1,000,000 leaves it as it is).
    """

    options: dict[str, tuple[str, ...]]
    picks: dict[str, Codes]
    codes: tuple[str, ...]
    millionths: Codes = field(repr=False)

    def __len__(self) -> int:
        return len(self.millionths)

    def factors(self, code: str) -> Floats:
        """Factor of one weight in every draw."""
        return self.millionths[:, self.codes.index(code)] / MILLION

    def to_frame(self) -> pd.DataFrame:
        """One row per draw: imputation, treatment, normalisation, aggregation and weight:CODE (millionths).

        Row 0 is the nominal run, so that the table alone replays everything.
        """
        columns: dict[str, Any] = {
            factor: np.asarray(self.options[factor], dtype=object)[np.insert(self.picks[factor], 0, 0)]
            for factor in FACTORS
        }
        weights = {
            f"{_PREFIX}{code}": np.insert(self.millionths[:, at], 0, MILLION)
            for at, code in enumerate(self.codes)
        }
        return pd.DataFrame(columns | weights).rename_axis("draw")

    @classmethod
    def from_frame(cls, table: pd.DataFrame) -> Draws:
        """Read stored draws back.

        table: as `to_frame` gives it, the nominal run first; other columns are ignored.
        Raises DataError for a missing column, no draws, a first row that is not nominal or a factor that is
        no whole number of 0 or more; RequestError for an option that is not known.
        """
        options: dict[str, tuple[str, ...]] = {}
        picks: dict[str, Codes] = {}
        for factor in FACTORS:
            if factor not in table.columns:
                raise DataError(f"draws: column '{factor}' is missing.")
            positions, names = pd.factorize(table[factor].astype(object))
            options[factor] = tuple(str(name) for name in names)
            picks[factor] = positions[1:].astype(np.int64)
            for name in options[factor]:
                check_option(factor, name)
        columns = [name for name in table.columns if str(name).startswith(_PREFIX)]
        numbers = table[columns].to_numpy(dtype=np.float64)
        if not np.isfinite(numbers).all() or (numbers < 0).any() or (numbers != np.floor(numbers)).any():
            raise DataError("draws: factors of weights are whole millionths, 0 or more; one is not.")
        if len(table) < 2 or (numbers[0] != MILLION).any():
            raise DataError(
                "draws: the first row is the nominal run (every weight 1000000), then one row per draw."
            )
        codes = tuple(str(name).removeprefix(_PREFIX) for name in columns)
        return cls(options, picks, codes, numbers[1:].astype(np.int64))


def draw(structure: pd.DataFrame | Hierarchy, n: int, *, seed: int, choices: Choices | None = None) -> Draws:
    """Draw n sets of assumptions.

    structure: as in `aggregate`; every code below a top gets a factor. seed: 0 or more; the same seed gives
    the same draws on every machine, and more draws only add rows to fewer.
    Raises RequestError for a wrong structure, n below 1 or a negative seed.
    Source: OECD/JRC Handbook (2008), Step 7 (Monte Carlo).
    """
    options = choices or Choices()
    tree = read_structure(structure)
    if n < 1 or seed < 0:
        raise RequestError(f"draw: n is 1 or more and seed 0 or more, not {n} and {seed}.")
    width = len(FACTORS) + len(tree.edges)
    raw = np.random.PCG64(seed).random_raw(n * width).reshape(n, width)
    return from_uniform(tree, options, raw >> np.uint64(32))


def crossed(structure: pd.DataFrame | Hierarchy, n: int, *, seed: int, choices: Choices) -> Draws:
    """About n draws in which every set of weights meets every combination of methods.

    structure, seed: as in `draw`. The number of sets is n over the number of combinations, at least one; one
    alone where weight_spread is 0. Each option then has exactly its share of the draws, and the variance of a
    result splits exactly into parts (`variance_parts`).
    Raises RequestError as `draw`.
    Source: OECD/JRC Handbook (2008), Step 7; Saltelli and others (2008), factorial designs.
    """
    tree = read_structure(structure)
    sizes = [len(tuple(getattr(choices, factor))) for factor in FACTORS]
    combinations = int(np.prod(sizes))
    sets = max(1, n // combinations) if choices.weight_spread > 0 else 1
    drawn = draw(tree, sets, seed=seed, choices=choices)
    places = np.unravel_index(np.arange(combinations), sizes)
    picks = {factor: np.tile(at, sets).astype(np.int64) for factor, at in zip(FACTORS, places, strict=True)}
    return Draws(drawn.options, picks, drawn.codes, drawn.millionths.repeat(combinations, axis=0))


def from_uniform(tree: Hierarchy, choices: Choices, numbers: npt.NDArray[np.uint64]) -> Draws:
    """Draws from whole numbers below 2³², one column per factor and then per weight."""
    options = {factor: tuple(getattr(choices, factor)) for factor in FACTORS}
    picks = {factor: _below(numbers[:, at], len(options[factor])) for at, factor in enumerate(FACTORS)}
    reach = round(choices.weight_spread * MILLION)
    millionths = MILLION - reach + _below(numbers[:, len(FACTORS) :], 2 * reach + 1)
    return Draws(options, picks, tree.edges, millionths)


def _below(numbers: npt.NDArray[np.uint64], bound: int) -> Codes:
    """Uniform whole numbers below a bound, without floating point."""
    return ((numbers * np.uint64(bound)) >> np.uint64(32)).astype(np.int64)

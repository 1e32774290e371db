"""Which assumption moves the ranks most: Sobol' indices. OECD/JRC Handbook (2008), Step 7 (sensitivity)."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd

from kpis.composite.cards import COINR, card
from kpis.composite.draws import FACTORS, Choices, Draws, from_uniform
from kpis.composite.findings import Finding, announce
from kpis.composite.structure import Hierarchy, read_structure
from kpis.composite.tables import Floats
from kpis.composite.uncertainty import Uncertainty, uncertainty
from kpis.errors import RequestError, unknown

_TWO_32 = 2**32
RESAMPLES = 100


@dataclass(frozen=True)
class Sobol:
    """indices: one row per assumption: first_order, total (shares of variance), and their 95 % half-widths.

    Estimates: read them with their half-width. One near 0 can come out below 0, one near 1 above 1.
    draws: the design, which replays like any draws; run: ranks under the design; output: what was
    explained.
    """

    indices: pd.DataFrame
    draws: Draws = field(repr=False)
    run: Uncertainty = field(repr=False)
    output: Floats = field(repr=False)


@card(
    "sensitivity.sobol",
    name="Sobol' indices",
    step="7 sensitivity",
    formula="Sᵢ = mean(y_B(y_ABi - y_A))/V (Saltelli and others 2010), S_Ti = mean((y_A - y_ABi)²)/(2V) "
    "(Jansen 1999); y less its mean over all draws, V its variance over A and B (divisor 2n); ± 1.96 "
    "standard deviations of 100 bootstrap resamples",
    undefined="the output does not vary, or is missing in a draw",
    source=f"SALib 1.6 (analyze.sobol); {COINR}, R/sensitivity.R (SA_estimate) leaves the mean in y and "
    "divides V by 2n - 1",
    tolerance="sampling error: on the Ishigami function, whose indices are known, all six lie within 0.12 at "
    "n = 512 and within 0.024 at n = 1,024 in 95% of 200 seeds",
)
def sobol(
    values: pd.DataFrame,
    structure: pd.DataFrame | Hierarchy,
    *,
    n: int = 512,
    seed: int,
    choices: Choices | None = None,
    area: object = None,
    resamples: int = RESAMPLES,
    **setting: Any,
) -> Sobol:
    """Share of the variance of the ranks that each assumption explains.

    values, structure, setting (directions, goalposts, scales, groups, top, …): as in `uncertainty`.
    n: base size, a power of 2; the design, a scrambled Sobol' sequence, has n·(k + 2) draws for k
    assumptions: every factor with more than one option, and every weight. The output is the mean absolute
    rank shift from nominal, or the rank of one area. resamples: bootstrap resamples behind the half-widths.
    Missing: indices are missing, with a CompositeWarning, where the output is the same in every draw or
    missing in one.
    Raises RequestError for n that is no power of 2, fewer than two assumptions that vary, an unknown area,
    and as `uncertainty`; RequestError if SALib is not installed.
    Source: OECD/JRC Handbook (2008), Step 7; Saltelli and others (2010) for the first order, Jansen (1999)
    for the total; SALib.
    """
    options = choices or Choices()
    tree = read_structure(structure)
    if n < 2 or n & (n - 1):
        raise RequestError(f"sobol: n is a power of 2 from 2 up, not {n}.")
    columns = _varying(tree, options)
    if len(columns) < 2:
        raise RequestError("sobol: fewer than two assumptions vary; give more options or a weight_spread.")
    names = list(columns)
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    design = np.asarray(_salib("sample.sobol").sample(problem, n, calc_second_order=False, seed=seed))
    draws = _design(tree, options, design, list(columns.values()))
    run = uncertainty(values, tree, draws, **setting)
    output = run.mean_shift if area is None else _of_area(run, area)
    return Sobol(_indices(problem, output, seed, resamples), draws, run, output)


def _salib(module: str) -> Any:
    # imported late and by name: it is slow to load, untyped, and needed here only
    try:
        return import_module(f"SALib.{module}")
    except ImportError:
        raise RequestError(
            "sobol: the package SALib is not installed. Install it: pip install SALib."
        ) from None


def _varying(tree: Hierarchy, choices: Choices) -> dict[str, int]:
    """Assumptions that vary, and their column in the table of uniform numbers."""
    columns = {factor: at for at, factor in enumerate(FACTORS) if len(getattr(choices, factor)) > 1}
    if choices.weight_spread > 0:
        columns |= {f"weight:{code}": len(FACTORS) + at for at, code in enumerate(tree.edges)}
    return columns


def _design(tree: Hierarchy, choices: Choices, design: Floats, columns: list[int]) -> Draws:
    """SALib's design as draws; what does not vary keeps its nominal option and the middle of its range."""
    numbers = np.full((len(design), len(FACTORS) + len(tree.edges)), _TWO_32 // 2, dtype=np.uint64)
    numbers[:, : len(FACTORS)] = 0
    numbers[:, columns] = np.minimum(np.floor(design * _TWO_32), _TWO_32 - 1).astype(np.uint64)
    return from_uniform(tree, choices, numbers)


def _of_area(run: Uncertainty, area: object) -> Floats:
    rows = list(run.summary.index)
    if area not in rows:
        raise RequestError(unknown("area", str(area), map(str, rows), place="sobol"))
    ranks = run.ranks[:, rows.index(area)].astype(np.float64)
    return np.where(ranks == 0, np.nan, ranks)


def _indices(problem: dict[str, Any], output: Floats, seed: int, resamples: int) -> pd.DataFrame:
    names = pd.Index(problem["names"], name="assumption")
    columns = ["first_order", "first_order_ci", "total", "total_ci"]
    if np.isnan(output).any() or np.ptp(output) == 0:
        announce([Finding("sobol", "index", "the output is missing in a draw, or never varies: no indices")])
        return pd.DataFrame(np.nan, index=names, columns=columns)
    analysis = _salib("analyze.sobol").analyze(
        problem,
        output,
        calc_second_order=False,
        num_resamples=resamples,
        seed=seed or _TWO_32 - 1,  # SALib takes a seed of 0 for none, and the half-widths would not replay
    )
    return pd.DataFrame({name: analysis[key] for name, key in zip(columns, _KEYS, strict=True)}, index=names)


_KEYS = ("S1", "S1_conf", "ST", "ST_conf")

"""Recomputes published figures from their parts and lists every country outside tolerance."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kpis import egdi
from kpis.catalogue import Catalogue
from kpis.catalogue.model import Index
from kpis.errors import DataError
from kpis.queries import Warehouse


@dataclass(frozen=True)
class Check:
    """One index in one edition: how many countries agree with the published value, and who does not.

    outside: one row per country beyond tolerance: ref_area, published, recomputed, residual, reason
    (empty where none is known).
    """

    index: str
    edition: int
    n: int
    within: int
    tolerance: float
    max_residual_within: float
    outside: pd.DataFrame
    method: str

    @property
    def passed(self) -> bool:
        """Whether every country is within tolerance or has a known reason not to be."""
        return bool((self.outside["reason"] != "").all())


def verify(wh: Warehouse, catalogue: Catalogue, *, held_only: bool = False) -> list[Check]:
    """Every index of the catalogue in every edition, in order of edition.

    held_only: leave out editions of which the index or a part is not held, instead of raising DataError.
    """
    checks = []
    for index, edition in [(one, edition) for one in catalogue.indices for edition in one.editions]:
        try:
            checks.append(_check(wh, index, edition))
        except DataError:
            if not held_only:
                raise
    return sorted(checks, key=lambda check: (check.edition, check.index))


def _check(wh: Warehouse, index: Index, edition: int) -> Check:
    names = [index.index, *(component.kpi for component in index.components)]
    wide = wh.values(names, years=[edition]).pivot(index="ref_area", columns="kpi", values="obs_value")
    absent = [name for name in names if name not in wide]
    if absent:
        raise DataError(f"{index.index} {edition}: no figures of {', '.join(absent)}. Run `escala doctor`.")
    wide = wide.dropna(subset=[index.index])
    result = pd.DataFrame({"published": wide[index.index], "recomputed": egdi.composite(wide, index)})
    result["residual"] = result["recomputed"] - result["published"]
    far = result["residual"].abs() > index.tolerance
    outside = result[far].reset_index()
    outside["reason"] = [index.known.get(area, "") for area in outside["ref_area"]]
    return Check(
        index=index.index,
        edition=edition,
        n=len(result),
        within=int((~far).sum()),
        tolerance=index.tolerance,
        max_residual_within=float(result.loc[~far, "residual"].abs().max()),
        outside=outside.sort_values("residual", key=abs, ascending=False, ignore_index=True),
        method=index.source,
    )

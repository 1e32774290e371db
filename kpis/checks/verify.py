"""Recomputes published figures from their parts and lists every country outside tolerance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from kpis import composite, egdi
from kpis.catalogue import Catalogue
from kpis.catalogue.model import Index
from kpis.egdi.rules import GROUPS, groups_of
from kpis.errors import DataError
from kpis.queries import Warehouse
from kpis.sql import statement

HDI_EDITION = 2023
HDI_TOLERANCE = 0.0005  # half of the last of the three decimals that the Report prints
HDI_GOALPOSTS = {
    "HDR.LE": (20, 85),
    "HDR.EYS": (0, 18),
    "HDR.MYS": (0, 15),
    "HDR.GNIPC": (np.log(100), np.log(75_000)),
}
HDI_STRUCTURE = pd.DataFrame(
    [
        ("HDR.LE", "health", 1),
        ("HDR.EYS", "education", 1),
        ("HDR.MYS", "education", 1),
        ("HDR.GNIPC", "income", 1),
        ("health", "HDR.HDI", 1),
        ("education", "HDR.HDI", 1),
        ("income", "HDR.HDI", 1),
        ("HDR.HDI", "", 1),
    ],
    columns=["code", "parent", "weight"],
)
HDI_METHOD = (
    "UNDP, Human Development Report 2025, technical note 1: goalposts 20 to 85, 18 and 15 years, and 100 to "
    "75,000 dollars on a logarithm; schooling averaged, then the geometric mean of the three"
)

GROUPED = {
    # scheme of published groups: the index that they divide
    "EGDI_GROUP": "EGDI",
    "OSI_GROUP": "OSI",
    "TII_GROUP": "TII",
    "HCI_GROUP": "HCI",
    "EPI_GROUP": "EPI",
    "OGDI_GROUP": "OGDI",
}
GROUP_METHOD = (
    "UN E-Government Survey 2024: groups cut at 0.25, 0.50 and 0.75, as levels from 1 (low) to 4 (very high)"
)
RANKED = {"EGDI.RANK": "EGDI", "EPI.RANK": "EPI"}  # series of published ranks: the index that they order
RANK_METHOD = "UN E-Government Survey: competition ranks (1, 2, 2, 4) of the values to four decimals"
TIE_2020 = "The UN ranked this country one place lower than the tie at four decimals would give."
EXPLAINED_RANKS = {("EGDI.RANK", 2020): dict.fromkeys(("AND", "HUN", "MKD", "TLS"), TIE_2020)}

TEXTS = (HDI_METHOD, GROUP_METHOD, RANK_METHOD, TIE_2020)
"""Rules and reasons that stand here and not in the catalogue, for pages to translate."""


@dataclass(frozen=True)
class Check:
    """One published figure in one edition: how many countries agree with what was printed, and who does not.

    index: an index, a scheme of groups or a series of ranks.
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


def verify(wh: Warehouse, catalogue: Catalogue, *, available_only: bool = False) -> list[Check]:
    """Every index of the catalogue in every edition, the HDI, published groups and ranks, by edition.

    What a build with open sources only leaves out is left out here.
    available_only: leave out editions of which the index or a part is not held, instead of raising DataError.
    """
    checks = []
    for recompute in _computations(wh, catalogue):
        try:
            checks.append(recompute())
        except DataError:
            if not available_only:
                raise
    return sorted(checks, key=lambda check: (check.edition, check.index))


def _computations(wh: Warehouse, catalogue: Catalogue) -> Iterator[Callable[[], Check]]:
    there = set(wh.kpis()["kpi"])
    for index in catalogue.indices:
        if index.index in there:
            for edition in index.editions:
                yield partial(_index, wh, index, edition)
    if "HDI" in there and "HDI" in catalogue.kpis:
        yield partial(_hdi, wh, HDI_EDITION)
    for scheme, edition in _editions(wh, "select distinct scheme, time_period from classification", GROUPED):
        yield partial(_groups, wh, scheme, edition)
    for series, edition in _editions(wh, "select distinct series, time_period from observation", RANKED):
        yield partial(_ranks, wh, series, edition)


def _editions(wh: Warehouse, query: str, names: dict[str, str]) -> list[tuple[str, int]]:
    rows = wh.sql(query).itertuples(index=False)
    return sorted((str(name), int(edition)) for name, edition in rows if name in names)


def _index(wh: Warehouse, index: Index, edition: int) -> Check:
    names = [index.index, *(component.kpi for component in index.components)]
    wide = wh.values(names, years=[edition]).pivot(index="ref_area", columns="kpi", values="obs_value")
    _all_there(wide, names, f"{index.index} {edition}")
    wide = wide.dropna(subset=[index.index])
    recomputed = egdi.composite(wide, index)
    return _compared(
        index.index, edition, wide[index.index], recomputed, index.tolerance, index.source, index.known
    )


def _hdi(wh: Warehouse, edition: int) -> Check:
    names = ["HDR.HDI", *HDI_GOALPOSTS]
    wide = _series(wh, names, edition)
    _all_there(wide, names, f"HDI {edition}")
    parts = wide.dropna()
    published = parts.pop("HDR.HDI")
    parts["HDR.GNIPC"] = np.log(parts["HDR.GNIPC"])
    scores = composite.normalise(parts, "goalposts", goalposts=HDI_GOALPOSTS, scale=(0, 1))
    methods: dict[int | str, str] = {"education": "arithmetic", "HDR.HDI": "geometric"}
    recomputed = composite.aggregate(scores, HDI_STRUCTURE, methods)["HDR.HDI"]
    return _compared("HDI", edition, published, recomputed, HDI_TOLERANCE, HDI_METHOD)


def _groups(wh: Warehouse, scheme: str, edition: int) -> Check:
    name = GROUPED[scheme]
    values = _series(wh, [name], edition)
    _all_there(values, [name], f"{scheme} {edition}")
    level = {group: place for place, (group, _) in enumerate(reversed(GROUPS), start=1)}
    rows = wh.sql(
        "select ref_area, class from classification where scheme = $scheme and time_period = $edition",
        {"scheme": scheme, "edition": edition},
    )
    published = rows.set_index("ref_area")["class"].map(level)
    groups = pd.Series(groups_of(values[name].to_numpy(dtype=float)), index=values.index)
    return _compared(scheme, edition, published, groups.map(level), 0.0, GROUP_METHOD)


def _ranks(wh: Warehouse, series: str, edition: int) -> Check:
    wide = _series(wh, [series, RANKED[series]], edition)
    _all_there(wide, [series, RANKED[series]], f"{series} {edition}")
    wide = wide.dropna()
    recomputed = wide[RANKED[series]].rank(ascending=False, method="min")
    explained = EXPLAINED_RANKS.get((series, edition), {})
    return _compared(series, edition, wide[series], recomputed, 0.0, RANK_METHOD, explained)


def _series(wh: Warehouse, names: list[str], edition: int) -> pd.DataFrame:
    """Values of UN Member States and others as printed, a column for each series that is held."""
    rows = wh.sql(statement("checks/series_values"), {"names": names, "edition": edition})
    return rows.pivot(index="ref_area", columns="series", values="obs_value")


def _all_there(wide: pd.DataFrame, names: list[str], what: str) -> None:
    absent = [name for name in names if name not in wide]
    if absent:
        raise DataError(f"{what}: no figures of {', '.join(absent)}. Run `escala doctor`.")


def _compared(
    index: str,
    edition: int,
    published: pd.Series,
    recomputed: pd.Series,
    tolerance: float,
    method: str,
    explained: dict[str, str] | None = None,
) -> Check:
    """The check of one edition; a published value that could not be recomputed is outside."""
    result = pd.DataFrame({"published": published, "recomputed": recomputed}).dropna(subset=["published"])
    result["residual"] = result["recomputed"] - result["published"]
    near = result["residual"].abs() <= tolerance
    outside = result[~near].rename_axis("ref_area").reset_index()
    outside["reason"] = [(explained or {}).get(area, "") for area in outside["ref_area"]]
    return Check(
        index=index,
        edition=edition,
        n=len(result),
        within=int(near.sum()),
        tolerance=tolerance,
        max_residual_within=float(result.loc[near, "residual"].abs().max()) if near.any() else 0.0,
        outside=outside.sort_values("residual", key=abs, ascending=False, ignore_index=True),
        method=method,
    )

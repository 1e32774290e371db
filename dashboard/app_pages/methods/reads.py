"""Cached reads of the page of methods and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads.cached import cached
from dashboard.reads.shared import FEW
from kpis.plan.phrases import publication
from kpis.plan.releases import next_figures
from kpis.sources.calendar import next_release
from kpis.stages import edition

if TYPE_CHECKING:
    from kpis.checks.verify import Check
    from kpis.queries import Warehouse

SUMMARY = ["index", "edition", "n", "within", "tolerance", "largest", "rule"]
OUTSIDE = ["index", "edition", "ref_area", "published", "recomputed", "residual", "reason"]


@cached(FEW)
def next_publications(wh: Warehouse, lang: str) -> dict[str, str]:
    """When the next figure of each KPI is due, by KPI, in words; a date that has passed is never given."""
    releases = next_figures(wh.tables)
    return {kpi: publication(release, lang) for kpi, release in releases.items()}


@cached(FEW)
def next_releases(wh: Warehouse, lang: str) -> dict[str, str]:
    """The same by source."""
    sources, as_of = wh.sources()["source"], wh.as_of
    return {str(source): publication(next_release(str(source), as_of), lang) for source in sources}


@cached(2)
def input_years(wh: Warehouse) -> pd.DataFrame:
    """Of KPIs with values measured before the year they are printed under, by KPI.

    n values with a known year, earlier: of an earlier year, first and last: the years measured, year: the
    last year of the values.
    """
    rows = wh.sql(
        "select kpi, count(*) as n, count(*) filter (where reference_year < time_period) as earlier, "
        "min(reference_year) as first, max(reference_year) as last, max(time_period) as year "
        "from input_year where kpi is not null and reference_year is not null group by kpi"
    )
    return rows[rows["earlier"] > 0].set_index("kpi")


@cached(FEW)
def distribution(wh: Warehouse, group: str) -> pd.DataFrame:
    """How many members of a group stand at each stage by the first edition and by this one."""
    return edition.distribution(group, wh.tables)


@cached(FEW)
def countries(lang: str) -> pd.DataFrame:
    """The countries whose stages changed most with the edition, dimension by dimension, and why."""
    return edition.countries(lang)


@cached(FEW)
def gate_changes(lang: str) -> pd.DataFrame:
    """What the edition did to each gate."""
    return edition.gate_changes(lang)


@cached(FEW)
def rules(lang: str) -> list[str]:
    """The changed rules in words, in their order."""
    words = edition.texts(lang)
    return [words[rule] for rule in edition.RULES]


@cached(2)
def gci_part(wh: Warehouse) -> pd.DataFrame:
    """What the change of method of the Global Cybersecurity Index does to the gates that rest on it."""
    return edition.gci_part(wh.tables)


@cached(FEW)
def verification(wh: Warehouse) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Published indices recomputed from their parts: a row per index and edition, and who is outside.

    Editions of which an index or a part is not held are left out.
    """
    from kpis.catalogue import load
    from kpis.checks.verify import verify

    checks = verify(wh, load(), available_only=True)
    summary = pd.DataFrame([_summary(check) for check in checks], columns=SUMMARY)
    outside = [
        check.outside.assign(index=check.index, edition=check.edition)
        for check in checks
        if len(check.outside)
    ]
    return summary, (pd.concat(outside) if outside else pd.DataFrame(columns=OUTSIDE))[OUTSIDE]


def _summary(check: Check) -> dict[str, object]:
    return {
        "index": check.index,
        "edition": check.edition,
        "n": check.n,
        "within": check.within,
        "tolerance": check.tolerance,
        "largest": check.max_residual_within,
        "rule": check.method,
    }


@cached(FEW)
def left_out(wh: Warehouse, lang: str) -> list[str]:
    """Names of the KPIs that a warehouse of open sources leaves out; none in a full one."""
    return [str(name) for name in wh.left_out()[f"name_{lang}"]]

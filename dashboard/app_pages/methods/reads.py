"""Cached reads of the page of methods and sources."""

from __future__ import annotations

import pandas as pd

from dashboard.reads.keep import kept
from dashboard.reads.shared import FEW, warehouse
from kpis.plan.phrases import publication
from kpis.plan.releases import next_figures
from kpis.sources.calendar import next_release
from kpis.stages import edition


@kept(FEW)
def next_publications(version: str, lang: str) -> dict[str, str]:
    """When the next figure of each KPI is due, by KPI, in words; a date that has passed is never given."""
    found = next_figures(warehouse(version).tables)
    return {kpi: publication(release, lang) for kpi, release in found.items()}


@kept(FEW)
def next_releases(version: str, lang: str) -> dict[str, str]:
    """The same by source."""
    sources, as_of = warehouse(version).sources()["source"], warehouse(version).as_of
    return {str(one): publication(next_release(str(one), as_of), lang) for one in sources}


@kept(2)
def input_years(version: str) -> pd.DataFrame:
    """Of KPIs with values measured before the year they are printed under, by KPI.

    n values with a known year, earlier: of an earlier year, first and last: the years measured, year: the
    last year of the values.
    """
    rows = warehouse(version).sql(
        "select kpi, count(*) as n, count(*) filter (where reference_year < time_period) as earlier, "
        "min(reference_year) as first, max(reference_year) as last, max(time_period) as year "
        "from input_year where kpi is not null and reference_year is not null group by kpi"
    )
    return rows[rows["earlier"] > 0].set_index("kpi")


@kept(FEW)
def distribution(version: str, group: str) -> pd.DataFrame:
    """How many members of a group stand at each stage by the first edition and by this one."""
    return edition.distribution(group, warehouse(version).tables)


@kept(FEW)
def countries(lang: str) -> pd.DataFrame:
    """The countries whose stages changed most with the edition, dimension by dimension, and why."""
    return edition.countries(lang)


@kept(FEW)
def gate_changes(lang: str) -> pd.DataFrame:
    """What the edition did to each gate."""
    return edition.gate_changes(lang)


@kept(FEW)
def rules(lang: str) -> list[str]:
    """The changed rules in words, in their order."""
    words = edition.texts(lang)
    return [words[rule] for rule in edition.RULES]


@kept(2)
def gci_part(version: str) -> pd.DataFrame:
    """What the change of method of the Global Cybersecurity Index does to the gates that rest on it."""
    return edition.gci_part(warehouse(version).tables)


@kept(FEW)
def verification(version: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Published indices recomputed from their parts: a row per index and edition, and who is outside.

    Editions of which an index or a part is not held are left out.
    """
    from kpis.catalogue import load
    from kpis.checks.verify import verify

    checks = verify(warehouse(version), load(), held_only=True)
    summary = [
        {
            "index": one.index,
            "edition": one.edition,
            "n": one.n,
            "within": one.within,
            "tolerance": one.tolerance,
            "largest": one.max_residual_within,
            "rule": one.method,
        }
        for one in checks
    ]
    outside = [one.outside.assign(index=one.index, edition=one.edition) for one in checks if len(one.outside)]
    columns = ["index", "edition", "ref_area", "published", "recomputed", "residual", "reason"]
    told = ["index", "edition", "n", "within", "tolerance", "largest", "rule"]
    return pd.DataFrame(summary, columns=told), (
        pd.concat(outside) if outside else pd.DataFrame(columns=columns)
    )[columns]


@kept(FEW)
def left_out(version: str, lang: str) -> list[str]:
    """Names of the KPIs that a warehouse of open sources leaves out; none in a full one."""
    return [str(name) for name in warehouse(version).left_out()[f"name_{lang}"]]

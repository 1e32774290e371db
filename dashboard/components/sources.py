"""Where figures come from, as safe HTML: links to sources, the mark of their terms, foot lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup, escape

from dashboard.charts import figures
from dashboard.charts.context import KpiView
from dashboard.charts.scalars import is_missing, records
from dashboard.components.language import text as _
from dashboard.components.links import external_link
from dashboard.reads import shared
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

if TYPE_CHECKING:
    from kpis.queries import Warehouse

DOT = Markup(" · ")


def foot(reader: Reader, kpi: KpiView, years: pd.Series[float], n: str, *, note: str = "") -> Markup:
    """The foot line of one KPI: source · years · n · note. Text is escaped, safe HTML stays.

    years: of the values shown, NaN where one is missing.
    """
    source = Markup("{}: {}").format(_("Source"), source_link(reader, kpi))
    return joined(source, span_of(years), n, note)


def foot_of(reader: Reader, kpi_ids: Iterable[str], *parts: str, label: str = "") -> Markup:
    """The foot line of several KPIs: their sources, each once, and what else is to be said of them.

    label: what stands before the sources, "Source" unless given.
    """
    return joined(Markup("{}: {}").format(label or _("Source"), source_links(reader, kpi_ids)), *parts)


def folded(reader: Reader, kpi_ids: Iterable[str], *parts: str) -> Markup:
    """The foot line of KPIs from many sources: what is to be said of them, and the sources, which unfold."""
    links = _source_links(reader, kpi_ids)
    head = _("Sources ({n})").format(n=reader.ctx.number(len(links)))
    fold = Markup(' <details class="e-sources"><summary>{}</summary> {}</details>')
    return joined(*parts) + fold.format(head, Markup(", ").join(links))


def source_links(reader: Reader, kpi_ids: Iterable[str]) -> Markup:
    """The sources of several KPIs, each once and linked, with commas."""
    return Markup(", ").join(_source_links(reader, kpi_ids))


def _source_links(reader: Reader, kpi_ids: Iterable[str]) -> list[Markup]:
    kpis = reader.kpis
    return list(dict.fromkeys(source_link(reader, kpis[kpi_id]) for kpi_id in kpi_ids))


def joined(*parts: str) -> Markup:
    """Several parts of a foot line as one, without the empty ones; text is escaped, safe HTML stays."""
    return DOT.join(part for part in parts if part)


def source_link(reader: Reader, kpi: KpiView) -> Markup:
    """The source's title linked to its address, with the mark of sources that restrict reuse."""
    link = _links(reader.warehouse, reader.lang).get(kpi.source)
    return escape(kpi.source) if link is None else link + licence_mark(kpi)


@cached(shared.FEW)
def _links(wh: Warehouse, lang: str) -> dict[str, Markup]:
    """The title of each source linked to its address, by id: a foot line asks for a hundred of them."""
    rows = records(shared.sources(wh, lang).reset_index())
    return {str(row["source"]): external_link(str(row["title"]), str(row["url"])) for row in rows}


def licence_mark(kpi: KpiView) -> Markup:
    """The mark "NC" of values that may only be reused non-commercially, else nothing."""
    if kpi.redistribution != "noncommercial":
        return Markup("")
    meaning = _("non-commercial reuse only")
    mark = Markup('\N{NO-BREAK SPACE}<abbr class="e-mark" title="{}">NC</abbr><span class="e-sr">({})</span>')
    return mark.format(meaning, meaning)


def span_of(years: pd.Series[float]) -> str:
    """The first and last of the years of a foot line; nothing where none is known."""
    present = years.dropna()
    return "" if present.empty else figures.span(*figures.ends(present))


def named(table: pd.DataFrame, sources: pd.DataFrame) -> list[str]:
    """Ids of known sources in a table of figures, in order: those it names, else those of its KPIs.

    A cell may name several, parted by commas or spaces.
    """
    found = dict.fromkeys(source_id for cell in source_cells(table).unique() for source_id in ids(cell))
    return [source_id for source_id in found if source_id in sources.index]


def source_cells(table: pd.DataFrame) -> pd.Series[str]:
    """What each row of a table of figures says of its sources: its own word, else that of its KPI."""
    if "source" in table:
        return table["source"]
    of_kpi = shared.kpi_table(shared.warehouse())["source"]
    kpis = table["kpi"] if "kpi" in table else pd.Series(None, table.index, dtype=object)
    return kpis.map(of_kpi)


def ids(cell: object) -> list[str]:
    """The sources that a cell names."""
    return [] if is_missing(cell) else re.split(r"[,;\s]+", str(cell))


def sources_of(table: pd.DataFrame, lang: str) -> list[str]:
    """Titles and publishers of the sources that a table names, in their order."""
    sources = shared.sources(shared.warehouse(), lang)
    rows = sources.loc[named(table, sources)]
    return [
        f"{title} ({publisher})" for title, publisher in zip(rows["title"], rows["publisher"], strict=True)
    ]

"""The sources of a document as it cites them, and what its reader must know of all figures."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.charts.scalars import Row, is_missing, records
from dashboard.components.takeaway import BOUNDARIES
from dashboard.documents.content import Reference
from dashboard.reads.reader import Reader


def of_kpis(reader: Reader, kpi_ids: Iterable[str]) -> tuple[Reference, ...]:
    """The sources of some KPIs, each once, in the order of their ids; unknown ones are left out."""
    kpis, sources = reader.kpis, reader.sources
    used = {kpis[kpi_id].source for kpi_id in kpi_ids if kpi_id in kpis}
    rows = sources.loc[[source for source in sources.index if source in used]].reset_index()
    return tuple(reference(row, reader.lang) for row in records(rows))


def reference(source: Row, lang: str) -> Reference:
    """A source: publisher, title as published, release."""
    text = f"{source['publisher']}: {source['title_en']}."
    if not is_missing(source["vintage"]) and str(source["vintage"]):
        text += f" {source['vintage']}."
    licence = source[f"licence_{lang}"]
    return Reference(text, str(source["url"]), "" if is_missing(licence) else str(licence))


def boundaries(reader: Reader) -> str:
    """What is said of names and borders."""
    return reader.ctx.t(BOUNDARIES)

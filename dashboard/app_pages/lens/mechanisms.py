"""How components of e-government serve the targets of a goal, by the methodology."""

from __future__ import annotations

from urllib.parse import urlsplit

import pandas as pd
from markupsafe import Markup

from dashboard.charts import evidence_words
from dashboard.charts.context import KpiView
from dashboard.charts.scalars import Row, records
from dashboard.components import frame, links, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import lens as reads
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis.links.sdg import target_order


@worded(frame.CACHED_FRAMES)
def mechanisms(
    reader: Reader, goal: int, kind: str | None, most: int
) -> tuple[str, pd.DataFrame, str, int] | None:
    """How components of the methodology serve the targets of a goal, with the source of each statement.

    Table of the first ones, download and its name, how many there are; None where the methodology names no
    component. kind: of evidence, None for all.
    """
    rows = reads.mechanisms(reader.lang)
    rows = rows[rows["goal"] == goal]
    if kind is not None:
        rows = rows[rows["evidence"] == kind]
    if rows.empty:
        return None
    ordered = rows.sort_values("target", key=lambda targets: targets.map(target_order), kind="stable")
    columns = [Column(_("Component")), Column(_("Target")), Column(_("Evidence")), Column(_("Mechanism"))]
    columns.append(Column(_("Source")))
    title = _("How components of e-government serve goal {goal}").format(goal=goal)
    kpis = reader.kpis
    body = [_cells(row, kpis) for row in records(ordered.head(most))]
    markup = table.html(
        title, columns, body, whole=len(body) == len(rows), no_data=_("no data"), style="e-mechanisms"
    )
    return markup, rows.drop(columns="own"), f"escala_mechanisms_{goal}", len(rows)


def _cells(row: Row, kpis: dict[str, KpiView]) -> list[Cell]:
    """Component, target, evidence, mechanism and source; a mechanism in English is marked as such."""
    host = urlsplit(row["source_url"]).netloc.removeprefix("www.")
    mechanism: Cell = row["mechanism"]
    if not row["own"]:
        mechanism = Markup('<span lang="en">{}</span>').format(row["mechanism"])
    return [
        kpis[row["kpi"]].name if row["kpi"] in kpis else row["name"],
        row["target"],
        _(evidence_words.VERBS[row["evidence"]]),
        mechanism,
        links.external_link(host, row["source_url"]),
    ]

"""The profile of a country as a table."""

from __future__ import annotations

import pandas as pd

from dashboard.components import table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader


def profile_html(reader: Reader, rows: pd.DataFrame, dots: pd.DataFrame, name: str, peer_name: str) -> str:
    """The profile as a table: percentile per dimension of a country and its peers, and of how many KPIs."""
    wide = dots[dots["kind"] != "single"].pivot_table(index="row", columns="kind", values="percentile")
    body: list[list[Cell]] = [
        [row.label, row.note]
        + [reader.ctx.number(wide[kind].get(row.row) if kind in wide else None) for kind in ("main", "peer")]
        for row in rows.itertuples()
    ]
    columns = [Column(_("Dimension")), Column("KPI"), Column(name, True), Column(peer_name, True)]
    return table.html(
        _("Percentile among UN Member States, 100 is best"), columns, body, no_data=_("no data")
    )

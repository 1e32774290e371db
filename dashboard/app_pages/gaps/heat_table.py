"""The heat map as a table."""

from __future__ import annotations

import pandas as pd

from dashboard.app_pages.gaps import heat
from dashboard.charts.scalars import number
from dashboard.components import links, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader


def heat_html(reader: Reader, cells: pd.DataFrame, labels: dict[str, str], mine: str | None = None) -> str:
    """Country by dimension: number of KPIs with a fresh value, the country with the lowest share first.

    cells, labels, mine: as in `heat.figure`.
    """
    write = reader.ctx.number
    names = cells.drop_duplicates("ref_area").set_index("ref_area")["name"]
    fresh = cells.set_index(["ref_area", "dimension"])["fresh"].unstack()
    total = cells.groupby("ref_area")["fresh"].sum()
    codes = heat.ordered(cells)
    body: list[list[Cell]] = [
        [
            links.to(reader, "gaps", str(names[code]), country=code),
            *(write(number(fresh.at[code, dimension])) for dimension in labels),
            write(number(total[code])),
        ]
        for code in codes
    ]
    size = cells.drop_duplicates("dimension").set_index("dimension")["kpis"]
    columns = [
        Column(_("Country")),
        *(Column(f"{label} ({write(size[dimension])})", True) for dimension, label in labels.items()),
        Column(_("All ({n})").format(n=write(size.sum())), True),
    ]
    return table.html(
        _("Number of KPIs with a fresh value"),
        columns,
        body,
        tall=True,
        marked=frozenset(at for at, code in enumerate(codes) if code == mine),
    )

"""Annual KPIs: which of them are forecast, and why the others are not."""

from __future__ import annotations

from dashboard.app_pages.forecast import reads, tables
from dashboard.components import frame
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader


def show(reader: Reader) -> None:
    """The table of the gate; nothing in a warehouse that does not hold it."""
    rows = reads.annual_gate(reader.warehouse)
    if rows.empty:
        return
    passed = rows.loc[rows["passed"].astype(bool), "kpi"].nunique()
    title = _("Annual KPIs: {k} of {n} may be forecast; the others were not right often enough").format(
        k=reader.ctx.number(passed), n=reader.ctx.number(rows["kpi"].nunique())
    )
    caption = _("Annual KPIs tried on the past, by years ahead")
    frame.table_only(title, tables.annual_gate(reader, rows, caption), rows, "escala_forecast_gate")

"""Tables of ranks that moved between two years, and why."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard.app_pages.releases import rank_moves, reads
from dashboard.app_pages.releases.changes import places
from dashboard.charts.context import KpiView
from dashboard.charts.figures import figure
from dashboard.components import shell, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads.reader import Reader

CAUSES = ("own_OSI", "own_TII", "own_HCI", "others", "weights", "coverage", "rounding")


def moves(reader: Reader, rows: pd.DataFrame, kpi: KpiView) -> str:
    """Rank and value in both years, by country; marked with places gained or lost."""
    start, end = int(rows["year_from"].iloc[0]), int(rows["year_to"].iloc[0])
    ctx = reader.ctx
    body: list[list[Cell]] = [
        [
            _linked(reader, row, kpi),
            f"{row['rank_from']:.0f}",
            f"{row['rank_to']:.0f}",
            places(row["rank_change"], reader),
            figure(row["value_from"], kpi, start, ctx, dated=False),
            figure(row["value_to"], kpi, end, ctx, dated=False),
        ]
        for row in rows.to_dict("records")
    ]
    columns = [
        Column(_("Country")),
        Column(_("Rank {year}").format(year=start), True),
        Column(_("Rank {year}").format(year=end), True),
        Column(_("Places"), True),
        Column(_("Value {year}").format(year=start), True),
        Column(_("Value {year}").format(year=end), True),
    ]
    return table.html(_("Ranks and values in both years"), columns, body, tall=True)


def causes(reader: Reader, rows: pd.DataFrame, kpi: KpiView) -> tuple[str, pd.DataFrame]:
    """Why the ranks of these countries moved, in whole places by cause; and the same as exact figures.

    A cause that moved nobody by a place has no column.
    """
    found = _causes(reader, rows)
    whole = [
        rank_moves.whole([row[one] for one in CAUSES], int(row["rank_change"]))
        for row in found.to_dict("records")
    ]
    shown = [at for at in range(len(CAUSES)) if any(parts[at] for parts in whole)]
    body: list[list[Cell]] = [
        [
            _linked(reader, row, kpi),
            places(row["rank_change"], reader),
            *(reader.ctx.number(parts[at], sign=True) for at in shown),
        ]
        for row, parts in zip(found.to_dict("records"), whole, strict=True)
    ]
    heads = ["OSI", "TII", "HCI", _("Others’ movement"), _("Weights"), _("Who is ranked"), _("Rounding")]
    columns = [Column(_("Country")), Column(_("Places"), True), *(Column(heads[at], True) for at in shown)]
    caption = _("Places gained (+) or lost (−) by cause, in whole places; each row adds up to its places")
    return table.html(caption, columns, body), found


def _causes(reader: Reader, rows: pd.DataFrame) -> pd.DataFrame:
    """One row per country ranked in both years: its places, and its part of each cause of CAUSES."""
    kept = []
    for row in rows.to_dict("records"):
        parts = reads.why(reader.warehouse, row["ref_area"], int(row["year_from"]), int(row["year_to"]))
        if parts is not None:
            fixed = {one: row[one] for one in ("ref_area", "name", "year_from", "year_to", "rank_change")}
            kept.append(fixed | {one: float(parts.get(one, 0.0)) for one in CAUSES})
    return pd.DataFrame(kept, columns=["ref_area", "name", "year_from", "year_to", "rank_change", *CAUSES])


def _linked(reader: Reader, row: dict[str, object], kpi: KpiView) -> Html:
    to = escape(shell.link("country", reader, country=str(row["ref_area"]), kpi=kpi.id))
    return Html(f'<a target="_self" href="{to}">{escape(str(row["name"]))}</a>')

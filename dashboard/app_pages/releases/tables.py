"""Tables of ranks that moved between two years, and why."""

from __future__ import annotations

import pandas as pd

from dashboard.app_pages.releases import reads
from dashboard.app_pages.releases.changes import places
from dashboard.charts import rank_moves
from dashboard.charts.context import KpiView
from dashboard.charts.figures import figure
from dashboard.charts.scalars import Row, records
from dashboard.components import links, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads.reader import Reader

CAUSES = ("own_OSI", "own_TII", "own_HCI", "others", "weights", "coverage", "rounding")


def moves(reader: Reader, rows: pd.DataFrame, kpi: KpiView) -> str:
    """Rank and value in both years, by country; marked with places gained or lost."""
    start, end = int(rows["year_from"].iloc[0]), int(rows["year_to"].iloc[0])
    columns = [
        Column(_("Country")),
        Column(_("Rank {year}").format(year=start), True),
        Column(_("Rank {year}").format(year=end), True),
        Column(_("Places"), True, answer=True),
        Column(_("Value {year}").format(year=start), True),
        Column(_("Value {year}").format(year=end), True),
    ]
    body = [_move(reader, row, kpi) for row in records(rows)]
    return table.html(f"{_('Ranks and values in both years')}, {kpi.unit}", columns, body, tall=True)


def _move(reader: Reader, row: Row, kpi: KpiView) -> list[Cell]:
    return [
        _linked(reader, row, kpi),
        f"{row['rank_from']:.0f}",
        f"{row['rank_to']:.0f}",
        places(row["rank_change"], reader),
        figure(row["value_from"], kpi, int(row["year_from"]), reader.ctx, dated=False),
        figure(row["value_to"], kpi, int(row["year_to"]), reader.ctx, dated=False),
    ]


def most(reader: Reader, row: Row) -> str:
    """What gave and what took most of a country's places: "TII +14, others’ movement −13"; "" if unknown."""
    parts = reads.why(reader.warehouse, str(row["ref_area"]), int(row["year_from"]), int(row["year_to"]))
    if parts is None:
        return ""
    whole = rank_moves.whole([parts.get(cause, 0.0) for cause in CAUSES], int(row["rank_change"]))
    amounts = dict(zip(_heads(), whole, strict=True))
    gave, took = max(amounts, key=amounts.__getitem__), min(amounts, key=amounts.__getitem__)
    named = [head for head in (gave, took) if amounts[head]]
    return ", ".join(
        f"{head if head.isupper() else head[:1].lower() + head[1:]} "
        f"{reader.ctx.number(amounts[head], sign=True)}"
        for head in dict.fromkeys(named)
    )


def causes(
    reader: Reader, rows: pd.DataFrame, kpi: KpiView, area: str | None = None
) -> tuple[str, pd.DataFrame]:
    """Why the ranks of these countries moved, in whole places by cause; and the same as exact figures.

    A cause that moved nobody by a place has no column. area: the chosen country, marked.
    """
    amounts, number = _causes(reader, rows), reader.ctx.number
    whole = [
        rank_moves.whole([row[cause] for cause in CAUSES], int(row["rank_change"]))
        for row in records(amounts)
    ]
    occurring = [at for at in range(len(CAUSES)) if any(parts[at] for parts in whole)]
    body: list[list[Cell]] = [
        [
            _linked(reader, row, kpi),
            places(row["rank_change"], reader),
            *(number(parts[at], sign=True) for at in occurring),
        ]
        for row, parts in zip(records(amounts), whole, strict=True)
    ]
    own = frozenset(at for at, code in enumerate(amounts["ref_area"]) if code == area)
    return _causes_table(body, occurring, own), amounts


def _heads() -> list[str]:
    """The causes by name, in the order of CAUSES."""
    return ["OSI", "TII", "HCI", _("Others’ movement"), _("Weights"), _("Who is ranked"), _("Rounding")]


def _causes_table(body: list[list[Cell]], occurring: list[int], own: frozenset[int]) -> str:
    heads = _heads()
    columns = [
        Column(_("Country")),
        Column(_("Places"), True, answer=True),
        *(Column(heads[at], True) for at in occurring),
    ]
    caption = _("Places gained (+) or lost (−) by cause, in whole places; each row adds up to its places")
    return table.html(caption, columns, body, marked=own)


def _causes(reader: Reader, rows: pd.DataFrame) -> pd.DataFrame:
    """One row per country ranked in both years: its places, and its part of each cause of CAUSES."""
    move_columns = ("ref_area", "name", "year_from", "year_to", "rank_change")
    amounts = []
    for row in records(rows):
        parts = reads.why(reader.warehouse, row["ref_area"], int(row["year_from"]), int(row["year_to"]))
        if parts is not None:
            amounts.append(
                {column: row[column] for column in move_columns}
                | {cause: float(parts.get(cause, 0.0)) for cause in CAUSES}
            )
    return pd.DataFrame(amounts, columns=[*move_columns, *CAUSES])


def _linked(reader: Reader, row: Row, kpi: KpiView) -> Html:
    return Html(links.to(reader, "country", str(row["name"]), country=str(row["ref_area"]), kpi=kpi.id))

"""The table of a group: KPI × country with the status symbols of one method."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.progress.tables import to
from dashboard.charts import progress_figures as marks
from dashboard.charts import progress_sentences as sentences
from dashboard.charts import progress_words as words
from dashboard.charts.context import MISSING, Context, KpiView
from dashboard.charts.scalars import Row, records
from dashboard.components import links
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader

CELL, MY_CELL = Markup("<td>"), Markup('<td class="e-mine">')
WIDE = 24  # countries that fit side by side; more stand one below the other


@dataclass(frozen=True)
class _Statuses:
    """Rows of progress by KPI and area. by_country: countries are the rows of the table, else the KPIs.

    mine: the reader's country, None if there is none in the table.
    """

    ctx: Context
    kpis: dict[str, KpiView]
    rows: dict[tuple[str, str], Row]
    by_country: bool
    mine: str | None

    def of(self, side: str, top: str) -> Row | None:
        """The row of progress of a cell, by the keys of its row and column."""
        return self.rows.get((top, side) if self.by_country else (side, top))


def html(reader: Reader, areas: list[str], rows: pd.DataFrame, method: str, mine: str | None) -> Markup:
    """KPI × country with the status symbols of one method; more than WIDE countries as rows.

    rows: progress by this method. mine: the reader's country, in bold and outlined.
    """
    kpi_ids = _kpi_ids(reader, rows)
    names = reader.area_names
    countries = {area: links.anchor(to(reader, "status", area, method), names[area]) for area in areas}
    kpis = {kpi_id: links.kpi_link(reader, kpi_id) for kpi_id in kpi_ids}
    by_country = len(areas) > WIDE
    top, side = (kpis, countries) if by_country else (countries, kpis)
    pairs = {(row["kpi"], row["ref_area"]): row for row in records(rows)}
    statuses = _Statuses(reader.ctx, reader.kpis, pairs, by_country, mine)
    head = Markup("").join(_head("col", label, key == mine) for key, label in top.items())
    body = Markup("").join(_line(statuses, key, label, list(top), key == mine) for key, label in side.items())
    return _table(head, body, method, by_country=by_country)


def _kpi_ids(reader: Reader, rows: pd.DataFrame) -> list[str]:
    """KPIs with a target: those with most countries on track first, those without a value last."""
    order = [str(kpi_id) for kpi_id in sentences.shares(rows).index]
    targets = data.targets(reader.warehouse, reader.lang).index
    return order + [kpi_id for kpi_id in targets if kpi_id not in order]


def _table(head: Markup, body: Markup, method: str, *, by_country: bool) -> Markup:
    caption = _("Status by the {method} method").format(method=words.SHORT[method])
    layout, box = ("e-level", "e-scroll e-tall") if by_country else ("e-upright", "e-scroll")
    return Markup(
        '<div class="{box}" tabindex="0" role="region" aria-label="{caption}">'
        '<table class="e-table e-matrix {layout}"><caption class="e-sr">{caption}</caption><thead><tr>'
        '<th scope="col">{corner}</th>{head}<th scope="col"><span>{last}</span></th></tr></thead>'
        "<tbody>{body}</tbody></table></div>"
    ).format(
        box=box,
        caption=caption,
        layout=layout,
        corner=_("Country") if by_country else "KPI",
        head=head,
        last=_("on track"),
        body=body,
    )


def _head(scope: str, label: Markup, is_bold: bool) -> Markup:
    """A heading; that of a column turns with its text."""
    bold = Markup(' class="e-on"') if is_bold else ""
    content = Markup("<span>{}</span>").format(label) if scope == "col" else label
    return Markup('<th scope="{}"{}>{}</th>').format(scope, bold, content)


def _line(statuses: _Statuses, side: str, label: Markup, across: list[str], is_bold: bool) -> Markup:
    """A row of the table: its heading, a symbol in each cell, how many are on track."""
    cells = Markup("").join(  # one join: 4,000 cells
        (MY_CELL if top == statuses.mine else CELL) + _cell(statuses, side, top) for top in across
    )
    row = Markup('<tr{}>{}{}<td class="e-num">{}</td></tr>')
    outlined = Markup(' class="e-mine"') if is_bold else ""
    return row.format(outlined, _head("row", label, is_bold), cells, _count(statuses, side, across))


def _cell(statuses: _Statuses, side: str, top: str) -> Markup:
    row, ctx = statuses.of(side, top), statuses.ctx
    if row is None:
        return words.status(None, ctx, word=False)
    return marks.status(row, statuses.kpis[row["kpi"]], ctx, word=False)


def _count(statuses: _Statuses, side: str, across: list[str]) -> Markup:
    """How many of a row's cells are on track, of those that are assessed from a recent figure."""
    rows = [statuses.of(side, top) for top in across]
    levels = [words.LEVELS[row["status"]] for row in rows if row is not None]
    assessed = [level for level in levels if level not in ("open", "past")]
    if not assessed:
        dash = Markup('<span aria-hidden="true">{}</span><span class="e-sr">{}</span>')
        return dash.format(MISSING, _("no recent figure"))
    on_track = sum(level in ("met", "on") for level in assessed)
    number = statuses.ctx.number
    return Markup("{}/{}").format(number(on_track), number(len(assessed)))

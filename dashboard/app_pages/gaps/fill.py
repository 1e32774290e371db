"""What would fill the gaps of a country: a figure that others have, or a new edition that nobody has yet."""

from __future__ import annotations

from functools import partial

import pandas as pd
from markupsafe import Markup

from dashboard.charts.context import MISSING, Context
from dashboard.charts.figures import span
from dashboard.charts.scalars import Row, records
from dashboard.components import frame, links, membership, sources, table
from dashboard.components.frame import Table
from dashboard.components.language import ngettext
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import filling
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader


def sentence(reader: Reader, area: str, group_id: str) -> str:
    """How many gaps there are, and how many of each kind, which add up; "" without a gap."""
    rows, number = filling.gaps(reader, area, group_id), reader.ctx.number
    if rows.empty:
        return ""
    counts = {who: int((rows["who"] == who).sum()) for who in filling.WHO}
    parts = [_part(who, k).format(k=number(k)) for who, k in counts.items() if k]
    whole = ngettext("1 gap", "{n} gaps", len(rows)).format(n=number(len(rows)))
    return f"{whole}: {'; '.join(parts)}."


def _part(who: str, k: int) -> str:
    """What is said of k gaps of a kind."""
    return {
        "others": ngettext(
            "1 could be filled as other States have done",
            "{k} could be filled as other States have done",
            k,
        ),
        "parts": ngettext(
            "1 is computed from other KPIs and follows them",
            "{k} are computed from other KPIs and follow them",
            k,
        ),
        "nobody": _("for {k} nobody has a fresh value yet"),
        "no_source": _("for {k} no source in use has any value"),
    }[who]


def lead(reader: Reader, area: str, group_id: str, *, linked: bool) -> str:
    """The same with the way to the table, where the page shows another view."""
    counted = sentence(reader, area, group_id)
    if not counted or not linked:
        return counted
    return Markup("{} {}").format(counted, way(reader, area))


def way(reader: Reader, area: str) -> Markup:
    """The link to what would fill the gaps of a country."""
    return links.to(reader, "gaps", _("What would fill the gaps"), country=area, show="next")


def show(reader: Reader, area: str, group_id: str) -> None:
    """The table, or the sentence that there is no gap."""
    if filling.gaps(reader, area, group_id).empty:
        frame.sentence_only(_("What would fill the gaps"), _("Every KPI has a fresh value here."))
        return
    frame.table_only(*_table(reader, area, group_id))
    note = _(
        "Many of these KPIs are collected by their publisher and not reported by the State: the source says "
        "whom to write to."
    )
    frame.foot_only(" ".join(filter(None, (note, membership.meaning(reader, group_id)))))


@worded(frame.CACHED_FRAMES)
def _table(reader: Reader, area: str, group_id: str) -> Table:
    rows = filling.gaps(reader, area, group_id)
    title = _("What would fill the {n} gaps of {name}").format(
        n=reader.ctx.number(len(rows)), name=reader.area(area).name
    )
    return (
        title,
        _html(reader, rows, group_id),
        partial(_export, reader, rows, group_id),
        f"escala_fill_{area}",
    )


def _html(reader: Reader, rows: pd.DataFrame, group_id: str) -> str:
    group = reader.group(group_id).name
    columns = [
        Column("KPI"),
        Column(_("Fresh in {group}, countries").format(group=group), True),
        Column(_("Latest year here"), True, answer=True),
        Column(_("Latest year anywhere"), True),
        Column(_("Source")),
    ]
    body = [_cells(reader, row) for row in records(rows)]
    sections: dict[int, str] = {}
    for who, of_kind in rows.groupby("who", observed=True):
        sections[int(of_kind.index[0])] = _heading(str(who), len(of_kind), reader.ctx)
    caption = _("KPIs without a value or with an old one, and who could change that")
    return table.html(caption, columns, body, sections=sections, no_data=_("none"))


def _heading(who: str, n: int, ctx: Context) -> str:
    """Who could fill gaps, and how many they are; on a phone the folded section says that itself."""
    text = {
        "others": _("Other States have a fresh value: ask the source for this country"),
        "parts": _("Computed from other KPIs: follows when these are filled"),
        "nobody": _("Nobody has a fresh value: depends on a newer edition of the source"),
        "no_source": _("No source in use has any value"),
    }[who]
    return text if ctx.narrow else f"{text} ({ctx.number(n)})"


def _cells(reader: Reader, row: Row) -> list[Cell]:
    ctx, kpi = reader.ctx, reader.kpi(row["kpi"])
    count = _("{rank} of {n}").format(rank=ctx.number(row["have"]), n=ctx.number(row["n"]))
    return [
        links.kpi_link(reader, kpi.id),
        f"{count} ({ctx.percent(row['have'] / row['n'])})" if row["have"] else MISSING,
        MISSING if pd.isna(row["year"]) else span(row["year"]),
        MISSING if pd.isna(row["newest"]) else span(row["newest"]),
        sources.source_link(reader, kpi),
    ]


def _export(reader: Reader, rows: pd.DataFrame, group_id: str) -> pd.DataFrame:
    kpis = [reader.kpi(kpi_id) for kpi_id in rows["kpi"]]
    return rows.assign(
        group=group_id,
        who=rows["who"].astype(str),
        name=[kpi.name for kpi in kpis],
        source=[kpi.source for kpi in kpis],
        licence=[kpi.licence for kpi in kpis],
    ).astype({"year": "Int64", "newest": "Int64"})

"""What would fill the gaps of a country: a figure that others have, or a new edition that nobody has yet."""

from __future__ import annotations

from functools import partial

import pandas as pd
from markupsafe import Markup

from dashboard.charts import coverage_words as coverage
from dashboard.charts.context import MISSING, KpiView
from dashboard.charts.figures import span
from dashboard.charts.scalars import Row, records
from dashboard.components import frame, links, membership, sources, table
from dashboard.components.frame import Table
from dashboard.components.language import ngettext
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

# Who could fill a gap, the nearest first: others have a fresh figure; it is computed from other KPIs; nobody
# has a fresh one; no source in use has any.
WHO = ("others", "parts", "nobody", "no_source")


@cached(64)
def gaps(reader: Reader, area: str, group_id: str) -> pd.DataFrame:
    """KPIs without a fresh value here, those first that most of the group have.

    kpi, dimension, year (latest here, missing without one), newest (of any State), have, n (countries of the
    group with a fresh value, and how many these are), who (of WHO).
    """
    rows = data.country(reader.warehouse, area)
    missing = rows[~coverage.is_fresh(rows)]
    latest = data.latest(reader.warehouse, missing["kpi"], reader.areas.index[reader.areas["un_member"]])
    fresh = latest[latest["fresh"].fillna(False).astype(bool)]
    peers = [member for member in data.members(reader.warehouse, group_id) if member != area]
    have = fresh[fresh["ref_area"].isin(peers)].groupby("kpi").size()
    table = pd.DataFrame(
        {
            "kpi": missing["kpi"],
            "dimension": missing["dimension"],
            "year": missing["time_period"].where(missing["obs_value"].notna()),
            "newest": missing["kpi"].map(latest.groupby("kpi")["time_period"].max()),
            "have": missing["kpi"].map(have).fillna(0).astype(int),
            "n": len(peers),
        }
    )
    anybody = set(fresh["kpi"])
    who = [_who(reader.kpi(row["kpi"]), row, row["kpi"] in anybody) for row in records(table)]
    ordered = table.assign(who=pd.Categorical(who, WHO, ordered=True))
    return ordered.sort_values(["who", "have"], ascending=[True, False], kind="stable", ignore_index=True)


def _who(kpi: KpiView, row: Row, is_fresh_somewhere: bool) -> str:
    if kpi.derive:
        return "parts"
    if is_fresh_somewhere:
        return "others"
    return "no_source" if pd.isna(row["newest"]) else "nobody"


def sentence(reader: Reader, area: str, group_id: str) -> str:
    """How many gaps others have filled, and how many nobody has; "" without a gap."""
    rows, number = gaps(reader, area, group_id), reader.ctx.number
    if rows.empty:
        return ""
    others, nobody = int((rows["who"] == "others").sum()), int((rows["who"] == "nobody").sum())
    first = ngettext(
        "Of {n} gaps 1 could be filled as other States have done",
        "Of {n} gaps {k} could be filled as other States have done",
        others,
    )
    second = _("for {k} nobody has a fresh value yet")
    return f"{first.format(n=number(len(rows)), k=number(others))}; {second.format(k=number(nobody))}."


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
    if gaps(reader, area, group_id).empty:
        frame.sentence_only(_("What would fill the gaps"), _("Every KPI has a fresh value here."))
        return
    frame.table_only(*_table(reader, area, group_id))
    note = _(
        "Many of these KPIs are collected by their publisher and not reported by the State: the source says "
        "whom to write to."
    )
    frame.foot_only(" ".join(filter(None, (note, membership.meaning(reader, group_id)))))


@cached(frame.CACHED_FRAMES)
def _table(reader: Reader, area: str, group_id: str) -> Table:
    rows = gaps(reader, area, group_id)
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
        sections[int(of_kind.index[0])] = _heading(str(who)).format(n=reader.ctx.number(len(of_kind)))
    caption = _("KPIs without a value or with an old one, and who could change that")
    return table.html(caption, columns, body, sections=sections, no_data=_("none"))


def _heading(who: str) -> str:
    return {
        "others": _("Other States have a fresh value: ask the source for this country ({n})"),
        "parts": _("Computed from other KPIs: follows when these are filled ({n})"),
        "nobody": _("Nobody has a fresh value: depends on a newer edition of the source ({n})"),
        "no_source": _("No source in use has any value ({n})"),
    }[who]


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

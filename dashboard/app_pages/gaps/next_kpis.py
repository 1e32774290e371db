"""What could come next in the data of a country: a first value of a KPI, or a new one for an old one."""

from __future__ import annotations

import pandas as pd

from dashboard.app_pages.gaps import coverage
from dashboard.charts.scalars import records
from dashboard.components import frame, links, membership, sources, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader

MOST_PEERS = 0.5  # a KPI that more than this share of the peers has could come next


def could_report(reader: Reader, area: str, group_id: str) -> pd.DataFrame:
    """KPIs without a value here that most peers have: kpi, have, n, share; computed KPIs are left out."""
    rows = data.country(reader.warehouse, area)
    kpi_ids = list(rows.loc[rows["obs_value"].isna(), "kpi"])
    return _most_peers(reader, kpi_ids, _latest_of_peers(reader, area, group_id))


def could_renew(reader: Reader, area: str, group_id: str) -> pd.DataFrame:
    """KPIs with an old value here of which most peers have a fresh one; columns as in `could_report`."""
    rows = data.country(reader.warehouse, area)
    latest, n = _latest_of_peers(reader, area, group_id)
    fresh = latest[latest["fresh"].fillna(False).astype(bool)]
    return _most_peers(reader, list(rows.loc[coverage.is_old(rows), "kpi"]), (fresh, n))


def _latest_of_peers(reader: Reader, area: str, group_id: str) -> tuple[pd.DataFrame, int]:
    """Latest values of the other countries of a group, and how many countries these are."""
    peers = [member for member in data.members(reader.warehouse, group_id) if member != area]
    return data.latest(reader.warehouse, reader.kpis, peers), len(peers)


def _most_peers(reader: Reader, kpi_ids: list[str], latest_of: tuple[pd.DataFrame, int]) -> pd.DataFrame:
    """The KPIs that most peers have, the most widespread first."""
    latest, n = latest_of
    kpi_ids = [kpi_id for kpi_id in kpi_ids if not reader.kpi(kpi_id).derive]
    if not kpi_ids or not n:
        return pd.DataFrame(columns=["kpi", "have", "n", "share"])
    have = latest.groupby("kpi").size().reindex(kpi_ids, fill_value=0)
    counts = have.rename("have").rename_axis("kpi").reset_index().assign(n=n)
    counts["share"] = counts["have"] / counts["n"]
    most = counts[counts["share"] > MOST_PEERS]
    return most.sort_values("share", ascending=False, kind="stable", ignore_index=True)


def show(reader: Reader, area: str, group_id: str, missing: pd.DataFrame) -> None:
    """Both tables. missing: of `could_report`."""
    peers = reader.group(group_id).name
    _section(
        reader,
        missing,
        group_id,
        title=_("Could report next: no value here, most peers have one"),
        empty=_("Nothing that most of the group {group} has is missing here.").format(group=peers),
        file=f"escala_report_{area}",
    )
    _section(
        reader,
        could_renew(reader, area, group_id),
        group_id,
        title=_("Could be renewed: old here, fresh in most peers"),
        empty=_("No value is old here while most of the group {group} has a fresh one.").format(group=peers),
        file=f"escala_renew_{area}",
    )
    note = _(
        "Many of these KPIs are collected by their publisher and not reported by the State: the source says "
        "whom to write to. KPIs computed from others are left out."
    )
    frame.foot_only(" ".join(filter(None, (note, membership.meaning(reader, group_id)))))


def _section(
    reader: Reader, counts: pd.DataFrame, group_id: str, *, title: str, empty: str, file: str
) -> None:
    """A table of KPIs, or the sentence `empty` where there are none."""
    if counts.empty:
        frame.sentence_only(title, empty)
        return
    kpis = [reader.kpi(kpi_id) for kpi_id in counts["kpi"]]
    download = counts.assign(
        group=group_id,
        name=[kpi.name for kpi in kpis],
        source=[kpi.source for kpi in kpis],
        licence=[kpi.licence for kpi in kpis],
    )
    frame.table_only(title, _html(reader, counts, reader.group(group_id).name), download, file)


def _html(reader: Reader, counts: pd.DataFrame, peers: str) -> str:
    columns = [
        Column("KPI"),
        Column(_("Dimension")),
        Column(_("Have it: {group}").format(group=peers), True, answer=True),
        Column(_("Source")),
    ]
    ctx = reader.ctx
    body: list[list[Cell]] = []
    for row in records(counts):
        kpi = reader.kpi(row["kpi"])
        count = _("{rank} of {n}").format(rank=ctx.number(row["have"]), n=ctx.number(row["n"]))
        body.append(
            [
                links.kpi_link(reader, kpi.id),
                reader.dimensions[kpi.dimension],
                f"{count} ({ctx.percent(row['share'])})",
                sources.source_link(reader, kpi),
            ]
        )
    return table.html(_("The most widespread first"), columns, body)

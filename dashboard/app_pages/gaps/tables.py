"""Tables of the page on data and gaps: every KPI with its years, and what could come next."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard.app_pages.gaps import coverage, strip
from dashboard.charts.context import MISSING, KpiView
from dashboard.components import frame, links, membership, sources, table
from dashboard.components.frame import Table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

MOST_PEERS = 0.5  # a KPI that more than this share of the peers has could come next


@cached(8)  # about a megabyte each
def every(reader: Reader, area: str) -> Table:
    """Every KPI of a country: latest year and status first, for phones, then a strip of its years, gaps."""
    name = reader.area(area).name
    listed = reader.kpis
    names = reader.dimensions
    trends = data.trends(reader.warehouse, area).dropna(subset=["obs_value"])
    own = {kpi: set(years.astype(int)) for kpi, years in trends.groupby("kpi")["time_period"]}
    world = data.years_by_kpi(reader.warehouse)
    ends = [year for years in world.values() for year in (years[0], years[-1])] or [reader.ctx.as_of]
    span = (min(ends), max(ends))
    full = _held(reader, area)
    body: list[list[Cell]] = []
    sections: dict[int, str] = {}
    for dimension, title in names.items():
        chosen = full[full["dimension"] == dimension]
        if not chosen.empty:
            sections[len(body)] = title
        for row in chosen.itertuples():
            mine, others = own.get(row.kpi, set()), set(world.get(row.kpi, []))
            body.append(_row(reader, area, listed[row.kpi], row, mine, others, span))
    columns = [
        Column("KPI"),
        Column(_("Latest year"), True),
        Column(_("Status")),
        Column(f"{span[0]}–{span[1]}"),
        Column(_("Years held"), True),
        Column(_("Age"), True),
        Column(_("Gaps"), True),
    ]
    caption = _(
        "A full square: a year with a value. An outline: others have one of that year. A dot: nobody has."
    )
    return (
        _("{name}: years of every KPI").format(name=name),
        table.html(caption, columns, body, sections=sections, tall=True, no_data=_("no data")),
        lambda: _export(reader, _held(reader, area)),
        f"escala_coverage_{area}",
    )


def _held(reader: Reader, area: str) -> pd.DataFrame:
    """One row per KPI: what is held of it, and how old a value may be."""
    rows = data.country(reader.warehouse, area)
    limits = data.kpi_table(reader.warehouse)["fresh_years"]
    return rows.join(data.coverage(reader.warehouse, area), on="kpi").assign(
        fresh_years=rows["kpi"].map(limits)
    )


def _export(reader: Reader, full: pd.DataFrame) -> pd.DataFrame:
    shown = full[["kpi", "dimension", "n_years", "first_year", "latest_year", "age", "gaps", "fresh_years"]]
    origin = _origin(reader.kpis, full["kpi"])
    return shown.assign(status=[_kind(row) for row in full.itertuples()], **origin).astype(
        {"first_year": "Int64", "latest_year": "Int64", "age": "Int64"}
    )


def _origin(listed: dict[str, KpiView], kpis: pd.Series) -> dict[str, list[str]]:
    """Name, source and licence of each KPI, for a download."""
    return {part: [getattr(listed[one], part) for one in kpis] for part in ("name", "source", "licence")}


def _kind(row: object) -> str:
    """fresh, old or none; the code that a download holds."""
    if pd.isna(row.obs_value):
        return "none"
    return "fresh" if bool(row.fresh) else "old"


def _row(
    reader: Reader,
    area: str,
    kpi: KpiView,
    row: object,
    own: set[int],
    world: set[int],
    span: tuple[int, int],
) -> list[Cell]:
    ctx, kind = reader.ctx, _kind(row)
    years = strip.runs(own)
    label = _("values of {years}").format(years=years) if own else _("no value")
    return [
        Html(links.to(reader, "country", kpi.name, country=area, kpi=kpi.id)),
        MISSING if kind == "none" else str(int(row.latest_year)),
        Html(_status(reader, kpi, kind, empty=not world)),
        Html(strip.image(span, own, world, label, ctx.look)),
        ctx.number(row.n_years),
        MISSING if kind == "none" else ctx.number(row.age),
        MISSING if kind == "none" else ctx.number(row.gaps),
    ]


def _status(reader: Reader, kpi: KpiView, kind: str, *, empty: bool) -> str:
    """Fresh, old or none, as safe HTML; the limit where it decides, and why it is longer than others.

    empty: nobody has a value of the KPI.
    """
    status, limit = coverage.words(reader.ctx)[kind], reader.ctx.number(kpi.fresh_years)
    reason = data.limit_reason(reader.warehouse, reader.lang, kpi.id) if kind != "none" else ""
    if kind == "old":
        status = _("old: limit {n} years").format(n=limit)
    elif reason:
        status = _("fresh value: limit {n} years").format(n=limit)
    elif kind == "none" and empty:
        status = _("no source in use has any value")
    note = f' <small class="e-reason">{escape(reason)}</small>' if reason else ""
    return f'<span class="e-state e-{kind}">{escape(status)}</span>{note}'


def could_report(reader: Reader, area: str, group: str) -> pd.DataFrame:
    """KPIs without a value here that most peers have: kpi, have, n, share; computed KPIs are left out."""
    return _ahead(reader, area, group, fresh=False)


def could_renew(reader: Reader, area: str, group: str) -> pd.DataFrame:
    """KPIs with an old value here of which most peers have a fresh one."""
    return _ahead(reader, area, group, fresh=True)


def _ahead(reader: Reader, area: str, group: str, *, fresh: bool) -> pd.DataFrame:
    listed = reader.kpis
    rows = data.country(reader.warehouse, area)
    lacking = rows["obs_value"].isna()
    if fresh:
        lacking = rows["obs_value"].notna() & ~rows["fresh"].fillna(False).astype(bool)
    wanted = [one for one in rows.loc[lacking, "kpi"] if not listed[one].derive]
    others = [one for one in data.members(reader.warehouse, group) if one != area]
    if not wanted or not others:
        return pd.DataFrame(columns=["kpi", "have", "n", "share"])
    held = data.latest(reader.warehouse, listed, others)
    if fresh:
        held = held[held["fresh"].fillna(False).astype(bool)]
    have = held.groupby("kpi").size().reindex(wanted, fill_value=0)
    found = have.rename("have").rename_axis("kpi").reset_index().assign(n=len(others))
    found["share"] = found["have"] / found["n"]
    most = found[found["share"] > MOST_PEERS]
    return most.sort_values("share", ascending=False, kind="stable", ignore_index=True)


def following(reader: Reader, area: str, group: str, missing: pd.DataFrame) -> None:
    """What could come next: a first value, and a new one in place of an old one."""
    peers = reader.group(group).name
    for title, empty, found, key in (
        (
            _("Could report next: no value here, most peers have one"),
            _("Nothing that most of the group {group} has is missing here."),
            missing,
            "report",
        ),
        (
            _("Could be renewed: old here, fresh in most peers"),
            _("No value is old here while most of the group {group} has a fresh one."),
            could_renew(reader, area, group),
            "renew",
        ),
    ):
        if found.empty:
            frame.said_only(title, empty.format(group=peers))
            continue
        listed = reader.kpis
        shown = found.assign(group=group, **_origin(listed, found["kpi"]))
        frame.table_only(title, _peers_html(reader, found, peers), shown, f"escala_{key}_{area}")
    note = _(
        "Many of these KPIs are collected by their publisher and not reported by the State: the source says "
        "whom to write to. KPIs computed from others are left out."
    )
    frame.foot_only(" ".join(filter(None, (note, membership.meaning(reader, group)))))


def _peers_html(reader: Reader, found: pd.DataFrame, peers: str) -> str:
    ctx, listed = reader.ctx, reader.kpis
    names = reader.dimensions
    body: list[list[Cell]] = []
    for row in found.itertuples():
        kpi = listed[row.kpi]
        count = _("{rank} of {n}").format(rank=ctx.number(row.have), n=ctx.number(row.n))
        body.append(
            [
                Html(links.kpi_link(reader, kpi.id)),
                names[kpi.dimension],
                f"{count} ({ctx.percent(row.share)})",
                Html(sources.source_link(reader, kpi)),
            ]
        )
    columns = [
        Column("KPI"),
        Column(_("Dimension")),
        Column(_("Have it: {group}").format(group=peers), True),
        Column(_("Source")),
    ]
    return table.html(_("The most widespread first"), columns, body)


def heat_html(reader: Reader, cells: pd.DataFrame, labels: dict[str, str]) -> str:
    """Country by dimension as a table: KPIs with a fresh value of all, fewest first."""
    ctx = reader.ctx
    total = cells.groupby("ref_area")[["fresh", "kpis"]].sum()
    order = (total["fresh"] / total["kpis"]).sort_values(kind="stable").index
    names = cells.drop_duplicates("ref_area").set_index("ref_area")["name"]
    wide = cells.set_index(["ref_area", "dimension"])["fresh"].unstack()
    body: list[list[Cell]] = []
    for one in order:
        link = Html(links.to(reader, "gaps", str(names[one]), country=str(one)))
        body.append(
            [
                link,
                *(ctx.number(wide.at[one, dimension]) for dimension in labels),
                ctx.number(total.at[one, "fresh"]),
            ]
        )
    size = cells.drop_duplicates("dimension").set_index("dimension")["kpis"]
    columns = [
        Column(_("Country")),
        *(Column(f"{label} ({ctx.number(size[one])})", True) for one, label in labels.items()),
        Column(_("All ({n})").format(n=ctx.number(size.sum())), True),
    ]
    return table.html(_("Number of KPIs with a fresh value"), columns, body, tall=True)

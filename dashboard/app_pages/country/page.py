"""Country: where does it stand, what is strong, what is weak, and what is behind each number?"""

from __future__ import annotations

from collections.abc import Hashable
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.country import one_kpi
from dashboard.charts import figures, profile, ranks, sentences
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart
from dashboard.components import explain, frame, kpi_table, links, pickers, shell, sources, ways
from dashboard.components.findings import best_and_worst, since_before, usual_group
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

MAIN = "EGDI"  # the KPI of the headline


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    with st.container(key="controls_country"):
        first, second = st.columns([1, 1], vertical_alignment="bottom")
        with first:
            area = pickers.country(reader, others=True)
        if area is not None:
            with second:
                peers = pickers.group(
                    reader,
                    name="peers",
                    label=_("Compared with"),
                    default=usual_group(reader, area),
                )
    if area is None:
        with top:
            shell.headline(_("Where does your country stand in digital government, and what comes next?"))
        ways.sections(reader)
        return
    if not data.kpis_with_data(reader.warehouse):
        raise data.NothingHeldError(_("No KPI holds a figure yet."))
    if area in data.outside(reader.warehouse):
        _outside(reader, area, peers, top)
        return
    with top:
        shell.headline(write_standing(reader, area))
    left, right = st.columns([1.55, 1], gap="large")
    with left:
        frame.show(*draw_profile(reader, area, peers))
    with right:
        st.html(list_extremes(reader, area))
    one_kpi.show(reader, area, peers)
    kpi_table.show(reader, area, peers)


def _outside(reader: Reader, area: str, peers: str, top: st.delta_generator.DeltaGenerator) -> None:
    """An area that is no UN Member State: its values, without ranks, percentiles and profile."""
    name = reader.area(area).name
    n = reader.ctx.number(data.country(reader.warehouse, area)["obs_value"].notna().sum())
    with top:
        shell.headline(
            _("{name}: values of {n} KPIs and no rank").format(name=name, n=n),
            lead=_(
                "Not a UN Member State: only Member States are ranked, enter group figures and are assessed "
                "in stages."
            ),
        )
    one_kpi.show(reader, area, peers)
    kpi_table.show(reader, area, peers)


@cached(frame.CACHED_FRAMES)
def write_standing(reader: Reader, area: str) -> Markup:
    table, listed = data.country(reader.warehouse, area), reader.kpis
    kpi = listed.get(MAIN) or next(iter(listed.values()))
    name = reader.area(area).name
    row = table.set_index("kpi").loc[kpi.id].to_dict()
    course = data.trends(reader.warehouse, area)
    since = since_before(course[course["kpi"] == kpi.id], reader.ctx)
    return sentences.standing(name, kpi, row, since, reader.ctx)


@cached(frame.CACHED_FRAMES)
def draw_profile(reader: Reader, area: str, peers: str) -> tuple[Chart, Frame]:
    table = data.country(reader.warehouse, area)
    ctx, names = reader.ctx, reader.dimensions
    name = reader.area(area).name
    peer_name = reader.group(peers).name
    others = [one for one in data.members(reader.warehouse, peers) if one != area]
    dots = _dots(table, data.latest(reader.warehouse, table["kpi"], others), reader, area, name, peer_name)
    rows = _rows(dots, names, ctx)
    shown = dots[["id", "row", "percentile", "n", "kind"]]
    return (
        profile.figure(rows, dots, ctx, areas=[(area, name)], row_height=38),
        Frame(
            key="profile",
            title=_title(dots, names),
            unit=_("Percentile among UN Member States, 100 is best"),
            alt=profile.alt(rows, dots, ctx, areas=[(area, name)]),
            foot=escape(
                _(
                    "● {name} · ◇ median of {peers} · | one KPI each, n = {n}; latest fresh values, "
                    "years and sources below"
                ).format(name=name, peers=peer_name, n=ctx.number((dots["kind"] == "single").sum()))
            ),
            data=lambda: shown,
            table=lambda: kpi_table.profile_html(reader, rows, dots, name, peer_name),
            file=f"escala_profile_{area}",
            how=explain.profile,
            narrow=True,
        ),
    )


def _title(dots: pd.DataFrame, names: dict[str, str]) -> str:
    """The dimensions with the highest and the lowest median; of fewer than two nothing can be said."""
    own = dots[dots["kind"] == "main"].dropna(subset=["percentile"]).sort_values("percentile")
    if len(own) < 2:
        return _("Profile")
    return _("Strongest: {best}. Weakest: {worst}.").format(
        best=names[own["row"].iloc[-1]], worst=names[own["row"].iloc[0]]
    )


def _rows(dots: pd.DataFrame, names: dict[str, str], ctx: Context) -> pd.DataFrame:
    """Every dimension with the number of KPIs it rests on, or that they are too few to compare."""
    n = dots[dots["kind"] == "single"].groupby("row").size().to_dict()
    notes = {
        row: (_("n = {n} KPIs") if n.get(row, 0) >= profile.LEAST else _("n = {n} KPIs: too few")).format(
            n=ctx.number(n.get(row, 0))
        )
        for row in names
    }
    rows = [(row, names[row], notes[row]) for row in names if row != "overall"]
    return pd.DataFrame(rows, columns=["row", "label", "note"])


def _dots(
    table: pd.DataFrame, others: pd.DataFrame, reader: Reader, area: str, name: str, peer_name: str
) -> pd.DataFrame:
    """A dot for each fresh KPI and for the medians of country and peers; `overall` is no dimension."""
    dimension = {one: kpi.dimension for one, kpi in reader.kpis.items()}
    own = _comparable(table, dimension)
    fresh = _comparable(others, dimension)
    fresh = fresh[fresh["kpi"].isin(own["kpi"])]
    main = profile.summarise(own).assign(kind="main", id=area, who=name)
    peer = profile.summarise(fresh).assign(kind="peer", id="peers", who=peer_name)
    both = pd.concat([main, peer]).rename(columns={"dimension": "row"})
    both["said"] = [
        f"<b>{row.who}</b><br>" + reader.ctx.t("percentile {p}").format(p=reader.ctx.number(row.percentile))
        for row in both.itertuples()
    ]
    single = own.assign(kind="single", id=area, row=own["dimension"], n=1, said=_said(own, reader))
    columns = ["id", "row", "percentile", "n", "kind", "said"]
    return pd.concat([single[columns], both[columns]], ignore_index=True)


def _comparable(rows: pd.DataFrame, dimension: dict[str, str]) -> pd.DataFrame:
    """Fresh values with a percentile, of KPIs that belong to a dimension."""
    usable = rows["fresh"].fillna(False).astype(bool) & rows["percentile"].notna()
    fresh = rows[usable]
    placed = fresh.assign(dimension=fresh["kpi"].map(dimension))
    return placed[placed["dimension"] != "overall"]


def _said(own: pd.DataFrame, reader: Reader) -> list[str]:
    """What the pointer says of each KPI: name, value with year, percentile among how many."""
    ctx, listed = reader.ctx, reader.kpis
    return [
        f"{listed[row.kpi].name}<br>"
        + figures.words(row.obs_value, listed[row.kpi], row.time_period, ctx)
        + " · "
        + ctx.t("percentile {p} of {n}").format(p=ctx.number(row.percentile), n=ctx.number(row.n))
        + (f", {ctx.t('of few countries')}" if ranks.of_few(row.n) else "")
        for row in own.itertuples()
    ]


@cached(frame.CACHED_FRAMES)
def list_extremes(reader: Reader, area: str) -> Markup:
    listed = reader.kpis
    best, worst = best_and_worst(data.country(reader.warehouse, area), listed)
    parts = []
    for title, rows in ((_("Three strongest KPIs"), best), (_("Three weakest KPIs"), worst)):
        if rows.empty:
            continue
        items = [_item(reader, area, listed[row["kpi"]], row) for row in rows.to_dict("records")]
        block = Markup('<h2 class="e-title">{}</h2><ol class="e-three">{}</ol>')
        parts.append(block.format(title, Markup("").join(items)))
    foot = _(
        "By percentile among UN Member States; fresh values only, of KPIs that at least {n} of them have and "
        "that measure more than a level."
    )
    return Markup('{}<p class="e-foot">{}</p>').format(
        Markup("").join(parts), foot.format(n=reader.ctx.number(ranks.MANY))
    )


def _item(reader: Reader, area: str, kpi: KpiView, row: dict[Hashable, Any]) -> Markup:
    """A KPI with its value, and small its year, place and unit."""
    ctx = reader.ctx
    place = _("rank {place}").format(place=ranks.place(row["rank"], row["n"], ctx))
    small = [str(int(row["time_period"])), place, kpi.unit]
    return Markup('<li>{}<span class="e-num">{}</span><small>{}{}</small></li>').format(
        links.to(reader, "country", kpi.name, country=area, kpi=kpi.id),
        figures.figure(row["obs_value"], kpi, row["time_period"], ctx, dated=False),
        " · ".join(small),
        sources.licence_mark(kpi),
    )

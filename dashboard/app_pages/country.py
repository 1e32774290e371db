"""Country: where does it stand, what is strong, what is weak, and what is behind each number?"""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts import profile, sentences
from dashboard.charts.context import Context, Kpi
from dashboard.charts.figure import Chart
from dashboard.components import explain, frame, kpi_table, one_kpi, pickers, shell, ways
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.shell import Reader
from dashboard.findings import best_and_worst, default_peers, since_before
from dashboard.keep import kept

MAIN = "EGDI"  # the KPI of the headline


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    with st.container(key="controls_country"):
        first, second = st.columns([1, 1], vertical_alignment="bottom")
        with first:
            area = pickers.country(reader.version, reader.lang)
        if area is not None:
            with second:
                peers = pickers.group(
                    reader.version,
                    reader.lang,
                    name="peers",
                    label=_("Compared with"),
                    default=default_peers(reader.version, reader.lang, area),
                )
    if area is None:
        with top:
            shell.headline(_("Where does your country stand in digital government, and what comes next?"))
        ways.sections(reader)
        return
    if not data.kpis_with_data(reader.version):
        raise data.NothingHeldError(_("No KPI holds a figure yet."))
    with top:
        shell.headline(_standing(reader, area))
    left, right = st.columns([1.55, 1], gap="large")
    with left:
        frame.show(*_profile(reader, area, peers))
    with right:
        st.html(_extremes(reader, area))
    one_kpi.show(reader, area, peers)
    kpi_table.show(reader, area, peers)


@kept(frame.KEPT)
def _standing(reader: Reader, area: str) -> str:
    table, listed = data.country(reader.version, area), data.kpi_list(reader.version, reader.lang)
    kpi = listed.get(MAIN) or next(iter(listed.values()))
    name = data.areas(reader.version, reader.lang).at[area, "name"]
    row = table.set_index("kpi").loc[kpi.id].to_dict()
    course = data.trends(reader.version, area)
    since = since_before(course[course["kpi"] == kpi.id], reader.ctx)
    return sentences.standing(name, kpi, row, since, reader.ctx)


@kept(frame.KEPT)
def _profile(reader: Reader, area: str, peers: str) -> tuple[Chart, Frame]:
    table = data.country(reader.version, area)
    ctx, names = reader.ctx, data.dimensions(reader.version, reader.lang)
    name = data.areas(reader.version, reader.lang).at[area, "name"]
    peer_name = data.groups(reader.version, reader.lang).at[peers, "name"]
    others = [one for one in data.members(reader.version, peers) if one != area]
    rows = pd.DataFrame({"row": [d for d in names if d != "overall"]}).assign(
        label=lambda t: t["row"].map(names)
    )
    dots = _dots(table, data.latest(reader.version, table["kpi"], others), reader, area, name, peer_name)
    own = dots[dots["kind"] == "main"].dropna(subset=["percentile"]).sort_values("percentile")
    title = (
        _("Profile")
        if own.empty
        else _("Strongest: {best}. Weakest: {worst}.").format(
            best=names[own["row"].iloc[-1]], worst=names[own["row"].iloc[0]]
        )
    )
    shown = dots[["id", "row", "percentile", "kind"]]
    return (
        profile.figure(rows, dots, ctx, areas=[(area, name)], row_height=34),
        Frame(
            key="profile",
            title=title,
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


def _dots(
    table: pd.DataFrame, others: pd.DataFrame, reader: Reader, area: str, name: str, peer_name: str
) -> pd.DataFrame:
    listed = data.kpi_list(reader.version, reader.lang)
    dimension = {one: entry.dimension for one, entry in listed.items()}
    ctx = reader.ctx
    own = table[table["fresh"].fillna(False).astype(bool)].dropna(subset=["percentile"])
    single = own.assign(
        kind="single",
        id=area,
        row=own["dimension"],
        said=[
            f"{listed[row.kpi].name}<br>{ctx.value(row.obs_value, listed[row.kpi])} · "
            + ctx.t("percentile {p}").format(p=ctx.number(row.percentile))
            for row in own.itertuples()
        ],
    )
    fresh = others[others["kpi"].isin(own["kpi"])]
    fresh = fresh.assign(dimension=fresh["kpi"].map(dimension))
    main = profile.summarise(own).assign(kind="main", id=area, who=name)
    peer = profile.summarise(fresh).assign(kind="peer", id="peers", who=peer_name)
    both = pd.concat([main, peer]).rename(columns={"dimension": "row"})
    both["said"] = [
        f"<b>{row.who}</b><br>" + ctx.t("percentile {p}").format(p=ctx.number(row.percentile))
        for row in both.itertuples()
    ]
    columns = ["id", "row", "percentile", "kind", "said"]
    return pd.concat([single[columns], both[columns]], ignore_index=True)


@kept(frame.KEPT)
def _extremes(reader: Reader, area: str) -> str:
    listed = data.kpi_list(reader.version, reader.lang)
    best, worst = best_and_worst(data.country(reader.version, area), listed)
    parts = []
    for title, rows in ((_("Three strongest KPIs"), best), (_("Three weakest KPIs"), worst)):
        items = "".join(_item(reader, area, listed[row.kpi], row, reader.ctx) for row in rows.itertuples())
        parts.append(f'<h2 class="e-title">{escape(title)}</h2><ol class="e-three">{items}</ol>')
    foot = escape(_("By percentile among UN Member States; fresh values only."))
    return f'{"".join(parts)}<p class="e-foot">{foot}</p>'


def _item(reader: Reader, area: str, kpi: Kpi, row: object, ctx: Context) -> str:
    to = shell.link("country", reader, country=area, kpi=kpi.id)
    said = _("{year} · rank {rank} of {n}").format(
        year=int(row.time_period), rank=ctx.number(row.rank), n=ctx.number(row.n)
    )
    return (
        f'<li><a target="_self" href="{escape(to)}">{escape(kpi.name)}</a>'
        f'<span class="e-num">{escape(ctx.value(row.obs_value, kpi))}</span><small>{escape(said)} · '
        f"{escape(kpi.unit)}{frame.licence_mark(kpi)}</small></li>"
    )

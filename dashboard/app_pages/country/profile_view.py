"""The profile of a country: percentile by dimension, with its peers and a mark for each KPI."""

from __future__ import annotations

import pandas as pd
from markupsafe import escape

from dashboard.charts import figures, profile, profile_words, ranks
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart
from dashboard.charts.scalars import records
from dashboard.components import explain, frame, sources, table
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads import standings
from dashboard.reads.cross_section import cross_section
from dashboard.reads.kept import drawn
from dashboard.reads.reader import Reader

DOT_COLUMNS = ["id", "kpi", "row", "percentile", "n", "kind", "said"]


@drawn(frame.CACHED_FRAMES)
def framed(reader: Reader, area: str, peers: str) -> tuple[Chart, Frame]:
    """The chart and its frame."""
    ctx, labels, name = reader.ctx, reader.dimensions, reader.area(area).name
    peer_name = reader.group(peers).name
    dots = _dots(reader, area, peers)
    rows = _rows(dots, labels, ctx)
    foot = _(
        "● {name} · ◇ median of {peers} · | one KPI each, n = {n}; latest fresh values, "
        "years and sources below"
    )
    alone = _("● {name} · ◇ median of {peers} · | one KPI each, n = {n}; latest fresh values")
    kpi_ids = standings.ranked(data.country(reader.warehouse, area), reader)["kpi"]
    said = {"name": name, "peers": peer_name, "n": ctx.number(len(kpi_ids))}
    medians = dots[dots["kind"] == "main"].set_index("row")["percentile"]
    yet = _strong_yet_short(reader, area, medians)
    return (
        profile.figure(rows, dots, ctx, areas=[(area, name)], row_height=36),
        Frame(
            key="profile",
            title=profile_words.of_medians(medians, labels, ctx),
            unit=_("Percentile among UN Member States, 100 is best"),
            alt=profile.alt(rows, dots, ctx, areas=[(area, name)]),
            foot=escape(foot.format(**said) + yet),
            alone=sources.folded(reader, kpi_ids, alone.format(**said) + yet),
            data=lambda: dots.drop(columns="said"),
            table=lambda: _html(rows, dots, name, peer_name, ctx),
            file=f"escala_profile_{area}",
            how=explain.profile,
        ),
    )


def _strong_yet_short(reader: Reader, area: str, medians: pd.Series[float]) -> str:
    """That the strongest dimension is among those furthest behind in stages, for the note; else empty.

    A percentile says who is ahead of whom, a stage what is in place: both are true at once.
    """
    held = medians.dropna()
    if len(held) < 2 or held.max() < profile_words.MIDDLE or not data.stage_years(reader.warehouse):
        return ""
    strongest = str(held.idxmax())
    if strongest not in data.stage_profile(reader.warehouse, area).bottleneck:
        return ""
    template = _("{dimension}: strong among countries, yet below the gates of its next stage")
    return ". " + template.format(dimension=reader.dimensions[strongest])


def _rows(dots: pd.DataFrame, labels: dict[str, str], ctx: Context) -> pd.DataFrame:
    """Every dimension with the number of KPIs it rests on, or that they are too few to compare."""
    counts = dots[dots["kind"] == "single"].groupby("row").size().to_dict()

    def note(dimension: str) -> str:
        n = counts.get(dimension, 0)
        template = _("n = {n} KPIs") if n >= profile.LEAST else _("n = {n} KPIs: too few")
        return template.format(n=ctx.number(n))

    rows = [
        (dimension, label, note(dimension)) for dimension, label in labels.items() if dimension != "overall"
    ]
    return pd.DataFrame(rows, columns=["row", "label", "note"])


def _dots(reader: Reader, area: str, peers: str) -> pd.DataFrame:
    """A dot for each fresh KPI, and for the medians of country and peers, over the same KPIs."""
    country = data.country(reader.warehouse, area)
    members = standings.others(reader, area, peers)
    ranked = standings.ranked(country, reader)
    of_peers = cross_section(reader.warehouse).percentiles(members, ranked["kpi"])
    dimensions = dict(zip(ranked["kpi"], ranked["dimension"], strict=True))
    of_peers["dimension"] = [dimensions[kpi_id] for kpi_id in of_peers["kpi"].tolist()]
    medians = pd.concat(
        [
            _medians(ranked, reader.ctx, reader.area(area).name, area_id=area, kind="main"),
            _medians(of_peers, reader.ctx, reader.group(peers).name, area_id="peers", kind="peer"),
        ]
    )
    single = ranked.assign(kind="single", id=area, row=ranked["dimension"], n=1)
    single["said"] = _tooltips(ranked, reader)
    return pd.concat([single[DOT_COLUMNS], medians[DOT_COLUMNS]], ignore_index=True)


def _medians(rows: pd.DataFrame, ctx: Context, name: str, *, area_id: str, kind: str) -> pd.DataFrame:
    """Median percentile by dimension (`row`), with tooltips."""
    medians = profile.summarise(rows).rename(columns={"dimension": "row"})
    template = ctx.t("percentile {p}")
    tooltips = [
        f"<b>{name}</b><br>" + template.format(p=ctx.number(percentile))
        for percentile in medians["percentile"]
    ]
    return medians.assign(id=area_id, kpi=None, kind=kind, said=tooltips)


def _tooltips(ranked: pd.DataFrame, reader: Reader) -> list[str]:
    """Of each KPI: name, value with year, percentile among how many."""
    ctx, kpis = reader.ctx, reader.kpis
    tooltips = []
    for row in records(ranked):
        kpi = kpis[row["kpi"]]
        value = figures.words(row["obs_value"], kpi, row["time_period"], ctx)
        place = ctx.t("percentile {p} of {n}").format(p=ctx.number(row["percentile"]), n=ctx.number(row["n"]))
        few = f", {ctx.t('of few countries')}" if ranks.of_few(row["n"]) else ""
        tooltips.append(f"{kpi.name}<br>{value} · {place}{few}")
    return tooltips


def _html(rows: pd.DataFrame, dots: pd.DataFrame, name: str, peer_name: str, ctx: Context) -> str:
    """The profile as a table: percentile per dimension of a country and its peers, and of how many KPIs."""
    medians = dots[dots["kind"] != "single"].pivot_table(index="row", columns="kind", values="percentile")
    medians = medians.reindex(index=list(rows["row"]), columns=["main", "peer"])
    body: list[list[Cell]] = [
        [row["label"], row["note"], ctx.number(main), ctx.number(peer)]
        for row, main, peer in zip(records(rows), medians["main"], medians["peer"], strict=True)
    ]
    columns = [Column(_("Dimension")), Column("KPI"), Column(name, True), Column(peer_name, True)]
    return table.html(
        _("Percentile among UN Member States, 100 is best"), columns, body, no_data=_("no data")
    )

"""The SDG lens, goals: the overview of all, and one goal with its targets, KPIs and mechanisms."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from dashboard.app_pages.lens import goals, reads
from dashboard.app_pages.lens import overview as lens
from dashboard.charts import evidence_words
from dashboard.charts import progress_figures as marks
from dashboard.charts import progress_words as words
from dashboard.charts.context import MISSING
from dashboard.charts.figure import Chart
from dashboard.charts.figures import figure, old_tag, point, span
from dashboard.components import frame, links, sources, table
from dashboard.components.frame import Frame, Table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis.links.sdg import EVIDENCE, target_order

METHOD = "unsd"


def rules() -> str:
    """What the three kinds of evidence allow, in two sentences."""
    return _(
        "Only measured links may enter an SDG score. An enabling link is a condition among others and not an "
        "effect."
    )


def how() -> None:
    """The three kinds of evidence, as the "how computed" text."""
    parts = [
        f"<strong>{escape(_(evidence_words.KINDS[one]))}</strong>: {escape(_(evidence_words.MEANINGS[one]))}."
        for one in EVIDENCE
    ]
    parts.append(escape(rules()))
    parts.append(
        escape(
            _(
                "Counted are KPIs of the catalogue, each once per goal and kind; a KPI may be linked to "
                "several "
                "targets. Outcomes that e-government is to serve, such as child mortality, count as measured."
            )
        )
    )
    st.html("".join(f"<p>{part}</p>" for part in parts))


@cached(frame.CACHED_FRAMES)
def overview(reader: Reader, area: str | None) -> tuple[Chart, Frame]:
    """All goals × kinds of evidence and its frame. area: links of the table lead to this country."""
    counts = reads.by_goal(reader.warehouse)
    links = data.sdg_links(reader.warehouse)
    named = _components_without_kpi(reader, lens.unlinked(counts))
    note = _("n = {n} KPIs, {links} links, {targets} targets.").format(
        n=reader.ctx.number(links["kpi"].nunique()),
        links=reader.ctx.number(len(links)),
        targets=reader.ctx.number(links["target"].nunique()),
    )
    source = f"{_('Source')}: {_('catalogue of KPIs; methodology, C')}"
    shown = counts.assign(targets=[" ".join(one) for one in counts["targets"]])
    return (
        _overview_figure(reader),
        Frame(
            key="lens_goals",
            title=lens.title(counts, reader.ctx),
            unit=_("Number of KPIs by goal, and the targets they are linked to"),
            alt=lens.alt(counts, reader.ctx),
            foot=f"{escape(source)} · {escape(note)} {named}",
            data=lambda: shown,
            table=lambda: _overview_html(reader, counts, area),
            file="escala_sdg_lens",
            how=how,
        ),
    )


@cached(frame.CACHED_FRAMES)
def _overview_figure(reader: Reader) -> Chart:
    """The chart, which is the same for every country."""
    return lens.figure(reads.by_goal(reader.warehouse), reader.ctx)


def _components_without_kpi(reader: Reader, missing: list[int]) -> str:
    """Fields of work that the methodology links to goals without any KPI, as safe HTML."""
    rows = reads.mechanisms(reader.lang)
    rows = rows[rows["goal"].isin(missing)]
    if rows.empty:
        return ""
    parts = [f"{one.name} ({one.target})" for one in rows.rename_axis(None).itertuples(index=False)]
    return escape(_("Linked by the methodology, without a KPI: {fields}.").format(fields=", ".join(parts)))


def _overview_html(reader: Reader, counts: pd.DataFrame, area: str | None) -> str:
    kinds = {(row.goal, row.evidence): row for row in counts.itertuples()}
    chosen = {"country": area} if area else {}
    body: list[list[Cell]] = []
    for goal, name in goals.NAMES.items():
        link = links.to(reader, "lens", f"{goal} {_(name)}", goal=str(goal), **chosen)
        cells = [kinds[goal, kind] for kind in EVIDENCE]
        body.append(
            [
                Html(f"{swatch(goal)}{link}"),
                *(
                    f"{reader.ctx.number(one.n_kpis)} ({', '.join(one.targets)})" if one.n_kpis else MISSING
                    for one in cells
                ),
            ]
        )
    columns = [Column(_("Goal")), *(Column(_(evidence_words.KINDS[kind])) for kind in EVIDENCE)]
    caption = _("KPIs by goal and kind of evidence, with the targets")
    return table.html(caption, columns, body, no_data=_("no KPI is linked"))


def swatch(goal: int) -> str:
    """The colour of a goal with an outline; decoration beside its number."""
    return f'<i class="e-goal" style="background:{goals.COLOURS[goal]}" aria-hidden="true"></i>'


@cached(frame.CACHED_FRAMES)
def headline(reader: Reader, goal: int, area: str | None, peers: str) -> str:
    """One goal in a sentence: its KPIs by kind; for a country how many hold a value and are on track."""
    name = None if area is None else reader.area(area).name
    return sentence(reader, goal, name, rows(reader, goal, area, peers))


def sentence(reader: Reader, goal: int, name: str | None, rows: pd.DataFrame) -> str:
    """The sentence on the rows of a goal."""
    counts = reads.by_goal(reader.warehouse)
    number = reader.ctx.number
    own = {row.evidence: number(row.n_kpis) for row in counts[counts["goal"] == goal].itertuples()}
    title = f"{goal}. {_(goals.NAMES[goal])}"
    if rows.empty:
        return _("{goal}: no KPI of this catalogue is linked to a target of this goal.").format(goal=title)
    kpis = rows.drop_duplicates("kpi")
    said = _("{goal}. KPIs linked: {n} (measure {measured}, serve directly {direct}, enable {enabling}).")
    parts = [said.format(goal=title, n=number(len(kpis)), **own)]
    if name is not None:
        parts.append(_held(name, kpis, reader))
        assessed = kpis[kpis["status"].notna()]
        if on := len(words.judged(assessed)):
            track = _("On track by the UNSD method: {k} of {n} with a target and a trend.")
            parts.append(track.format(k=number(words.is_on(assessed).sum()), n=number(on)))
        if past := int(words.is_past(assessed).sum()):
            parts.append(_("Without a recent figure, so without a status: {n}.").format(n=number(past)))
    return " ".join(parts)


def _held(name: str, kpis: pd.DataFrame, reader: Reader) -> str:
    """Of how many KPIs a country has a value, and how many of those are old."""
    present = kpis["obs_value"].notna()
    old = int((present & ~kpis["fresh"].fillna(False).astype(bool)).sum())
    said = _("{name} has values of {k}.") if old == 0 else _("{name} has values of {k}, {old} of them old.")
    number = reader.ctx.number
    return said.format(name=name, k=number(present.sum()), old=number(old))


def rows(reader: Reader, goal: int, area: str | None, peers: str) -> pd.DataFrame:
    """One row per target and KPI of a goal; of a country also value, rank, status, median of the peers.

    peer_first, peer_last: years of the oldest and the newest value behind the median.
    """
    found = data.sdg_links(reader.warehouse)
    found = found[found["goal"] == goal]
    order = found["target"].map(target_order)
    found = found.assign(order=order, kind=found["evidence"].map(EVIDENCE.index)).sort_values(
        ["order", "kind"]
    )
    found = found.drop(columns=["order", "kind"]).reset_index(drop=True)
    if area is None or found.empty:
        return found.assign(obs_value=float("nan"))
    values = data.country(reader.warehouse, area).set_index("kpi")
    found = found.join(values[["dimension", "obs_value", "time_period", "fresh", "rank", "n"]], on="kpi")
    others = [one for one in data.members(reader.warehouse, peers) if one != area]
    medians = data.latest(reader.warehouse, found["kpi"], others).groupby("kpi")
    middle = medians.agg(
        peer_median=("obs_value", "median"),
        peer_first=("time_period", "min"),
        peer_last=("time_period", "max"),
    )
    found = found.join(middle, on="kpi")
    status = data.progress(reader.warehouse, (area,), None)
    status = status[status["method"] == METHOD].set_index("kpi")[["target", "target_year", "status"]]
    return found.join(status.rename(columns={"target": "goal_value"}), on="kpi")


def detail(reader: Reader, goal: int, area: str | None, peers: str) -> None:
    """Targets and KPIs of one goal, then the mechanisms."""
    if linked := _linked(reader, goal, area, peers):
        table_, foot = linked
        frame.table_only(*table_, how=how)
        st.html(foot)
    title = _("How components of e-government serve goal {goal}").format(goal=goal)
    if held := mechanisms(reader, goal):
        frame.table_only(title, *held, how=how)
    else:
        frame.said_only(title, _("The methodology names no component for this goal."))


@cached(frame.CACHED_FRAMES)
def _linked(reader: Reader, goal: int, area: str | None, peers: str) -> tuple[Table, str] | None:
    """KPIs by target, and the sources as safe HTML. None without any."""
    found = rows(reader, goal, area, peers)
    if found.empty:
        return None
    shown = (
        _("Targets and KPIs of goal {goal}").format(goal=goal),
        _kpis_html(reader, found, area, peers),
        lambda: _export(reader, rows(reader, goal, area, peers), area),
        f"escala_goal_{goal}" + (f"_{area}" if area else ""),
    )
    return shown, f'<p class="e-foot">{sources.foot_of(reader, found["kpi"], rules())}</p>'


def _kpis_html(reader: Reader, found: pd.DataFrame, area: str | None, peers: str) -> str:
    sections: dict[int, str] = {}
    for at, target in enumerate(found["target"]):
        if at == 0 or target != found["target"].iloc[at - 1]:
            sections[at] = _("Target {target}").format(target=target)
    columns = [Column("KPI"), Column(_("Evidence"))]
    caption = _("KPIs linked to the targets of this goal")
    if area is None:
        columns += [Column(_("Unit")), Column(_("Countries"), True), Column(_("Last year"), True)]
    else:
        group = reader.group(peers).name
        caption = _("{caption}; peers: {group}").format(caption=caption, group=group)
        columns += [Column(_("Value"), True), Column(_("Year"), True), Column(_("Rank"), True)]
        columns += [Column(_("Median of the peers"), True)]
        if found["goal_value"].notna().any():
            columns += [Column(_("Target"), True), Column(_("Progress (UNSD)"))]
    body = [_cells(reader, row, area)[: len(columns)] for row in found.to_dict("records")]
    return table.html(caption, columns, body, sections=sections, no_data=_("no data"))


def _cells(reader: Reader, row: dict[str, object], area: str | None) -> list[Cell]:
    kpi, ctx = reader.kpis[str(row["kpi"])], reader.ctx
    link = links.to(reader, "methods", kpi.name, q=kpi.id)
    official = f" {row['indicator']}" if pd.notna(row["indicator"]) else ""
    cells: list[Cell] = [
        Html(link + sources.licence_mark(kpi)),
        f"{_(evidence_words.VERBS[str(row['evidence'])])}{official}",
    ]
    if area is None:
        held = data.kpi_table(reader.warehouse).loc[kpi.id]
        last = span(held["last_year"]) + old_tag(kpi, held["last_year"], ctx)
        return [*cells, kpi.unit, ctx.number(held["n_areas"]), last]
    rank, year = row["rank"], row["time_period"]
    return [
        *cells,
        figure(row["obs_value"], kpi, year, ctx, dated=False),  # type: ignore[arg-type]
        span(year),  # type: ignore[arg-type]
        MISSING
        if pd.isna(rank)
        else _("{rank} of {n}").format(rank=ctx.number(rank), n=ctx.number(row["n"])),
        figure(row["peer_median"], kpi, row["peer_last"], ctx, first=row["peer_first"]),  # type: ignore[arg-type]
        point(row["goal_value"], kpi, row["target_year"], ctx),  # type: ignore[arg-type]
        marks.status(row | {"latest_year": row["time_period"]}, kpi, ctx)
        if pd.notna(row["status"])
        else MISSING,
    ]


def _export(reader: Reader, found: pd.DataFrame, area: str | None) -> pd.DataFrame:
    listed = reader.kpis
    origin = pd.DataFrame([listed[one].provenance() for one in found["kpi"].unique()])
    shown = found.rename(columns={"target": "sdg_target", "goal_value": "target"}).merge(origin, on="kpi")
    return shown.drop(columns="obs_value") if area is None else shown.assign(ref_area=area, method=METHOD)


@cached(frame.CACHED_FRAMES)
def mechanisms(reader: Reader, goal: int) -> tuple[str, pd.DataFrame, str] | None:
    """How components of the methodology serve the targets of a goal, with the source of each statement.

    Table, download and its name; None where the methodology names no component.
    """
    found = reads.mechanisms(reader.lang)
    found = found[found["goal"] == goal]
    title = _("How components of e-government serve goal {goal}").format(goal=goal)
    if found.empty:
        return None
    listed = reader.kpis
    body: list[list[Cell]] = []
    for row in found.sort_values("target", key=lambda one: one.map(target_order), kind="stable").itertuples(
        index=False
    ):
        name = listed[row.kpi].name if row.kpi in listed else row.name
        host = urlsplit(row.source_url).netloc.removeprefix("www.")
        said = escape(row.mechanism)
        body.append(
            [
                name,
                row.target,
                _(evidence_words.VERBS[row.evidence]),
                Html(said if row.own else f'<span lang="en">{said}</span>'),
                Html(
                    f'<a href="{escape(row.source_url)}" rel="noreferrer" target="_blank">{escape(host)}</a>'
                ),
            ]
        )
    columns = [Column(_("Component")), Column(_("Target")), Column(_("Evidence")), Column(_("Mechanism"))]
    columns.append(Column(_("Source")))
    markup = table.html(title, columns, body, no_data=_("no data"))
    return markup, found.drop(columns="own"), f"escala_mechanisms_{goal}"

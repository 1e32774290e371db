"""A goal: its targets with the KPIs linked to them, then how components of e-government serve it."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.lens import evidence
from dashboard.app_pages.lens.mechanisms import mechanisms
from dashboard.charts import evidence_words, goals, progress_figures, progress_words
from dashboard.charts.context import MISSING, KpiView
from dashboard.charts.figures import figure, old_tag, point, span
from dashboard.charts.scalars import Row, is_missing, optional, records
from dashboard.components import frame, links, more, sources, table
from dashboard.components.frame import Table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import lens as reads
from dashboard.reads import shared as data
from dashboard.reads import standings
from dashboard.reads.cross_section import cross_section
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis.cases import EVIDENCE
from kpis.links.sdg import target_order

METHOD = "unsd"
FILE = (
    "escala_goal_{goal}"  # how the name of the table of a goal begins, as a file and as a place in the page
)
STEP, STEP_OF_TEXTS = 20, 6  # rows shown at once: of KPIs, of mechanisms, which take several lines


@worded(frame.CACHED_FRAMES)
def headline(reader: Reader, goal: int, area: str | None, peers: str) -> str:
    """A goal in a sentence: its KPIs by kind; for a country how many have a value and are on track."""
    rows = linked_kpis(reader, goal, area, peers)
    title = f"{goal}. {_(goals.NAMES[goal])}"
    if rows.empty:
        return _("{goal}: no KPI of this catalogue is linked to a target of this goal.").format(goal=title)
    kpis = rows.drop_duplicates("kpi")
    several = int((rows.groupby("kpi")["evidence"].nunique() > 1).sum())
    sentences = [_counts_sentence(reader, goal, title, len(kpis), several)]
    if area is not None:
        sentences += _country_sentences(reader, reader.area(area).name, kpis)
    return " ".join(sentences)


def _counts_sentence(reader: Reader, goal: int, title: str, n: int, several: int) -> str:
    """How many KPIs are linked, by kind; `several` of them count in more than one kind, which is said."""
    counts, number = reads.by_goal(reader.warehouse), reader.ctx.number
    by_kind = {str(row["evidence"]): number(row["n_kpis"]) for row in records(counts[counts["goal"] == goal])}
    template = _("{goal}. KPIs linked: {n} (measure {measured}, serve directly {direct}, enable {enabling}).")
    if several:
        template = _(
            "{goal}. KPIs linked: {n} (measure {measured}, serve directly {direct}, enable {enabling}; in "
            "more than one way {several})."
        )
    return template.format(goal=title, n=number(n), several=number(several), **by_kind)


def _country_sentences(reader: Reader, name: str, kpis: pd.DataFrame) -> list[str]:
    """Of how many KPIs a country has a value, how many are on track, how many lack a recent figure."""
    number = reader.ctx.number
    sentences = [_values_sentence(name, kpis, reader)]
    assessed = kpis[kpis["status"].notna()]
    if judged := len(progress_words.judged(assessed)):
        on_track = number(progress_words.is_on(assessed).sum())
        template = _("On track by the UNSD method: {k} of {n} with a target and a trend.")
        sentences.append(template.format(k=on_track, n=number(judged)))
    if past := int(progress_words.is_past(assessed).sum()):
        template = _("Without a recent figure, so without a status: {n}.")
        sentences.append(template.format(n=number(past)))
    return sentences


def _values_sentence(name: str, kpis: pd.DataFrame, reader: Reader) -> str:
    """Of how many KPIs a country has a value, and how many of those are old."""
    has_value = kpis["obs_value"].notna()
    old = int((has_value & ~kpis["fresh"].fillna(False).astype(bool)).sum())
    template = _("{name} has values of {k}.") if old == 0 else _("{name} has values of {k} ({old} old).")
    number = reader.ctx.number
    return template.format(name=name, k=number(has_value.sum()), old=number(old))


def linked_kpis(reader: Reader, goal: int, area: str | None, peers: str) -> pd.DataFrame:
    """One row per target and KPI of a goal; of a country also value, rank, status, median of the peers.

    peer_first, peer_last: years of the oldest and the newest value behind the median.
    """
    rows = data.sdg_links(reader.warehouse)
    rows = rows[rows["goal"] == goal]
    rows = rows.assign(order=rows["target"].map(target_order), kind=rows["evidence"].map(EVIDENCE.index))
    rows = rows.sort_values(["order", "kind"]).drop(columns=["order", "kind"]).reset_index(drop=True)
    if area is None or rows.empty:
        return rows.assign(obs_value=float("nan"))
    values = data.country(reader.warehouse, area).set_index("kpi")
    rows = rows.join(values[["dimension", "obs_value", "time_period", "fresh", "rank", "n"]], on="kpi")
    rows = rows.join(_peer_medians(reader, area, peers), on="kpi")
    return rows.join(_status(reader, area), on="kpi").assign(ref_area=area)


def _peer_medians(reader: Reader, area: str, peers: str) -> pd.DataFrame:
    """By KPI: median of the latest values of the peers, and the years behind it."""
    rows = cross_section(reader.warehouse).medians(standings.others(reader, area, peers))
    names = {"obs_value": "peer_median", "first_year": "peer_first", "last_year": "peer_last"}
    return rows.set_index("kpi")[list(names)].rename(columns=names)


def _status(reader: Reader, area: str) -> pd.DataFrame:
    """By KPI with a target: the target, its year and the status by `METHOD`."""
    progress = data.progress(reader.warehouse, (area,), None)
    progress = progress[progress["method"] == METHOD].set_index("kpi")
    return progress[["target", "target_year", "status"]].rename(columns={"target": "goal_value"})


def show(reader: Reader, goal: int, area: str | None, peers: str, kind: str | None) -> None:
    """Targets and KPIs of a goal, then the mechanisms. kind: of evidence, None for all."""
    cell(reader, goal, area, peers, kind)
    of = f"{goal} {kind}"
    title = _("How components of e-government serve goal {goal}").format(goal=goal)
    most = more.shown("mechanisms", of, STEP_OF_TEXTS)
    if mechanism_table := mechanisms(reader, goal, kind, most):
        markup, download, file, n = mechanism_table
        frame.table_only(title, markup, download, file, how=evidence.how)
        more.button(reader, "mechanisms", of, n, STEP_OF_TEXTS)
    elif kind is None:
        frame.sentence_only(title, _("The methodology names no component for this goal."))


def cell(reader: Reader, goal: int, area: str | None, peers: str, kind: str | None) -> None:
    """Targets and KPIs of a goal with their foot; nothing without any. kind: of evidence, None for all."""
    of = f"{goal} {kind}"
    if targets := _targets(reader, goal, area, peers, kind, more.shown("targets", of, STEP)):
        targets_table, n, foot = targets
        frame.table_only(*targets_table, how=evidence.how)
        more.button(reader, "targets", of, n, STEP)
        st.html(foot)


@worded(frame.CACHED_FRAMES)
def _targets(
    reader: Reader, goal: int, area: str | None, peers: str, kind: str | None, most: int
) -> tuple[Table, int, Markup] | None:
    """The first KPIs by target, how many there are, and the foot line. None without any."""
    rows = _of_kind(linked_kpis(reader, goal, area, peers), kind)
    if rows.empty:
        return None
    title = _("Targets and KPIs of goal {goal}").format(goal=goal)
    targets_table = (
        title if kind is None else f"{title}: {_(evidence_words.KINDS[kind])}",
        _html(reader, rows, most, area, peers, has_kinds=kind in (None, "measured")),
        lambda: _export(reader, _of_kind(linked_kpis(reader, goal, area, peers), kind), area),
        FILE.format(goal=goal) + (f"_{area}" if area else ""),
    )
    foot = sources.foot_of(reader, rows["kpi"], *_rows_and_kpis(rows, reader), evidence.rules())
    return targets_table, len(rows), Markup('<p class="e-foot">{}</p>').format(foot)


def _rows_and_kpis(rows: pd.DataFrame, reader: Reader) -> list[str]:
    """Why there are more rows than the headline counts KPIs; nothing where there are not."""
    n, k = len(rows), rows["kpi"].nunique()
    if n == k:
        return []
    template = _("{n} rows for {k} KPIs: a KPI stands under each target that it serves.")
    return [template.format(n=reader.ctx.number(n), k=reader.ctx.number(k))]


def _of_kind(rows: pd.DataFrame, kind: str | None) -> pd.DataFrame:
    """The rows of a kind of evidence; None for all."""
    return rows if kind is None else rows[rows["evidence"] == kind].reset_index(drop=True)


def _html(
    reader: Reader, rows: pd.DataFrame, most: int, area: str | None, peers: str, *, has_kinds: bool
) -> str:
    """The first KPIs by target. has_kinds: with the kind of evidence, unless it is the same for all."""
    whole, rows = len(rows) <= most, rows.head(most)
    targets = list(rows["target"])
    sections = {
        number: _("Target {target}").format(target=target)
        for number, target in enumerate(targets)
        if number == 0 or target != targets[number - 1]
    }
    caption = _("KPIs linked to the targets of this goal")
    columns = [Column("KPI"), *([Column(_("Evidence"))] if has_kinds else [])]
    if area is None:
        columns += [Column(_("Unit")), Column(_("Countries"), True), Column(_("Last year"), True)]
    else:
        caption = _("{caption}; peers: {group}").format(caption=caption, group=reader.group(peers).name)
        columns += _country_columns(has_target=bool(rows["goal_value"].notna().any()))
    cells = _kpi_cells if area is None else _country_cells
    kpis = reader.kpis
    body = [
        [
            *_link_cells(reader, kpis[row["kpi"]], row)[: 2 if has_kinds else 1],
            *cells(reader, kpis[row["kpi"]], row),
        ][: len(columns)]
        for row in records(rows)
    ]
    style = "e-evidence" if has_kinds else ""
    return table.html(
        caption, columns, body, sections=sections, whole=whole, no_data=_("no data"), style=style
    )


def _country_columns(*, has_target: bool) -> list[Column]:
    columns = [
        Column(_("Value"), True, answer=True),
        Column(_("Year"), True),
        Column(_("Rank"), True),
        Column(_("Median of the peers"), True),
    ]
    if has_target:
        columns += [Column(_("Target"), True), Column(_("Progress (UNSD)"))]
    return columns


def _link_cells(reader: Reader, kpi: KpiView, row: Row) -> list[Cell]:
    """The KPI, and how it is linked to the target."""
    indicator = "" if is_missing(row["indicator"]) else f" {row['indicator']}"
    return [
        links.to(reader, "methods", kpi.name, q=kpi.id) + sources.licence_mark(kpi),
        f"{_(evidence_words.VERBS[row['evidence']])}{indicator}",
    ]


def _kpi_cells(reader: Reader, kpi: KpiView, row: Row) -> list[Cell]:
    """Unit, number of countries and last year."""
    entry = data.kpi_records(reader.warehouse)[row["kpi"]]
    year = optional(entry["last_year"])
    last = span(year) + old_tag(kpi, year, reader.ctx)
    return [kpi.unit, reader.ctx.number(entry["n_areas"]), last]


def _country_cells(reader: Reader, kpi: KpiView, row: Row) -> list[Cell]:
    """Value, year, rank, median of the peers; target and status where there is a target."""
    ctx, year = reader.ctx, row["time_period"]
    place = _("{rank} of {n}").format(rank=ctx.number(row["rank"]), n=ctx.number(row["n"]))
    progress = row | {"latest_year": year}
    return [
        figure(row["obs_value"], kpi, year, ctx, dated=False),
        span(year),
        MISSING if is_missing(row["rank"]) else place,
        figure(row["peer_median"], kpi, row["peer_last"], ctx, first=row["peer_first"]),
        point(row["goal_value"], kpi, row["target_year"], ctx),
        MISSING if is_missing(row["status"]) else _to_path(reader, progress, kpi),
    ]


def _to_path(reader: Reader, progress: Row, kpi: KpiView) -> Markup:
    """The status by `METHOD`, which leads to the path it comes from. progress: with ref_area."""
    to = {"country": str(progress["ref_area"]), "indicator": kpi.id, "scope": "path", "method": METHOD}
    return links.to(reader, "progress", progress_figures.status(progress, kpi, reader.ctx), **to)


def _export(reader: Reader, rows: pd.DataFrame, area: str | None) -> pd.DataFrame:
    kpis = reader.kpis
    origin = pd.DataFrame([kpis[kpi_id].provenance() for kpi_id in rows["kpi"].unique()])
    download = rows.rename(columns={"target": "sdg_target", "goal_value": "target"}).merge(origin, on="kpi")
    if area is None:
        return download.drop(columns="obs_value")
    return download.assign(method=METHOD)

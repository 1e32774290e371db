"""What changed: which ranks moved with the last edition, why, and what releases changed."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.app_pages.releases import changes as release_changes
from dashboard.app_pages.releases import rank_moves, reads
from dashboard.app_pages.releases import tables as release_tables
from dashboard.charts.context import KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.figures import when
from dashboard.components import frame, pickers, shell
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

VIEWS = ["ranks", "sources"]
EXPLAINED = "EGDI"  # the one measure whose change of rank can be split into causes


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    said = {"ranks": _("Ranks"), "sources": _("Releases")}
    with st.container(key="controls_releases"):
        first, second, third, fourth = st.columns([1.1, 1.7, 1.3, 1.3], vertical_alignment="bottom")
        with first:
            view = pickers.switch(_("View"), "show", VIEWS, "ranks", lambda one: said[one])
        if view == "ranks":
            with second:
                kpi_id = pickers.kpi(reader)
            with third:
                group = pickers.group(reader)
            with fourth:
                area = pickers.country(reader)
    if view == "sources":
        _sources(reader, top)
        return
    kpi = reader.kpi(kpi_id)
    moves = _moves(reader, kpi_id, group)
    group_name = reader.group(group).name
    with top:
        shell.headline(headline(moves, kpi, group_name, reader), lead=lead(reader, kpi))
    if moves.empty:
        frame.said_only(_("No ranks to compare"), none(kpi))
    else:
        figure, around, why = draw_ranks(reader, kpi.id, group, area)
        frame.show(figure, around)
        if why is None:
            frame.foot_only(_("Causes are computed for the rank of the EGDI only."))
        else:
            frame.table_only(_("What moved these ranks"), *why, "escala_why_ranks", how=_how_causes)
    _revised(reader, kpi)


def headline(moves: pd.DataFrame, kpi: KpiView, group: str, reader: Reader) -> str:
    """How many ranks moved: "EGDI, 2022 to 2024, World: 180 of 193 ranks moved, 90 up, 90 down"."""
    if moves.empty:
        return _("{kpi}: no ranks to compare in {group}").format(kpi=kpi.name, group=group)
    up, down, _same = rank_moves.counts(moves)
    number = reader.ctx.number
    return _("{kpi}, {start} to {end}: of {n} ranks, {up} up and {down} down ({group})").format(
        kpi=kpi.name,
        start=int(moves["year_from"].iloc[0]),
        end=when(kpi, int(moves["year_to"].iloc[0]), reader.ctx),
        n=number(len(moves)),
        up=number(up),
        down=number(down),
        group=group,
    )


def lead(reader: Reader, kpi: KpiView) -> str:
    """What the last release of the source changed of this KPI, as far as it is known, and what is shown."""
    shown = _("Shown is the movement between the last two years, both as published now.")
    return f"{_released(reader, kpi)} {shown}"


def _released(reader: Reader, kpi: KpiView) -> str:
    seen, changed = reads.releases(reader.warehouse), reads.kpis(reader.warehouse)
    if kpi.id in changed.index:
        return _counted(reader, changed.loc[kpi.id])
    if kpi.source not in seen.index:
        return _("No earlier release of this source is held, so revisions cannot be told from new figures.")
    after = seen.at[kpi.source, "vintage_after"]
    if pd.isna(after):
        return _("The last release of this source changed no value of this KPI.")
    return _("The last release of this source, {after}, changed no value of this KPI.").format(after=after)


def _counted(reader: Reader, row: pd.Series) -> str:
    """The release of a KPI's values and how many it changed. row: of `reads.kpis`."""
    counts = release_changes.counted(row, reader)
    if row["derived"]:
        return _("The last releases changed values that this KPI is computed from ({counts}).").format(
            counts=counts
        )
    if pd.isna(row["vintage_before"]):
        said = _("The last release, {after}, brought new values of this KPI ({counts}).")
    else:
        said = _("Release {after}, in place of {before}, changed values of this KPI ({counts}).")
    return said.format(after=row["vintage_after"], before=row["vintage_before"], counts=counts)


def none(kpi: KpiView) -> str:
    """Why there is nothing to compare."""
    if kpi.direction == "context":
        return _("This KPI has no better side, so nobody is ranked by it.")
    return _("Two years are needed in which at least half of its States have a value; they are not held.")


def _moves(reader: Reader, kpi: str, group: str) -> pd.DataFrame:
    """Ranks in both years of a group's members, with names."""
    every = reads.moved(reader.warehouse, kpi)
    moves = every[every["ref_area"].isin(data.members(reader.warehouse, group))]
    return moves.assign(name=moves["ref_area"].map(reader.area_names))


@cached(frame.CACHED_FRAMES)
def draw_ranks(
    reader: Reader, kpi_id: str, group: str, area: str | None
) -> tuple[Chart, Frame, tuple[str, pd.DataFrame] | None]:
    """Chart, frame, table of causes."""
    ctx, moves = reader.ctx, _moves(reader, kpi_id, group)
    kpi = reader.kpi(kpi_id)
    names = moves.set_index("ref_area")["name"].to_dict()
    rows = rank_moves.largest(moves, area)
    start, end = int(moves["year_from"].iloc[0]), int(moves["year_to"].iloc[0])
    n = _("n = {n} States").format(n=ctx.number(len(moves)))
    if not moves["same_states"].iloc[0]:
        n = _("n = {n} States; ranks anew among those with a value in both years ({a}, {b})").format(
            n=ctx.number(len(moves)),
            a=ctx.number(int(moves["n_from"].iloc[0])),
            b=ctx.number(int(moves["n_to"].iloc[0])),
        )
    years = pd.Series([start, end])
    sources = reader.sources
    origin = pd.Series(kpi.provenance())
    why = release_tables.causes(reader, rows, kpi) if kpi.id == EXPLAINED else None
    return (
        rank_moves.figure(rows, names, ctx, marked=area),
        Frame(
            key="rank_moves",
            title=rank_moves.title(moves, names, ctx),
            unit=_("Places gained (▲) or lost (▼), {start} to {end}; the largest of each").format(
                start=start, end=end
            ),
            alt=rank_moves.alt(rows, names, ctx),
            foot=frame.foot(kpi, sources, years, n),
            data=lambda: moves.assign(**origin),
            table=lambda: release_tables.moves(reader, moves, kpi),
            file=f"escala_moved_{kpi.id}_{group}",
            how=_how,
        ),
        why,
    )


def _revised(reader: Reader, kpi: KpiView) -> None:
    """Values that the last release revised and ranks that it moved thereby, if it is known to have."""
    number = reader.ctx.number
    revisions, ranks = reads.revisions(reader.warehouse, kpi.id), reads.moved_ranks(reader.warehouse, kpi.id)
    if not revisions.empty:
        title = _("Values revised by the release: {n}").format(n=number(len(revisions)))
        markup = release_changes.revisions(reader, revisions, kpi)
        frame.table_only(title, markup, revisions, f"escala_revised_{kpi.id}")
    if not ranks.empty:
        title = _("Ranks moved by the release: {n}").format(n=number(len(ranks)))
        markup = release_changes.ranks(reader, ranks, kpi)
        frame.table_only(title, markup, ranks, f"escala_revised_ranks_{kpi.id}")
    if max(len(revisions), len(ranks)) > release_changes.MOST:
        said = _("The first {n} of each table are shown; the downloads hold all.")
        frame.foot_only(said.format(n=number(release_changes.MOST)))


def _sources(reader: Reader, top: st.delta_generator.DeltaGenerator) -> None:
    rows = release_changes.held(reader)
    with top:
        shell.headline(
            changed(rows, reader),
            lead=_(
                "What a release changes is recorded when its import replaces the figures held. "
                "A source imported once has no such record, and none is made up."
            ),
        )
    frame.table_only(
        _("Releases held"), release_changes.by_source(reader), rows.reset_index(), "escala_releases"
    )
    if not (kpis := reads.kpis(reader.warehouse)).empty:
        title = _("KPIs with changed values: {n}").format(n=reader.ctx.number(len(kpis)))
        frame.table_only(title, release_changes.by_kpi(reader), kpis.reset_index(), "escala_released_kpis")


def changed(rows: pd.DataFrame, reader: Reader) -> str:
    """How many sources the last releases changed, and by how much. rows: of `release_changes.held`."""
    number, seen = reader.ctx.number, rows.dropna(subset=["n_new"])
    if seen.empty:
        return _("A release before is known for none of {n} sources").format(n=number(len(rows)))
    counts = release_changes.counted(seen[list(release_changes.COUNTS)].sum(), reader)
    said = _("The last releases changed {k} of {n} sources; values {counts}")
    return said.format(k=number(len(seen)), n=number(len(rows)), counts=counts)


def _how() -> None:
    parts = (
        _("The last two years in which at least half of the KPI’s States have a value are compared."),
        _("Where other States have a value in one of the years, ranks are anew among those of both."),
        _("Where the publisher prints a rank, that one counts."),
    )
    st.html("".join(f"<p>{escape(part)}</p>" for part in parts))


def _how_causes() -> None:
    parts = (
        _("Causes are changed one after the other, in every order; the part of each is its mean effect."),
        _("OSI, TII and HCI: the State’s own indices. Others’ movement: the indices of all other States."),
        _("OSI, TII and HCI are themselves relative to others, so part of an own change may be theirs."),
    )
    st.html("".join(f"<p>{escape(part)}</p>" for part in parts))

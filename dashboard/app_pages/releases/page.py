"""What changed: which ranks moved with the last edition, why, and what releases changed."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.app_pages.releases import changes as release_changes
from dashboard.app_pages.releases import ranks, reads
from dashboard.charts.context import KpiView
from dashboard.components import frame, pickers, shell
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader

VIEWS = ["ranks", "sources"]


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    labels = {"ranks": _("Ranks"), "sources": _("Releases")}
    with st.container(key="controls_releases"):
        first, second, third, fourth = st.columns([1.1, 1.7, 1.3, 1.3], vertical_alignment="bottom")
        with first:
            view = pickers.switch(_("View"), "show", VIEWS, "ranks", labels.__getitem__)
        if view == "ranks":
            with second:
                kpi_id = pickers.kpi(reader)
            with third:
                group = pickers.group(reader)
            with fourth:
                area = pickers.country(reader)
    if view == "sources":
        _sources(reader, top)
    else:
        _ranks(reader, top, kpi_id, group, area)


def _ranks(reader: Reader, top: DeltaGenerator, kpi_id: str, group: str, area: str | None) -> None:
    kpi, moves = reader.kpi(kpi_id), ranks.moves(reader, kpi_id, group)
    with top:
        headline = ranks.headline(moves, kpi, reader.group(group).name, reader)
        shell.headline(headline, lead=ranks.lead(reader, kpi))
    if moves.empty:
        frame.said_only(_("No ranks to compare"), ranks.why_none(kpi))
    else:
        figure, framed, causes = ranks.chart(reader, kpi.id, group, area)
        frame.show(figure, framed)
        if causes is None:
            frame.foot_only(_("Causes are computed for the rank of the EGDI only."))
        else:
            frame.table_only(_("What moved these ranks"), *causes, "escala_why_ranks", how=ranks.how_causes)
    _revised(reader, kpi)


def _revised(reader: Reader, kpi: KpiView) -> None:
    """Values that the last release revised and ranks that it moved thereby, if it is known to have."""
    number = reader.ctx.number
    revisions, moved = reads.revisions(reader.warehouse, kpi.id), reads.moved_ranks(reader.warehouse, kpi.id)
    if not revisions.empty:
        title = _("Values revised by the release: {n}").format(n=number(len(revisions)))
        markup = release_changes.revisions(reader, revisions, kpi)
        frame.table_only(title, markup, revisions, f"escala_revised_{kpi.id}")
    if not moved.empty:
        title = _("Ranks moved by the release: {n}").format(n=number(len(moved)))
        markup = release_changes.ranks(reader, moved, kpi)
        frame.table_only(title, markup, moved, f"escala_revised_ranks_{kpi.id}")
    if max(len(revisions), len(moved)) > release_changes.MOST:
        template = _("The first {n} of each table are shown; the downloads hold all.")
        frame.foot_only(template.format(n=number(release_changes.MOST)))


def _sources(reader: Reader, top: DeltaGenerator) -> None:
    rows = release_changes.sources(reader)
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
    template = _("The last releases changed {k} of {n} sources; values {counts}")
    return template.format(k=number(len(seen)), n=number(len(rows)), counts=counts)

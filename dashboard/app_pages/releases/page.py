"""What changed: which ranks moved with the last edition, why, and what releases changed."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.app_pages.releases import changes as release_changes
from dashboard.app_pages.releases import ranks, reads
from dashboard.charts.context import KpiView
from dashboard.components import frame, pickers, shell
from dashboard.components.container import Container
from dashboard.components.language import ngettext
from dashboard.components.language import text as _
from dashboard.reads import rank_moves
from dashboard.reads.reader import Reader

VIEWS = ["ranks", "sources"]


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    labels = {"ranks": _("Ranks"), "sources": _("Releases")}
    with st.container(key="controls_releases"):
        first, second, third, last = st.columns([1.7, 1.3, 1.3, 1.1], vertical_alignment="bottom")
        with last:
            view = pickers.switch(_("View"), "show", VIEWS, "ranks", labels.__getitem__)
        if view == "ranks":
            with first:
                kpi_id = pickers.kpi(reader)
            with second:
                group = pickers.group(reader)
            with third:
                area = pickers.country(reader)
    if view == "sources":
        _sources(reader, top)
    else:
        _ranks(reader, top, kpi_id, group, area)


def _ranks(reader: Reader, top: Container, kpi_id: str, group: str, area: str | None) -> None:
    kpi, moves = reader.kpi(kpi_id), rank_moves.of_group(reader, kpi_id, group)
    with top:
        headline, counted = ranks.headline(reader, moves, kpi, reader.group(group).name, area)
        shell.headline(headline, lead=ranks.lead(reader, kpi, counted))
    if moves.empty:
        frame.sentence_only(_("No ranks to compare"), ranks.why_none(kpi))
    else:
        figure, framed, causes = ranks.chart(reader, kpi.id, group, area)
        frame.show(figure, framed)
        if causes is None:
            frame.foot_only(_("Causes are computed for the rank of the EGDI only."))
        else:
            frame.table_only(_("What moved these ranks"), *causes, "escala_why_ranks", how=ranks.how_causes)
    _revised(reader, kpi, area)


def _revised(reader: Reader, kpi: KpiView, area: str | None) -> None:
    """Values that the last release revised and ranks that moved because of it, if there are any.

    area: the chosen country, whose rows come first.
    """
    number = reader.ctx.number
    revisions = release_changes.own_first(reads.revisions(reader.warehouse, kpi.id), area)
    moved = release_changes.own_first(reads.moved_ranks(reader.warehouse, kpi.id), area)
    if not revisions.empty:
        title = _("Values revised by the release: {n}").format(n=number(len(revisions)))
        markup = release_changes.revisions(reader, revisions, kpi)
        frame.table_only(title, markup, revisions, f"escala_revised_{kpi.id}")
    if not moved.empty and not kpi.coded:
        title = _("Ranks moved by the release: {n}").format(n=number(len(moved)))
        markup = release_changes.ranks(reader, moved, kpi)
        frame.table_only(title, markup, moved, f"escala_revised_ranks_{kpi.id}")
    if max(len(revisions), len(moved)) > release_changes.MOST:
        template = _("The first {n} of each table are shown; the downloads hold all.")
        frame.foot_only(template.format(n=number(release_changes.MOST)))


def _sources(reader: Reader, top: Container) -> None:
    rows = release_changes.sources(reader)
    with top:
        shell.headline(
            changed(rows, reader),
            lead=recorded(rows, reader),
        )
    frame.table_only(
        _("Releases held"), release_changes.by_source(reader), rows.reset_index(), "escala_releases"
    )
    if not (kpis := reads.kpis(reader.warehouse)).empty:
        title = _("KPIs with changed values: {n}").format(n=reader.ctx.number(len(kpis)))
        frame.table_only(title, release_changes.by_kpi(reader), kpis.reset_index(), "escala_released_kpis")


def changed(rows: pd.DataFrame, reader: Reader) -> str:
    """How many sources the last releases changed, and by how much. rows: of `release_changes.sources`."""
    number, seen = reader.ctx.number, rows.dropna(subset=["n_new"])
    if seen.empty:
        return _("A release before is known for none of {n} sources").format(n=number(len(rows)))
    counts = release_changes.counted(seen[list(release_changes.COUNTS)].sum(), reader)
    template = _("The last releases changed {k} of {n} sources; values {counts}")
    return template.format(k=number(len(seen)), n=number(len(rows)), counts=counts)


def recorded(rows: pd.DataFrame, reader: Reader) -> str:
    """Of how many sources every changed value is known, then of how many not. rows: as in `changed`."""
    known = int(rows["n_new"].notna().sum())
    kept = ngettext(
        "Of 1 source every value that its last release changed is recorded, with both figures.",
        "Of {k} sources every value that their last release changed is recorded, with both figures.",
        known,
    )
    rest = ngettext(
        "The other one was imported once, so it has no such record.",
        "The other {k} were imported once, so they have no such record.",
        len(rows) - known,
    )
    parts = ((kept, known), (rest, len(rows) - known))
    return " ".join(text.format(k=reader.ctx.number(count)) for text, count in parts if count)

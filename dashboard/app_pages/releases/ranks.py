"""Which ranks moved with the last edition, in a sentence, a chart and a table of causes."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.releases import changes as release_changes
from dashboard.app_pages.releases import reads
from dashboard.app_pages.releases import tables as release_tables
from dashboard.charts import rank_moves
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.figures import when
from dashboard.charts.scalars import Row, is_missing, records
from dashboard.components import frame, sources
from dashboard.components.frame import Frame
from dashboard.components.language import ngettext
from dashboard.components.language import text as _
from dashboard.reads import rank_moves as moved
from dashboard.reads.kept import drawn
from dashboard.reads.reader import Reader

EXPLAINED = "EGDI"  # the measure whose change of rank can be split into causes


def headline(
    reader: Reader, moves: pd.DataFrame, kpi: KpiView, group: str, area: str | None
) -> tuple[str, str]:
    """The move of the chosen country, else of all; and what is left to count in the lead.

    moves: of `moves`; group: by name.
    """
    if moves.empty:
        return _("{kpi}: no ranks to compare in {group}").format(kpi=kpi.name, group=group), ""
    counted, own = _counted_moves(reader, moves, kpi, group), moved.moved(reader.warehouse, kpi.id)
    row = own[own["ref_area"] == area]
    if row.empty:
        return counted, ""
    return _own_move(reader, records(row)[0], kpi), f"{counted}."


def _counted_moves(reader: Reader, moves: pd.DataFrame, kpi: KpiView, group: str) -> str:
    """How many ranks moved: "EGDI, 2022 to 2024: of 193 ranks, 90 up and 90 down (World)"."""
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


def _own_move(reader: Reader, row: Row, kpi: KpiView) -> str:
    """A country's move, with what gave and what took most where that is known."""
    places, number = int(row["rank_change"]), reader.ctx.number
    if places == 0:
        template = _("{name} keeps rank {to} in {kpi}, {start} to {end}")
    elif places > 0:
        template = ngettext(
            "{name} rose {places} place in {kpi}, from rank {of} ({start}) to {to} ({end})",
            "{name} rose {places} places in {kpi}, from rank {of} ({start}) to {to} ({end})",
            places,
        )
    else:
        template = ngettext(
            "{name} fell {places} place in {kpi}, from rank {of} ({start}) to {to} ({end})",
            "{name} fell {places} places in {kpi}, from rank {of} ({start}) to {to} ({end})",
            -places,
        )
    sentence = template.format(
        name=reader.area(str(row["ref_area"])).name,
        kpi=kpi.name if kpi.id != EXPLAINED else kpi.id,
        places=number(abs(places)),
        of=number(row["rank_from"]),
        to=number(row["rank_to"]),
        start=int(row["year_from"]),
        end=when(kpi, int(row["year_to"]), reader.ctx),
    )
    why = release_tables.most(reader, row) if kpi.id == EXPLAINED else ""
    return f"{sentence}: {why}" if why else sentence


def lead(reader: Reader, kpi: KpiView, counted: str = "") -> str:
    """What the page shows, and then what the last release of the source changed of this KPI.

    counted: how many ranks moved, where the headline is of one country.
    """
    note = _("Shown is the movement between the last two years, both as published now.")
    return " ".join(filter(None, (counted, note, _released(reader, kpi))))


def _released(reader: Reader, kpi: KpiView) -> str:
    seen, changed = reads.releases(reader.warehouse), reads.kpis(reader.warehouse)
    if kpi.id in changed.index:
        return _counted(reader, changed.loc[[kpi.id]].iloc[0])
    if kpi.source not in seen.index:
        return _("No earlier release of this source is held, so revisions cannot be told from new figures.")
    after = seen.at[kpi.source, "vintage_after"]
    if is_missing(after):
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
        template = _("The last release, {after}, brought new values of this KPI ({counts}).")
    else:
        template = _("Release {after}, in place of {before}, changed values of this KPI ({counts}).")
    return template.format(after=row["vintage_after"], before=row["vintage_before"], counts=counts)


def why_none(kpi: KpiView) -> str:
    """Why there is nothing to compare."""
    if kpi.coded:
        return _("Its values are levels of an answer: equal answers have no order, so nobody moves a place.")
    if kpi.direction == "context":
        return _("This KPI has no better side, so nobody is ranked by it.")
    return _("Two years are needed in which at least half of its States have a value; they are not held.")


@drawn(frame.CACHED_FRAMES)
def chart(
    reader: Reader, kpi_id: str, group: str, area: str | None
) -> tuple[Chart, Frame, tuple[str, pd.DataFrame] | None]:
    """Chart, frame and table of causes; None where the ranks of the KPI are not split into causes."""
    rows = moved.of_group(reader, kpi_id, group)
    names = {row["ref_area"]: row["name"] for row in records(rows)}
    drawn = rank_moves.largest(rows, area)
    kpi = reader.kpi(kpi_id)
    own_first = release_changes.own_first(drawn, area)
    return (
        rank_moves.figure(drawn, names, reader.ctx, marked=area, fills=True),
        _frame(reader, kpi, group, rows, drawn, names),
        release_tables.causes(reader, own_first, kpi, area) if kpi.id == EXPLAINED else None,
    )


def _frame(
    reader: Reader, kpi: KpiView, group: str, rows: pd.DataFrame, drawn: pd.DataFrame, names: dict[str, str]
) -> Frame:
    start, end = int(rows["year_from"].iloc[0]), int(rows["year_to"].iloc[0])
    origin = pd.Series(kpi.provenance())
    return Frame(
        key="rank_moves",
        title=rank_moves.title(rows, names, reader.ctx),
        unit=_("Places gained (▲) or lost (▼), {start} to {end}; the largest of each").format(
            start=start, end=end
        ),
        alt=rank_moves.alt(drawn, names, reader.ctx),
        foot=sources.foot(reader, kpi, pd.Series([start, end], dtype=float), _n(rows, reader.ctx)),
        data=lambda: rows.assign(**origin),
        table=lambda: release_tables.moves(reader, rows, kpi),
        file=f"escala_moved_{kpi.id}_{group}",
        how=_how,
    )


def _n(rows: pd.DataFrame, ctx: Context) -> str:
    """How many States are compared, and whether that needed new ranks."""
    n = ctx.number(len(rows))
    if rows["same_states"].iloc[0]:
        return _("n = {n} States").format(n=n)
    a, b = ctx.number(int(rows["n_from"].iloc[0])), ctx.number(int(rows["n_to"].iloc[0]))
    template = _("n = {n} States; ranks anew among those with a value in both years ({a}, {b})")
    return template.format(n=n, a=a, b=b)


def _how() -> None:
    parts = (
        _("The last two years in which at least half of the KPI’s States have a value are compared."),
        _("Where other States have a value in one of the years, ranks are anew among those of both."),
        _("Where the publisher prints a rank, that one counts."),
    )
    st.html(Markup("").join(Markup("<p>{}</p>").format(part) for part in parts))


def how_causes() -> None:
    """How causes are computed."""
    parts = (
        _("Causes are changed one after the other, in every order; the part of each is its mean effect."),
        _("OSI, TII and HCI: the State’s own indices. Others’ movement: the indices of all other States."),
        _("OSI, TII and HCI are themselves relative to others, so part of an own change may be theirs."),
    )
    st.html(Markup("").join(Markup("<p>{}</p>").format(part) for part in parts))

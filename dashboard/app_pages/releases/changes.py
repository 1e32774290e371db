"""What releases changed: by source, by KPI, the values revised and the ranks that moved because of it.

A count that is zero throughout has no column: what did not happen needs no room.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd

from dashboard.app_pages.releases import rank_moves, reads
from dashboard.charts.context import KpiView
from dashboard.charts.figures import computed, figure, span
from dashboard.components import shell, table
from dashboard.components.language import text as _
from dashboard.components.numbers import MISSING
from dashboard.components.table import Cell, Column, Html
from dashboard.reads.reader import Reader

COUNTS = ("n_new", "n_revised", "n_withdrawn")
MOST = 200  # rows on screen; the download has all

Part = tuple[Column, Sequence[Cell]]  # a column with its cells from above


def counted(row: pd.Series, reader: Reader) -> str:
    """Values new, revised and withdrawn in words, without those of which there are none."""
    said = {"n_new": _("new: {n}"), "n_revised": _("revised: {n}"), "n_withdrawn": _("withdrawn: {n}")}
    return "; ".join(said[one].format(n=reader.ctx.number(row[one])) for one in COUNTS if row[one])


def _heads() -> dict[str, str]:
    return {"n_new": _("New values"), "n_revised": _("Revised"), "n_withdrawn": _("Withdrawn")}


def _counts(rows: pd.DataFrame, reader: Reader) -> list[Part]:
    """A column for each kind of change that occurs."""
    return [
        (Column(_heads()[one], True), [reader.ctx.number(n) for n in rows[one]])
        for one in COUNTS
        if rows[one].fillna(0).gt(0).any()
    ]


def _table(caption: str, parts: Sequence[Part], sections: dict[int, str] | None = None) -> str:
    columns = [column for column, _cells in parts]
    body = [list(row) for row in zip(*(cells for _column, cells in parts), strict=True)]
    return table.html(caption, columns, body, tall=True, sections=sections, no_data=_("none"))


def held(reader: Reader) -> pd.DataFrame:
    """Every source with figures: title, vintage (of its last release), last_year and what that changed.

    Those with most changes first; counts are missing where no release before is held.
    """
    sources = reader.sources
    rows = sources.loc[sources["n_values"] > 0, ["title", "vintage", "last_year"]].sort_values("title")
    rows = rows.join(reads.releases(reader.warehouse))
    rows["vintage"] = rows.pop("vintage_after").fillna(rows["vintage"])  # of the figures that changed, if any
    total = rows[list(COUNTS)].sum(axis=1, min_count=1)
    order = total.sort_values(ascending=False, na_position="last", kind="stable").index
    return rows.loc[order]


def by_source(reader: Reader) -> str:
    """Every source: the release held, the one it replaced, and how many values that changed."""
    rows = held(reader)
    known = rows["n_new"].notna()
    before: list[Cell] = [MISSING if pd.isna(one) else _vintage(one) for one in rows["vintage_before"]]
    parts: list[Part] = [(Column(_("Source")), rows["title"].tolist()), *_counts(rows, reader)]
    if known.any():
        parts.append((Column(_("Release before")), before))
    parts += [
        (Column(_("Release held")), [_vintage(one) for one in rows["vintage"]]),
        (Column(_("Newest year"), True), [f"{year:.0f}" for year in rows["last_year"]]),
    ]
    sections = {0: _("Changed by the last release")} if known.any() else {}
    if not known.all():
        sections[int(known.sum())] = _("Imported once: no release before is held")
    return _table(_("What each release changed"), parts, sections)


def by_kpi(reader: Reader) -> str:
    """Every KPI that the last release changed: how many values, the largest revision, ranks moved by it."""
    listed, rows = reader.kpis, reads.kpis(reader.warehouse)
    parts: list[Part] = [(Column("KPI"), [_kpi(reader, listed[str(one)]) for one in rows.index])]
    parts += _counts(rows, reader)
    if rows["largest_ref_area"].notna().any():
        parts += _largest(reader, rows, [listed[str(one)] for one in rows.index])
    if rows["ranks_moved"].gt(0).any():
        parts.append(
            (Column(_("Ranks moved"), True), [_moved(row, reader) for row in rows.to_dict("records")])
        )
    return _table(_("KPIs with values that the last release changed"), parts)


def _largest(reader: Reader, rows: pd.DataFrame, kpis: Sequence[KpiView]) -> list[Part]:
    """Country, year and both values of the largest revision of each KPI; dashes where nothing was revised."""
    names = reader.area_names
    largest = rows.filter(like="largest_").rename(columns=lambda name: name.removeprefix("largest_"))
    pairs = list(zip(largest.to_dict("records"), kpis, strict=True))
    return [
        (
            Column(_("Largest revision")),
            [MISSING if pd.isna(one) else str(names[one]) for one in largest["ref_area"]],
        ),
        (Column(_("Year"), True), [span(year) for year in largest["time_period"]]),
        (Column(_("Value before"), True), [_before(row, kpi, reader) for row, kpi in pairs]),
        (Column(_("Value now"), True), [_now(row, kpi, reader) for row, kpi in pairs]),
    ]


def revisions(reader: Reader, rows: pd.DataFrame, kpi: KpiView) -> str:
    """Values of a KPI that the release replaced, the largest change first. rows: of `Warehouse.revisions`."""
    names, ctx = reader.area_names, reader.ctx
    records = rows.head(MOST).to_dict("records")
    parts: list[Part] = [
        (Column(_("Country or area")), [str(names[row["ref_area"]]) for row in records]),
        (Column(_("Year"), True), [str(row["time_period"]) for row in records]),
        (Column(_("Value before"), True), [_before(row, kpi, reader) for row in records]),
        (Column(_("Value now"), True), [_now(row, kpi, reader) for row in records]),
        (
            Column(_("Change"), True),
            [computed(row["change"], kpi, row["time_period"], ctx, sign=True) for row in records],
        ),
    ]
    return _table(_("Values revised by the release, the largest change first"), parts)


def ranks(reader: Reader, rows: pd.DataFrame, kpi: KpiView) -> str:
    """Ranks that differ because the release changed earlier figures. rows: of `moved_ranks`."""
    names, ctx = reader.area_names, reader.ctx
    records = rows.head(MOST).to_dict("records")
    parts: list[Part] = [
        (Column(_("Country")), [str(names[row["ref_area"]]) for row in records]),
        (Column(_("Year"), True), [str(row["time_period"]) for row in records]),
        (
            Column(_("Value before"), True),
            [computed(row["value_before"], kpi, row["time_period"], ctx) for row in records],
        ),
        (
            Column(_("Value now"), True),
            [figure(row["value_after"], kpi, row["time_period"], ctx, dated=False) for row in records],
        ),
        (Column(_("Rank before"), True), [ctx.number(row["rank_before"]) for row in records]),
        (Column(_("Rank now"), True), [ctx.number(row["rank_after"]) for row in records]),
        (Column(_("Places"), True), [places(row["places"], reader) for row in records]),
    ]
    return _table(_("Ranks moved by the release, the newest year first"), parts)


def places(change: float, reader: Reader) -> Html:
    """Places gained or lost, marked."""
    kind = "e-up" if change > 0 else "e-down" if change < 0 else ""
    return Html(f'<span class="{kind}">{rank_moves.said(int(change), reader.ctx)}</span>')


def _kpi(reader: Reader, kpi: KpiView) -> Html:
    to = escape(shell.link("releases", reader, kpi=kpi.id))
    return Html(f'<a target="_self" href="{to}">{escape(kpi.name)}</a>')


def _vintage(vintage: object) -> Html:
    return Html(f'<span class="e-nowrap">{escape(str(vintage))}</span>')


def _before(row: dict[str, object], kpi: KpiView, reader: Reader) -> Cell:
    value = computed(row["value_before"], kpi, row["time_period"], reader.ctx)  # type: ignore[arg-type]
    return _from(value, row["vintage_before"]) if pd.notna(row["value_before"]) else value


def _now(row: dict[str, object], kpi: KpiView, reader: Reader) -> Cell:
    value = figure(row["value_after"], kpi, row["time_period"], reader.ctx, dated=False)  # type: ignore[arg-type]
    return _from(value, row["vintage_after"]) if pd.notna(row["value_after"]) else value


def _from(value: str, vintage: object) -> Html:
    """A value with the release that it is from."""
    return Html(f'{value} <small class="e-nowrap">({escape(str(vintage))})</small>')


def _moved(row: dict[str, object], reader: Reader) -> str:
    if pd.isna(row["ranks_moved"]):
        return MISSING
    return f"{reader.ctx.number(row['ranks_moved'])} ({row['ranks_year']:.0f})"  # type: ignore[arg-type]

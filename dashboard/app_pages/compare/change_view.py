"""Change: the values of two years side by side, of the areas chosen or of all members of a group."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.compare import courses, moved, moved_figures, own_moves, year_dots
from dashboard.app_pages.compare.areas import course_rows, own_among
from dashboard.app_pages.compare.moved import Moves
from dashboard.app_pages.compare.own_moves import Mine
from dashboard.app_pages.compare.years import Span, within
from dashboard.charts import figures, own_values, sentences, trend
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.scalars import Row, records
from dashboard.components import explain, frame, kpi_tables, level_strip, links, pickers, sources, table
from dashboard.components import own as own_figures
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.kept import drawn, worded
from dashboard.reads.reader import Reader
from dashboard.reads.standings import Areas
from dashboard.texts import mark

FORMS = {"dumbbell": mark("Two dots"), "slope": mark("Slope"), "dots": mark("Year by year")}


def form() -> str:
    """How the years are drawn."""
    return pickers.switch(_("Drawn as"), "form", list(FORMS), "dumbbell", lambda code: _(FORMS[code]))


@worded(frame.CACHED_FRAMES)
def headline(reader: Reader, kpi: KpiView, areas: Areas, span: Span | None, group: str) -> Markup:
    """Who rose most between the two years; of a coded answer, who reached another level."""
    if kpi.coded:
        dots = level_strip.dots(reader, kpi, areas)
        has_moved = (dots["kind"] == "before").any()
        climbed = sentences.climbed(dots, reader.ctx) if has_moved else _("Nobody has moved to another level")
        return figures.sentence("{kpi}. {climbed}.", kpi=kpi.name, climbed=climbed)
    if span is None:
        return courses.headline(reader, kpi, areas, None)
    return moved.headline(_moves(reader, kpi, areas, span, group), kpi, reader.ctx)


def show(
    reader: Reader,
    kpi: KpiView,
    areas: Areas,
    span: Span | None,
    group: str,
    drawn_as: str,
    mine: Mine = (),
) -> None:
    """The chart, or a sentence where there are no two years to compare. drawn_as: a code of FORMS.

    mine: areas with an own value of the KPI, which stands beside them and in no sentence.
    """
    own = own_among(reader, areas)
    if kpi.coded:
        frame.show(*courses.levels(reader, kpi, areas, own, tuple(mine)))
    elif span is None or span[0] == span[1]:
        text = _("No two years to compare here. Choose another year, KPI or group.")
        frame.sentence_only(kpi.name, text)
    elif _moves(reader, kpi, areas, span, group).rows.empty:
        text = _("Nobody has a value in both years. Move an end of the years.")
        frame.sentence_only(kpi.name, text)
    elif drawn_as == "dots":
        frame.show(*by_year(reader, kpi, areas, span, group, own, mine))
    else:
        frame.show(*framed(reader, kpi, areas, span, group, drawn_as, own, mine))


@worded(data.MANY)
def _moves(reader: Reader, kpi: KpiView, areas: Areas, span: Span, group: str) -> Moves:
    return moved.moves_of(course_rows(reader, kpi.id, areas), areas, span, kpi, group)


@drawn(frame.CACHED_FRAMES)
def framed(
    reader: Reader,
    kpi: KpiView,
    areas: Areas,
    span: Span,
    group: str,
    drawn_as: str,
    own: str,
    mine: Mine = (),
) -> tuple[Chart, Frame]:
    """The chart and its frame."""
    moves, ctx = _moves(reader, kpi, areas, span, group), reader.ctx
    of_own = own_moves.rows(mine, dict(areas), span, ctx)
    rows = own_moves.beside(moved.drawn(moves, own), of_own)
    draw = moved_figures.slope if drawn_as == "slope" else moved_figures.dumbbell
    return (
        draw(rows, kpi, span, ctx, own=own),
        Frame(
            key=f"compare_{drawn_as}",
            title=moved.title(moves, ctx),
            unit=_unit(kpi, areas, reader),
            alt=moved.alt(rows, moves, kpi, ctx),
            foot=_foot(reader, kpi, areas, moves, len(rows) - len(of_own), mine),
            data=lambda: _export(moves, of_own, kpi, ctx),
            table=lambda: _html(reader, moves, of_own, kpi),
            file=f"escala_change_{kpi.id}",
            how=lambda: explain.kpi(reader, kpi),
            legend=moved_figures.legend(
                span, ctx, is_slope=drawn_as == "slope", with_own_figures=len(of_own) > 0
            ),
        ),
    )


@drawn(frame.CACHED_FRAMES)
def by_year(
    reader: Reader, kpi: KpiView, areas: Areas, span: Span, group: str, own: str, mine: Mine = ()
) -> tuple[Chart, Frame]:
    """A dot for each area that moves from year to year, and its frame."""
    moves, ctx = _moves(reader, kpi, areas, span, group), reader.ctx
    drawn_ids = set(moved.drawn(moves, own)["id"])
    shown = tuple((area_id, name) for area_id, name in areas if area_id in drawn_ids)
    rows = within(course_rows(reader, kpi.id, shown), span)
    n_drawn, of_own = len(shown), own_moves.steps(mine, shown, rows, span, ctx)
    rows = pd.concat([rows, of_own], ignore_index=True)
    shown += tuple(dict(zip(of_own["id"], of_own["name"], strict=True)).items())
    series = [trend.Line(area_id, name, "series") for area_id, name in shown]
    return (
        year_dots.figure(rows, shown, kpi, ctx, own=own),
        Frame(
            key="compare_dots",
            title=moved.title(moves, ctx),
            unit=_unit(kpi, areas, reader),
            alt=trend.alt(rows, series, kpi, ctx),
            foot=_foot(reader, kpi, areas, moves, n_drawn, mine),
            data=lambda: own_values.origin(rows, kpi, ctx),
            table=lambda: kpi_tables.trend_html(reader, rows, series, kpi),
            file=f"escala_years_{kpi.id}",
            how=lambda: explain.kpi(reader, kpi),
        ),
    )


def _unit(kpi: KpiView, areas: Areas, reader: Reader) -> str:
    grouped = any(reader.is_group(area_id) for area_id, _name in areas)
    less = _("less is better") if kpi.direction == "lower" else ""
    medians = _("groups: median of their countries") if grouped else ""
    return " · ".join(part for part in (kpi.name, kpi.unit, less, medians) if part)


def _foot(reader: Reader, kpi: KpiView, areas: Areas, moves: Moves, n_drawn: int, mine: Mine) -> Markup:
    ctx = reader.ctx
    n = _("n = {n} countries or groups").format(n=ctx.number(len(moves.rows)))
    notes = (
        own_figures.note(mine, reader, kpi),
        own_moves.note(mine, dict(areas), moves.span, ctx),
        moved.few_note(moves, n_drawn, ctx),
        moved.absent_note(moves, ctx),
        moved.broken_note(moves, ctx),
        kpi.caveat,
    )
    return sources.foot(
        reader, kpi, pd.Series([float(year) for year in moves.span]), n, note=sources.joined(*notes)
    )


def _export(moves: Moves, of_own: pd.DataFrame, kpi: KpiView, ctx: Context) -> pd.DataFrame:
    """One row per area: both values, their years and the change, with unit, source and licence."""
    since, until = moves.span
    every = own_moves.beside(moves.rows, of_own)
    rows = every.rename(columns={"first": "value_from", "last": "value_to"})
    return own_values.origin(rows.assign(year_from=since, year_to=until), kpi, ctx)


def _html(reader: Reader, moves: Moves, of_own: pd.DataFrame, kpi: KpiView) -> str:
    """The same as a table, those that did best on top, those left out at the end."""
    ctx, (since, until) = reader.ctx, moves.span
    body: list[list[Cell]] = [
        _own_cells(row, kpi, moves.span, ctx)
        if own_values.is_line(row["id"])
        else [
            _linked(reader, row["id"], row["name"]),
            figures.figure(row["first"], kpi, since, ctx, dated=False, past=True),
            figures.figure(row["last"], kpi, until, ctx, dated=False, past=True),
            moved.difference(row, kpi, moves.span, ctx),
        ]
        for row in records(own_moves.beside(moves.rows, of_own))
    ]
    body += [[name, _("left out: no value in one of the years"), "", ""] for name in moves.absent]
    columns = [
        Column(_("Country or group")),
        *(Column(str(year), True) for year in moves.span),
        Column(_("Change"), True, answer=True),
    ]
    return table.html(f"{kpi.name}, {kpi.unit}", columns, body, tall=True, no_data=_("no data"))


def _own_cells(row: Row, kpi: KpiView, span: Span, ctx: Context) -> list[Cell]:
    """Own values of both years; the change in the period from one to the other."""
    values = [
        own_values.figure(row[at], kpi, ctx, str(year), past=True)
        for at, year in zip(("first", "last"), span, strict=True)
    ]
    period = own_values.span(map(str, span))
    change = Markup('<data class="e-fig" value="{}" data-own="true" data-year="{}" data-old="past">{}</data>')
    return [row["name"], *values, change.format(row["change"], period, moved.signed(row["change"], kpi, ctx))]


def _linked(reader: Reader, area_id: str, name: str) -> Markup:
    if reader.is_group(area_id):
        return links.to(reader, "world", name, group=area_id)
    return links.to(reader, "country", name, country=area_id)

"""Stages: how mature is a country's digital government, what holds it back, and who has moved?"""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.app_pages.stages import country as stage_country
from dashboard.app_pages.stages import matrix as stage_matrix
from dashboard.app_pages.stages import moved as stage_moved
from dashboard.charts import stage_words
from dashboard.charts.figure import Chart
from dashboard.components import frame, membership, pickers, shell, stage_tables
from dashboard.components.findings import usual_group
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

VIEWS = ["ladder", "matrix", "moves"]
START = "CARIBBEAN_SIDS"  # the group shown while no country is chosen
SPAN = 5  # years between the two of who moved


def draw(reader: Reader) -> None:
    """The page."""
    if not data.stage_years(reader.warehouse):
        raise data.NothingHeldError(_("No country has a stage yet: too few figures are held."))
    top = st.container()
    with st.container(key="controls_stages"):
        first, second, third = st.columns([1.2, 1.45, 2.5], vertical_alignment="bottom")
        with first:
            area = pickers.country(reader)
        with second:
            view = _view(area)
        with third:
            group, span = _scope(reader, area, view)
    labels = reader.dimensions
    if area is not None and view == "ladder":
        _country(reader, area, labels, top)
    elif view == "moves":
        stage_moved.show(reader, group, span, labels, top)
    else:
        _group_matrix(reader, area, group, top)


def _view(area: str | None) -> str:
    said = {"ladder": _("Ladder"), "matrix": _("Matrix"), "moves": _("Who moved")}
    return pickers.switch(_("View"), "show", VIEWS, "ladder" if area else "matrix", lambda one: said[one])


def _scope(reader: Reader, area: str | None, view: str) -> tuple[str, tuple[int, int]]:
    """The group and the two years, where the view needs them."""
    known = reader.groups.index
    usual = START if START in known else "WORLD"
    default = usual_group(reader, area) if area else usual
    if area is not None and view == "ladder":
        return default, (0, 0)
    if view != "moves":
        return _group(reader, default), (0, 0)
    first, second, third = st.columns([1.7, 1, 1], vertical_alignment="bottom")
    with first:
        group = _group(reader, default)
    years = data.stage_years(reader.warehouse)
    with third:
        ends = [str(year) for year in reversed(years[1:])]
        end = int(pickers.choose(_("To"), "to", ends, ends[0], str) or ends[0])
    with second:
        starts = [str(year) for year in reversed(years) if year < end]
        usual = str(max(years[0], end - SPAN))
        usual = usual if usual in starts else starts[0]
        start = int(pickers.choose(_("From"), "from", starts, usual, str) or usual)
    return group, (start, end)


def _group(reader: Reader, default: str) -> str:
    return pickers.group(reader, name="peers", default=default, label=_("Group"))


def _country(
    reader: Reader, area: str, labels: dict[str, str], top: st.delta_generator.DeltaGenerator
) -> None:
    found = data.stage_profile(reader.warehouse, area)
    name = reader.area(area).name
    with top:
        shell.headline(
            stage_words.standing(name, found, labels, reader.ctx),
            lead=stage_words.caveat(found.dimensions, found.year, labels, reader.ctx),
        )
    left, right = st.columns([1.7, 1], gap="large")
    with left:
        frame.show(*stage_country.ladder(reader, area))
        frame.foot_only(stage_words.rule(found, labels, reader.ctx))
    with right:
        st.html(f'<h2 class="e-title">{escape(_("What opens the next stage"))}</h2>')
        st.html(stage_country.first_steps(reader, area))
        said = _("The fewest KPIs that suffice; the weakest dimension first, then the nearest.")
        st.html(f'<p class="e-foot">{escape(said)}</p>')
    frame.table_only(*stage_country.gates(reader, area))
    st.html(f'<p class="e-foot">{escape(stage_tables.basis(reader, found))}</p>')
    frame.show(*stage_country.history(reader, area))


def _group_matrix(
    reader: Reader,
    area: str | None,
    group: str,
    top: st.delta_generator.DeltaGenerator,
) -> None:
    figure, framed, said = draw_matrix(reader, area, group, data.stage_years(reader.warehouse)[-1])
    with top:
        if area is None:
            ask = _("How mature is your country’s digital government, and what holds it back?")
            shell.headline(
                ask, lead=_("Choose a country for its ladder. Meanwhile: {group}").format(group=said)
            )
        else:
            shell.headline(said)
    frame.show(figure, framed)
    membership.below(reader, group)


@cached(frame.CACHED_FRAMES)
def draw_matrix(reader: Reader, area: str | None, group: str, year: int) -> tuple[Chart, Frame, str]:
    """Countries × dimensions, its frame and what it says in a sentence."""
    ctx, labels = reader.ctx, reader.dimensions
    group_name = reader.group(group).name
    names = reader.area_names
    cells = stage_matrix.ordered(data.stage_matrix(reader.warehouse, group, year), names, area)
    doubts = data.stage_doubts(reader.warehouse, group, year)
    rows = {one: str(names[one]) for one in cells.index}
    columns = {one: labels[one] for one in cells.columns}
    missing = int(cells.isna().sum().sum())
    note = _("n = {n} countries; – marks a dimension with fewer than three KPIs with data ({missing}).")
    return (
        stage_matrix.figure(cells, rows, columns, ctx, marked=area, of_countries=True, doubts=doubts),
        Frame(
            key="stage_matrix",
            title=stage_matrix.common(cells, ctx),
            unit=f"{group_name} · " + _("Stage of each dimension, {year}").format(year=year),
            alt=stage_matrix.alt(cells, rows, columns, ctx),
            foot=stage_tables.foot_all(
                reader, note.format(n=ctx.number(len(cells)), missing=ctx.number(missing))
            ),
            data=lambda: stage_tables.matrix_export(cells, names, year).assign(
                source=stage_tables.sources(reader)
            ),
            table=lambda: stage_tables.matrix(reader, cells, rows, columns, group_name, _("Country"), doubts),
            file=f"escala_stages_{group}_{year}",
            how=stage_tables.how,
            legend=stage_matrix.legend(cells, ctx, doubts),
        ),
        stage_words.group(group_name, cells, labels, ctx),
    )

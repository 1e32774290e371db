"""Stages: how mature is a country's digital government, what holds it back, and who has moved?"""

from __future__ import annotations

from datetime import date

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.stages import country as stage_country
from dashboard.app_pages.stages import group as stage_group
from dashboard.app_pages.stages import moved as stage_moved
from dashboard.app_pages.stages import tables as stage_tables
from dashboard.charts import stage_sentences as sentences
from dashboard.charts import stage_words
from dashboard.components import briefs, frame, membership, pickers, shell, takeaway
from dashboard.components.container import Container
from dashboard.components.groups import own_group, usual_group
from dashboard.components.language import text as _
from dashboard.documents import files
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader

VIEWS = ["ladder", "matrix", "moves"]
START = "LDC"  # the group shown where no country is known: the whole world would be 193 rows
SPAN = 5  # years between the two of who moved


def draw(reader: Reader) -> None:
    """The page."""
    if not data.stage_years(reader.warehouse):
        raise data.NothingHeldError(_("No country has a stage yet: too few figures are held."))
    top = st.container()
    with st.container(key="controls_stages"):
        first, second, third = st.columns([2.1, 1.7, 1.6], vertical_alignment="bottom")
        with first:  # wide enough for a name with the words that it is no Member State
            area = pickers.country(reader)
        with second:
            view = _view(area)
        with st.container() if view == "moves" else third:
            group, span = _scope(reader, area, view)
    labels = reader.dimensions
    if area is not None and view == "ladder":
        _country(reader, area, labels, top)
    elif view == "moves":
        stage_moved.show(reader, group, span, labels, top)
    else:
        _group_matrix(reader, area, group, top)


def _view(area: str | None) -> str:
    labels = {"ladder": _("Ladder"), "matrix": _("Matrix"), "moves": _("Who moved")}
    return pickers.switch(_("View"), "show", VIEWS, "ladder" if area else "matrix", lambda code: labels[code])


def _scope(reader: Reader, area: str | None, view: str) -> tuple[str, tuple[int, int]]:
    """The group and the two years, where the view needs them."""
    default = usual_group(reader, area) if area else own_group(reader, START)
    if area is not None and view == "ladder":
        return default, (0, 0)
    if view != "moves":
        return _group(reader, default), (0, 0)
    first, second, third = st.columns([1.7, 1, 1], vertical_alignment="bottom")
    with first:
        group = _group(reader, default)
    years = data.stage_years(reader.warehouse)
    with third:
        end = _end(years)
    with second:
        start = _start(years, end)
    return group, (start, end)


def _end(years: list[int]) -> int:
    ends = [str(year) for year in reversed(years[1:])]
    return int(pickers.choose(_("To"), "to", ends, ends[0], str) or ends[0])


def _start(years: list[int], end: int) -> int:
    starts = [str(year) for year in reversed(years) if year < end]
    usual = str(max(years[0], end - SPAN))
    usual = usual if usual in starts else starts[0]
    return int(pickers.choose(_("From"), "from", starts, usual, str) or usual)


def _group(reader: Reader, default: str) -> str:
    return pickers.group(reader, name="peers", default=default, label=_("Group"))


def _country(reader: Reader, area: str, labels: dict[str, str], top: Container) -> None:
    profile = data.stage_profile(reader.warehouse, area)
    with top:
        shell.headline(
            stage_words.standing(reader.area(area).name, profile, labels, reader.ctx),
            lead=sentences.caveat(profile.dimensions, profile.year, labels, reader.ctx),
        )
    left, right = st.columns([1.7, 1], gap="large")
    with left:
        frame.show(*stage_country.ladder(reader, area))
        frame.foot_only(sentences.rule(profile, labels, reader.ctx))
    with right:
        st.html(Markup('<h2 class="e-title">{}</h2>').format(_("What opens the next stage")))
        st.html(stage_country.first_steps(reader, area))
        frame.foot_only(_("The fewest KPIs that suffice; the weakest dimension first, then the nearest."))
    frame.table_only(*stage_country.gates(reader, area))
    frame.foot_only(stage_tables.basis(reader, profile))
    frame.show(*stage_country.history(reader, area))


def _group_matrix(
    reader: Reader,
    area: str | None,
    group: str,
    top: Container,
) -> None:
    year = data.stage_years(reader.warehouse)[-1]
    figure, framed, sentence = stage_group.matrix(reader, area, group, year)
    with top:
        if area is None:
            question = _("How mature is your country’s digital government, and what holds it back?")
            lead = _("Choose a country for its ladder. Meanwhile: {group}").format(group=sentence)
            shell.headline(question, lead=lead)
        else:
            shell.headline(sentence)
    frame.show(figure, framed)
    membership.below(reader, group)
    _brief(reader, group)


def _brief(reader: Reader, group: str) -> None:
    """The brief of the group to take away."""
    address, day = takeaway.view_address(), date.today()
    briefs.offer(
        "group",
        f"escala_{group}_{reader.lang}",
        files.FORMS,
        lambda form: files.group(reader, group, form, day, address()),
        label=_("Download brief of the group"),
    )

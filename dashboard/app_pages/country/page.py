"""Country: where does it stand, what is strong, what is weak, and what is behind each number?"""

from __future__ import annotations

from datetime import date

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.country import all_kpis, in_depth, profile_view, strengths, summary, to_2030
from dashboard.components import briefs, frame, own, pickers, shell, takeaway, ways
from dashboard.components.container import Container
from dashboard.components.groups import usual_group
from dashboard.components.language import text as _
from dashboard.documents import files
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.reads.standing import standing


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    area, peers = _controls(reader)
    if area is None:
        with top:
            shell.headline(_("Where does your country stand in digital government, and what comes next?"))
        ways.sections(reader)
        return
    if not data.kpis_with_data(reader.warehouse):
        raise data.NothingHeldError(_("No KPI holds a figure yet."))
    if area in data.outside(reader.warehouse):
        _no_member_state(reader, area, peers, top)
    else:
        _member_state(reader, area, peers, top)
    in_depth.show(reader, area, peers)
    all_kpis.show(reader, area, peers)


def _controls(reader: Reader) -> tuple[str | None, str]:
    """The country, or None, and the group to compare it with."""
    with st.container(key="controls_country"):
        first, second = st.columns([1, 1], vertical_alignment="bottom")
        with first:
            area = pickers.country(reader, others=True)
        if area is None:
            return None, ""
        with second:
            default = usual_group(reader, area)
            return area, pickers.group(reader, name="peers", label=_("Compared with"), default=default)


def _member_state(reader: Reader, area: str, peers: str, top: Container) -> None:
    """Standing, strengths and gaps at a glance, profile, what is to come."""
    lines = [line for line in (summary.stage(reader, area), to_2030.in_short(reader, area)) if line]
    with top:
        shell.headline(standing(reader, area), lead=Markup("<br>").join(lines))
        with st.container(key="onward_country", horizontal=True, vertical_alignment="center"):
            st.html(summary.onward(reader, area), width="content")
            _brief(reader, area, peers)
    if glance := strengths.html(reader, area, peers):
        st.html(glance)
    frame.show(*profile_view.framed(reader, area, peers))
    to_2030.show(reader, area)


def _brief(reader: Reader, area: str, peers: str) -> None:
    """The brief of the country to take away."""
    address, day = takeaway.view_address(), date.today()
    mine = own.values(reader, area)
    briefs.offer(
        "country",
        f"escala_{area}_{reader.lang}",
        files.FORMS,
        lambda form: files.country(reader, area, peers, form, day, address(), mine),
    )


def _no_member_state(reader: Reader, area: str, peers: str, top: Container) -> None:
    """How many values an area has that is no UN Member State; it has no ranks, percentiles and profile."""
    n = reader.ctx.number(data.country(reader.warehouse, area)["obs_value"].notna().sum())
    with top:
        shell.headline(
            _("{name}: values of {n} KPIs and no rank").format(name=reader.area(area).name, n=n),
            lead=_(
                "Not a UN Member State: only Member States are ranked, enter group figures and are assessed "
                "in stages."
            ),
        )
        with st.container(key="onward_country", horizontal=True):
            _brief(reader, area, peers)

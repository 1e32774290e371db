"""Cases: who has done it before, and what can be learnt from it?"""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.app_pages.cases import one_case as case_page
from dashboard.app_pages.cases import views as case_views
from dashboard.components import frame, links, pickers, shell, state
from dashboard.components.knowledge import case_list, reads, words
from dashboard.components.language import ngettext
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from kpis.links.sdg import target_order
from kpis.matching import fold
from kpis.stages import STAGES

VIEWS = ["list", "table", "map"]
ANY = "any"


def draw(reader: Reader) -> None:
    """The page."""
    every = reads.every(reader.lang)
    case = state.store().one("case", list(every.index), None, say=_("ids of cases, such as est-x-road"))
    gates = list(dict.fromkeys(reads.gates()["kpi"]))
    gate = state.store().one("gate", gates, None, say=_("ids of KPIs with a gate, such as OSI"))
    if case is not None:
        st.html(f"<p>{links.to(reader, 'cases', '← ' + _('All cases'))}</p>")
        case_page.show(reader, case)
    elif gate is not None:
        _for_gate(reader, gate)
    else:
        _search(reader, every)


def _search(reader: Reader, every: pd.DataFrame) -> None:
    top = st.container()
    with st.container(key="controls_cases"):
        first, second, third, fourth, fifth = st.columns(
            [1.7, 1.2, 1.2, 1.1, 1.4], vertical_alignment="bottom"
        )
        with first:
            query = pickers.search(_("Search"), "q", placeholder=_("Word, country, institution"))
        chosen = {}
        with second:
            chosen["theme"] = _theme(reader, every)
        with third:
            chosen["stage"] = _filter(_("Stage"), "stage", list(STAGES), words.stage)
        with fourth:
            chosen |= _more(reader, every)
        with fifth:
            said = {"list": _("List"), "table": _("Table"), "map": _("Map")}
            view = pickers.switch(_("View"), "show", VIEWS, "list", lambda one: said[one])
    active = {name: code for name, code in chosen.items() if code not in (ANY, "WORLD")}
    found = reads.search(reader.warehouse, reader.lang, query, **active)
    with top:
        shell.headline(_sentence(reader, found, every, query, bool(active)), lead=_caveat(reader, found))
    if found.empty:
        frame.said_only(_("No case"), _("Try fewer words, or fewer filters. One letter may be wrong."))
    elif view == "map":
        frame.show(*case_views.on_map(reader, query, tuple(active.items())))
    else:
        frame.table_only(*case_views.searched(reader, view, query, tuple(active.items())))
        _below(reader, found, view)


def _theme(reader: Reader, every: pd.DataFrame) -> str:
    held = reads.themes(reader.lang)["name"]
    codes = sorted(set(every["theme"]), key=lambda code: fold(str(held[code])))
    return _filter(_("Theme"), "theme", codes, lambda code: str(held[code]))


def _filter(label: str, name: str, codes: list[str], say: pickers.Say) -> str:
    """A filter that starts with any."""
    chosen = pickers.choose(label, name, [ANY, *codes], ANY, lambda one: _("any") if one == ANY else say(one))
    return chosen or ANY


def _more(reader: Reader, every: pd.DataFrame) -> dict[str, str]:
    """The filters that are used less, behind a button."""
    labels = reader.dimensions
    held = {"yes": _("only verified"), "no": _("only not verified")}
    targets = sorted(set(every["sdg_targets"].explode()), key=target_order)
    with st.popover(_("More filters"), key="more_cases", width="stretch"):
        return {
            "dimension": _filter(
                _("Dimension"),
                "dimension",
                [one for one in labels if one != "overall"],
                lambda one: labels[one],
            ),
            "channel": _filter(_("Channel"), "channel", list(words.CHANNELS), words.channel),
            "target": _filter(_("SDG target"), "target", targets, str),
            "group": pickers.group(reader, label=_("Countries")),
            "level": _filter(_("Level"), "level", list(words.LEVELS), lambda one: _(words.LEVELS[one])),
            "verified": _filter(_("Verified"), "verified", list(held), lambda one: held[one]),
        }


def _sentence(reader: Reader, found: pd.DataFrame, every: pd.DataFrame, query: str, filtered: bool) -> str:
    number, countries = reader.ctx.number, found["country_iso3"].nunique()
    if not query and not filtered:
        said = _("{n} cases of e-government innovation from {k} countries to learn from.")
        return said.format(n=number(len(every)), k=number(countries))
    if len(found) == 1:
        return _("1 of {n} cases fits.").format(n=number(len(every)))
    return _("{k} of {n} cases fit.").format(k=number(len(found)), n=number(len(every)))


def _caveat(reader: Reader, found: pd.DataFrame) -> str:
    unsure = int((~found["verified"]).sum())
    said = _("A case shows what was done, not that it will work elsewhere.")
    if unsure == 0:
        return said
    more = ngettext("1 of them is not verified.", "{n} of them are not verified.", unsure)
    return f"{said} {more.format(n=reader.ctx.number(unsure))}"


def _below(reader: Reader, found: pd.DataFrame, view: str) -> None:
    """What a reader must know of a list: that it is cut, that it is translated."""
    if view == "list" and len(found) > case_list.MOST:
        said = _("The first {k} of {n} are shown; the table and the download hold all.")
        frame.foot_only(said.format(k=case_list.MOST, n=reader.ctx.number(len(found))))
    if reader.lang != "en" and found["translated"].any():
        frame.foot_only(_("Names and summaries: own translation of our English text."))


def _for_gate(reader: Reader, gate: str) -> None:
    """Cases for passing a gate that is red on the page of stages."""
    top = st.container()
    listed, labels = reader.kpis, reader.dimensions
    held = reads.gates()
    with st.container(key="controls_cases"):
        first, second, third = st.columns([1.2, 1.2, 1.6], vertical_alignment="bottom")
        with first:
            own = held.loc[held["kpi"] == gate, "dimension"].tolist()
            dimension = pickers.choose(_("Dimension"), "dimension", own, own[0], lambda one: labels[one])
        with second:
            stage = _filter(_("Stage"), "stage", list(STAGES[1:]), words.stage)
        with third:
            area = pickers.country(reader, label=_("Countries like this one first"))
    aim = None if stage == ANY else stage
    rows = reads.for_gate(
        reader.warehouse, reader.lang, gate, dimension or own[0], aim, area, case_views.GATE_CASES
    )
    name = listed[gate].name if gate in listed else gate
    said = _("Cases for {kpi}: examples of its actions, then others in this dimension")
    if aim:
        said = _("Cases for reaching the bar of “{stage}” in {kpi}")
    with top:
        shell.headline(
            said.format(kpi=name, stage=words.stage(aim) if aim else ""), lead=_caveat(reader, rows)
        )
    left, right = st.columns([1.9, 1], gap="large")
    with left:
        frame.table_only(*case_views.helping(reader, gate, dimension or own[0], aim, area))
        _below(reader, rows, "list")
    with right:
        _steps(reader, gate, dimension or own[0], aim)
        st.html(f"<p>{links.to(reader, 'cases', _('All cases') + ' →')}</p>")


def _steps(reader: Reader, gate: str, dimension: str, aim: str | None) -> None:
    """The actions for the gate: its own first, then the general ones of the step."""
    actions = reads.actions_for_gate(reader.lang, gate, dimension, aim)
    items = "".join(
        f"<li>{escape(row['action'])} <small>{escape(row['typical_duration'])}</small></li>"
        for row in actions.to_dict("records")
    )
    st.html(
        f'<h2 class="e-title">{escape(_("Actions for this step"))}</h2><ul class="e-plain">{items}</ul>'
        f'<p class="e-foot">{escape(_("Durations are planning assumptions of the methodology."))}</p>'
    )

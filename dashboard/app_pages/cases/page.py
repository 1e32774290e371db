"""Cases: who has done it before, and what can be learnt from it?"""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.cases import case as case_page
from dashboard.app_pages.cases import filters, gate, notes
from dashboard.app_pages.cases import views as case_views
from dashboard.components import frame, links, more, shell, state
from dashboard.components.knowledge import case_list, reads
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader


def draw(reader: Reader) -> None:
    """The page."""
    cases = reads.all_cases(reader.lang, reader.further)
    case_id = state.store().single("case", list(cases.index), None, say=_("ids of cases, such as est-x-road"))
    kpis_with_gate = list(dict.fromkeys(reads.gates()["kpi"]))
    gate_kpi = state.store().single(
        "gate", kpis_with_gate, None, say=_("ids of KPIs with a gate, such as OSI")
    )
    if case_id is not None:
        st.html(Markup("<p>{}</p>").format(links.to(reader, "cases", "← " + _("All cases"))))
        case_page.show(reader, case_id)
    elif gate_kpi is not None:
        gate.show(reader, gate_kpi)
    else:
        _search(reader, cases)


def _search(reader: Reader, cases: pd.DataFrame) -> None:
    top = st.container()
    query, active, view, area = filters.controls(reader, cases)
    matches = reads.search(reader.warehouse, reader.lang, query, reader.further, **dict(active))
    with top:
        is_filtered = bool(query or active)
        shell.headline(
            _sentence(reader, matches, len(cases), area, is_filtered=is_filtered),
            lead=notes.caveat(reader, matches),
        )
    if matches.empty:
        frame.sentence_only(_("No case"), _("Try fewer words, or fewer filters. One letter may be wrong."))
    elif view == "map":
        frame.show(*case_views.on_map(reader, query, active, area))
    else:
        _list(reader, len(matches), view, query, active, area)
        notes.below(reader, matches)


def _list(
    reader: Reader, n: int, view: str, query: str, active: case_views.Filters, area: str | None
) -> None:
    """The cases as entries, some more at a time, or all of them as a table."""
    of = f"{query} {active} {area}"
    most = more.shown("cases", of, case_list.STEP) if view == "list" else n
    frame.table_only(*case_views.searched(reader, view, query, active, area, most))
    more.button(reader, "cases", of, n if view == "list" else 0, case_list.STEP)


def _sentence(reader: Reader, matches: pd.DataFrame, n: int, area: str | None, *, is_filtered: bool) -> str:
    """How many of the n cases fit, and how many of them are from a country."""
    number = reader.ctx.number
    if not is_filtered:
        template = _("{n} cases of e-government innovation from {k} countries to learn from")
        first = template.format(n=number(n), k=number(matches["country_iso3"].nunique()))
    elif len(matches) == 1:
        first = _("1 of {n} cases fits").format(n=number(n))
    else:
        first = _("{k} of {n} cases fit").format(k=number(len(matches)), n=number(n))
    own = int((matches["country_iso3"] == area).sum())
    if area is None or not own or len(matches) == 1:
        return f"{first}."
    return _("{first}; {n} from {country}.").format(
        first=first, n=number(own), country=reader.area(area).name
    )

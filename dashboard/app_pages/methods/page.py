"""Methods and sources: what does each figure mean, where does it come from, and is it computed right?"""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.methods import (
    edition_change,
    group_list,
    kpi_cards,
    method_cards,
    reads,
    source_list,
    verification,
)
from dashboard.components import pickers, shell
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from dashboard.texts import mark

VIEWS = ["kpis", "sources", "groups", "rules", "check", "edition"]


PLACEHOLDERS = {
    "kpis": mark("Word, KPI, target or source"),
    "rules": mark("Word of a rule or its source"),
}
SEARCHED = {"kpis": kpi_cards.show, "rules": method_cards.show}
DRAW = {
    "sources": source_list.show,
    "groups": group_list.show,
    "check": verification.show,
    "edition": edition_change.show,
}


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    with st.container(key="controls_methods"):
        first, second, third = st.columns([3.25, 1.35, 1.3], vertical_alignment="bottom")
        with first:
            view = _view()
        words = ""
        if view == "kpis":
            with second:
                kpi_cards.choose_order()
        if view in SEARCHED:
            with third:
                words = pickers.search(_("Search"), "q", placeholder=_(PLACEHOLDERS[view]))
    with top:
        shell.headline(edition_change.headline(reader) if view == "edition" else _sentence(reader))
    if view in SEARCHED:
        SEARCHED[view](reader, words)
    else:
        DRAW[view](reader)


def _view() -> str:
    labels = {
        "kpis": "KPI",
        "sources": _("Sources"),
        "groups": _("Groups"),
        "rules": _("Rules"),
        "check": _("Recomputed"),
        "edition": _("Second edition"),
    }
    return pickers.switch(_("View"), "show", VIEWS, "kpis", labels.__getitem__)


def _sentence(reader: Reader) -> str:
    """How many KPIs and sources, and how far the published indices can be recomputed."""
    checks, _outside = reads.verification(reader.warehouse)
    number = reader.ctx.number
    sources = reader.sources
    return _(
        "{kpis} KPIs from {sources} sources; {within} of {n} published index values "
        "recomputed within tolerance."
    ).format(
        kpis=number(len(reader.kpis)),
        sources=number((sources["n_values"] > 0).sum()),
        within=number(checks["within"].sum()),
        n=number(checks["n"].sum()),
    )

"""Propose a case: by form here, many at once by a file."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.knowledge import form, words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import links
from dashboard.components.language import text as _
from kpis.workspace import Role


def show(desk: Desk) -> None:
    """The form of a proposal, and the way to a file of many."""
    if not desk.may(Role.EDITOR):
        st.html(words.not_offered(desk.person.role, Role.EDITOR, _("Propose a case")))
        return
    st.html(words.section(_("Propose a case")))
    form.show(
        form.Form(
            desk, None, "propose", form.ON_PROPOSAL, _("Propose"),
            _("Proposed. Next: capture what happened, for whom and since when."),
        )
    )  # fmt: skip
    many = links.to(desk.reader, "knowledge", _("a CSV, XLSX or JSON file"), show="exchange")
    st.html(Markup('<p class="e-foot">{} {}.</p>').format(_("Many at once:"), many))

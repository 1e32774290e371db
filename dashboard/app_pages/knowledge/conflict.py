"""Two people changed one case: the second sees both texts, and loses neither."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.knowledge import said, words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import history, language, messages
from dashboard.components.language import text as _
from kpis.workspace.drafts import Draft, drop_draft, keep_draft
from kpis.workspace.knowledge.case import Case, record_of
from kpis.workspace.knowledge.record import differences


def show(desk: Desk, case: Case, draft: Draft) -> None:
    """Who changed it and when; each field that differs, the reader's own to copy; what to do with it."""
    last = desk.workspace.history(desk.person, case.item.id)[-1]
    messages.warning(
        _("Changed by {name} on {at}, after you opened it. Yours is kept here to copy.").format(
            name=history.who(last.name or last.person), at=language.minute(last.at)
        )
    )
    for field, theirs, mine in differences(case.record, draft.cells):
        st.html(Markup("<h3>{}</h3><p>{}: {}</p><p>{}:</p>").format(
            words.field(field), _("Now"), words.value(desk.reader, field, theirs) or "–", _("Yours")
        ))  # fmt: skip
        st.code(mine, language=None, wrap_lines=True)
    with st.container(horizontal=True, gap="small"):
        st.button(
            _("Put my changes into the newest version"),
            key="merge_draft",
            type="primary",
            on_click=_merge,
            args=(desk, case, draft),
        )
        st.button(_("Drop mine"), key="drop_mine", on_click=_drop, args=(desk, case))


def _merge(desk: Desk, case: Case, draft: Draft) -> None:
    """Callback: fields that the reader changed keep the reader's text, all others have the newest."""
    changes = desk.workspace.history(desk.person, case.item.id)
    base = next((record_of(each.body["record"]) for each in changes if each.version == draft.version), {})
    changed = {field: mine for field, _old, mine in differences(base, draft.cells)}
    merged = {**case.record, **changed}
    desk.do(
        lambda: keep_draft(desk.workspace, desk.person, case.item.id, merged, case.item.version),
        _("Your changes stand in the newest version now. Look it over and hand it in."),
    )


def _drop(desk: Desk, case: Case) -> None:
    drop_draft(desk.workspace, desk.person, case.item.id)
    said.keep(_("Yours was dropped; the case is as the other person left it."))

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
    """Who changed it and when; each field of the reader's that differs, to copy; what to do with it."""
    last = desk.workspace.history(desk.person, case.item.id)[-1]
    messages.warning(
        _("Changed by {name} on {at}, after you opened it. Yours is kept here to copy.").format(
            name=history.who(last.name or last.person), at=language.minute(last.at)
        )
    )
    mine = _mine(desk, case, draft)
    with st.container(key="knowledge_conflict"):
        for field, text in mine.items():
            now = words.value(desk.reader, field, case.record[field]) or "–"
            st.html(Markup('<h3>{}</h3><p>{}: {}</p><p>{}:</p>').format(
                words.field(field), _("Now"), now, _("Yours")
            ))  # fmt: skip
            st.code(words.value(desk.reader, field, text), language=None, wrap_lines=True)
    if theirs := [
        words.field(field) for field, *_texts in differences(case.record, draft.cells) if field not in mine
    ]:
        told = _("Changed by the other person alone, and kept in any case: {fields}.")
        st.html(words.note(told.format(fields=", ".join(theirs))))
    with st.container(horizontal=True, gap="small"):
        st.button(
            _("Put my changes into the newest version"),
            key="merge_draft",
            type="primary",
            on_click=_merge,
            args=(desk, case, draft),
        )
        st.button(_("Drop mine"), key="drop_mine", on_click=_drop, args=(desk, case))


def _mine(desk: Desk, case: Case, draft: Draft) -> dict[str, str]:
    """The fields that the reader changed since the version they opened, in which the newest one differs."""
    changes = desk.workspace.history(desk.person, case.item.id)
    base = next((record_of(each.body["record"]) for each in changes if each.version == draft.version), {})
    return {field: mine for field, _old, mine in differences(base, draft.cells) if mine != case.record[field]}


def _merge(desk: Desk, case: Case, draft: Draft) -> None:
    """Callback: fields that the reader changed keep the reader's text, all others have the newest."""
    merged = {**case.record, **_mine(desk, case, draft)}
    desk.do(
        lambda: keep_draft(desk.workspace, desk.person, case.item.id, merged, case.item.version),
        _("Your changes stand in the newest version now. Look it over and hand it in."),
    )


def _drop(desk: Desk, case: Case) -> None:
    drop_draft(desk.workspace, desk.person, case.item.id)
    said.keep(_("Yours was dropped; the case is as the other person left it."))

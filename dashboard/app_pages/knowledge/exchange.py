"""Exchange with other centres, and many proposals at once: files in and out."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.knowledge import words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import download, messages, table
from dashboard.components.file_button import file_button
from dashboard.components.language import text as _
from dashboard.components.table import Column
from kpis.errors import EscalaError
from kpis.messages import TranslatedError
from kpis.workspace import Role
from kpis.workspace.knowledge import importing, reading, writing
from kpis.workspace.knowledge.centre import name_centre, own_centre
from kpis.workspace.knowledge.importing import Kind, Step
from kpis.workspace.knowledge.rules import State

MOST_SHOWN = 200


def show(desk: Desk) -> None:
    """Files in on the left, out on the right."""
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        _in(desk)
    with right:
        _out(desk)


def _in(desk: Desk) -> None:
    st.html(words.section(_("Take cases in")))
    lead = _(
        "CSV, XLSX or JSON: proposals of your own, or what another centre exported. Each row becomes a "
        "proposal, or a newer version beside a case of the same centre; no file publishes anything."
    )
    st.html(Markup('<p class="e-lead">{}</p>').format(lead))
    if not desk.may(Role.EDITOR):
        st.html(words.not_offered(desk.person.role, Role.EDITOR, _("Take cases in")))
        return
    file_button(
        _("Template (CSV)"),
        lambda: writing.template().encode("utf-8-sig"),
        "escala_cases_template.csv",
        "text/csv",
        key="case_template",
    )
    uploaded = st.file_uploader(
        _("A file of cases, up to 5 MB"),
        type=["csv", "xlsx", "json", "txt"],
        key="case_file",
        max_upload_size=5,
    )
    if uploaded is not None:
        _look(desk, uploaded.getvalue(), uploaded.name)


def _look(desk: Desk, data: bytes, name: str) -> None:
    """What the file would change, row by row, and the button that does it."""
    lang = desk.reader.lang
    try:
        file = reading.read_cases(data, name, desk.today.year)
        steps = importing.planned(desk.workspace, desk.person, file)
    except TranslatedError as fault:
        messages.error(fault.say(lang))
        return
    except EscalaError as fault:
        messages.error(str(fault))
        return
    for note in file.notes:
        messages.info(note.say(lang))
    _summary(desk, steps)
    good = sum(step.kind in (Kind.NEW, Kind.UPDATE) for step in steps)
    if good:
        label = _("Take in {n}").format(n=desk.reader.ctx.number(good))
        done = _("Taken in: {n}. They stand on the board.").format(n=desk.reader.ctx.number(good))
        st.button(
            label,
            key="take_in",
            type="primary",
            on_click=desk.do,
            args=(lambda: importing.take_in(desk.workspace, desk.person, steps), done),
        )


def _summary(desk: Desk, steps: list[Step]) -> None:
    """How many rows of each kind, the report by row, and the same as a file."""
    lang, number = desk.reader.lang, desk.reader.ctx.number
    counts = {kind: sum(step.kind is kind for step in steps) for kind in Kind}
    parts = [f"{_(importing.KIND_NAMES[kind])}: {number(n)}" for kind, n in counts.items() if n]
    st.html(
        Markup('<p class="e-lead" role="status">{}</p>').format(
            " · ".join(parts) or _("No row in this file.")
        )
    )
    report = importing.report(steps, lang)
    heads = [_("Row"), _("Id"), _("Name"), _("What becomes of it"), _("Field"), _("Problem")]
    rows = [[str(cell) for cell in row] for row in report.head(MOST_SHOWN).to_numpy().tolist()]
    st.html(table.html(_("Report by row"), [Column(head) for head in heads], rows, tall=True))
    file_button(
        _("Report (CSV)"),
        lambda: download.csv(report),
        "escala_cases_report.csv",
        "text/csv",
        key="case_report",
    )


def _out(desk: Desk) -> None:
    st.html(words.section(_("Hand cases on")))
    centre = own_centre(desk.workspace, desk.person)
    _name(desk, centre.name if centre else "")
    n = sum(case.state is State.PUBLISHED for case in desk.cases)
    if centre is None:
        st.html(words.note(_("Files say which centre they come from: name yours first.")))
        return
    if not n:
        st.html(words.note(_("No case is published yet, so there is none to hand on.")))
        return
    rows = writing.exported(desk.cases, centre, desk.today)
    lead = _("Published cases: {n}. A case that came from another centre keeps its origin.")
    st.html(Markup('<p class="e-lead">{}</p>').format(lead.format(n=desk.reader.ctx.number(n))))
    with st.container(horizontal=True, gap="small"):
        file_button(
            "CSV",
            lambda: writing.as_csv(rows).encode("utf-8-sig"),
            "escala_cases.csv",
            "text/csv",
            key="cases_csv",
        )
        file_button(
            "JSON",
            lambda: writing.as_json(rows, centre, desk.today).encode(),
            "escala_cases.json",
            "application/json",
            key="cases_json",
        )


def _name(desk: Desk, name: str) -> None:
    """The name of the own centre; reviewers may change it."""
    if not desk.may(Role.REVIEWER):
        if not name:
            st.html(words.not_offered(desk.person.role, Role.REVIEWER, _("Name your centre")))
        return

    def take() -> None:
        typed = str(st.session_state["centre_name"]).strip()
        if typed:
            desk.do(lambda: name_centre(desk.workspace, desk.person, typed), _("Your centre is named."))

    st.session_state.setdefault("centre_name", name)
    st.text_input(
        _("Name of your centre"), key="centre_name", max_chars=reading.LONGEST_ORIGIN, on_change=take
    )

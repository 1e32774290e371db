"""A plan to take away and to bring back: Markdown, CSV, JSON, link; upload; planned beside actual."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urljoin

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.plan import goal as plan_goal
from dashboard.app_pages.plan import reads
from dashboard.charts import figures
from dashboard.charts.context import Context, KpiView
from dashboard.charts.scalars import Row, records
from dashboard.components import briefs, download, frame, links, messages, own, state, table, takeaway
from dashboard.components.file_button import file_button
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.documents import files as documents
from dashboard.reads.reader import Reader
from kpis import plan
from kpis.plan.words import VERDICTS


def downloads(reader: Reader, country_plan: plan.Plan) -> None:
    """The plan as a document, and as three files for programs and people."""
    saved, name = plan.save(country_plan), f"escala_plan_{country_plan.area}_{country_plan.by}"
    warehouse, lang = reader.warehouse, reader.lang
    mine = own.values(reader, country_plan.area)
    texts: tuple[tuple[str, Callable[[], bytes], str, str], ...] = (
        (
            _("Written plan (Markdown)"),
            lambda: (
                reads.markdown(warehouse, lang, saved, reader.further)
                + documents.own_part(reader, country_plan.area, mine)
            ).encode(),
            "md",
            "text/markdown",
        ),
        (_("Table (CSV)"), lambda: download.csv(reads.rows(warehouse, lang, saved)), "csv", "text/csv"),
        (_("Plan to load again (JSON)"), saved.encode, "json", "application/json"),
    )
    day, address = date.today(), takeaway.view_address()
    with st.container(key="plan_files", horizontal=True):
        briefs.offer(
            "plan",
            name,
            documents.TEXT_FORMS,
            lambda form: documents.plan(reader, saved, form, day, address(), mine),
            label=_("Download the plan"),
        )
        for label, content, end, kind in texts:
            file_button(label, content, f"{name}.{end}", kind, key=f"plan_{end}")


def link(reader: Reader, country_plan: plan.Plan) -> None:
    """The link that holds the whole plan with all that was written into it."""
    try:
        packed = plan.link(country_plan)
    except plan.PlanError as fault:
        messages.warning(fault.say(reader.lang))
        return
    whole = urljoin(st.context.url or "", links.address("plan", reader, plan=packed))
    st.code(whole, language=None, wrap_lines=True)
    frame.foot_only(
        _("Whoever has the link reads all that was written: owners, days, budgets, statuses, notes.")
    )


def note(area: str) -> None:
    """A note on the whole plan."""
    notes = plan_goal.texts(area)["notes"]
    key = f"plan_note_{area}"
    st.session_state[key] = notes.get("plan", "")

    def take() -> None:
        text = str(st.session_state[key]).strip()
        notes.update(plan=text) if text else notes.pop("plan", None)

    st.text_area(_("Note on the plan"), key=key, max_chars=1500, height=90, on_change=take)


def upload(reader: Reader) -> None:
    """A saved plan, brought back."""

    def take() -> None:
        uploaded = st.session_state.get("plan_upload")
        if uploaded is None:
            return
        try:
            loaded = plan.load(uploaded.getvalue())
        except plan.PlanError as fault:
            st.session_state["escala_plan_says"] = [fault.say(reader.lang)]
            return
        st.session_state["escala_plan_says"] = loaded.messages(reader.lang)
        plan_goal.adopt(loaded.plan)
        state.store().changed = True

    st.file_uploader(
        _("Load a saved plan (JSON, up to {limit} KB)").format(limit=plan.FILE_LIMIT // 1024), type=["json"],
        key="plan_upload", on_change=take, max_upload_size=1,
    )  # fmt: skip


def review(reader: Reader, area: str) -> None:
    """The loaded plan beside the current figures."""
    loaded: plan.Plan | None = st.session_state.get("escala_plan_loaded")
    if loaded is None or loaded.area != area or not loaded.targets:
        return
    kpis = reader.kpis
    rows = records(reads.review(reader.warehouse, plan.save(loaded)))
    body = [_target(row, kpis[row["kpi"]], reader.ctx) for row in rows if row["kpi"] in kpis]
    heads = [
        Column("KPI"),
        Column(_("Year"), True),
        Column(_("Planned"), True),
        Column(_("Actual"), True),
        Column(_("Status")),
    ]
    st.html(Markup('<h2 class="e-section">{}</h2>').format(_("Planned and actual")))
    st.html(table.html(_("Planned and actual"), heads, body))


def _target(row: Row, kpi: KpiView, ctx: Context) -> list[Cell]:
    """A target of the plan beside the current figure. row: of `plan.review`."""
    revised = f"; {_('baseline revised')}" if row["baseline_revised"] else ""
    return [
        kpi.name,
        str(row["time_period"]),
        figures.point(row["planned"], kpi, row["time_period"], ctx),
        figures.figure(row["actual"], kpi, row["actual_year"], ctx),
        _(VERDICTS[row["status"]]) + revised,
    ]

"""A table is brought: the upload, the templates, the example; what is read is kept until it is accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.mydata import job
from dashboard.app_pages.mydata.job import Job
from dashboard.components import own
from dashboard.components.file_button import file_button
from dashboard.components.language import text as _
from dashboard.components.takeaway import SPREADSHEET
from dashboard.reads.reader import Reader
from kpis.intake.limits import MAX_BYTES
from kpis.workspace.figures import Reading, Request, template

STATE = "escala_own_import"
KINDS = ("csv", "tsv", "txt", "xlsx", "xlsm")


@dataclass
class Import:
    """A file on its way: its bytes, what was said of it, the reading. n: numbers the upload control."""

    n: int = 0
    data: bytes = b""
    file: str = ""
    name: str = ""
    request: Request = field(default_factory=Request)
    job: Job | None = None
    reading: Reading | None = None


def current() -> Import:
    """The file of this session."""
    found: Import = st.session_state.setdefault(STATE, Import())
    return found


def forget() -> None:
    """Puts the file aside; the upload control is empty again."""
    st.session_state[STATE] = Import(n=current().n + 1)


def again(reader: Reader, request: Request) -> None:
    """Reads the file once more, with something else said of it."""
    on_way = current()
    on_way.request, on_way.reading = request, None
    on_way.job = job.start(on_way.data, on_way.file, request, own.known(reader))


def show(reader: Reader) -> None:
    """The upload, beside the templates."""
    on_way = current()
    st.html(Markup('<h2 class="e-section" id="bring">{}</h2>').format(_("Bring a table")))
    first, second = st.columns([1.5, 1], gap="large")
    with first:
        key = f"mydata_upload_{on_way.n}"

        def take() -> None:
            uploaded = st.session_state.get(key)
            if uploaded is None:
                return
            on_way.data, on_way.file = uploaded.getvalue(), uploaded.name
            on_way.name = PurePath(uploaded.name).stem[:80]
            again(reader, Request(lang=reader.lang))

        st.file_uploader(
            _("CSV or XLSX with areas, periods and values, up to {limit} MB").format(
                limit=MAX_BYTES // 1_000_000
            ),
            type=list(KINDS),
            key=key,
            on_change=take,
            max_upload_size=MAX_BYTES // 1_000_000,
        )
    with second:
        _templates(reader)


def _templates(reader: Reader) -> None:
    text = _(
        "One row for each area, period and series; or one column a period, or a column a KPI. Areas are "
        "UN Member States, or departments, municipalities and agencies of your own."
    )
    st.html(Markup('<p class="e-foot">{}</p>').format(text))
    with st.container(key="mydata_templates", horizontal=True):
        file_button(
            _("Template (XLSX)"),
            lambda: template.xlsx(reader.lang),
            f"escala_template_{reader.lang}.xlsx",
            SPREADSHEET,
            key="template_xlsx",
        )
        file_button(
            _("Template (CSV)"),
            lambda: template.csv_file(reader.lang),
            f"escala_template_{reader.lang}.csv",
            "text/csv",
            key="template_csv",
        )


def wait(reader: Reader) -> None:
    """Waits for a file that is being read; the page is drawn anew when it is there."""
    on_way = current()
    if on_way.job is None:
        return
    on_way.reading = job.wait(on_way.job)
    on_way.job = None
    del reader
    st.rerun()

"""Cases for passing a gate that is red on the page of stages, and the actions of the step."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.cases import notes
from dashboard.app_pages.cases import views as case_views
from dashboard.app_pages.cases.filters import ANY, stage_filter
from dashboard.charts.scalars import records
from dashboard.components import frame, links, pickers, shell
from dashboard.components.knowledge import reads, words
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from kpis.stages import STAGES


def show(reader: Reader, kpi_id: str) -> None:
    """The cases beside the actions. kpi_id: a KPI with a gate."""
    top = st.container()
    dimension, stage, area = _controls(reader, kpi_id)
    rows = reads.for_gate(
        reader.warehouse, reader.lang, kpi_id, dimension, stage, area, case_views.GATE_CASES, reader.further
    )
    with top:
        shell.headline(_headline(reader, kpi_id, stage), lead=notes.caveat(reader, rows))
    left, right = st.columns([1.9, 1], gap="large")
    with left:
        frame.table_only(*case_views.helping(reader, kpi_id, dimension, stage, area))
        notes.below(reader, rows)
    with right:
        _actions(reader, kpi_id, dimension, stage)
        st.html(Markup("<p>{}</p>").format(links.to(reader, "cases", _("All cases") + " →")))


def _controls(reader: Reader, kpi_id: str) -> tuple[str, str | None, str | None]:
    """A dimension with the gate; the stage whose bar it is, and the country, None for any."""
    gates, labels = reads.gates(), reader.dimensions
    dimensions = list(gates.loc[gates["kpi"] == kpi_id, "dimension"])
    with st.container(key="controls_cases"):
        first, second, third = st.columns([1.2, 1.2, 1.6], vertical_alignment="bottom")
        with first:
            dimension = pickers.choose(
                _("Dimension"), "dimension", dimensions, dimensions[0], labels.__getitem__
            )
        with second:
            stage = stage_filter(STAGES[1:])
        with third:
            area = pickers.country(reader, label=_("Countries like this one first"))
    return dimension or dimensions[0], None if stage == ANY else stage, area


def _headline(reader: Reader, kpi_id: str, stage: str | None) -> str:
    kpis = reader.kpis
    name = kpis[kpi_id].name if kpi_id in kpis else kpi_id
    if stage is None:
        template = _("Cases for {kpi}: examples of its actions, then others in this dimension")
        return template.format(kpi=name)
    return _("Cases for reaching the bar of “{stage}” in {kpi}").format(kpi=name, stage=words.stage(stage))


def _actions(reader: Reader, kpi_id: str, dimension: str, stage: str | None) -> None:
    """The actions for the gate: its own first, then the general ones of the step."""
    item = Markup("<li>{} <small>{}</small></li>")
    actions = records(reads.actions_for_gate(reader.lang, kpi_id, dimension, stage))
    st.html(
        Markup('<h2 class="e-title">{}</h2><ul class="e-plain">{}</ul><p class="e-foot">{}</p>').format(
            _("Actions for this step"),
            Markup("").join(item.format(action["action"], action["typical_duration"]) for action in actions),
            _("Durations are planning assumptions of the methodology."),
        )
    )

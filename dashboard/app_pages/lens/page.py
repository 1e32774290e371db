"""SDG lens: which targets do e-government KPIs measure, serve or enable, and what goes together?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.app_pages.lens import all_goals, association, evidence, income
from dashboard.app_pages.lens import goal as goal_view
from dashboard.charts import evidence_words, goals
from dashboard.charts import goal_words as overview
from dashboard.components import frame, pickers, shell, state
from dashboard.components.container import Container
from dashboard.components.groups import own_group, usual_group
from dashboard.components.language import text as _
from dashboard.reads import lens as reads
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis.cases import EVIDENCE

VIEWS = ["goals", "association", "income"]
ALL = "all"
START = "EGDI"
OUTCOME = "SDG_8.10.2"  # an account: many countries, and no part of an e-government index


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    with st.container(key="controls_lens"):
        first, second, third, last = st.columns([1.4, 1.75, 1.3, 2.3], vertical_alignment="bottom")
    with last:
        view = _view()
    with first:
        area = pickers.country(reader)
    if view == "goals":
        with second:
            goal = _goal()
        with third:
            peers = _peers(reader, area) if goal is not None else own_group(reader)
        _goals(reader, goal, area, peers, top)
    elif view == "income":
        with second:
            kpi_id = _kpi(reader)
        with third:
            peers = _peers(reader, area)
        income.show(reader, kpi_id, area, peers, top)
    else:
        usual = usual_group(reader, area) if area else own_group(reader)
        peers = pickers.linked_group(reader, "peers", usual)
        with second:
            kpi_id = _kpi(reader)
        with third:
            outcome_id = _outcome(reader, kpi_id)
        association.show(reader, kpi_id, outcome_id, area, peers, top)


def _view() -> str:
    labels = {"goals": _("Goals"), "association": _("Association"), "income": _("Against income")}
    return pickers.switch(_("View"), "show", VIEWS, "goals", labels.__getitem__)


def _goal() -> int | None:
    """A goal, or None for all."""
    labels = {ALL: _("All 17 goals")}
    labels |= {str(goal): f"{goal}. {_(name)}" for goal, name in goals.NAMES.items()}
    code = pickers.choose(
        _("Goal"), "goal", list(labels), ALL, labels.__getitem__, allowed=_("1 to 17, or all")
    )
    return None if code in (None, ALL) else int(code)


def _peers(reader: Reader, area: str | None) -> str:
    """The group to compare a country with; without a country there is nothing to choose."""
    if area is None:
        return own_group(reader)
    default = usual_group(reader, area)
    return pickers.group(reader, name="peers", default=default, label=_("Peers"))


def _kpi(reader: Reader) -> str:
    labels = pickers.labels_of(reader, reads.eligible(reader.warehouse))
    if not labels:
        raise data.NothingHeldError(_("No KPI holds a figure yet."))
    return _pick(
        _("E-government KPI"),
        "kpi",
        list(labels),
        START,
        labels.__getitem__,
        allowed=_("ids of e-government KPIs, such as EGDI, OSI, GTMI"),
    )


def _outcome(reader: Reader, kpi_id: str) -> str:
    """An outcome; those that share a figure with the KPI say so."""
    kpis, template = reader.kpis, _("{name} (not compared)")

    def label(outcome_id: str) -> str:
        name = kpis[outcome_id].name
        return template.format(name=name) if reads.shared(reader.warehouse, kpi_id, outcome_id) else name

    return _pick(
        _("Outcome (SDG indicator)"),
        "outcome",
        reads.outcomes(reader.warehouse, kpi_id),
        OUTCOME,
        label,
        allowed=_("ids of KPIs that are SDG indicators, such as SDG_8.10.2"),
    )


def _pick(label: str, name: str, kpi_ids: list[str], start: str, option: pickers.Say, *, allowed: str) -> str:
    """A list of KPIs that begins with `start`, or with the first where that is not among them."""
    default = start if start in kpi_ids else kpi_ids[0]
    return pickers.choose(label, name, kpi_ids, default, option, allowed=allowed) or default


def _goals(reader: Reader, goal: int | None, area: str | None, peers: str, top: Container) -> None:
    if goal is None:
        with top:
            sentence = overview.headline(reads.by_goal(reader.warehouse), reader.ctx)
            shell.headline(sentence)
        _matrix(reader, area)
        return
    with top:
        shell.headline(goal_view.headline(reader, goal, area, peers))
    kind = _evidence(reader, goal)
    goal_view.show(reader, goal, area, peers, kind)


def _matrix(reader: Reader, area: str | None) -> None:
    """All goals, and below them the KPIs of the cell that is open."""
    cell = state.store().single("cell", goals.cells(), None, say=_("a goal and a kind, such as 16-measured"))
    table, foot = all_goals.matrix(reader, area, cell)
    frame.table_only(*table, how=evidence.how, draw=partial(all_goals.picture, reader))
    st.html(foot)
    if cell is not None:
        goal, kind = goals.of_cell(cell)
        goal_view.cell(reader, goal, area, usual_group(reader, area) if area else own_group(reader), kind)


def _evidence(reader: Reader, goal: int) -> str | None:
    """A kind of evidence, with the number of its KPIs; None for all."""
    counts, number = reads.by_goal(reader.warehouse), reader.ctx.number
    n_kpis = counts[counts["goal"] == goal].set_index("evidence")["n_kpis"]
    labels = {ALL: _("All kinds")}
    labels |= {kind: f"{_(evidence_words.KINDS[kind])} ({number(n_kpis[kind])})" for kind in EVIDENCE}
    with st.container(key="at_table_lens"):
        kind = pickers.switch(_("Evidence"), "evidence", list(labels), ALL, labels.__getitem__, hidden=False)
    return None if kind == ALL else kind

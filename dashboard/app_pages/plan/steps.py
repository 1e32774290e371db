"""The increments of a plan: entry, actions, exit, owner, cases; lessons; mobile first."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup, escape

from dashboard.app_pages.plan import goal as plan_goal
from dashboard.app_pages.plan import reads
from dashboard.charts import figures, stage_words
from dashboard.components import links, messages
from dashboard.components.knowledge import reads as case_reads
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from kpis import plan


def show(reader: Reader, country_plan: plan.Plan) -> None:
    """One block per increment, the first one open."""
    bare = plan.link(country_plan.model_copy(update={"owners": {}, "notes": {}}))
    increments = reads.increments(reader.warehouse, reader.lang, bare)
    labels = reader.dimensions
    if country_plan.mobile_first:
        _mobile(reader, country_plan.area)
    if not increments:
        messages.info(
            _("No increment is left: nothing is missing, or there are too few figures to say what is.")
        )
    words = stage_words.names(reader.ctx)
    for place, increment in enumerate(increments):
        title = (
            f"{place + 1}. {labels[increment.dimension]}: {words[increment.entry]} → {words[increment.to]}"
        )
        with st.expander(title, expanded=place == 0):
            _increment(reader, country_plan, increment, labels, words)
    _lessons(reader, country_plan.area)


def _increment(
    reader: Reader,
    country_plan: plan.Plan,
    increment: plan.Increment,
    labels: dict[str, str],
    words: list[str],
) -> None:
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        entry = _("{dimension} at the {stage} stage").format(
            dimension=labels[increment.dimension], stage=words[increment.entry]
        )
        rows = [(_("Entry condition"), escape(entry)), (_("Exit"), _exits(reader, increment))]
        st.html("".join(f'<p class="e-step"><b>{escape(head)}:</b> {content}</p>' for head, content in rows))
        foot = _("Durations are planning assumptions.")
        st.html(f'{_actions(reader, increment)}<p class="e-foot">{escape(foot)}</p>')
    with right:
        _words(country_plan.area, "owners", increment.id, _("Owner"), 120)
        _words(country_plan.area, "notes", increment.id, _("Note"), 300)
        st.html(_cases(reader, increment))


def _actions(reader: Reader, increment: plan.Increment) -> str:
    """The actions under the KPI they move, then the general ones under a heading that says so, as HTML."""
    kpis, parts = reader.kpis, []
    for (kpi, other), actions in increment.actions.groupby(["for_kpi", "from_other_step"], sort=False):
        head = _("General actions of this step, which serve the dimension and no single KPI")
        if kpi:
            head = _("Actions for {kpi} (from another step: this one has none)") if other else _(
                "Actions for {kpi}")  # fmt: skip
        items = "".join(
            f"<li>{escape(row['action'])} "
            f"<span class='e-quiet'>({escape(row['typical_duration'])})</span></li>"
            for row in actions.to_dict("records")
        )
        name = kpis[kpi].name if kpi in kpis else kpi
        parts.append(f'<p class="e-step"><b>{escape(head.format(kpi=name))}</b></p><ul>{items}</ul>')
    return "".join(parts)


def _cases(reader: Reader, increment: plan.Increment) -> str:
    """Cases that did one of the actions, and those that are only in the same dimension, apart, as HTML."""
    cases, parts = increment.cases, []
    for head, rows in (
        (_("Cases that did one of these actions"), cases[cases["example"]]),
        (_("Cases in this dimension"), cases[~cases["example"]]),
    ):
        items = "".join(f"<li>{_case(reader, key, row)}</li>" for key, row in rows.to_dict("index").items())
        if items:
            parts.append(f'<p class="e-step"><b>{escape(head)}</b></p><ul>{items}</ul>')
    return "".join(parts)


def _exits(reader: Reader, increment: plan.Increment) -> str:
    kpis = reader.kpis
    rows = increment.exits.to_dict("records")
    if not rows:
        return escape(_("nothing left to pass at this step; the target comes with the next one"))
    return Markup("; ").join(
        figures.sentence(
            "{kpi} {sign} {bar}",
            kpi=kpis[row["kpi"]].name,
            sign="≥" if row["bar"] >= row["value"] else "≤",
            bar=figures.threshold(row["bar"], kpis[row["kpi"]], reader.ctx),
        )
        for row in rows
    )


def _words(area: str, kind: str, key: str, label: str, most: int) -> None:
    """A line for the reader's own words, empty until written."""
    texts = plan_goal.texts(area)[kind]
    widget = f"plan_{kind}_{area}_{key}"
    st.session_state[widget] = texts.get(key, "")
    st.text_input(label, key=widget, max_chars=most, on_change=_take, args=(area, kind, key, widget))


def _take(area: str, kind: str, key: str, widget: str) -> None:
    text = " ".join(str(st.session_state[widget]).split())
    texts = plan_goal.texts(area)[kind]
    if text:
        texts[key] = text
    else:
        texts.pop(key, None)


def _case(reader: Reader, case_id: str, row: dict[str, object]) -> str:
    names = reader.area_names
    name = f"{row['name']}, {names.get(str(row['country_iso3']), row['country_iso3'])}"
    mark = "" if row["verified"] else f" <i>({escape(_('not verified'))})</i>"
    return f"{links.case_link(reader, case_id, name)}{mark}"


def _mobile(reader: Reader, area: str) -> None:
    words = {
        "coverage": _("Coverage"),
        "ownership": _("Phones of women"),
        "accounts": _("Accounts (bank or mobile money)"),
        "services": _("Services by USSD and SMS"),
        "assisted": _("Assisted access"),
    }
    cases = case_reads.every(reader.lang)
    kpis, items = reader.kpis, []
    for row in reads.mobile_first(reader.warehouse, reader.lang, area).to_dict("records"):
        if row["kpi"]:
            kpi = kpis[row["kpi"]]
            now = _("no usable figure")
            if row["value"] == row["value"]:
                now = figures.figure(row["value"], kpi, row["time_period"], reader.ctx)
            bar = _("all bars passed")
            if row["bar"] == row["bar"]:
                bar = figures.sentence(
                    _("next bar {bar}"), bar=figures.threshold(row["bar"], kpi, reader.ctx)
                )
            content = figures.sentence("{kpi}: {now}; {bar}", kpi=kpi.name, now=now, bar=bar)
        else:
            named = cases.loc[list(row["case_ids"])].to_dict("index")
            content = "; ".join(_case(reader, key, case) for key, case in named.items())
        items.append(f"<li><b>{escape(words[row['lead']])}:</b> {content}</li>")
    head = _("Mobile first: people who only have a basic phone come first")
    st.html(f'<h2 class="e-section">{escape(head)}</h2><ol>{"".join(items)}</ol>')


def _lessons(reader: Reader, area: str) -> None:
    lessons = reads.lessons(reader.warehouse, reader.lang, area)
    if not lessons:
        return
    with st.expander(_("Lessons for LDCs and SIDS that apply here")):
        st.html("<ul>" + "".join(f"<li>{escape(lesson)}</li>" for lesson in lessons) + "</ul>")

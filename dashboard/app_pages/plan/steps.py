"""The increments of a plan: entry, actions, exit, owner, cases; lessons; mobile first."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup, escape

from dashboard.app_pages.plan import goal as plan_goal
from dashboard.app_pages.plan import reads
from dashboard.charts import figures, stage_words
from dashboard.components import messages
from dashboard.components.knowledge import reads as case_reads
from dashboard.components.knowledge import words as case_words
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from kpis import plan


def show(reader: Reader, made: plan.Plan) -> None:
    """One block per increment, the first one open."""
    bare = plan.link(made.model_copy(update={"owners": {}, "notes": {}}))
    found = reads.increments(reader.warehouse, reader.lang, bare)
    labels = reader.dimensions
    if made.mobile_first:
        _mobile(reader, made.area)
    if not found:
        messages.info(
            _("No increment is left: nothing is missing, or there are too few figures to say what is.")
        )
    words = stage_words.names(reader.ctx)
    for place, one in enumerate(found):
        title = f"{place + 1}. {labels[one.dimension]}: {words[one.entry]} → {words[one.to]}"
        with st.expander(title, expanded=place == 0):
            _increment(reader, made, one, labels, words)
    _lessons(reader, made.area)


def _increment(
    reader: Reader, made: plan.Plan, one: plan.Increment, labels: dict[str, str], words: list[str]
) -> None:
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        entry = _("{dimension} at the {stage} stage").format(
            dimension=labels[one.dimension], stage=words[one.entry]
        )
        rows = [(_("Entry condition"), escape(entry)), (_("Exit"), _exits(reader, one))]
        st.html("".join(f'<p class="e-step"><b>{escape(head)}:</b> {said}</p>' for head, said in rows))
        foot = _("Durations are planning assumptions.")
        st.html(f'{_actions(reader, one)}<p class="e-foot">{escape(foot)}</p>')
    with right:
        _words(made.area, "owners", one.id, _("Owner"), 120)
        _words(made.area, "notes", one.id, _("Note"), 300)
        st.html(_cases(reader, one))


def _actions(reader: Reader, one: plan.Increment) -> str:
    """The actions under the KPI they move, then the general ones under a heading that says so, as HTML."""
    kpis, parts = reader.kpis, []
    for (kpi, other), own in one.actions.groupby(["for_kpi", "from_other_step"], sort=False):
        head = _("General actions of this step, which serve the dimension and no single KPI")
        if kpi:
            head = _("Actions for {kpi} (from another step: this one has none)") if other else _(
                "Actions for {kpi}")  # fmt: skip
        said = "".join(
            f"<li>{escape(row['action'])} "
            f"<span class='e-quiet'>({escape(row['typical_duration'])})</span></li>"
            for row in own.to_dict("records")
        )
        name = kpis[kpi].name if kpi in kpis else kpi
        parts.append(f'<p class="e-step"><b>{escape(head.format(kpi=name))}</b></p><ul>{said}</ul>')
    return "".join(parts)


def _cases(reader: Reader, one: plan.Increment) -> str:
    """Cases that did one of the actions, and those that are only in the same dimension, apart, as HTML."""
    found, parts = one.cases, []
    for head, rows in (
        (_("Cases that did one of these actions"), found[found["example"]]),
        (_("Cases in this dimension"), found[~found["example"]]),
    ):
        said = "".join(f"<li>{_case(reader, key, row)}</li>" for key, row in rows.to_dict("index").items())
        if said:
            parts.append(f'<p class="e-step"><b>{escape(head)}</b></p><ul>{said}</ul>')
    return "".join(parts)


def _exits(reader: Reader, one: plan.Increment) -> str:
    kpis = reader.kpis
    rows = one.exits.to_dict("records")
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
    kept = plan_goal.texts(area)[kind]
    widget = f"plan_{kind}_{area}_{key}"
    st.session_state[widget] = kept.get(key, "")
    st.text_input(label, key=widget, max_chars=most, on_change=_take, args=(area, kind, key, widget))


def _take(area: str, kind: str, key: str, widget: str) -> None:
    said = " ".join(str(st.session_state[widget]).split())
    kept = plan_goal.texts(area)[kind]
    if said:
        kept[key] = said
    else:
        kept.pop(key, None)


def _case(reader: Reader, case_id: str, row: dict[str, object]) -> str:
    names = reader.area_names
    name = f"{row['name']}, {names.get(str(row['country_iso3']), row['country_iso3'])}"
    mark = "" if row["verified"] else f" <i>({escape(_('not verified'))})</i>"
    return case_words.case_link(reader, case_id, name) + mark


def _mobile(reader: Reader, area: str) -> None:
    words = {
        "coverage": _("Coverage"),
        "ownership": _("Phones of women"),
        "accounts": _("Accounts (bank or mobile money)"),
        "services": _("Services by USSD and SMS"),
        "assisted": _("Assisted access"),
    }
    held = case_reads.every(reader.lang)
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
            said = figures.sentence("{kpi}: {now}; {bar}", kpi=kpi.name, now=now, bar=bar)
        else:
            listed = held.loc[list(row["case_ids"])].to_dict("index")
            said = "; ".join(_case(reader, key, one) for key, one in listed.items())
        items.append(f"<li><b>{escape(words[row['lead']])}:</b> {said}</li>")
    head = _("Mobile first: people who only have a basic phone come first")
    st.html(f'<h2 class="e-section">{escape(head)}</h2><ol>{"".join(items)}</ol>')


def _lessons(reader: Reader, area: str) -> None:
    found = reads.lessons(reader.warehouse, reader.lang, area)
    if not found:
        return
    with st.expander(_("Lessons for LDCs and SIDS that apply here")):
        st.html("<ul>" + "".join(f"<li>{escape(one)}</li>" for one in found) + "</ul>")

"""The increments of a plan: entry, actions, exit, owner, cases; lessons; mobile first."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from dashboard.app_pages.plan import arranged as plan_arranged
from dashboard.app_pages.plan import carried as plan_carried
from dashboard.app_pages.plan import reads
from dashboard.charts import figures, stage_words
from dashboard.charts.scalars import Row, records, strings
from dashboard.components import links, messages
from dashboard.components.knowledge import reads as case_reads
from dashboard.components.knowledge import words
from dashboard.components.language import text as _
from dashboard.reads import plans
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis import plan
from kpis.cases import CATALOGUE

Texts = tuple[Markup, Markup, Markup]  # exits, actions, cases of an increment, as HTML

BLOCK = Markup('<p class="e-step"><b>{}</b></p><ul>{}</ul>')  # a heading with its list


def show(reader: Reader, country_plan: plan.Plan) -> None:
    """One block per increment, the first one open."""
    bare = plan.link(country_plan.without_words().model_copy(update={"levers": ()}))
    increments = plans.increments(reader.warehouse, reader.lang, bare, reader.further)
    plan_carried.levels(reader, country_plan)
    if country_plan.mobile_first:
        _mobile(reader, country_plan.area)
    if not increments:
        messages.info(
            _("No increment is left: nothing is missing, or there are too few figures to say what is.")
        )
    stages, written = stage_words.names(reader.ctx), _written(reader, bare)
    for n, (increment, texts) in enumerate(zip(increments, written, strict=True), 1):
        dimension = reader.dimensions[increment.dimension]
        title = f"{n}. {dimension}: {stages[increment.entry]} → {stages[increment.to]}"
        with st.expander(title, expanded=n == 1):
            _increment(reader, country_plan.area, increment, stages[increment.entry], texts)
    _lessons(reader, country_plan.area)


@worded(data.MANY)
def _written(reader: Reader, bare: str) -> list[Texts]:
    """The texts of each increment of a plan, by its link without words."""
    return [
        (_exits(reader, increment), _actions(reader, increment), _cases(reader, increment))
        for increment in plans.increments(reader.warehouse, reader.lang, bare, reader.further)
    ]


def _increment(reader: Reader, area: str, increment: plan.Increment, stage: str, texts: Texts) -> None:
    """Conditions and actions left, the reader's words and cases right. stage: at which it begins."""
    exits, actions, cases = texts
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        dimension = stage_words.inside(reader.dimensions[increment.dimension])
        entry = _("{dimension} at the {stage} stage").format(dimension=dimension, stage=stage)
        line = Markup('<p class="e-step"><b>{}:</b> {}</p>')
        conditions = line.format(_("Entry condition"), entry)
        st.html(conditions + line.format(_("Exit"), exits))
        foot = Markup('<p class="e-foot">{}</p>').format(_("Durations are planning assumptions."))
        st.html(actions + foot)
    with right:
        plan_arranged.show(reader, area, increment.id)
        st.html(cases)


def _actions(reader: Reader, increment: plan.Increment) -> Markup:
    """The actions under the KPI they move, then the general ones under a heading that says so, as HTML."""
    kpis, parts = reader.kpis, []
    item = Markup("<li>{} <span class='e-quiet'>({})</span></li>")
    for (kpi_id, other), actions in increment.actions.groupby(["for_kpi", "from_other_step"], sort=False):
        name = kpis[kpi_id].name if kpi_id in kpis else kpi_id
        items = [item.format(row["action"], row["typical_duration"]) for row in records(actions)]
        parts.append(
            BLOCK.format(_actions_head(bool(kpi_id), bool(other)).format(kpi=name), Markup("").join(items))
        )
    return Markup("").join(parts)


def _actions_head(of_kpi: bool, other: bool) -> str:
    """Heading of actions: of a KPI, perhaps from another step, or of the dimension."""
    if not of_kpi:
        return _("General actions of this step, which serve the dimension and no single KPI")
    if other:
        return _("Actions for {kpi} (from another step: this one has none)")
    return _("Actions for {kpi}")


def _cases(reader: Reader, increment: plan.Increment) -> Markup:
    """Cases that did one of the actions, and those that are only in the same dimension, apart, as HTML."""
    is_example = increment.cases["example"]
    parts = []
    for head, cases in (
        (_("Cases that did one of these actions"), increment.cases[is_example]),
        (_("Cases in this dimension"), increment.cases[~is_example]),
    ):
        items = [Markup("<li>{}</li>").format(case) for case in _case_links(reader, cases)]
        if items:
            parts.append(BLOCK.format(head, Markup("").join(items)))
    return Markup("").join(parts)


def _exits(reader: Reader, increment: plan.Increment) -> Markup:
    rows = records(increment.exits)
    if not rows:
        return escape(_("nothing left to pass at this step; the target comes with the next one"))
    kpis = reader.kpis
    return Markup("; ").join(
        figures.sentence(
            "{kpi} {sign} {bar}",
            kpi=kpis[row["kpi"]].name,
            sign="≥" if row["bar"] >= row["value"] else "≤",
            bar=figures.threshold(row["bar"], kpis[row["kpi"]], reader.ctx),
        )
        for row in rows
    )


def _case_links(reader: Reader, cases: pd.DataFrame) -> list[Markup]:
    """Links to cases, with country, and a word where one is not verified. cases: by case_id."""
    return [
        _case(reader, case_id, row) for case_id, row in zip(strings(cases.index), records(cases), strict=True)
    ]


def _case(reader: Reader, case_id: str, row: Row) -> Markup:
    country = reader.area_names.get(str(row["country_iso3"]), row["country_iso3"])
    marks = [] if row["origin"] == CATALOGUE else [words.origin(str(row["origin"]), str(row["centre"]))]
    marks += [] if row["verified"] else [_("not verified")]
    doubt = Markup(" <i>({})</i>").format(", ".join(marks)) if marks else Markup("")
    return links.case_link(reader, case_id, f"{row['name']}, {country}") + doubt


def _mobile(reader: Reader, area: str) -> None:
    leads = {
        "coverage": _("Coverage"),
        "ownership": _("Phones of women"),
        "accounts": _("Accounts (bank or mobile money)"),
        "services": _("Services by USSD and SMS"),
        "assisted": _("Assisted access"),
    }
    item = Markup("<li><b>{}:</b> {}</li>")
    rows = records(reads.mobile_first(reader.warehouse, reader.lang, area, reader.further))
    items = Markup("").join(item.format(leads[row["lead"]], _mobile_content(reader, row)) for row in rows)
    head = _("Mobile first: people who only have a basic phone come first")
    st.html(Markup('<h2 class="e-section">{}</h2><ol>{}</ol>').format(head, items))


def _mobile_content(reader: Reader, row: Row) -> Markup:
    """The KPI of a lead with its value and next bar, or the cases for it."""
    if not row["kpi"]:
        cases = case_reads.all_cases(reader.lang, reader.further).loc[list(row["case_ids"])]
        return Markup("; ").join(_case_links(reader, cases))
    kpi, ctx = reader.kpi(row["kpi"]), reader.ctx
    now, bar = _("no usable figure"), _("all bars passed")
    if not pd.isna(row["value"]):
        now = figures.figure(row["value"], kpi, row["time_period"], ctx)
    if not pd.isna(row["bar"]):
        bar = figures.sentence(_("next bar {bar}"), bar=figures.threshold(row["bar"], kpi, ctx))
    return figures.sentence("{kpi}: {now}; {bar}", kpi=kpi.name, now=now, bar=bar)


def _lessons(reader: Reader, area: str) -> None:
    lessons = reads.lessons(reader.warehouse, reader.lang, area)
    if not lessons:
        return
    with st.expander(_("Lessons for LDCs and SIDS that apply here")):
        items = Markup("").join(Markup("<li>{}</li>").format(lesson) for lesson in lessons)
        st.html(Markup("<ul>{}</ul>").format(items))

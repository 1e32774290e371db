"""What the view "What if" carries into the plan: components at values of the reader's own."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.plan import levers as plan_levers
from dashboard.charts import figures
from dashboard.components import table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader
from kpis.plan import Plan
from kpis.plan.document import Target

MOST_NAMED = 3  # components that the line names


def line(reader: Reader, country_plan: Plan) -> None:
    """That the plan holds levers, which, and the way to take them out; nothing without any."""
    if not country_plan.levers:
        return
    n = len(country_plan.levers)
    named = [_named(lever, country_plan.by, reader) for lever in country_plan.levers[:MOST_NAMED]]
    names = Markup("; ").join([*named, *(["…"] if n > MOST_NAMED else [])])
    template = reader.ctx.ngettext(
        "This plan holds a component of “What if”: {names}.",
        "This plan holds {n} components of “What if”: {names}.",
        n,
    )
    said = figures.sentence(template, n=reader.ctx.number(n), names=names)
    with st.container(key="carried", horizontal=True, vertical_alignment="center"):
        st.html(Markup('<p class="e-carried" role="status">{}</p>').format(said))
        label = _("Take out of the plan")
        st.button(label, key="carried_reset", on_click=plan_levers.reset, type="tertiary")


def _named(lever: Target, by: int, reader: Reader) -> Markup:
    """A component from its published value to the one that it is to have."""
    kpi, ctx = reader.kpi(lever.kpi), reader.ctx
    now = figures.figure(lever.base_value, kpi, lever.base_year, ctx)
    then = figures.point(lever.target, kpi, by, ctx)
    return figures.sentence("{kpi} {now} → {then}", kpi=kpi.name, now=now, then=then)


def levels(reader: Reader, country_plan: Plan) -> None:
    """Each component with its published value and the one that it is to have, among the steps."""
    if not country_plan.levers:
        return
    columns = [
        Column(_("Component")),
        Column(_("Dimension")),
        Column(_("Now"), True),
        Column(_("By {year}").format(year=country_plan.by), True),
        Column(_("Change"), True),
    ]
    body = [_level(lever, country_plan.by, reader) for lever in country_plan.levers]
    title = Markup('<h2 class="e-section">{}</h2>').format(_("Levels taken from “What if”"))
    st.html(title + table.html(_("Components of EGDI at values of this plan’s own"), columns, body))


def _level(lever: Target, by: int, reader: Reader) -> list[Cell]:
    ctx, kpi, now = reader.ctx, reader.kpi(lever.kpi), lever.base_value
    return [
        kpi.name,
        reader.dimensions.get(lever.dimension, ""),
        figures.figure(now, kpi, lever.base_year, ctx),
        figures.point(lever.target, kpi, by, ctx),
        ctx.number(lever.target - now, kpi.precision, sign=True),
    ]

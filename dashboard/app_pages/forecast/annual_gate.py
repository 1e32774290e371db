"""Annual KPIs: which of them are forecast, and why the others are not."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.forecast import tables
from dashboard.charts import record_words as words
from dashboard.charts.context import Context
from dashboard.components import frame, more
from dashboard.components.language import text as _
from dashboard.reads import record as reads
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis.forecast.gate import CALIBRATED, FEWEST_CASES, WORST_AGAINST_FAN

STEP = 3  # KPIs shown at once on a phone, where each is a card


def show(reader: Reader) -> None:
    """The table of the gate; nothing where no KPI with a target is held."""
    rows = reads.annual_gate(reader.warehouse)
    if rows.empty:
        return
    most = more.shown("gate", "", STEP) if reader.ctx.narrow else len(rows)
    title, markup = _table(reader, most)
    frame.table_only(title, markup, rows, "escala_forecast_gate", how=partial(_how, reader.ctx))
    if reader.ctx.narrow:
        more.button(reader, "gate", "", len(rows), STEP)


@worded(frame.CACHED_FRAMES)
def _table(reader: Reader, most: int) -> tuple[str, Markup]:
    """How many KPIs passed, and the first of them."""
    rows = reads.annual_gate(reader.warehouse)
    title = _("Annual KPIs: {k} of {n} passed the trial on the past and are forecast").format(
        k=reader.ctx.number(rows["passed"].sum()), n=reader.ctx.number(len(rows))
    )
    caption = _("Annual KPIs with a target, tried on the past")
    return title, tables.annual_gate(reader, rows, caption, most)


def _how(ctx: Context) -> None:
    """The rule of the gate, and what the promises of compound growth are."""
    low, high = CALIBRATED
    rule = _(
        "An annual KPI is forecast only where at least {cases} past cases can be tried, the band of {band} "
        "held {low} to {high} of them, and the CRPS is at most {worse} above that of what others achieved."
    ).format(
        cases=ctx.number(FEWEST_CASES),
        band=ctx.percent(words.BAND),
        low=ctx.percent(low),
        high=ctx.percent(high),
        worse=ctx.percent(WORST_AGAINST_FAN - 1),
    )
    promises = _(
        "Compound growth, the UN’s rule for progress: how often it promised that a country reaches the "
        "target or nearly, and how many of these promises came true."
    )
    st.html(Markup("<p>{}</p><p>{}</p>").format(rule, promises))

"""What the three kinds of evidence allow, in words for the page."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.charts import evidence_words
from dashboard.components.language import text as _
from kpis.cases import EVIDENCE


def rules() -> str:
    """What the three kinds of evidence allow, in two sentences."""
    return _(
        "Only measured links may enter an SDG score. An enabling link is a condition among others and not an "
        "effect."
    )


def how() -> None:
    """The three kinds of evidence, as the "how computed" text."""
    kinds = [
        Markup("<strong>{}</strong>: {}.").format(
            _(evidence_words.KINDS[kind]), _(evidence_words.MEANINGS[kind])
        )
        for kind in EVIDENCE
    ]
    counted = _(
        "Counted are KPIs of the catalogue, each once per goal and kind; a KPI may be linked to several "
        "targets. Outcomes that e-government is to serve, such as child mortality, count as measured."
    )
    st.html("".join(Markup("<p>{}</p>").format(part) for part in (*kinds, rules(), counted)))

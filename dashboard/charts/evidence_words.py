"""The kinds of evidence that link something to an SDG target, in words. Keys: `kpis.links.sdg.EVIDENCE`."""

from __future__ import annotations

from dashboard.texts import mark

KINDS = {"measured": mark("measured"), "direct": mark("direct"), "enabling": mark("enabling")}
MEANINGS = {
    "measured": mark("the KPI is an official indicator of the target"),
    "direct": mark("delivers what the target names"),
    "enabling": mark("one condition among others, not an effect"),
}
BRIEFLY = {
    "measured": mark("official SDG indicators"),
    "direct": mark("deliver what the target names"),
    "enabling": mark("a condition, no effect"),
}
VERBS = {"measured": mark("measures"), "direct": mark("serves directly"), "enabling": mark("enables")}

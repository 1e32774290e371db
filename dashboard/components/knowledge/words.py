"""Codes of the cases in the reader's words, and the links between cases, countries, targets and KPIs."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard.components import shell, state
from dashboard.components.knowledge import reads
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from dashboard.texts import mark
from kpis.stages import STAGES

CHANNELS = {
    "web": mark("Web"),
    "multi": mark("Several channels"),
    "mobile": mark("Mobile"),
    "in-person": mark("In person"),
    "sms": "SMS",
    "ussd": "USSD",
}
LEVELS = {
    "national": mark("National"),
    "subnational": mark("Subnational"),
    "municipal": mark("Municipal"),
    "regional": mark("Several countries"),
}
STATUS = {"active": mark("active"), "ended": mark("ended"), "unknown": mark("status unknown")}
EVIDENCE = {"measured": mark("measured"), "direct": mark("direct"), "enabling": mark("enabling")}
MEANING = {
    "measured": mark("the KPI is an official indicator of the target"),
    "direct": mark("delivers what the target names"),
    "enabling": mark("one condition among others, not an effect"),
}
LESSON_GROUPS = {"LDC": mark("LDCs"), "SIDS": mark("SIDS"), "both": mark("LDCs and SIDS")}


def channel(code: str) -> str:
    """A channel in words."""
    return _(CHANNELS.get(code, code))


def channels(codes: tuple[str, ...]) -> str:
    """Channels in words."""
    return ", ".join(channel(code) for code in codes)


def stage(code: str) -> str:
    """A stage by number and name: "3 transactional"."""
    return f"{STAGES.index(code) + 1} {_(code)}"


def evidence(kind: str) -> str:
    """A kind of evidence with what it means."""
    return f"{_(EVIDENCE[kind])}: {_(MEANING[kind])}"


def theme(reader: Reader, code: str) -> str:
    """Name of the theme of a case."""
    return str(reads.themes(reader.lang).at[code, "name"])


def area(reader: Reader, code: str) -> str:
    """Name of a country."""
    return str(reader.area_names.get(code, code))


def doubt(row: pd.Series) -> str:
    """The mark of a case that no page read confirms, as safe HTML."""
    return "" if row["verified"] else f' <span class="e-mark">{escape(_("not verified"))}</span>'


def to(reader: Reader, page: str, label: str, **chosen: str) -> str:
    """A link to another page as safe HTML; the bare label where there is no such page."""
    if page not in state.PATHS:
        return escape(label)
    return f'<a target="_self" href="{escape(shell.link(page, reader, **chosen))}">{escape(label)}</a>'


def case_link(reader: Reader, case_id: str, name: str) -> str:
    """A link to the page of a case."""
    return to(reader, "cases", name, case=case_id)


def target_link(reader: Reader, target: str) -> str:
    """An SDG target, linked to its goal."""
    return to(reader, "lens", target, goal=target.split(".")[0])


def kpi_link(reader: Reader, kpi: str) -> str:
    """The name of a KPI, linked to its definition."""
    listed = reader.kpis
    return to(reader, "methods", listed[kpi].name if kpi in listed else kpi, kpi=kpi)


def source_link(title: str, url: str) -> str:
    """A source on the web as safe HTML; an address of another kind is shown as text."""
    label = escape(title or url)
    if not url.startswith(("https://", "http://")):
        return label
    return f'<a href="{escape(url)}" rel="noreferrer" target="_blank">{label}</a>'


def translated(own: bool) -> str:
    """Says that a text is our own translation, as safe HTML; nothing where it is not."""
    return f' <small class="e-own">({escape(_("translation: our own text"))})</small>' if own else ""

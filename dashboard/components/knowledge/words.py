"""Codes of the cases in the reader's words."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard.charts import evidence_words
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
    return f"{_(evidence_words.KINDS[kind])}: {_(evidence_words.MEANINGS[kind])}"


def theme(reader: Reader, code: str) -> str:
    """Name of the theme of a case."""
    return str(reads.themes(reader.lang).at[code, "name"])


def area(reader: Reader, code: str) -> str:
    """Name of a country."""
    return str(reader.area_names.get(code, code))


def doubt(row: pd.Series) -> str:
    """The mark of a case that no page read confirms, as safe HTML."""
    return "" if row["verified"] else f' <span class="e-mark">{escape(_("not verified"))}</span>'


def translated(own: bool) -> str:
    """Says that a text is our own translation, as safe HTML; nothing where it is not."""
    return f' <small class="e-own">({escape(_("translation: our own text"))})</small>' if own else ""

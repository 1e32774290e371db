"""Codes of the cases in the reader's words."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.charts import evidence_words
from dashboard.components.knowledge import reads
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from dashboard.texts import mark
from kpis.cases import CATALOGUE, EXCHANGED, OWN
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
SITE = mark("Official site")  # in place of a title, where the source is the page of the service itself
LESSON_GROUPS = {"LDC": mark("LDCs"), "SIDS": mark("SIDS"), "both": mark("LDCs and SIDS")}


def source(title: str) -> str:
    """The title of a source, as published; the words for a page of the service itself are the reader's."""
    return _(SITE) if title == SITE else title


def channel(code: str) -> str:
    """A channel in words."""
    return _(CHANNELS.get(code, code))


def level(code: str) -> str:
    """A level of government in words."""
    return _(LEVELS[code])


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


def doubt(row: pd.Series) -> Markup:
    """The marks of a case: from where it comes, beside the catalogue; that no web page confirms it."""
    marks = [origin(row["origin"], row["centre"])] if row["origin"] != CATALOGUE else []
    marks += [] if row["verified"] else [_("not verified")]
    return Markup("").join(Markup(' <span class="e-mark">{}</span>').format(text) for text in marks)


def origin(code: str, centre: str) -> str:
    """From where a case comes, in words."""
    if code == EXCHANGED:
        return _("exchanged: {centre}").format(centre=centre)
    return _("own centre") if code == OWN else _("catalogue of Escala")


def translated(is_translated: bool) -> Markup:
    """The mark of a text in our own translation; nothing for an original."""
    if not is_translated:
        return Markup("")
    return Markup(' <small class="e-own">({})</small>').format(_("translation: our own text"))

"""The status of an observation (SDMX obs_status) in words."""

from __future__ import annotations

from dashboard.charts.context import Context
from dashboard.texts import mark

WORDS = {"A": mark("as reported"), "E": mark("estimated"), "U": mark("unreliable")}


def said(code: str, ctx: Context) -> str:
    """An obs_status in words; the code itself where there are none."""
    return ctx.t(WORDS[code]) if code in WORDS else code

"""The controls of the page: how many editions ahead, by what the cases are counted, and a country."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.components import pickers
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader

BY = ("edition", "group", "region", "special")


@dataclass(frozen=True)
class Selection:
    """Editions ahead, by what cases are counted (of BY), and a country or None."""

    ahead: int
    by: str
    area: str | None


def show(reader: Reader, horizons: tuple[int, ...]) -> Selection:
    """The controls. horizons: the editions ahead that can be tried, at least one."""
    labels = {
        "edition": _("Edition"),
        "group": _("UN group"),
        "region": _("Region"),
        "special": _("LDC and SIDS"),
    }
    with st.container(key="controls_forecast"):
        columns = st.columns([0.8, 1.8, 1.3], vertical_alignment="bottom")
        with columns[0]:
            codes = [str(ahead) for ahead in horizons]
            ahead = pickers.switch(_("Editions ahead"), "ahead", codes, codes[0], str, hidden=False)
        with columns[1]:
            by = pickers.switch(_("Counted by"), "by", BY, BY[0], labels.__getitem__, hidden=False)
        with columns[2]:
            area = pickers.country(reader)
    return Selection(int(ahead), by, area)

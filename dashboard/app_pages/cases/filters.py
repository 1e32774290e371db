"""The filters of a search for cases, bound to the address."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.components import pickers
from dashboard.components.knowledge import reads, words
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from kpis.links.sdg import target_order
from kpis.matching import fold
from kpis.stages import STAGES

ANY = "any"
VIEWS = ["list", "table", "map"]


def controls(reader: Reader, cases: pd.DataFrame) -> tuple[str, dict[str, str], str]:
    """The words of the search, the filters in use by name, and the view."""
    with st.container(key="controls_cases"):
        first, second, third, fourth, fifth = st.columns(
            [1.7, 1.2, 1.2, 1.1, 1.4], vertical_alignment="bottom"
        )
        with first:
            query = pickers.search(_("Search"), "q", placeholder=_("Word, country, institution"))
        with second:
            theme = _theme(reader, cases)
        with third:
            stage = stage_filter(STAGES)
        with fourth:
            filters = {"theme": theme, "stage": stage} | _more(reader, cases)
        with fifth:
            labels = {"list": _("List"), "table": _("Table"), "map": _("Map")}
            view = pickers.switch(_("View"), "show", VIEWS, "list", labels.__getitem__)
    return query, {name: code for name, code in filters.items() if code not in (ANY, "WORLD")}, view


def stage_filter(stages: tuple[str, ...]) -> str:
    """A stage, or `ANY`."""
    return _filter(_("Stage"), "stage", list(stages), words.stage)


def _theme(reader: Reader, cases: pd.DataFrame) -> str:
    names = reads.themes(reader.lang)["name"].astype(str).to_dict()
    codes = sorted(set(cases["theme"]), key=lambda code: fold(names[code]))
    return _filter(_("Theme"), "theme", codes, names.__getitem__)


def _filter(label: str, name: str, codes: list[str], say: pickers.Say) -> str:
    """A filter that starts with any."""

    def option(code: str) -> str:
        return _("any") if code == ANY else say(code)

    return pickers.choose(label, name, [ANY, *codes], ANY, option) or ANY


def _more(reader: Reader, cases: pd.DataFrame) -> dict[str, str]:
    """The less common filters, behind a button."""
    verified = {"yes": _("only verified"), "no": _("only not verified")}
    targets = sorted(set(cases["sdg_targets"].explode()), key=target_order)
    with st.popover(_("More filters"), key="more_cases", width="stretch"):
        return {
            "dimension": _dimension(reader),
            "channel": _filter(_("Channel"), "channel", list(words.CHANNELS), words.channel),
            "target": _filter(_("SDG target"), "target", targets, str),
            "group": pickers.group(reader, label=_("Countries")),
            "level": _filter(_("Level"), "level", list(words.LEVELS), words.level),
            "verified": _filter(_("Verified"), "verified", list(verified), verified.__getitem__),
        }


def _dimension(reader: Reader) -> str:
    labels = reader.dimensions
    codes = [dimension for dimension in labels if dimension != "overall"]
    return _filter(_("Dimension"), "dimension", codes, labels.__getitem__)

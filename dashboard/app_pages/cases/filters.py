"""The filters of a search for cases, bound to the address."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.app_pages.cases.views import Filters
from dashboard.charts.scalars import strings
from dashboard.components import pickers, state
from dashboard.components.knowledge import reads, words
from dashboard.components.language import text as _
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from dashboard.reads.shared import MANY
from kpis.links.sdg import target_order
from kpis.stages import STAGES

ANY = "any"
VIEWS = ["list", "table", "map"]


def controls(reader: Reader, cases: pd.DataFrame) -> tuple[str, Filters, str, str | None]:
    """The words of the search, the filters in use by name, the view, the country whose like come first."""
    with st.container(key="controls_cases"):
        first, second, third, fourth, fifth = st.columns(
            [1.6, 1.3, 1.1, 1.1, 1.5], vertical_alignment="bottom"
        )
        with first:
            query = pickers.search(_("Search"), "q", placeholder=_("Word, country, institution"))
        with second:
            area = pickers.country(reader, label=_("Nearest to"))
        with third:
            stage = stage_filter(STAGES)
        with fourth:
            more = _more(reader, cases)
        with fifth:
            labels = {"list": _("List"), "table": _("Table"), "map": _("Map")}
            view = pickers.switch(_("View"), "show", VIEWS, "list", labels.__getitem__)
    single = {name: code for name, code in ({"stage": stage} | more).items() if code not in (ANY, "WORLD")}
    return query, _with_chips(reader, query, single, cases), view, area


def _with_chips(reader: Reader, query: str, single: dict[str, str], cases: pd.DataFrame) -> Filters:
    """The filters with the themes and channels chosen by chips, each with the number of its cases.

    A chip counts the cases that pass all the other filters, so that it says what choosing it leads to.
    """
    names = reads.themes(reader.lang)["name"].astype(str).to_dict()
    themes = strings(cases["theme"].value_counts().index)
    channels = tuple(state.store().many("channel", list(words.CHANNELS), most=len(words.CHANNELS)))

    others = tuple(single.items())
    with st.container(key="chips_cases"):
        counts = _counts(reader, query, "theme", (*others, ("channel", channels)))
        theme = _chips(reader, _("Theme"), "theme", themes, names.__getitem__, counts)
        counts = _counts(reader, query, "channel", (*others, ("theme", theme)))
        channel = _chips(reader, _("Channel"), "channel", list(words.CHANNELS), words.channel, counts)
    chips = {"theme": theme, "channel": channel}
    return tuple((name, codes) for name, codes in (single | chips).items() if codes)


@worded(MANY)
def _counts(reader: Reader, query: str, column: str, others: Filters) -> dict[str, int]:
    """Cases of a search with these filters, by theme or by channel."""
    matches = reads.search(reader.warehouse, reader.lang, query, reader.further, **dict(others))
    return {str(code): int(n) for code, n in matches[column].explode().value_counts().items()}


def _chips(
    reader: Reader, label: str, name: str, codes: list[str], say: pickers.Say, counts: dict[str, int]
) -> tuple[str, ...]:
    """Chips of which any number may be chosen; none is any."""
    value = state.store().many(name, codes, most=len(codes))
    st.session_state[state.widget(name)] = value

    def chip(code: str) -> str:
        return f"{say(code)} {reader.ctx.number(counts.get(code, 0))}"

    st.pills(
        label,
        codes,
        selection_mode="multi",
        format_func=chip,
        key=state.widget(name),
        on_change=state.take,
        args=(name,),
    )
    return tuple(value)


def stage_filter(stages: tuple[str, ...]) -> str:
    """A stage, or `ANY`."""
    return _filter(_("Stage"), "stage", list(stages), words.stage)


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
            "target": _filter(_("SDG target"), "target", targets, str),
            "group": pickers.group(reader, label=_("Countries")),
            "level": _filter(_("Level"), "level", list(words.LEVELS), words.level),
            "verified": _filter(_("Verified"), "verified", list(verified), verified.__getitem__),
        }


def _dimension(reader: Reader) -> str:
    labels = reader.dimensions
    codes = [dimension for dimension in labels if dimension != "overall"]
    return _filter(_("Dimension"), "dimension", codes, labels.__getitem__)

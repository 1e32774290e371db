"""What stands below a chart in the page of another site: its sources, and the way to the whole page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode, urlsplit

import streamlit as st
from markupsafe import Markup

from dashboard.components import state
from dashboard.components.alone import Wish
from dashboard.components.language import current
from dashboard.components.language import text as _
from dashboard.components.sources import sources_of

MOST_SOURCES = 3  # that a line names
MOST_OTHERS = 6  # charts that are named in a message


def close(wish: Wish, chart: str) -> None:
    """What stands below the chart: the way to the whole page; or that there is no such chart."""
    if not wish.key:
        message = (
            _("This view has no chart {name}. It has: {others}.")
            if chart and wish.others
            else _("This view has no chart.")
        )
        text = message.format(name=chart, others=", ".join(wish.others[:MOST_OTHERS]))
        st.html(Markup('<p class="e-note" role="status">{}</p>').format(text))
    elif "<a " not in wish.foot and (sources := _sources(wish)):
        st.html(Markup('<p class="e-foot">{}</p>').format(sources))
    choices = {name: codes for name, codes in state.store().address().items() if name != "chart"}
    way = Markup('<p class="e-whole"><a href="{}" target="_blank" rel="noopener">{}</a></p>')
    with st.container(key="embedded"):
        st.html(way.format(whole(st.context.url or "", choices, wish.key), _("Open in Escala")))


def _sources(wish: Wish) -> str:
    """The sources of a chart whose foot line names none, as its page names them elsewhere."""
    titles = sources_of(wish.data(), current())
    rest = len(titles) - MOST_SOURCES
    more = [_("{n} more").format(n=rest)] if rest > 0 else []
    return (
        _("Sources: {sources}").format(sources="; ".join([*titles[:MOST_SOURCES], *more])) if titles else ""
    )


def whole(url: str, choices: Mapping[str, Sequence[str]], key: str) -> str:
    """The address of the page that a chart was taken from, at that chart.

    >>> whole("https://host/escala/embed/country", {"country": ["COL"]}, "trend")
    '../country?country=COL#chart-trend'
    """
    page = urlsplit(url).path.rpartition("/")[2]
    query = urlencode(choices, doseq=True)
    return f"../{page}" + (f"?{query}" if query else "") + (f"#chart-{key}" if key else "")

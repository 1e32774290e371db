"""Every address inside the app, and the links made of them, as safe HTML.

Addresses are relative, because the dashboard may stand in a folder of a host; all pages are one part long.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote_plus

from markupsafe import Markup, escape

from dashboard.components import state
from dashboard.reads import shared as data
from dashboard.reads.kept import carried
from dashboard.reads.reader import Reader

OF_FIGURES = {"world", "country", "compare", "explore"}  # pages that show a KPI by its figures
# By page: how the key of the chart that shows the chosen KPI begins; how it goes on depends on the form.
CHARTS = {"world": "world_", "country": "one_kpi", "compare": "compare_"}


def address(page: str, reader: Reader, **choices: str) -> str:
    """Address of a page with some choices; language and the other shared choices go along.

    A KPI without figures leads to its card in place of a page that has nothing to show of it.
    """
    kpi = choices.get("kpi")
    if kpi and page in OF_FIGURES and kpi not in data.kpis_with_data(reader.warehouse):
        page, choices = "methods", {"kpi": kpi}
    chosen = {"lang": reader.lang, **dict(carried(reader)), **choices}
    return f"./{page}?{'&'.join(f'{name}={_quoted(value)}' for name, value in chosen.items())}"


@lru_cache(maxsize=2048)
def _quoted(value: str) -> str:
    """A value as an address holds it; a page has some hundred links with the same few."""
    return quote_plus(value)


def chart_address(page: str, reader: Reader, **choices: str) -> str:
    """Address of a page, and of the chart of the KPI in it where one is chosen and the page draws one.

    `static/arrive.js` brings the focus to the title of that chart.
    """
    to_page = address(page, reader, **choices)
    draws_it = page in CHARTS and choices.get("kpi") in data.kpis_with_data(reader.warehouse)
    return f"{to_page}#chart-{CHARTS[page]}" if draws_it else to_page


def link_parameters() -> tuple[tuple[str, str], ...]:
    """Parameters of the shared choices that links carry, besides the language, with their values."""
    values = state.store().values
    return tuple((name, values[name][0]) for name in ("nf", "look") if values.get(name))


def anchor(address: str, label: str) -> Markup:
    """A link inside the app, which opens in the same window."""
    return Markup(f'<a target="_self" href="{escape(address)}">{escape(label)}</a>')  # noqa: S704


def to(reader: Reader, page: str, label: str, **choices: str) -> Markup:
    """A link to another page with some choices, to the chart of a KPI among them."""
    return anchor(chart_address(page, reader, **choices), label)


def case_link(reader: Reader, case_id: str, name: str) -> Markup:
    """A link to the page of a case."""
    return to(reader, "cases", name, case=case_id)


def target_link(reader: Reader, target: str) -> Markup:
    """An SDG target, linked to its goal."""
    return to(reader, "lens", target, goal=target.split(".")[0])


def kpi_link(reader: Reader, kpi_id: str) -> Markup:
    """The name of a KPI, linked to its definition; the bare id of one that the catalogue does not have."""
    kpis = reader.kpis
    return to(reader, "methods", kpis[kpi_id].name if kpi_id in kpis else kpi_id, kpi=kpi_id)


def external_link(title: str, url: str) -> Markup:
    """A page of the web; an address of another kind is shown as text."""
    if not url.startswith(("https://", "http://")):
        return escape(title or url)
    return Markup('<a href="{}" rel="noreferrer" target="_blank">{}</a>').format(url, title or url)

"""The index of the search: one per data version and language, shared by all readers."""

from __future__ import annotations

import streamlit as st

from dashboard.components import language
from dashboard.reads import shared as data
from dashboard.search import entries
from dashboard.search.match import Index
from dashboard.texts import mark
from kpis import names


@st.cache_resource(max_entries=8, show_spinner=False)
def index(version: str, lang: str, pages: tuple[tuple[str, str, str], ...]) -> Index:
    """All entries, with titles in the language. pages: path, title and question each."""
    table, links = data.kpi_table(version), data.sdg_links(version)
    translate = language.catalogue(lang).gettext
    return Index(
        [
            *entries.countries(data.areas(version, lang), data.outside(version)),
            *entries.kpis(table, links, lang),
            *entries.targets(links, table[f"name_{lang}"], translate(mark("SDG target {target}"))),
            *entries.groups(data.groups(version, lang)),
            *entries.pages(
                pages,
                [language.catalogue(code).gettext for code in language.LANGUAGES],
                list(language.LANGUAGES).index(lang),
            ),
        ],
        names.index().find,
    )

"""The index of the search: one per data version and language, shared by all readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components import language
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.search import entries
from dashboard.search.match import Index
from dashboard.texts import mark
from kpis import names

if TYPE_CHECKING:
    from kpis.queries import Warehouse


@cached(data.FEW)
def index(wh: Warehouse, lang: str, pages: tuple[tuple[str, str, str], ...]) -> Index:
    """All entries, with titles in the language. pages: path, title and question each."""
    table, links = data.kpi_table(wh), data.sdg_links(wh)
    translate = language.catalogue(lang).gettext
    return Index(
        [
            *entries.countries(data.areas(wh, lang), data.outside(wh)),
            *entries.kpis(table, links, lang),
            *entries.targets(links, table[f"name_{lang}"], translate(mark("SDG target {target}"))),
            *entries.groups(data.groups(wh, lang)),
            *entries.pages(
                pages,
                [language.catalogue(code).gettext for code in language.LANGUAGES],
                list(language.LANGUAGES).index(lang),
            ),
        ],
        names.index().find,
    )

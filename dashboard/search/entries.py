"""What the search searches: one function per kind of thing, from plain tables to entries.

A further kind (cases, say) takes one function here, its place in KINDS, and its links in
`dashboard/search/panel.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import pandas as pd

from dashboard.search.match import Entry
from kpis import names

KINDS = ("country", "kpi", "target", "group", "page")  # in the order of equal matches
WORDS_FOR_TARGET = ("SDG", "ODS", "target", "meta", "SDG target", "meta ODS")


def countries(areas: pd.DataFrame, outside: Collection[str] = ()) -> list[Entry]:
    """UN Member States by ISO code, under all their names; then other areas with figures, `outside`.

    areas: by ref_area, with iso2, un_member and `name` in the reader's language.
    """
    index = names.index()
    entries = []
    for ref_area, row in areas.iterrows():
        area = str(ref_area)
        if not row["un_member"] and area not in outside:
            continue
        codes = tuple(code for code in (area, row["iso2"]) if isinstance(code, str) and code)
        weight = 0 if row["un_member"] else 1
        unique_names = tuple(name for name in index.of(area) if index.find(name) == [area])  # not shared
        entries.append(Entry("country", area, str(row["name"]), codes, unique_names, weight=weight))
    return entries


def kpis(table: pd.DataFrame, links: pd.DataFrame, lang: str) -> list[Entry]:
    """KPIs by id, and by the number of the SDG indicator that they measure.

    table: the catalogue by id. links: one row per KPI and SDG target.
    """
    measured = links.dropna(subset=["indicator"]).groupby("kpi")["indicator"].agg(list).to_dict()
    return [
        Entry(
            "kpi",
            str(kpi_id),
            str(row[f"name_{lang}"]),
            (str(kpi_id), *(str(number) for number in measured.get(kpi_id, []))),
            (str(row["name_en"]), str(row["name_es"])),
            (str(row["definition_en"]), str(row["definition_es"])),
        )
        for kpi_id, row in table.iterrows()
    ]


def targets(links: pd.DataFrame, names: pd.Series, title: str) -> list[Entry]:
    """SDG targets that a KPI of the catalogue serves.

    names: of the KPIs, by id. title: such as "SDG target {target}".
    """
    entries = []
    for target, rows in links.groupby("target"):
        kpi_names = tuple(str(names[kpi]) for kpi in rows["kpi"].unique())
        codes = (str(target), *(f"{word} {target}" for word in WORDS_FOR_TARGET))
        entries.append(Entry("target", str(target), title.format(target=target), codes, (), kpi_names))
    return entries


def groups(table: pd.DataFrame) -> list[Entry]:
    """Groups of countries by id. table: by group_id, with `name` and name_<language>."""
    entries = []
    for group_id, row in table.iterrows():
        translated = (str(row["name_en"]), str(row["name_es"]))
        entries.append(Entry("group", str(group_id), str(row["name"]), (str(group_id),), translated))
    return entries


def pages(
    specs: Iterable[tuple[str, str, str]], translators: Iterable[Callable[[str], str]], lang: int
) -> list[Entry]:
    """Pages of the app by path, under title and question in every language.

    specs: path, title and question (English, the keys). translators: one per language; `lang`: which of them
    is the reader's.
    """
    by_language = list(translators)
    return [
        Entry(
            "page",
            path,
            by_language[lang](title),
            (path,),
            tuple(translate(text) for translate in by_language for text in (title, question)),
        )
        for path, title, question in specs
    ]

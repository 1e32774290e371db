"""What can be found: one function per kind of thing, from plain tables to entries.

A further kind (cases, say) takes one function here, its place in KINDS, and its links in
`dashboard/search/panel.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import pandas as pd

from dashboard.search.match import Entry
from kpis import names

KINDS = ("country", "kpi", "target", "group", "page")  # in the order shown among equal matches


def countries(areas: pd.DataFrame, outside: Collection[str] = ()) -> list[Entry]:
    """UN Member States by ISO code, under all their names; then other areas with figures, `outside`.

    areas: by ref_area, with iso2, un_member and `name` in the reader's language.
    """
    index = names.index()
    found = []
    for one, row in areas.iterrows():
        area = str(one)
        if not row["un_member"] and area not in outside:
            continue
        codes = tuple(code for code in (area, row["iso2"]) if isinstance(code, str) and code)
        weight = 0 if row["un_member"] else 1
        own = tuple(name for name in index.of(area) if index.find(name) == [area])  # not what two are called
        found.append(Entry("country", area, str(row["name"]), codes, own, weight=weight))
    return found


def kpis(table: pd.DataFrame, links: pd.DataFrame, lang: str) -> list[Entry]:
    """KPIs by id, and by the number of the SDG indicator that they measure.

    table: the catalogue by id. links: one row per KPI and SDG target.
    """
    measured = links.dropna(subset=["indicator"]).groupby("kpi")["indicator"].agg(list).to_dict()
    return [
        Entry(
            "kpi",
            str(one),
            str(row[f"name_{lang}"]),
            (str(one), *(str(number) for number in measured.get(one, []))),
            (str(row["name_en"]), str(row["name_es"])),
            (str(row["definition_en"]), str(row["definition_es"])),
        )
        for one, row in table.iterrows()
    ]


def targets(links: pd.DataFrame, names: pd.Series, title: str) -> list[Entry]:
    """SDG targets that a KPI of the catalogue serves.

    names: of the KPIs, by id. title: such as "SDG target {target}".
    """
    found = []
    for one, rows in links.groupby("target"):
        said = title.format(target=one)
        served = tuple(str(names[kpi]) for kpi in rows["kpi"].unique())
        spoken = tuple(f"{word} {one}" for word in ("SDG", "ODS", "target", "meta", "SDG target", "meta ODS"))
        found.append(Entry("target", str(one), said, (str(one), *spoken), (), served))
    return found


def groups(table: pd.DataFrame) -> list[Entry]:
    """Groups of countries by id. table: by group_id, with `name` and name_<language>."""
    return [
        Entry("group", str(one), str(row["name"]), (str(one),), (str(row["name_en"]), str(row["name_es"])))
        for one, row in table.iterrows()
    ]


def pages(
    listed: Iterable[tuple[str, str, str]], say: Iterable[Callable[[str], str]], lang: int
) -> list[Entry]:
    """Pages of the app by path, under title and question in every language.

    listed: path, title and question (English, the keys). say: one translator per language; `lang`: which of
    them is the reader's.
    """
    voices = list(say)
    return [
        Entry(
            "page",
            path,
            voices[lang](title),
            (path,),
            tuple(voice(text) for voice in voices for text in (title, question)),
        )
        for path, title, question in listed
    ]

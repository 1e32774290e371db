"""What can be found: one function per kind of thing, from plain tables to entries.

A further kind (cases, say) takes one function here, its place in KINDS, and its links in
`dashboard/components/finder.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd
from babel import Locale

from dashboard.search.match import Entry

KINDS = ("country", "kpi", "target", "group", "page")  # in the order shown among equal matches
LANGUAGES = ("en", "es", "fr", "pt")  # of country names

# Common names that neither the UN nor the Unicode CLDR lists in these four languages.
ALSO = {
    "ARE": ("UAE", "EAU"),
    "CAF": ("CAR",),
    "CIV": ("Ivory Coast", "Costa de Marfil"),
    "COD": ("DR Congo", "DRC", "Congo Kinshasa"),
    "COG": ("Congo Brazzaville",),
    "CPV": ("Cape Verde",),
    "GBR": ("UK", "Great Britain", "Gran Bretaña", "England", "Inglaterra"),
    "MKD": ("Macedonia",),
    "MMR": ("Burma", "Birmania"),
    "NLD": ("Holland", "Holanda"),
    "PRK": ("DPRK",),
    "RUS": ("Russia", "Rusia"),
    "SWZ": ("Swaziland", "Suazilandia"),
    "TLS": ("East Timor", "Timor Oriental"),
    "TUR": ("Turkey", "Turquía"),
    "USA": ("US", "EEUU", "EE. UU.", "America"),
}


def countries(areas: pd.DataFrame) -> list[Entry]:
    """UN Member States by ISO code, under the names of the UN, of the CLDR and in common use.

    areas: by ref_area, with iso2, un_member, `name` in the reader's language and name_<language>.
    """
    common = [Locale.parse(lang).territories for lang in LANGUAGES]
    found = []
    for one, row in areas[areas["un_member"]].iterrows():
        names = [row[f"name_{lang}"] for lang in LANGUAGES] + [each.get(row["iso2"]) for each in common]
        known = tuple(dict.fromkeys(str(name) for name in names if isinstance(name, str) and name))
        codes = tuple(code for code in (str(one), row["iso2"]) if isinstance(code, str) and code)
        found.append(Entry("country", str(one), str(row["name"]), codes, known + ALSO.get(str(one), ())))
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

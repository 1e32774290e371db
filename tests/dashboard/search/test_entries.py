"""The search over everything, on the real catalogue and areas."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.reads import shared as data
from dashboard.search.index import index
from dashboard.search.match import Index
from kpis import names

PAGES = (("stages", "Stages", "How mature are we?"), ("gaps", "Data and gaps", "Can I trust it?"))
# What a reader types, what of it stands first, and how it matched.
FIRST = [
    ("Colombia", "COL", "name"),
    ("colmbia", "COL", "near"),
    ("Corea del Sur", "KOR", "name"),
    ("corea", "KOR", "start"),
    ("Côte d'Ivoire", "CIV", "name"),
    ("cote divoire", "CIV", "name"),
    ("Costa de Marfil", "CIV", "name"),
    ("Namibia", "NAM", "name"),
    ("NAM", "NAM", "code"),
    ("na", "NAM", "code"),
    ("16.9", "16.9", "code"),
    ("meta 16.9", "16.9", "code"),
    ("17.8.1", "SDG_17.8.1", "code"),
    ("firma", "GTMI_I42", "start"),
    ("internet use", "TII_INTERNET_USERS", "start"),
    ("egdi", "EGDI", "code"),
    ("Allemagne", "DEU", "name"),
    ("EEUU", "USA", "name"),
    ("caribe", "CARIBBEAN_SIDS", "word"),
    ("etapas", "stages", "name"),
    ("vacios", "gaps", "word"),
]


@pytest.fixture
def everything(home: Path) -> Index:
    assert home.is_file()  # what is searched
    return index(data.warehouse(), "en", PAGES)


@pytest.mark.parametrize(("words", "code", "how"), FIRST)
def test_what_a_reader_types_is_found_first(everything, words, code, how):
    hit = everything.find(words)[0]
    assert (hit.entry.code, hit.how) == (code, how)


@pytest.mark.usefixtures("home")
def test_titles_are_in_the_readers_language():
    assert index(data.warehouse(), "es", PAGES).find("germany")[0].entry.title == "Alemania"


def test_every_member_state_is_found_by_its_name_in_four_languages_and_its_codes(everything):
    table = data.areas(data.warehouse(), "en")
    for one, row in table[table["un_member"]].iterrows():
        for words in (one, row["iso2"], *(row[f"name_{lang}"] for lang in ("en", "es", "fr", "pt"))):
            if words:
                assert one in {hit.entry.code for hit in everything.find(words)}, words


def test_every_kpi_and_target_is_found_by_its_code(everything):
    wh = data.warehouse()
    for code in [*data.kpi_table(wh).index, *data.sdg_links(wh)["target"].unique()]:
        hit = everything.find(code)[0]
        assert (hit.entry.code, hit.how) == (code, "code"), code


@pytest.mark.parametrize(
    ("words", "code"),
    [("Kosovo", "XKX"), ("HKG", "HKG"), ("Hong Kong", "HKG"), ("Palestina", "PSE"), ("Taiwan, China", "TWN"),
     ("Vaticano", "VAT"), ("Macau", "MAC"), ("islas cook", "COK"), ("puerto rico", "PRI")],
)  # fmt: skip
def test_an_area_with_figures_is_found_though_it_is_no_member_state(everything, words, code):
    assert everything.find(words)[0].entry.code == code


def test_areas_without_figures_are_not_offered(everything):
    for words in ("ATA", "Antarctica", "Bouvet Island"):
        assert {hit.entry.code for hit in everything.find(words)}.isdisjoint({"ATA", "BVT"})


def test_every_name_of_the_index_finds_its_member_state(everything):
    known = names.index()
    for area in sorted(known.members):
        for name in known.of(area):
            if known.find(name) == [area]:
                assert area in {hit.entry.code for hit in everything.find(name)}, name


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Republic of the Congo", "COG"),
        ("República del Congo", "COG"),
        ("la Argentina", "ARG"),
        ("Lao P.D.R.", "LAO"),
        ("Kazakhstan, Republic of", "KAZ"),
        ("P.R. China", "CHN"),
        ("Hongkong", "HKG"),
    ],
)
def test_a_full_name_in_any_order_of_its_words_stands_first(everything, words, code):
    [hit, *_others] = everything.find(words)
    assert (hit.entry.kind, hit.entry.code, hit.how) == ("country", code, "name")

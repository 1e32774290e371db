"""Data and gaps, Methods and sources: sentences, charts, citations, search, and the pages opened cold."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.app_pages.gaps import bars, heat, strip
from dashboard.app_pages.methods import source_list
from dashboard.app_pages.methods.kpi_cards import matches
from dashboard.charts import coverage_words as coverage
from dashboard.charts.look import LIGHT, LOOKS, contrast
from dashboard.components import citation
from dashboard.components.state import Store
from dashboard.reads import shared as data
from kpis.freshness import is_old
from kpis.queries import Warehouse
from kpis.stages import edition
from tests.dashboard.plotly_figure import checked
from tests.dashboard.test_pages import opened, text_of


@pytest.fixture
def counts() -> pd.DataFrame:
    """Two dimensions: three of four KPIs held, one old; none of two."""
    return pd.DataFrame(
        {"dimension": ["legal", "services"], "label": ["Law", "Services"], "kpis": [4, 2], "held": [3, 0],
         "fresh": [2, 0]}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("held", "old", "sentence"),
    [
        (84, 31, "Namibia: 84 of 99 KPIs have a value; 31 are older than their limit."),
        (84, 1, "Namibia: 84 of 99 KPIs have a value; 1 is older than its limit."),
        (1, 0, "Namibia: 1 of 99 KPIs has a value; none is older than its limit."),
        (0, 0, "Namibia: none of 99 KPIs has a value."),
    ],
)
def test_the_headline_counts(held, old, sentence, ctx):
    assert coverage.country_sentence("Namibia", held, old, 99, ctx) == sentence


def test_the_three_kinds_add_up_and_are_told_apart_without_colour(counts, ctx):
    figure = bars.figure(counts, ctx)
    assert [list(part.x) for part in checked(figure).data] == [[2, 0], [1, 0], [1, 2]]
    fresh, old, none = checked(figure).data
    assert (fresh.marker.pattern.shape, old.marker.pattern.shape, none.marker.pattern.shape) == ("", "\\", "")
    for look in LOOKS.values():  # filled, hatched, empty
        assert contrast(look.accent, look.missing) > 3
    assert sorted(note.text for note in checked(figure).layout.annotations) == ["1", "1", "2", "2"]
    assert bars.alt(counts, "Namibia", ctx).endswith("Law 2 / 1 / 1, Services 0 / 0 / 2.")
    assert coverage.thinnest_dimension(counts, ctx) == "Smallest share of fresh values: Services, 0 of 2"


def test_a_group_in_a_sentence(ctx, spanish):
    shares = pd.DataFrame({"name": ["Haiti", "Cuba", "Belize"], "obs_value": [30.0, 40.0, 60.0]})
    text = coverage.group_sentence(shares, "Caribbean SIDS", 99, ctx)
    assert text.startswith("Caribbean SIDS: half of the countries have a fresh value for at least 40% of 99")
    assert "Haiti, 30%; most: Belize, 60%" in text
    tied = coverage.group_sentence(shares.assign(obs_value=[30.0, 60.0, 60.0]), "X", 99, ctx)
    assert tied.endswith("most: Belize, Cuba, 60%.")
    assert spanish.percentage(40) == "40\u00a0%"
    assert "no data" in coverage.group_sentence(shares.head(0), "X", 99, ctx)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_a_large_group_shows_those_with_the_least(look, ctx):
    codes = [f"A{n:02}" for n in range(30)]
    cells = pd.DataFrame({"ref_area": codes, "name": codes, "dimension": "legal", "kpis": 30})
    cells["fresh"] = range(30)
    figure = heat.figure(cells, {"legal": "Law"}, replace(ctx, look=look))
    assert list(checked(figure).data[0].y) == codes[: heat.MOST_ROWS]
    assert checked(figure).data[1].textfont.color[0] == look.on_classes[0]
    below = checked(heat.figure(cells, {"legal": "Law"}, ctx, mine=codes[-1])).data[0].y
    assert len(below) == heat.MOST_ROWS + 1
    assert below[-1] == f"<b>▸ {codes[-1]}</b>"
    assert "Law 48%" in heat.alt(cells, {"legal": "Law"}, ctx)


def test_the_strip_draws_what_is_held_and_what_others_have():
    made = strip.image((2020, 2023), {2020}, {2020, 2021}, 'only "2020"', LIGHT)
    assert 'alt="only &quot;2020&quot;"' in made
    assert made.count("rect") == 4
    assert made.count("stroke%3D") == 1
    assert strip.runs({2019, 2014, 2018, 2017}) == "2014, 2017–2019"


SOURCE = {
    "source": "x_1",
    "title": "Data & 50% {more}",
    "publisher": "A_B",
    "vintage": "2023-03",
    "last_year": 2022,
    "url": "https://example.org/a_b?c=1}",
    "licence": "CC BY",
    "citation": "A,\nline TY  - BOOK",
}


def test_citations_are_escaped():
    bib = citation.bibtex([SOURCE])
    assert r"title = {{Data \& 50\% \textbraceleft{}more\textbraceright{}}}" in bib
    assert "url = {https://example.org/a_b?c=1}," in bib
    assert "year = {2023}" in bib
    assert bib.count("{") - bib.count("}") == 0
    lines = citation.ris([SOURCE]).split("\r\n")
    assert lines[0] == "TY  - DATA"
    assert [line for line in lines if line.startswith("TY")] == ["TY  - DATA"]
    assert "N1  - A, line TY - BOOK" in lines
    assert lines[-2] == "ER  - "
    assert citation.year({"vintage": None, "last_year": 2022}) == "2022"
    assert citation.year({"vintage": float("nan"), "last_year": None}) == ""


@pytest.mark.usefixtures("home")
def test_a_source_is_cited_by_its_published_title_in_every_language():
    wh = data.warehouse()
    (bipa,) = source_list.as_cited(data.sources(wh, "es").reset_index().query("source == 'bsg_bipa'"))
    for made in (citation.bibtex([bipa]), citation.ris([bipa])):
        assert "Blavatnik Index of Public Administration 2024" in made
        assert "Índice" not in made


def test_search_leaves_accents_and_case_aside():
    assert matches("INDICE educacion", "Índice de educación")
    assert not matches("indice salud", "Índice de educación")


def test_a_search_in_the_address_is_cut_and_kept():
    store = Store()
    store.open({"q": ["  a\n b  " + "x" * 99]})
    assert store.free("q") == ("a b " + "x" * 99)[:60]
    assert store.address() == {"q": [store.free("q")]}
    store.put("q", [""])
    assert store.free("q") == ""
    assert store.address() == {}


def test_a_view_of_one_page_is_no_mistake_on_another():
    store = Store()
    store.open({"show": ["table"], "kpi": ["OSI"]})
    store.turn("compare")
    store.written = {"show": ["table"], "kpi": ["OSI"]}
    store.open({})
    store.turn("methods")
    assert store.single("show", ["kpis", "sources"], "kpis") == "kpis"
    assert store.single("kpi", ["EGDI", "OSI"], "EGDI") == "OSI"
    assert store.notes == []


def gaps_page() -> None:
    """The script of the page on data and gaps alone."""
    from dashboard.app_pages.gaps import page as gaps
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("gaps")
    gaps.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    state.end()


def methods_page() -> None:
    """The script of the page on methods and sources alone."""
    from dashboard.app_pages.methods import page as methods
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("methods")
    methods.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    state.end()


@pytest.mark.parametrize("show", ["dimensions", "kpis", "next"])
@pytest.mark.parametrize("area", ["NAM", "PRK"])
@pytest.mark.usefixtures("home")
def test_every_view_of_a_country(wh: Warehouse, area: str, show: str):
    app = opened(gaps_page, country=area, show=show, lang="en")
    assert not app.exception
    assert f"of {len(wh.kpis())} KPIs have a value; " in text_of(app)


@pytest.mark.usefixtures("home")
def test_every_gap_says_what_would_fill_it(wh: Warehouse):
    held = wh.country("JAM").dropna(subset=["obs_value"])
    old = is_old(held["time_period"], held["kpi"].map(wh.kpis().set_index("kpi")["fresh_years"]), wh.as_of)
    n = len(wh.kpis()) - len(held) + old.sum()
    text = text_of(opened(gaps_page, country="JAM", lang="en", show="next"))
    assert f"What would fill the {n} gaps of Jamaica" in text
    assert re.search(rf"{n} gaps: \d+ could be filled as other States have done; ", text)
    counts = re.findall(r'rowgroup" colspan="5">[^<]*\((\d+)\)<', text)
    assert len(counts) == 4
    assert sum(map(int, counts)) == n
    assert "Global Cybersecurity Index 2020" in text.split("Nobody has a fresh value")[1]


@pytest.mark.usefixtures("home")
def test_tiles_outline_and_name_the_country_of_the_reader():
    page = opened(gaps_page, mine="COL", country="none", lang="en")
    assert not page.exception
    assert re.search(r'% of \d+ KPIs with a fresh value \(countries\):</li><li class="e-own">', text_of(page))
    assert re.search(r"<b>Colombia</b></li>.*under 65%", text_of(page))
    assert re.search(r'Colombia: \d+%, rank \d+ of 193\. <a [^>]*country=COL&amp;show=next"', text_of(page))


@pytest.mark.usefixtures("home")
def test_old_values_are_counted_by_the_one_rule(wh: Warehouse):
    limits = wh.kpis().set_index("kpi")["fresh_years"]
    held = wh.country("NAM").dropna(subset=["obs_value"])
    old = is_old(held["time_period"], held["kpi"].map(limits), wh.as_of).sum()
    text = text_of(opened(gaps_page, country="NAM", show="kpis", lang="en"))
    assert (
        f"Namibia: {len(held)} of {len(wh.kpis())} KPIs have a value; {old} are older than their limit."
        in text
    )
    assert text.count('class="e-state e-old"') == old
    assert text.count('class="e-state e-fresh"') == len(held) - old


@pytest.mark.usefixtures("home")
def test_a_longer_limit_stands_with_its_reason():
    text = text_of(opened(gaps_page, country="COL", show="kpis", lang="en"))
    reasons = re.findall(r'limit 8 years</span> <small class="e-reason">([^<]*)', text)
    assert len(reasons) == 1
    assert reasons[0].startswith("Surveys are years apart")
    assert "limit 5 years</span> <small" not in text


def freshness_page() -> None:
    """How freshness is counted."""
    from dashboard.components import explain, numbers, shell

    lang = shell.settle_language()
    explain.freshness(shell.reader(lang, numbers.number_format("auto", lang), "light"))


@pytest.mark.usefixtures("home")
def test_the_limits_in_words_are_those_of_the_catalogue(wh: Warehouse):
    text = text_of(opened(freshness_page, lang="en"))
    usual = wh.kpis()["fresh_years"].loc[lambda years: years <= 5]
    assert f"the year of reading ({wh.as_of}) minus its year" in text
    assert f"{usual.min()} to {usual.max()} years, as each" in text
    assert "Longer: 8 years for Birth registration. Surveys are years apart" in text


@pytest.mark.parametrize("by", ["tiles", "dimensions"])
@pytest.mark.usefixtures("home")
def test_what_membership_of_a_group_means_stands_below(wh: Warehouse, by: str):
    note = wh.groups().set_index("group_id").at["LDC", "note_en"]
    text = text_of(opened(gaps_page, group="LDC", by=by, lang="en"))
    assert f"Least developed countries: {note}" in text
    assert re.search(r"Bangladesh, Nepal: [^:]*an extension was asked, decision not verified\.", text)
    assert "decision not verified" not in text_of(opened(gaps_page, group="SIDS", by=by, lang="en"))
    assert "UN Member States of the year." not in text_of(opened(gaps_page, by=by, lang="en"))


@pytest.mark.parametrize("show", ["tiles", "ranking", "dimensions"])
@pytest.mark.usefixtures("home")
def test_every_view_of_a_group(show: str):
    app = opened(gaps_page, group="CARIBBEAN_SIDS", by=show, lang="es")
    assert not app.exception
    assert "PEID del Caribe: la mitad de los países" in text_of(app)


@pytest.mark.usefixtures("home")
def test_the_catalogue_can_be_searched_in_both_languages(wh: Warehouse):
    app = opened(methods_page, q="EDUCACION", lang="es")
    assert not app.exception
    assert "KPI con «EDUCACION»" in text_of(app)
    assert "<details open><summary>Índice de Desarrollo del Gobierno" in text_of(
        opened(methods_page, q="egdi", lang="es")
    )
    assert f"KPIs with “&lt;b&gt;”: 0\u00a0of\u00a0{len(wh.kpis())}" in text_of(
        opened(methods_page, q="<b>", lang="en")
    )


@pytest.mark.usefixtures("home")
def test_a_kpi_says_its_limit_and_since_when_it_is_old(wh: Warehouse):
    kpis = wh.kpis().set_index("kpi")
    gone = kpis[is_old(kpis["last_year"], kpis["fresh_years"], wh.as_of)].iloc[0]
    year, limit = int(gone["last_year"]), int(gone["fresh_years"])
    text = text_of(opened(methods_page, kpi=str(gone.name), lang="en"))
    assert f"<dt>Fresh for</dt><dd>{limit} years</dd>" in text
    assert f"<dt>Last year</dt><dd>{year}; old since {year + limit + 1} <abbr" in text
    last, limit = int(kpis.at["EGDI", "last_year"]), int(kpis.at["EGDI", "fresh_years"])
    text = text_of(opened(methods_page, kpi="EGDI", lang="es"))
    assert f"<dd>{last}; vigente hasta el final de {last + limit}</dd>" in text


@pytest.mark.usefixtures("home")
def test_no_publication_is_announced_for_a_year_that_is_past(wh: Warehouse):
    for lang, silent in (("en", "date not announced"), ("es", "fecha no anunciada")):
        listed = list(publications(lang).values())
        years = [int(year) for text in listed for year in re.findall(r"\b(20\d\d)(?:-\d\d)?, ", text)]
        assert min(years) >= wh.as_of
        assert silent in listed
        dated = re.compile(rf"{silent}|20\d\d(-\d\d)?, ")
        assert all(dated.search(text) for text in listed)


def publications(lang: str) -> dict[str, str]:
    """What the cards of the KPIs say of the next publication, by KPI."""
    cards_ = text_of(opened(methods_page, lang=lang)).split("<details")[1:]
    label = {"en": "Next publication", "es": "Próxima publicación"}[lang]
    found = {}
    for card in cards_:
        kpi = re.search(r"<code>([^<]*)</code>", card)[1]
        found[kpi] = re.search(rf"<dt>{label}</dt><dd>([^<]*)</dd>", card)[1]
    return found


@pytest.mark.usefixtures("home")
def test_inputs_printed_under_a_later_year_say_so():
    text = text_of(opened(methods_page, kpi="HCI_ADULT_LITERACY", lang="en"))
    assert "2000–2022, printed under 2024: 193 of 193 values are of an earlier year." in text
    assert text.count("printed under 2024") == 4  # adult literacy, expected and mean years, enrolment


def evidence_page() -> None:
    """The source rows behind two values of Belize."""
    import streamlit as st

    from dashboard.components import explain, numbers, shell
    from dashboard.reads import shared as data

    lang = shell.settle_language()
    reader = shell.reader(lang, numbers.number_format("auto", lang), "light")
    for kpi in ("HCI_ADULT_LITERACY", "EGDI"):
        st.html(explain.evidence(reader, data.kpis(reader.warehouse, lang)[kpi], "BLZ", 2024))


@pytest.mark.usefixtures("home")
def test_source_rows_say_what_an_input_was_measured_with():
    literacy, egdi = (part.proto.body for part in opened(evidence_page, lang="en").get("html"))
    assert "2000, UNESCO" in literacy
    assert 'data-kpi="HCI_ADULT_LITERACY" data-year="2024"' in literacy
    assert "Measured" not in egdi
    assert 'data-kpi="EGDI" data-year="2024"' in egdi


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.usefixtures("home")
def test_what_changed_with_the_second_edition_is_told(lang: str):
    app = opened(methods_page, show="edition", group="LDC", lang=lang)
    assert not app.exception
    text = text_of(app)
    rules = edition.texts(lang)
    assert all(rules[rule] in text for rule in edition.RULES)
    counts = edition.gate_changes()["change"].value_counts()
    head = {
        "en": f"{counts['new']} gates are new, {counts['changed']} changed, {counts['dropped']} dropped.",
        "es": f"{counts['new']} umbrales nuevos, {counts['changed']} cambiados y ",
    }
    assert head[lang] in text
    assert {"en": "Ecuador: overall", "es": "Ecuador: etapa general"}[lang] in text
    same = {
        "en": "Angola: overall 2 enhanced as before; ",
        "es": "Angola: la etapa general sigue en 2 mejorada; ",
    }
    assert same[lang] in text
    assert 'data-kpi="GCI_LEGAL_2020" data-year="2020"' in text
    assert {"en": "Least developed countries", "es": "Países menos adelantados"}[lang] in text


@pytest.mark.usefixtures("home")
def test_a_rank_that_differs_from_the_printed_one_says_why():
    assert "UNDP also ranks Hong Kong" in text_of(opened(methods_page, kpi="HDI", lang="en"))
    assert "entre ellos Kosovo" in text_of(opened(methods_page, kpi="BIPA_DIGITAL", lang="es"))


def ranking_page() -> None:
    """How the rank of a KPI is computed, with and without a note, in the reader's language."""
    import streamlit as st

    from dashboard.charts.context import KpiView
    from dashboard.components import explain, shell

    shell.settle_language()
    for direction in ("higher", "context"):
        st.text(explain.ranking(KpiView("X", "X", "", "", direction, 1, rank_note="Printed: two lower.")))
    st.text(explain.ranking(KpiView("X", "X", "", "", "lower", 1)))


def test_how_a_rank_is_computed_ends_with_its_note():
    noted, free, plain = (element.value for element in opened(ranking_page, lang="en").text)
    assert noted.startswith("Higher is better. Equal values share")
    assert noted.endswith("with a value. Printed: two lower.")
    assert free == "Neither side is better; no rank is given."
    assert plain.endswith("with a value.")


@pytest.mark.usefixtures("home")
def test_sources_rules_and_checks():
    assert "GovTech Dataset, editions" in text_of(
        opened(methods_page, show="sources", source="wb_gtmi", lang="en")
    )
    rules = text_of(opened(methods_page, show="rules", q="copeland", lang="es"))
    assert "Puntuación de Copeland" in rules
    assert "suma las partes del peso" in rules
    assert '<span lang="en">COINr 1.1, R/treat.R</span>' in text_of(
        opened(methods_page, show="rules", q="box-cox", lang="es")
    )
    check = text_of(opened(methods_page, show="check", lang="es"))
    assert "Camboya" in check
    assert "no se deduce de los componentes" in check

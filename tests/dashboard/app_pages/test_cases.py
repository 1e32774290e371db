"""The pages of cases and lessons: cold links, both languages, ways from a red gate, hostile addresses."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from dashboard import navigation
from dashboard.charts import case_map
from dashboard.components import links
from dashboard.components.knowledge import case_list
from kpis import cases
from kpis.stages import load_gates
from tests.dashboard.app_pages.test_stages import stages_page
from tests.dashboard.plotly_figure import checked
from tests.dashboard.test_pages import opened, text_of

LINK = re.compile(r'href="\./(\w+)\?([^"]*)"')


def cases_page() -> None:
    """The script of the page of cases alone."""
    from dashboard.app_pages.cases import page as cases
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("cases")
    cases.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    shell.notes()
    state.end()


def lessons_page() -> None:
    """The script of the page of lessons alone."""
    from dashboard.app_pages.lessons import page as lessons
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("lessons")
    lessons.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    shell.notes()
    state.end()


@pytest.fixture(autouse=True)
def _at_home(home: Path) -> None:
    """Every page reads the warehouse of all tests."""


def dead_links(text: str) -> list[str]:
    """Links of a page to a page, case, gate, KPI, target or theme that does not exist."""
    all_cases = cases.load()
    allowed = {
        "case": set(all_cases.index),
        "gate": set(load_gates()["kpi"]),
        "dimension": set(cases.dimensions()),
        "theme": {*cases.themes("case").index, *cases.themes("paper").index},
        "goal": {str(goal) for goal in range(1, 18)},
    }
    links = []
    for page, query in LINK.findall(text):
        parameters = parse_qs(urlsplit(f"?{unescape(query)}").query)
        wrong = [name for name, codes in allowed.items() if not set(parameters.get(name, [])) <= codes]
        if page not in navigation.PATHS or wrong or not set(parameters) <= set(navigation.PARAMETERS):
            links.append(f"/{page}?{query}")
    return links


def test_the_list_begins_with_its_answer_and_its_caveat() -> None:
    app = opened(cases_page, lang="en")
    assert not app.exception
    text = text_of(app)
    assert "177 cases of e-government innovation from 84 countries" in text
    assert "15 of them are not verified." in text
    assert dead_links(text) == []


def test_cases_from_near_come_first_and_more_are_shown_in_steps() -> None:
    app = opened(cases_page, lang="en", country="JAM")
    text = text_of(app)
    assert "Order: Jamaica, then the countries most like it" in text
    assert text.count("<li><h3>") == case_list.STEP
    app.button(key="further_cases").click().run()
    assert text_of(app).count("<li><h3>") == 2 * case_list.STEP


def test_chips_are_alternatives_and_count_what_they_lead_to() -> None:
    app = opened(cases_page, lang="en", theme=["payments", "health"], channel=["mobile"])
    n = len(cases.search(theme=["payments", "health"], channel=["mobile"]))
    assert f"{n} of 177 cases fit." in text_of(app)
    assert f"Mobile {n}" in app.get("button_group")[2].options


def test_search_in_spanish_without_accents() -> None:
    app = opened(cases_page, lang="es", q="pagos moviles")
    matches = cases.search("pagos móviles", lang="es")
    text = text_of(app)
    assert not app.exception
    assert f"Coinciden {len(matches)} de 177 casos." in text
    assert matches["name"].iloc[0] in text
    assert "traducción propia" in text


@pytest.mark.parametrize("view", ["table", "map"])
def test_the_other_views_open(view: str) -> None:
    app = opened(cases_page, lang="es", show=view, group="CARIBBEAN_SIDS", verified="yes")
    assert not app.exception
    assert dead_links(text_of(app)) == []


def test_an_empty_search_says_what_to_do() -> None:
    app = opened(cases_page, lang="en", q="xyzzyplugh")
    assert not app.exception
    assert "0 of 177 cases fit." in text_of(app)
    assert "Try fewer words" in text_of(app)


@pytest.mark.parametrize("case", ["est-x-road", "alb-e-albania", "uga-mtrac", "bhs-family-island-registry"])
def test_a_case_with_source_evidence_and_similar_cases(case: str) -> None:
    row = cases.load("es").loc[case]
    app = opened(cases_page, lang="es", case=case)
    text = unescape(text_of(app))
    assert not app.exception
    assert row["summary"] in text
    assert "(traducción: texto propio)" in text
    assert row["source_url"] in text
    assert cases.similar(case, lang="es")["name"].iloc[0] in text
    assert ("Sin verificar" in text) is not row["verified"]
    assert dead_links(text_of(app)) == []


def test_enabling_always_stands_with_its_meaning() -> None:
    text = text_of(opened(cases_page, lang="en", case="uga-mtrac"))
    assert text.count("enabling") == text.count("enabling: one condition among others, not an effect") > 0


def test_a_red_gate_is_two_clicks_from_a_case() -> None:
    first = text_of(opened(stages_page, lang="en", country="JAM"))
    assert dead_links(first) == []
    gates = [parse_qs(unescape(query)) for page, query in LINK.findall(first) if page == "cases"]
    assert gates
    app = opened(cases_page, **{name: codes[0] for name, codes in gates[0].items()})
    text = text_of(app)
    assert not app.exception
    assert "Cases for reaching the bar" in text
    assert "An example of this action:" in text
    assert any("case=" in query for page, query in LINK.findall(text) if page == "cases")
    assert dead_links(text) == []


COUNTED = re.compile(r">(\d+) cases?</h2>")


@pytest.mark.parametrize(
    "address",
    [
        {"gate": "OSI", "dimension": "services", "stage": "connected", "country": "JAM"},  # one of a centre
        {"gate": "OSI", "dimension": "services"},
        {"gate": "EPI", "stage": "transactional"},
        {"country": "JAM", "stage": "connected", "verified": "yes"},
        {"q": "identity", "country": "JAM"},
    ],
)
def test_as_many_cases_are_listed_as_the_heading_counts(address: dict[str, str]) -> None:
    app = opened(cases_page, lang="en", **address)
    text = text_of(app)
    found = COUNTED.search(text)
    assert found, text[:2000]
    counted = int(found[1])
    listed = text.count("<h3>") if "e-cases" in text else 0
    assert listed == min(counted, case_list.STEP) > 0
    assert bool(app.button) is (counted > case_list.STEP)


def test_a_hostile_address_is_named_and_harmless() -> None:
    app = opened(
        cases_page, lang="en", case="<script>alert(1)</script>", gate="'; drop table kpi", theme="x", q="<b>%"
    )
    text = text_of(app)
    assert not app.exception
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "0 of 177 cases fit." in text


def test_lessons_with_their_cases_and_the_four_themes() -> None:
    app = opened(lessons_page, lang="es")
    text = unescape(text_of(app))
    assert not app.exception
    assert app.get("button_group")[0].options[1] == "Marcos institucionales"
    assert "12 lecciones para PMA y PEID, extraídas de 25 casos." in text
    for lesson in cases.lessons(lang="es")["lesson"]:
        assert lesson in text
    assert dead_links(text_of(app)) == []


def test_links_of_a_kpi_with_their_kind_of_evidence() -> None:
    app = opened(lessons_page, lang="en", show="links", kpi="OSI")
    text = text_of(app)
    assert not app.exception
    assert "3 links to SDG targets: 0 measured, 1 direct, 2 enabling." in text
    assert "leave an audit trail" in text
    assert dead_links(text) == []


def test_a_link_that_only_the_catalogue_states_has_no_mechanism() -> None:
    text = text_of(opened(lessons_page, lang="en", show="links"))
    assert "The methodology states no mechanism for this link." in text


@pytest.mark.parametrize("theme", list(cases.themes("paper").index))
def test_a_theme_gathers_kpis_gates_actions_lessons_and_cases(theme: str) -> None:
    app = opened(lessons_page, lang="es", theme=theme)
    text = unescape(text_of(app))
    assert not app.exception
    for head in ("KPI y umbrales", "Acciones", "Lecciones", "Casos"):
        assert f">{head}</h2>" in text
    for lesson in cases.themes("paper").at[theme, "lesson_ids"]:
        assert cases.lessons(lang="es").at[lesson, "lesson"] in text
    assert "e-cases" in text
    assert dead_links(text_of(app)) == []


# Charts and words ------------------------------------------------------------------------------------


def test_the_map_counts_cases_by_country(ctx) -> None:
    areas = pd.DataFrame(
        {"name": ["Denmark", "Namibia"], "lat": [56.0, -22.0], "lon": [9.0, 17.0]}, index=["DNK", "NAM"]
    )
    table = case_map.counts(pd.DataFrame({"country_iso3": ["NAM", "DNK", "NAM"]}), areas)
    assert table["n"].tolist() == [2, 1]
    assert case_map.title(table, ctx) == "Cases by country: Namibia (2), Denmark (1)"
    assert "3 cases from 2 countries" in case_map.alt(table, ctx)
    trace = checked(case_map.figure(table, ctx)).data[0]
    assert list(trace.customdata) == ["<b>Namibia</b><br>2 cases", "<b>Denmark</b><br>1 case"]
    assert trace.marker.size[0] > trace.marker.size[1]


def test_a_map_of_nothing_says_so(ctx) -> None:
    areas = pd.DataFrame({"name": [], "lat": [], "lon": []})
    table = case_map.counts(pd.DataFrame({"country_iso3": []}), areas)
    assert case_map.title(table, ctx) == "No case"


def test_only_web_addresses_become_links() -> None:
    assert links.external_link("<b>", "javascript:alert(1)") == "&lt;b&gt;"
    assert 'href="https://x.org/?a=1&amp;b=%22"' in links.external_link("x", "https://x.org/?a=1&b=%22")


def test_the_download_says_whose_words_the_text_is() -> None:
    download = case_list.export(cases.load("es").head(2))
    assert set(download["text"]) == {"own translation"}
    assert download["sdg_targets"].iloc[0] == "16.5;8.10"


def test_the_map_outlines_the_country_of_the_reader(ctx) -> None:
    areas = pd.DataFrame({"name": ["Namibia"], "lat": [-22.0], "lon": [17.0]}, index=["NAM"])
    table = case_map.counts(pd.DataFrame({"country_iso3": ["NAM"]}), areas)
    mine = areas.reset_index(names="ref_area")
    plain = checked(case_map.figure(table, ctx)).data
    assert len(checked(case_map.figure(table, ctx, mine=mine)).data) > len(plain)


def test_a_case_leads_on_to_gates_and_the_plan() -> None:
    text = text_of(opened(cases_page, lang="en", case="est-x-road", mine="COL"))
    assert "Gates it helps to pass" in text
    assert re.search(r'href="\./cases\?[^"]*gate=', text)
    assert re.search(r'href="\./plan\?[^"]*dimension=', text)
    assert "Gates of its dimension and stage" in text_of(opened(cases_page, lang="en", case="alb-e-albania"))


def test_the_page_of_a_service_itself_is_named_in_the_language_of_the_reader():
    """Titles of sources stay as published; these words are no title."""
    spanish = text_of(opened(cases_page, lang="es", case="alb-e-albania"))
    assert "Sitio oficial</a>" in spanish
    assert "Official site" not in spanish
    assert '<h1 class="e-headline">e-Albania</h1>' in spanish  # a name, no sentence

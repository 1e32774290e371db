"""In Spanish nothing is left in English, and everything follows: document, numbers, tables."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page, expect

from kpis.queries import Warehouse
from tests.browser.conftest import Stroll, Visit, settle
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

PAGES = {
    "world": "/?lang=es",
    "world, tiles": "/?lang=es&view=tiles",
    "world, ranking": "/?lang=es&view=ranking&group=CARIBBEAN_SIDS&kpi=OSI",
    "country, first visit": "/country?lang=es",
    "country": "/country?lang=es&country=JAM",
    "country, one KPI": "/country?lang=es&country=COL&kpi=EGDI_VS_INCOME",
    "compare": "/compare?lang=es",
    "compare, profile": "/compare?lang=es&area=COL&area=JAM&area=CARIBBEAN_SIDS&show=profile",
    "compare, table": "/compare?lang=es&area=COL&area=JAM&show=table",
    "stages, first visit": "/stages?lang=es",
    "stages": "/stages?lang=es&country=JAM",
    "stages, too little data": "/stages?lang=es&country=TUV",
    "stages, matrix": "/stages?lang=es&country=COL&show=matrix",
    "stages, who moved": "/stages?lang=es&show=moves&peers=CARIBBEAN_SIDS",
    "progress, first visit": "/progress?lang=es",
    "progress, status": "/progress?lang=es&country=COL",
    "progress, path": "/progress?lang=es&country=COL&scope=path&method=sdsn&horizon=2035",
    "lens": "/lens?lang=es",
    "lens, goal": "/lens?lang=es&goal=16&country=COL",
    "lens, association": "/lens?lang=es&show=association&country=COL",
    "lens, income": "/lens?lang=es&show=income&country=JAM",
    "progress, group": "/progress?lang=es&country=JAM&scope=group&group=WORLD&method=statcan",
    "robustness, first visit": "/robustness?lang=es",
    "robustness": "/robustness?lang=es&country=JAM&index=OSI-2024&versus=TTO",
    "plan, first visit": "/plan?lang=es",
    "plan": "/plan?lang=es&country=COL",
    "plan, steps": "/plan?lang=es&country=HTI&show=steps&variant=mobile",
    "plan, what if": "/plan?lang=es&country=COL&show=levers&reach=egdi",
    "plan, files": "/plan?lang=es&country=COL&show=files&reach=rank",
    "what changed": "/releases?lang=es",
    "explorer": "/explore?lang=es&area=COL",
    "search": "/?lang=es&find=mexico",
    "gaps": "/gaps?lang=es",
    "gaps, group": "/gaps?lang=es&group=CARIBBEAN_SIDS&by=dimensions",
    "gaps, country": "/gaps?lang=es&country=NAM",
    "gaps, years": "/gaps?lang=es&country=NAM&show=kpis",
    "gaps, next": "/gaps?lang=es&country=PRK&show=next",
    "cases": "/cases?lang=es",
    "cases, search": "/cases?lang=es&q=registro&show=table",
    "cases, map": "/cases?lang=es&show=map&theme=open-data",
    "case": "/cases?lang=es&case=alb-e-albania",
    "cases for a gate": "/cases?lang=es&gate=OSI&dimension=services&stage=connected&country=JAM",
    "lessons": "/lessons?lang=es",
    "lessons, links": "/lessons?lang=es&show=links",
    "lessons, theme": "/lessons?lang=es&theme=caribbean-sids",
    "methods": "/methods?lang=es",
    "methods, search": "/methods?lang=es&q=egdi",
    "methods, sources": "/methods?lang=es&show=sources&source=wb_gtmi",
    "methods, rules": "/methods?lang=es&show=rules",
    "methods, recomputed": "/methods?lang=es&show=check",
    "bad address": "/country?lang=es&country=QQQ&kpi=XX&group=YY",
}
# Words that are English only, as a net below the exact comparison with the English texts.
ENGLISH = re.compile(
    r"\b(the|and|with|from|country|countries|year|years|rank|of|source|table|download|how|computed|skip|"
    r"missing|value|values|latest|world|search|choose|select|trend|close|open|print|settings)\b",
    re.IGNORECASE,
)
# Names, codes and parameters of the address are the same in every language.
NOT_A_SENTENCE = {"Escala", "English", "AND", "country", "year"}
# Names, titles of publications and addresses are not translated.
PROPER = re.compile(
    r"Our World in Data|Open SDG|Open Data \w+|Open Budget \w+|https?://\S+|[\w.-]+\.(org|com|int)\b|"
    r"open-sdg/\S+|A value for n-person games|SDG Index and Dashboards"
)
VISIBLE = """() => {
  const seen = [];
  const walk = node => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) { const t = child.textContent.trim(); if (t) seen.push(t); }
      else if (child.nodeType === 1 && !['SCRIPT','STYLE','NOSCRIPT'].includes(child.tagName)
               && child.dataset.testid !== 'stIconMaterial' && child.getAttribute('lang') !== 'en')
        walk(child);
    }
  };
  walk(document.body);
  for (const e of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
    if (e.getAttribute('lang') !== 'en')
      for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        if (e.getAttribute(name)) seen.push(e.getAttribute(name));
  return seen;
}"""


def english_texts(wh: Warehouse) -> set[str]:
    """Every English text that the app or the warehouse could show and that has another Spanish form."""
    texts: set[str] = set()
    with (ROOT / "dashboard/locale/es/LC_MESSAGES/escala.po").open("rb") as handle:
        for message in read_po(handle):
            ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
            said = message.string if isinstance(message.string, tuple | list) else (message.string,)
            texts |= {one for one in ids if one and one not in said and "{" not in one}
    kpis = wh.kpis()
    for column in ("name", "definition", "caveat", "unit"):
        differ = kpis[kpis[f"{column}_en"] != kpis[f"{column}_es"]]
        texts |= set(differ[f"{column}_en"])
    for frame in (wh.groups(), wh.dimensions(), wh.areas().query("un_member")):
        differ = frame[frame["name_en"] != frame["name_es"]]
        texts |= set(differ["name_en"])
    return {text for text in texts if len(text) > 3}


@pytest.fixture(scope="module")
def english(wh: Warehouse) -> set[str]:
    return english_texts(wh)


@pytest.mark.parametrize("name", PAGES)
def test_no_english_is_on_any_page_in_spanish(stroll: Stroll, english: set[str], name: str) -> None:
    page = stroll.go(PAGES[name], cold="first visit" in name)
    seen = page.evaluate(VISIBLE)
    assert len(seen) > 10
    assert [text for text in seen if text in english] == []
    assert [
        text for text in seen if text not in NOT_A_SENTENCE and ENGLISH.search(PROPER.sub("", text))
    ] == []
    assert page.evaluate("document.documentElement.lang") == "es"


def headline(page: Page) -> str:
    return page.inner_text("[data-testid='stAppViewContainer'] h1")


def test_the_browser_chooses_the_language_of_a_first_visit(visit: Visit) -> None:
    assert visit("/", lang="es-MX").evaluate("document.documentElement.lang") == "es"
    assert visit("/", lang="fr-FR").evaluate("document.documentElement.lang") == "en"


def test_the_address_wins_over_the_browser(visit: Visit) -> None:
    page = visit("/?lang=es", lang="en-GB")
    assert page.evaluate("document.documentElement.lang") == "es"
    assert "Dinamarca" in headline(page)


def test_language_and_numbers_are_separate_choices(visit: Visit) -> None:
    assert "0,9847" in headline(visit("/?lang=es"))
    assert "0.9847" in headline(visit("/?lang=en"))
    page = visit("/?lang=es&nf=1%2C234.5", lang="es-MX")
    assert "0.9847" in headline(page)
    assert "Dinamarca" in headline(page)


def test_the_lists_leave_accents_aside_and_name_a_country_once(visit: Visit) -> None:
    page = visit("/country?lang=es")
    box = page.get_by_role("combobox", name="País")
    box.click()
    box.press_sequentially("HAITI")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert options.all_inner_texts() == ["Haití"]
    box.press("Enter")
    settle(page)
    assert "Haití" in headline(page)
    assert box.input_value() == "Haití"


@pytest.mark.parametrize(
    ("asked", "now", "moved"),
    [
        ("lang=es", "0,960", "0,961"),
        ("lang=es&nf=1%2C234.5", "0.960", "0.961"),
        ("lang=en", "0.960", "0.961"),
    ],
)
def test_a_slider_has_the_decimal_mark_of_the_reader(visit: Visit, asked: str, now: str, moved: str) -> None:
    page = visit(f"/plan?{asked}&country=COL&show=levers")
    slider = page.get_by_test_id("stSlider").first
    box = slider.get_by_role("slider")
    for value in (now, moved):
        expect(slider.get_by_test_id("stSliderThumbValue")).to_have_text(value)
        expect(box).to_have_attribute("aria-valuetext", value)
        box.press("ArrowRight")


def test_switching_the_language_keeps_page_and_choices(visit: Visit) -> None:
    page = visit("/country?country=JAM&lang=en")
    page.get_by_text("Español", exact=True).click()
    page.wait_for_function("document.documentElement.lang === 'es'")
    settle(page)
    assert "Jamaica" in headline(page)
    assert "country=JAM" in page.url
    assert "lang=es" in page.url

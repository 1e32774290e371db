"""What is looked at wherever the walk stops: each check takes the page and the stop and lists its faults.

A new check is one function at the end of CHECKS. It sees the page at rest, may not change it, and is proven
to find what it is for in `tests/browser/test_checks.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import axe_playwright_python
from babel.messages.pofile import read_po
from playwright.sync_api import Page

from dashboard.charts import insets
from dashboard.charts.world_map import SMALL_STATES
from dashboard.charts.zooms import WORLD, ZOOMS
from dashboard.navigation import PATHS
from kpis.catalogue import load
from kpis.paths import data_dir
from kpis.sources.csvio import read_rows
from tests.browser.reading import heard
from tests.browser.stops import Stop
from tests.conftest import ROOT

Check = Callable[[Page, Stop], list[str]]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE = {"serious", "critical"}
# The rules of the standards whose findings are grave, and no others: axe gives a finding the weight of its
# rule. Style sheets are not fetched once more: only a rule that is off by default reads them.
RUN_AXE = """([standards, grave, part]) => axe.run(part, {
  resultTypes: ['violations'], preload: false,
  runOnly: {
    type: 'rule',
    values: axe._audit.rules.filter(rule => rule.enabled && grave.includes(rule.impact)
      && rule.tags.some(tag => standards.includes(tag))).map(rule => rule.id),
  },
}).then(found => found.violations)"""

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
TEXTS = """() => {
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
DRAWN = """() => ({
  shapes: [...document.querySelectorAll('path.choroplethlocation')]
    .filter(e => (e.getAttribute('d') || '').length > 0).map(e => e.__data__.loc),
  markers: [...document.querySelectorAll('.js-plotly-plot .geo path.point')]
    .filter(e => e.getAttribute('d')).length,
  tiles: [...document.querySelectorAll('.js-plotly-plot text')].map(e => e.textContent.trim())
    .filter(t => /^[A-Z]{3}$/.test(t)),
})"""
WIDTHS = """() => [
  Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll('[data-testid=stMain]')]
    .map(main => main.getBoundingClientRect().left + main.scrollWidth)),
  innerWidth,
]"""
NO_COUNTRIES = {"XAP", "XHT", "XBT", "XAC", "XIT", "XJK"}  # areas that are no country
SHORTEST = 30  # characters of a text that can stand for a chart
CHOICES = {"country", "area", "kpi", "group"}  # what stays in the address as it was written
USUAL = {"EGDI", "WORLD"}  # what leaves the address because it is chosen anyway


# Figures of KPIs without year, old ones without their tag, statuses from an old figure, arrivals in the past.
UNTRUE = """asOf => {
  const faults = [];
  for (const e of document.querySelectorAll('data.e-fig')) {
    if (!e.dataset.kpi && !e.dataset.own) faults.push('no KPI: ' + e.textContent);
    if (!e.dataset.year && !e.dataset.rule) faults.push('no year: ' + e.dataset.kpi + ' ' + e.textContent);
    if (e.dataset.old !== 'true' || e.dataset.computed) continue;
    if (!e.parentElement.querySelector('.e-old')) faults.push('old without tag: ' + e.dataset.kpi);
  }
  const on = ['on_track', 'target_achieved', 'substantial', 'significant'];
  for (const e of document.querySelectorAll('[data-status]'))
    if (e.dataset.statusOld === 'true' && on.includes(e.dataset.status))
      faults.push('status from an old figure: ' + e.textContent);
  for (const e of document.querySelectorAll('[data-arrival]'))
    if (Number(e.dataset.arrival) < asOf) faults.push('arrival in the past: ' + e.textContent);
  return faults;
}"""
# What stood there before the scripts came, and what it kept from being used.
IN_THE_WAY = """() => [
  document.getElementById('e-first') && 'the summary is still there',
  document.getElementById('root')?.inert && 'nothing can be used',
].filter(Boolean)"""
AS_OF = 2026  # the year in which the served warehouse is read


def one_headline(page: Page, _stop: Stop) -> list[str]:
    """The page has one first heading, in its main part, with words in it, and it can be seen."""
    if (n := page.locator("h1").count()) != 1:
        return [f"{n} headings of the first order"]
    headings = page.locator("[data-testid='stMain'] h1")
    if not headings.count():
        return ["the headline is not in the main part"]
    return [] if headings.inner_text().strip() and headings.is_visible() else ["an empty headline"]


def summary_gone(page: Page, _stop: Stop) -> list[str]:
    """The summary for browsers without scripts has given way to the page."""
    return [str(fault) for fault in page.evaluate(IN_THE_WAY)]


def true_today(page: Page, _stop: Stop) -> list[str]:
    """Every figure has its KPI and year, every old one its tag; no status rests on an old figure."""
    return [str(fault) for fault in page.evaluate(UNTRUE, AS_OF)]


def its_language(page: Page, stop: Stop) -> list[str]:
    """The document says which language it is in."""
    lang = page.evaluate("document.documentElement.lang")
    return [] if lang == stop.lang else [f"the document says {lang!r}"]


def no_english(page: Page, stop: Stop) -> list[str]:
    """In Spanish nothing is left in English: no text that has a Spanish form, no English word."""
    if stop.lang == "en" or "show=sql" in stop.path:  # names of tables and columns are code
        return []
    texts = page.evaluate(TEXTS)
    untranslated = [text for text in texts if text in english_texts()]
    words = [text for text in texts if text not in NOT_A_SENTENCE and ENGLISH.search(PROPER.sub("", text))]
    return [*untranslated, *words] if len(texts) > 10 else [f"hardly any text: {texts}"]


@cache
def english_texts() -> frozenset[str]:
    """Every English text that the app or the catalogue could show and that has another Spanish form."""
    texts: set[str] = set()
    with (ROOT / "dashboard/locale/es/LC_MESSAGES/escala.po").open("rb") as handle:
        for message in read_po(handle):
            ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
            forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
            texts |= {text for text in ids if text not in forms and "{" not in text}
    texts |= {english for english, spanish in _pairs() if english != spanish}
    return frozenset(text for text in texts if len(text) > 3)


def _pairs() -> Iterable[tuple[str, str]]:
    """English and Spanish of KPIs, units, dimensions, groups and Member States."""
    catalogue = load()
    for kpi in catalogue.kpis.values():
        for text in (kpi.name, kpi.definition, kpi.caveat):
            yield text.en, text.es
    for entry in (*catalogue.units.values(), *catalogue.dimensions.values()):
        yield entry.name.en, entry.name.es
    for row in _reference("group.csv") + _member_states():
        yield row["name_en"], row["name_es"]


def _reference(name: str) -> list[dict[str, str]]:
    return list(read_rows(data_dir() / "reference" / name, required=("name_en", "name_es")))


def _member_states() -> list[dict[str, str]]:
    return [row for row in _reference("area.csv") if row["un_member"] == "1"]


def nothing_grave_for_axe(page: Page, stop: Stop) -> list[str]:
    """axe-core finds nothing that it calls serious or critical.

    What stands around the main part is looked at where the page is come to anew, by its link or on a phone:
    a view within the page leaves it as it was.
    """
    whole = stop.cold or stop.by_link or stop.phone
    return faults_for_axe(page, "html" if whole else "[data-testid='stMain']")


def faults_for_axe(page: Page, part: str = "html") -> list[str]:
    """What axe-core calls serious or critical in a part of the page."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    violations: list[dict[str, Any]] = page.evaluate(RUN_AXE, [STANDARDS, sorted(GRAVE), part])
    return [
        f"{rule['id']}: {node['target']}: {node['html'][:160]}: {node['failureSummary'][:300]}"
        for rule in violations
        for node in rule["nodes"]
    ]


def no_other_host(page: Page, _stop: Stop) -> list[str]:
    """Since the stop before nothing was asked of another host."""
    return list(heard(page).foreign)


def no_error_logged(page: Page, _stop: Stop) -> list[str]:
    """Since the stop before no script failed and no error was written to the console."""
    return list(heard(page).wrong)


def no_error_box(page: Page, _stop: Stop) -> list[str]:
    """No traceback, no box with an error."""
    boxes = page.locator("[data-testid='stException'], [data-testid='stAlertContentError']")
    return boxes.all_inner_texts() + (["Traceback"] if "Traceback" in page.inner_text("body") else [])


def notes_where_due(page: Page, stop: Stop) -> list[str]:
    """A wrong part of an address is named, with what is allowed; a right address gets no note."""
    notes = " ".join(page.locator(".e-address").all_inner_texts())
    if not stop.notes:
        return [notes] if notes else []
    return [f"not named: {part} in {notes!r}" for part in stop.notes if part not in notes]


def address_kept(page: Page, stop: Stop) -> list[str]:
    """The address still says which page, language, look and choices these are."""
    if stop.notes:
        return []
    here = urlsplit(page.url)
    arrived = parse_qsl(here.query)
    expected = [("lang", stop.lang), ("look", stop.look)]
    expected += [
        (name, value)
        for name, value in parse_qsl(urlsplit(stop.path).query)
        if name in CHOICES and value not in USUAL
    ]
    path = "" if stop.page == PATHS[0] else stop.page
    faults = [] if here.path.strip("/") == path else [f"path {here.path}"]
    lost = [f"lost: {name}={value} in {page.url}" for name, value in expected if (name, value) not in arrived]
    return faults + lost


def no_sideways_scroll(page: Page, _stop: Stop) -> list[str]:
    """The page as a whole is not wider than the screen; it scrolls within its main part."""
    wide, screen = page.evaluate(WIDTHS)
    return [f"{wide} px on a screen of {screen}"] if wide > screen else []


def charts_in_words(page: Page, _stop: Stop) -> list[str]:
    """Every chart has a text that can stand for it."""
    texts = page.locator(".e-chart").evaluate_all(
        "charts => charts.map(chart => chart.getAttribute('aria-label') || '')"
    )
    return [f"alternative text {text!r}" for text in texts if len(text) <= SHORTEST]


def every_member_state_drawn(page: Page, stop: Stop) -> list[str]:
    """A map of the world has a shape or marker for each Member State and for no other area; so has a grid."""
    drawn = page.evaluate(DRAWN)
    members = {row["ref_area"] for row in _member_states()}
    faults = []
    zoom = dict(parse_qsl(urlsplit(stop.path).query)).get("zoom", WORLD)
    if drawn["shapes"] and zoom == WORLD:
        missing = members - SMALL_STATES - set(drawn["shapes"])
        faults += [f"no shape: {sorted(missing)}"] if missing else []
        faults += [f"drawn: {area}" for area in NO_COUNTRIES & set(drawn["shapes"])]
        squares = set() if stop.phone else insets.codes(insets.of(ZOOMS[WORLD]))
        missing = squares - set(drawn["tiles"])
        faults += [f"no square: {sorted(missing)}"] if missing else []
        # One more is the place of the reader's own country.
        marks = len(SMALL_STATES - squares) + ("mine=" in stop.path)
        if drawn["markers"] != marks and "kpi=" not in stop.path:
            faults.append(f"{drawn['markers']} markers")
    if "view=tiles" in stop.path and (missing := members - set(drawn["tiles"])):
        faults.append(f"no tile: {sorted(missing)}")
    return faults


def first_chart_above_the_fold(page: Page, stop: Stop) -> list[str]:
    """Where the stop says so, the first chart ends within the first screen."""
    if not stop.fold:
        return []
    box = page.locator(".js-plotly-plot").first.bounding_box()
    height = page.evaluate("innerHeight")
    return [] if box and box["y"] + box["height"] <= height else [f"the chart at {box} on {height} px"]


def says_what_it_should(page: Page, stop: Stop) -> list[str]:
    """The page holds the texts of the stop."""
    body = page.inner_text("body")
    return [f"not there: {text}" for text in stop.says if text not in body]


def buttons_have_names_of_their_own(page: Page, _stop: Stop) -> list[str]:
    """No two buttons or switches around charts have the same name: it says of which chart each is."""
    names = page.locator("[class*='st-key-corner_'] :is(button, input)").evaluate_all(
        "controls => controls.filter(control => control.getClientRects().length)"
        ".map(control => control.getAttribute('aria-label') || control.textContent)"
    )
    return [f"called the same: {name}" for name in {name for name in names if names.count(name) > 1}]


CHECKS: tuple[Check, ...] = (
    one_headline,
    summary_gone,
    its_language,
    no_english,
    nothing_grave_for_axe,
    no_other_host,
    no_error_logged,
    no_error_box,
    notes_where_due,
    address_kept,
    no_sideways_scroll,
    charts_in_words,
    buttons_have_names_of_their_own,
    every_member_state_drawn,
    first_chart_above_the_fold,
    says_what_it_should,
    true_today,
)

"""The language of a page: of the address, else of the browser; numbers are a choice of their own.

That an address wins over the browser is seen at every stop of the walk: its browsers ask for the other
language.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.reading import Desk, Stroll, settle

pytestmark = pytest.mark.browser


def language(page: Page) -> str:
    return str(page.evaluate("document.documentElement.lang"))


def headline(page: Page) -> str:
    return page.inner_text("[data-testid='stMain'] h1")


@pytest.mark.parametrize(("asks", "lang", "value"), [("es-MX", "es", "0,985"), ("fr-FR", "en", "0.985")])
def test_the_browser_chooses_language_and_numbers_of_a_first_visit(
    visit: Visit, asks: str, lang: str, value: str
) -> None:
    page = visit("/", lang=asks)
    assert language(page) == lang
    assert value in headline(page)


def test_a_language_that_is_none_is_named_the_browser_chooses_and_numbers_are_a_separate_choice(
    visit: Visit,
) -> None:
    page = visit("/?lang=xx&nf=1%2C234.5", lang="es-CO")
    assert language(page) == "es"
    assert "xx" in page.inner_text(".e-address")
    assert "Dinamarca" in headline(page)
    assert "0.985" in headline(page)


def test_the_lists_leave_accents_aside_and_name_a_country_once(visit: Visit) -> None:
    page = visit("/country?lang=es")
    box = page.get_by_role("main").get_by_role("combobox", name="País")
    box.click()
    box.press_sequentially("HAITI")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert options.all_inner_texts() == ["Haití"]
    box.press("Enter")
    settle(page)
    assert "Haití" in headline(page)
    assert box.input_value() == "Haití"


SMALLEST = 24  # pixels that a finger hits
# How high the handle of each slider in sight is hit, and how wide.
HIT = """() => [...document.querySelectorAll('[data-testid="stSlider"] input')].flatMap(input => {
  const handle = input.parentElement.parentElement, box = handle.getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  const isHit = (dx, dy) => handle.contains(document.elementFromPoint(x + dx, y + dy));
  if (!isHit(0, 0)) return [];
  const steps = [...Array(61).keys()].map(n => n - 30);
  return [steps.filter(d => isHit(0, d)).length, steps.filter(d => isHit(d, 0)).length];
})"""


def test_a_slider_has_the_decimal_mark_of_the_reader(desk: Desk) -> None:
    stroll = Stroll(desk.take("en-GB"), desk.address)
    for query, now, moved in (
        ("lang=es", "0,960", "0,961"),
        ("lang=es&nf=1%2C234.5", "0.960", "0.961"),
        ("lang=en", "0.960", "0.961"),
    ):
        page = stroll.go(f"/plan?{query}&country=COL&show=levers", cold=True)
        slider = page.get_by_test_id("stSlider").first
        box = slider.get_by_role("slider")
        for value in (now, moved):
            expect(slider.get_by_test_id("stSliderThumbValue")).to_have_text(value)
            expect(box).to_have_attribute("aria-valuetext", value)
            box.press("ArrowRight")
    assert min(page.evaluate(HIT)) >= SMALLEST
    desk.give_back(stroll.page)


def test_switching_the_language_keeps_page_and_choices(visit: Visit) -> None:
    page = visit("/country?country=JAM&lang=en")
    page.get_by_text("Español", exact=True).click()
    settle(page)
    assert language(page) == "es"
    assert "Jamaica" in headline(page)
    assert "country=JAM" in page.url
    assert "lang=es" in page.url

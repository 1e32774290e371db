"""The years of a KPI in the browser: a step asks nothing, a rest makes the year that of the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Go
from tests.browser.reading import asked_from_now, heard, settle

pytestmark = pytest.mark.browser

FILL = """code => [...document.querySelectorAll('.choroplethlocation')]
  .find(path => path.__data__.loc === code).style.fill"""

# A step, and "back" before the slider has rested.
STEP_AND_BACK = """() => {
  const slider = document.querySelector('.e-time input');
  slider.value = 3;
  slider.dispatchEvent(new Event('input'));
  setTimeout(() => history.back(), 100);
}"""


def shown(page: Page) -> str:
    """The year that is shown."""
    return page.inner_text(".e-time b")


def test_a_play_asks_nothing_and_a_rest_makes_it_the_year_of_the_page(go: Go) -> None:
    page = go("/?lang=en&mine=COL")
    heading, before = page.inner_text("h1"), page.evaluate(FILL, "COL")
    requests = asked_from_now(page)
    asked = heard(page).requested
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => document.querySelector('.e-time b').textContent === '2004'")
    assert page.evaluate(FILL, "COL") != before
    assert page.inner_text("h1") == heading
    assert (heard(page).requested, requests) == (asked, [])
    page.get_by_role("button", name="Pause").click()
    settle(page)
    assert f"({shown(page)})" in page.inner_text("h1")
    slider = page.get_by_role("slider", name="Year")
    slider.press("Home")
    settle(page)
    assert "(2003)" in page.inner_text("h1")
    assert "year=2003" in page.url
    assert page.locator(".e-pinned").inner_text().split() == ["57", "Colombia", "0.4434"]
    expect(slider).to_be_focused()
    before = shown(page)
    page.evaluate(STEP_AND_BACK)
    page.wait_for_url(lambda url: "year=2003" not in url)
    page.wait_for_timeout(700)  # longer than the slider waits: nothing of the step may be left
    settle(page)
    assert "year=2008" not in page.url
    assert shown(page) not in (before, "2008")
    assert heard(page).wrong == []


def test_the_list_is_searched_and_walked_by_keyboard(go: Go) -> None:
    page = go("/?lang=en&view=ranking")
    box = page.get_by_role("searchbox", name="Filter by name")
    box.fill("cote d'iv")
    expect(page.locator(".e-list li:not([hidden])")).to_have_count(1)
    box.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/country?*country=CIV*")

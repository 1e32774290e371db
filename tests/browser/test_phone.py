"""On a phone: the bar in place of the side bar, choices in one line, rows as cards."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Go
from tests.browser.reading import PHONE, settle

pytestmark = pytest.mark.browser

HIGHEST = 56  # pixels of the bar
SMALLEST = 24  # pixels that a finger hits
TARGETS = """smallest => [...document.querySelectorAll(
    '.e-bar *, .e-choices, .e-section-open, [data-rows] a')]
  .filter(e => e.matches('a, button, input') && e.getClientRects().length)
  .map(e => [e.textContent || e.id, e.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < smallest).map(([words]) => words)"""
# The place of the heading and of the answer of a row, and what stands before each of its other cells.
CARD = """row => ({
  role: row.getAttribute('role'),
  level: [row.cells[0], row.querySelector('[data-answer]')].map(cell => cell.getBoundingClientRect().top),
  labels: [...row.querySelectorAll('td:not([data-answer])')].map(cell => cell.dataset.label),
})"""


@pytest.fixture
def phone(go: Go) -> Page:
    """The profile of Colombia, which is the reader's own country."""
    return go("/country?country=COL&mine=COL&lang=en", PHONE)


def test_the_menu_is_a_drawer_that_opens_and_closes_by_its_button_by_escape_and_by_a_link(
    phone: Page,
) -> None:
    page, main = phone, phone.get_by_test_id("stMain")
    bar = page.locator(".e-bar").bounding_box()
    assert bar
    assert bar["height"] <= HIGHEST
    assert (main.bounding_box() or {})["y"] == bar["height"]  # nothing is covered, nothing is left free
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_hidden()
    link = page.get_by_test_id("stSidebarNav").get_by_role("link", name="Stages", exact=True)
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).click()
    expect(link).to_be_visible()
    assert main.evaluate("main => main.inert")
    page.get_by_role("button", name="My country: Colombia").click()
    expect(page.get_by_role("combobox", name="My country")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    menu = page.get_by_role("button", name="Menu", exact=True)
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    link.click()
    settle(page)
    expect(link).to_be_hidden()
    assert not main.evaluate("main => main.inert")


def test_choices_stand_in_one_line_that_opens_them(phone: Page) -> None:
    line = phone.get_by_role("button", name="Choices: Colombia · ")
    country = phone.get_by_role("main").get_by_role("combobox", name="Country")
    expect(line).to_have_attribute("aria-expanded", "false")
    expect(country).to_be_hidden()
    line.click()
    expect(country).to_be_visible()
    expect(line).to_have_attribute("aria-expanded", "true")
    country.click()
    phone.keyboard.type("jamaica")
    phone.keyboard.press("Enter")
    settle(phone)
    expect(phone.get_by_role("button", name="Choices: Jamaica · ")).to_be_visible()


def test_rows_are_cards_with_the_answer_beside_their_heading_and_keep_their_roles(phone: Page) -> None:
    table = phone.get_by_role("table", name="Latest values")
    opens = table.get_by_role(
        "button", expanded=False
    ).first  # the headings sort, from a list above the cards
    expect(table.locator("tr:has(td[data-answer])").first).to_be_hidden()
    opens.click()
    row = table.locator("tr:has(td[data-answer])").first
    expect(row).to_be_visible()
    card = row.evaluate(CARD)
    assert card["role"] == "row"
    assert abs(card["level"][0] - card["level"][1]) < SMALLEST
    assert {"Year", "Rank"} <= set(card["labels"])
    expect(row.get_by_role("cell")).to_have_count(len(card["labels"]) + 1)
    assert phone.evaluate(TARGETS, SMALLEST) == []


def test_the_box_of_downloads_fits_the_screen(go: Go) -> None:
    page = go("/stages?country=COL&lang=en", PHONE)
    page.get_by_role("button", name="Download:").first.click()
    page.wait_for_selector(".e-take")
    for kind in ("CSV", "SVG", "Copy link"):
        box = page.get_by_role("button", name=kind, exact=True).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]


def test_a_window_as_narrow_as_a_phone_tells_so_before_the_first_run(go: Go) -> None:
    """The list comes before the map, as on a phone, at the first run; a wide window takes it back."""
    narrow = dict(PHONE)  # of a browser that does not call itself a phone
    page = go("/?lang=en", narrow, cold=True)
    expect(page.locator(".e-choices")).to_contain_text("Ranking")
    page = go("/?lang=en", cold=True)
    expect(page.get_by_role("radio", name="Map", exact=True)).to_be_checked()

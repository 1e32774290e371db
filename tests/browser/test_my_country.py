"""My country: chosen once, remembered by the browser alone, carried by every link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Visit
from tests.browser.reading import Desk, listen, settle

pytestmark = pytest.mark.browser

COOKIE = "escala_mine"
WATCH = """
  window.seen = [];
  new MutationObserver(() => {
    const words = document.querySelector('h1.e-headline')?.textContent;
    if (words && seen.at(-1) !== words) seen.push(words);
  }).observe(document, { subtree: true, childList: true, characterData: true });
"""


def choose(page: Page, typed: str) -> None:
    """Choose it in the side bar by keyboard."""
    page.get_by_role("combobox", name="My country").click()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    settle(page)


def remembered(page: Page) -> str | None:
    """What the browser remembers."""
    values = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    return values.get(COOKIE)


@contextmanager
def chosen_before(context: BrowserContext, address: str, code: str) -> Iterator[None]:
    """A browser that remembers a country from a visit before."""
    context.add_cookies([{"name": COOKIE, "value": code, "url": address}])
    try:
        yield
    finally:
        context.clear_cookies()


@contextmanager
def a_tab(context: BrowserContext) -> Iterator[Page]:
    """A tab of the browser, closed at the end."""
    tab = context.new_page()
    listen(tab, ("http:", "data:", "blob:", "about:"))
    try:
        yield tab
    finally:
        tab.close()


def headline(page: Page) -> str:
    return page.inner_text("h1.e-headline")


def test_chosen_once_it_is_there_at_the_next_visit_and_taken_back_it_is_gone(visit: Visit) -> None:
    page = visit("/?lang=en")
    assert remembered(page) is None
    choose(page, "colom")
    assert remembered(page) == "COL"
    expect(page.locator(".e-own")).to_contain_text("Colombia")
    page.goto(page.url.partition("?")[0] + "country")  # an address typed anew, without any choice
    settle(page)
    assert headline(page).startswith("Colombia")
    assert "mine=COL" in page.url
    page.locator(".st-key-mine_shell").get_by_role("button").first.click()
    settle(page)
    assert remembered(page) is None
    page.reload()
    settle(page)
    assert "mine=" not in page.url
    expect(page.locator(".e-own")).to_have_count(0)


def test_the_first_picture_of_a_visit_knows_it_already(context: BrowserContext, desk: Desk) -> None:
    with a_tab(context) as tab, chosen_before(context, desk.address, "JAM"):
        tab.add_init_script(WATCH)
        tab.goto(f"{desk.address}/country")
        settle(tab)
        seen = tab.evaluate("seen")
    assert len(seen) == 1, f"headlines one after the other: {seen}"
    assert seen[0].startswith("Jamaica")


@pytest.fixture
def colombian(context: BrowserContext, desk: Desk) -> Iterator[None]:
    """A reader who chose Colombia at a visit before."""
    with chosen_before(context, desk.address, "COL"):
        yield


@pytest.mark.usefixtures("colombian")
def test_a_link_with_another_country_leaves_mine_alone_and_says_which_is_shown(visit: Visit) -> None:
    page = visit("/country?lang=en&country=HTI")
    assert headline(page).startswith("Haiti")
    main = page.get_by_role("main")
    expect(main.get_by_role("combobox", name="Country (mine: Colombia)")).to_be_visible()
    assert remembered(page) == "COL"
    page.locator("[data-testid='stSidebarNavLink'][href$='/stages']").click()
    settle(page)
    assert headline(page).startswith("Haiti")  # kept from page to page, as before
    page.locator("[data-testid='stSidebarNavLink'][href$='/compare']").click()
    settle(page)
    chips = main.get_by_test_id("stMultiSelect").inner_text()
    assert 0 < chips.index("Colombia") < chips.index("Haiti")


@pytest.mark.usefixtures("colombian")
def test_a_link_of_a_sender_with_another_country_is_not_remembered(visit: Visit) -> None:
    page = visit("/releases?lang=en&mine=JAM")
    assert remembered(page) == "COL"
    side = page.locator(".st-key-mine_shell")
    expect(side).to_contain_text("From the link; not remembered.")
    side.get_by_role("button", name="Back to Colombia").click()
    settle(page)
    assert "mine=COL" in page.url


def test_a_link_within_the_app_carries_it_also_where_no_cookie_is_kept(visit: Visit) -> None:
    page = visit("/?lang=en&mine=NAM")
    links = page.locator("nav.e-onward a")
    for link, by in ((links.nth(1), "hover"), (links.nth(0), "focus")):
        assert "mine=" not in str(link.get_attribute("href"))
        getattr(link, by)()
        expect(link).to_have_attribute("href", re.compile(r"^\./\w+\?lang=en&(.+&)?mine=NAM$"))
    expect(links.first).to_have_attribute("href", "./country?lang=en&mine=NAM")
    links.first.press("Enter")
    page.wait_for_url("**/country?*mine=NAM*")
    settle(page)
    assert headline(page).startswith("Namibia")
    assert remembered(page) is None


def test_two_tabs_do_not_undo_one_another(visit: Visit) -> None:
    page = visit("/releases?lang=en")
    choose(page, "colom")
    with a_tab(page.context) as other:
        other.goto(page.url)
        settle(other)
        choose(other, "jamai")
        assert remembered(page) == "JAM"
        page.locator("[data-testid='stSidebarNavLink'][href$='/stages']").click()  # a whole run of the first
        settle(page)
        assert remembered(page) == "JAM"

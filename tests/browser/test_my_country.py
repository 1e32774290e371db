"""My country: chosen once, remembered by the browser alone, carried by every link."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.reading import listen, settle

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
def another_tab(page: Page) -> Iterator[Page]:
    """A tab of the same browser, closed at the end."""
    tab = page.context.new_page()
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


def test_the_first_picture_of_a_visit_knows_it_already(visit: Visit) -> None:
    page = visit("/?lang=en")
    choose(page, "jamai")
    with another_tab(page) as tab:
        tab.add_init_script(WATCH)
        tab.goto(page.url.partition("?")[0] + "country")
        settle(tab)
        seen = tab.evaluate("seen")
    assert len(seen) == 1, f"headlines one after the other: {seen}"
    assert seen[0].startswith("Jamaica")


def test_a_link_with_another_country_leaves_mine_alone_and_says_which_is_shown(visit: Visit) -> None:
    page = visit("/?lang=en")
    choose(page, "colom")
    page.goto(page.url.partition("?")[0] + "country?lang=en&country=HTI")
    settle(page)
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


def test_a_link_of_a_sender_with_another_country_is_not_remembered(visit: Visit) -> None:
    page = visit("/?lang=en")
    choose(page, "colom")
    page.goto(page.url.partition("?")[0] + "compare?lang=en&mine=JAM")
    settle(page)
    assert remembered(page) == "COL"
    side = page.locator(".st-key-mine_shell")
    expect(side).to_contain_text("From the link; not remembered.")
    side.get_by_role("button", name="Back to Colombia").click()
    settle(page)
    assert "mine=COL" in page.url


@pytest.mark.parametrize("by", ["hover", "focus"])
def test_a_link_within_the_app_carries_it_also_where_no_cookie_is_kept(visit: Visit, by: str) -> None:
    page = visit("/?lang=en&mine=NAM")
    link = page.locator("nav.e-onward a").first
    assert "mine=" not in str(link.get_attribute("href"))
    getattr(link, by)()
    expect(link).to_have_attribute("href", "./country?lang=en&mine=NAM")
    link.press("Enter")
    page.wait_for_url("**/country?*mine=NAM*")
    settle(page)
    assert headline(page).startswith("Namibia")
    assert remembered(page) is None


def test_two_tabs_do_not_undo_one_another(visit: Visit) -> None:
    page = visit("/?lang=en")
    choose(page, "colom")
    with another_tab(page) as other:
        other.goto(page.url)
        settle(other)
        choose(other, "jamai")
        assert remembered(page) == "JAM"
        page.locator("[data-testid='stSidebarNavLink'][href$='/stages']").click()  # a whole run of the first
        settle(page)
        assert remembered(page) == "JAM"

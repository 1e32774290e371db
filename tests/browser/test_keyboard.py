"""The three main tasks with the keyboard alone."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kpis.queries import Warehouse
from tests.browser.conftest import Go
from tests.browser.reading import settle

pytestmark = pytest.mark.browser

MOST_TABS = 80
FOCUSED = """() => {
  const e = document.activeElement;
  const label = e.getAttribute('aria-label') || e.closest('label')?.innerText || e.innerText || '';
  return [(e.getAttribute('role') || e.tagName).toLowerCase(), label.trim()];
}"""


def tab_to(page: Page, words: str, kind: str = "") -> None:
    """Tab on until what has the focus is of this kind and called so; fails if nothing is."""
    passed = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        role, name = page.evaluate(FOCUSED)
        if words in name and kind in role:
            return
        passed.append(f"{role} {name}")
    raise AssertionError(f"no way to {words!r}; passed {passed}")


def pick(page: Page, control: str, typed: str) -> None:
    """Choose in a list: type and take the first hit."""
    tab_to(page, control, "combobox")
    page.keyboard.type(typed, delay=20)
    hit = re.compile(re.escape(typed), re.IGNORECASE)
    expect(page.get_by_role("option").first).to_contain_text(hit)
    page.keyboard.press("Enter")
    settle(page)


def follow(page: Page, link: str) -> None:
    """Go to a page of the navigation."""
    tab_to(page, link, "a")
    page.keyboard.press("Enter")
    page.wait_for_function("title => document.title.startsWith(title)", arg=link)
    settle(page)


def headline(page: Page) -> str:
    return page.inner_text("[data-testid='stMain'] h1")


def test_see_whether_a_target_is_on_track(go: Go) -> None:
    page = go("/?lang=en")
    follow(page, "Progress")
    tab_to(page, "Status", "radio")  # a first visit shows a group; the status is that of a country
    page.keyboard.press("Space")
    page.wait_for_url("**scope=status**")
    settle(page)
    pick(page, "Country", "colom")
    assert "Colombia" in headline(page)
    tab_to(
        page, "Verdict by the UNSD method in plain words", "region"
    )  # the verdicts can be scrolled to and read
    assert page.locator("[role=region] tbody tr").count() >= 3


def at_its_top(page: Page) -> Page:
    """The page with the focus in its search, which stands before its navigation."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    return page


def test_compare_two_countries_on_one_kpi_and_take_the_data(go: Go, tmp_path: Path, wh: Warehouse) -> None:
    page = at_its_top(go("/compare?lang=en&area=COL"))
    pick(page, "Countries and groups", "jamai")
    page.keyboard.press("Escape")
    pick(page, "KPI", "online serv")
    assert "kpi=OSI" in page.url
    assert page.url.count("area=") == 2
    tab_to(page, "Download", "button")
    page.keyboard.press("Enter")  # opens the box, whose first button then has the focus
    page.wait_for_function("() => document.activeElement.textContent.includes('CSV')")
    with page.expect_download() as caught:
        page.keyboard.press("Enter")
    target = tmp_path / "compared.csv"
    caught.value.save_as(target)
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert {row["id"] for row in rows} == {"COL", "JAM"}
    [last] = [row for row in rows if row["id"] == "COL" and row["time_period"] == "2024"]
    published = wh.values("OSI", areas=["COL"], years=[2024])["obs_value"].iloc[0]
    assert float(last["obs_value"]) == published  # the file holds the very figure


def test_find_my_stage_and_what_blocks_it(go: Go) -> None:
    page = at_its_top(go("/?lang=en"))
    follow(page, "Stages")
    pick(page, "Country", "jamai")
    assert "Jamaica" in headline(page)
    assert "country=JAM" in page.url
    assert "Gates" in page.inner_text("[data-testid='stMain']")

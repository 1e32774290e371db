"""Long tables are sorted by their headings: figures by value, words by the alphabet, missing last."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from dashboard.components.table import Cell, Column, Html, html
from dashboard.paths import STATIC

pytestmark = pytest.mark.browser

COLUMNS = [
    Column("Country"),
    Column("Value", True),
    Column("Moved", True),
    Column("KPI", to="./methods?kpi=X"),
]
ROWS: list[list[Cell]] = [
    ["Perú", Html('<data value="9">9,0</data>'), "▲ 1", "b"],
    ["Ñandú", Html('<data value="1000.5">1.000,5</data>'), "▼ 12", "a"],
    ["Åland", "–", "=", "–"],
    ["Chile", Html('<data value="-3">−3,0</data>'), "▲ 1.020", "c"],
]
FILLING: list[list[Cell]] = [[f"Zz{n}", "–", "–", "–"] for n in range(4)]  # to be long
WORDS = {
    "title": "Sort", "label": "Sort by {name}", "by": "Order", "none": "as listed",
    "ascending": "{name} up", "descending": "{name} down",
}  # fmt: skip


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with one table of two sections and the script alone, with Spanish numbers."""
    script = (STATIC / "sort.js").read_text(encoding="utf-8")
    elements = (STATIC / "elements.js").read_text(encoding="utf-8").replace("export const", "const")
    script = elements + "\n".join(line for line in script.splitlines() if not line.startswith("import "))
    table = html("Values", COLUMNS, [*ROWS, *FILLING], sections={4: "Rest"}, no_data="no data")
    opened = browser.new_page()
    opened.set_content(f"<html lang=es><body>{table}</body></html>")
    opened.evaluate(
        """words => {
          window.escala = { settings: { decimal: ',', sort: words }, afterDrawing: work => work() };
        }""",
        WORDS,
    )
    opened.add_script_tag(content=f"{{{script}}}")
    yield opened
    opened.close()


def names(page: Page) -> list[str]:
    """The rows of the first section, in order; the second must stay below its heading."""
    bodies = page.locator("tbody").all()
    assert bodies[1].locator("th").first.text_content() == "Rest"
    assert bodies[1].locator("tr").count() == 1 + len(FILLING)
    return bodies[0].locator("th").all_text_contents()


def test_a_heading_sorts_by_click_and_by_enter_and_a_third_press_restores(page: Page) -> None:
    made = names(page)
    head = page.get_by_role("columnheader", name="Value")
    head.get_by_role("button").click()
    assert names(page) == ["Ñandú", "Perú", "Chile", "Åland"]
    assert head.get_attribute("aria-sort") == "descending"
    assert page.locator("p[role=status]").text_content() == "Value down"
    page.keyboard.press("Enter")  # the focus has stayed
    assert names(page) == ["Chile", "Perú", "Ñandú", "Åland"]
    assert head.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert names(page) == made
    assert head.get_attribute("aria-sort") is None
    assert page.locator("p[role=status]").text_content() == "as listed"


def test_words_follow_the_alphabet_falls_are_below_nothing_and_a_link_keeps_its_heading(page: Page) -> None:
    page.get_by_role("button", name="Country").click()
    assert names(page) == ["Åland", "Chile", "Ñandú", "Perú"]
    page.get_by_role("button", name="Moved").click()
    assert names(page) == ["Chile", "Perú", "Åland", "Ñandú"]
    assert page.locator("th[aria-sort]").all_text_contents() == ["Moved"]
    page.get_by_role("button", name="Sort by KPI").click()
    assert names(page) == ["Ñandú", "Perú", "Chile", "Åland"]
    assert page.get_by_role("link", name="KPI").count() == 1


def test_the_list_of_a_narrow_screen_makes_the_same_choice(page: Page) -> None:
    page.evaluate("document.querySelector('.e-sort-list select').value = '1 ascending'")
    page.evaluate("document.querySelector('.e-sort-list select').dispatchEvent(new Event('change'))")
    assert names(page) == ["Chile", "Perú", "Ñandú", "Åland"]
    page.get_by_role("button", name="Country").click()
    assert page.locator("select").input_value() == "0 ascending"

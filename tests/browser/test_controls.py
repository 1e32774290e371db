"""Controls around a chart: an explanation beside it, its name in their names, KPIs found by id."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Go
from tests.browser.reading import settle

pytestmark = pytest.mark.browser

EDGES = """part => {
  const { left, top, right, bottom } = part.getBoundingClientRect();
  return { left, top, right, bottom };
}"""


def edges(page: Page, part: str) -> dict[str, float]:
    return page.locator(part).first.evaluate(EDGES)


def test_an_explanation_covers_neither_its_chart_nor_the_side_bar(go: Go) -> None:
    page = go("/world?lang=en&view=ranking")
    title = page.locator("[class*='st-key-frame_'] h2").first.inner_text()
    page.get_by_role("button", name=f"How computed: {title}").click()
    chart, body = ".e-chart .main-svg", "[data-testid='stPopoverBody']"
    page.wait_for_function(
        "([one, two]) => document.querySelector(one).getBoundingClientRect().right"
        " <= document.querySelector(two)?.getBoundingClientRect().left + 1",
        arg=[chart, body],
    )
    assert edges(page, body)["left"] > edges(page, "[data-testid='stSidebar']")["right"]
    page.keyboard.press("Escape")
    expect(page.locator("[data-aside]")).to_have_count(0)


def test_a_kpi_is_found_by_its_id(go: Go) -> None:
    page = go("/world?lang=es&view=ranking")
    box = page.get_by_role("combobox", name="KPI")
    with page.expect_response("**/find?list=kpis**"):
        box.click()
    page.keyboard.type("cgsi")
    page.get_by_role("option", name="Índice de Sistemas Gubernamentales Centrales (CGSI)").click()
    settle(page)
    assert "kpi=GTMI_CGSI" in page.url


def test_a_cell_of_the_lens_opens_its_list_on_the_same_page(go: Go) -> None:
    page = go("/lens?lang=en")
    page.get_by_role("cell").get_by_role("link").first.press("Enter")
    settle(page)
    title = page.get_by_role("heading", name="Targets and KPIs of goal 1: measured")
    expect(title).to_be_focused()  # and so it is read aloud
    expect(title).to_be_in_viewport()
    expect(page.locator("td[aria-current='true']")).to_have_count(1)
    assert "cell=1-measured" in page.url
    assert page.locator("h1").inner_text().startswith("E-government serves goals")

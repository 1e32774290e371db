"""Charts in the browser: an element that stays, the width there is, a word where nothing can be drawn."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Go
from tests.browser.reading import heard, settle

pytestmark = pytest.mark.browser

CHART = ".e-chart .js-plotly-plot"


def marked(page: Page) -> int:
    """How many charts still have the mark that `mark` gave them."""
    return page.locator(f"{CHART}[data-marked]").count()


def mark(page: Page) -> None:
    page.evaluate(f"document.querySelectorAll({CHART!r}).forEach(plot => plot.dataset.marked = 'yes')")


def pick(page: Page, label: str, option: str) -> None:
    """Chooses an option of a drop-down list."""
    page.get_by_role("main").get_by_role("combobox", name=label).first.click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def test_a_chart_keeps_its_element_when_its_figures_change(go: Go) -> None:
    page = go("/?lang=en")
    figure = page.locator(".e-chart")
    before = figure.get_attribute("aria-label")
    mark(page)
    pick(page, "Year", "2022")
    assert figure.get_attribute("role") == "figure"
    assert figure.get_attribute("aria-label") != before
    assert marked(page) == 1
    assert heard(page).wrong == []


def test_a_chart_that_goes_and_comes_is_drawn_anew_without_a_fault(go: Go) -> None:
    page = go("/?lang=en")
    mark(page)
    for there in (0, 1):
        page.get_by_text("Table", exact=True).first.click()
        settle(page)
        assert page.locator(CHART).count() == there
    assert marked(page) == 0
    page.set_viewport_size({"width": 900, "height": 700})
    page.wait_for_timeout(500)
    assert heard(page).wrong == []


def test_a_chart_takes_the_width_that_there_is(go: Go) -> None:
    page = go("/country?country=COL&lang=en")
    for width in (1280, 900):
        page.set_viewport_size({"width": width, "height": 720})
        page.wait_for_function(
            f"() => [...document.querySelectorAll('{CHART}')].every(plot => Math.abs("
            "plot.querySelector('.main-svg').clientWidth - plot.parentElement.clientWidth) <= 1)"
        )
    assert page.locator(CHART).count() == 3
    assert heard(page).wrong == []


def test_where_the_script_of_charts_does_not_come_the_reader_is_told(go: Go) -> None:
    page = go("/methods?lang=en")
    page.context.route(re.compile(r"/own/plotly\."), lambda route: route.abort())
    try:
        page.goto(page.url.replace("/methods", "/country").replace("lang=en", "lang=es&country=COL"))
        page.wait_for_selector(".e-chart [role=alert]")
        assert "No se pudo dibujar el gráfico" in page.inner_text(".e-chart [role=alert] >> nth=0")
        assert page.locator("[data-testid='stException'], [data-testid='stAlertContentError']").count() == 0
    finally:
        page.context.unroute(re.compile(r"/own/plotly\."))
        page.context.unroute_all()

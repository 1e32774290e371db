"""The search by keyboard, and marks that lead to a profile, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.reading import settle

pytestmark = pytest.mark.browser

HOVERED = ".js-plotly-plot .hoverlayer .hovertext"  # Plotly knows what is under the pointer


def test_the_slash_goes_to_the_search_and_enter_finds(visit: Visit) -> None:
    page = visit("/?lang=en")
    page.keyboard.press("/")
    page.keyboard.type("colmbia")
    page.keyboard.press("Enter")
    page.locator(".e-found").get_by_role("link", name="Colombia", exact=True).click()
    page.wait_for_url("**/country?*country=COL*")
    settle(page)
    expect(page.locator("h1.e-headline")).to_contain_text("Colombia")


def test_a_slash_within_a_text_stays_a_letter(visit: Visit) -> None:
    page = visit("/methods?lang=en")
    box = page.get_by_role("main").get_by_role("searchbox")
    box.click()
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")


def test_a_bar_leads_to_its_country(visit: Visit) -> None:
    page = visit("/?lang=es&group=CARIBBEAN_SIDS")
    bar = page.locator(".js-plotly-plot .bars .point").first
    bar.wait_for()
    place = bar.bounding_box()
    assert place
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.wait_for_selector(HOVERED)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url("**/country?*country=BHS*")


def test_every_cell_of_the_matrix_is_drawn_and_leads_to_its_country(visit: Visit) -> None:
    page = visit("/stages?lang=en&country=JAM&show=matrix")
    page.locator(".js-plotly-plot .bars .point").first.wait_for()
    assert page.locator(".js-plotly-plot .bars .point").count() == 16 * 8  # countries; dimensions and overall
    cell = page.locator(".js-plotly-plot .bars .point").last.bounding_box()
    assert cell
    page.mouse.move(cell["x"] + cell["width"] / 2, cell["y"] + cell["height"] / 2)
    page.wait_for_selector(HOVERED)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url("**/country?*country=*")


@pytest.mark.parametrize(
    ("path", "box", "typed", "offered"),
    [
        ("/country?lang=en", "Country", "Timor Leste ", "Timor-Leste"),
        ("/plan?lang=en", "Country", "Moldova, Republic of", "Republic of Moldova"),
        ("/compare?lang=es", "Países", "trinidad & tobago", "Trinidad y Tabago"),
        ("/country?lang=es", "País", "republica del congo", "Congo"),
        ("/plan?lang=en", "Country", "Korea, Rep", "Republic of Korea"),
        ("/plan?lang=en", "Country", "korea south", "Republic of Korea"),
        ("/plan?lang=en", "Country", "republic of the congo", "Congo"),
        ("/stages?lang=en", "Country", "kosova", "Kosovo · not a UN Member State"),
    ],
)
def test_a_list_finds_a_name_in_any_order_of_its_words(
    path: str, box: str, typed: str, offered: str, visit: Visit
) -> None:
    page = visit(path)
    # Names come when the page is idle.
    page.wait_for_function("() => window.escala?.called?.('Kosovo', 'Kosova')")
    page.get_by_role("main").get_by_role("combobox", name=box).first.click()
    page.keyboard.type(typed)
    expect(page.get_by_role("option").first).to_have_text(offered)  # which Enter takes

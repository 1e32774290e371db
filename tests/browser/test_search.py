"""The search by keyboard, and marks that lead to a profile, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import checks
from tests.browser.conftest import Go
from tests.browser.reading import PHONE, settle

pytestmark = pytest.mark.browser

HOVERED = ".js-plotly-plot .hoverlayer .hovertext"  # Plotly knows what is under the pointer


BOX = "#e-search"
ACTIVE = """() => {
  const box = document.getElementById('e-search');
  return document.getElementById(box.getAttribute('aria-activedescendant'))?.querySelector('a').textContent;
}"""


def empty(page: Page) -> Locator:
    """The box, without what the test before has typed."""
    box = page.locator(BOX)
    box.fill("")
    box.blur()
    return box


def test_the_slash_goes_to_the_search_and_enter_opens_the_first(go: Go) -> None:
    page = go("/?lang=en")
    page.keyboard.press("/")
    page.keyboard.type("colmbia")
    page.keyboard.press("Enter")  # at once: the results need not be there
    page.wait_for_url("**/country?*country=COL*")
    settle(page)
    expect(page.locator("h1.e-headline")).to_contain_text("Colombia")


def test_results_come_while_typing_and_their_number_is_said(go: Go) -> None:
    box = empty(page := go("/releases?lang=es"))
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.focus()
    page.keyboard.type("surinam")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("search").get_by_role("status")).to_have_text("Resultados para «surinam»: 1")
    row = page.get_by_role("grid", name="Resultados").get_by_role("row")
    expect(row).to_have_count(1)
    expect(row.get_by_role("link")).to_have_text(["Suriname", "Etapas", "Avance", "Plan", "Comparar"])


def test_the_arrows_walk_over_results_and_the_pages_of_each(go: Go) -> None:
    empty(page := go("/releases?lang=en")).focus()
    page.keyboard.type("guinea")
    expect(page.get_by_role("grid").get_by_role("row").nth(2)).to_be_visible()
    assert page.evaluate(ACTIVE) is None
    page.keyboard.press("ArrowDown")
    assert page.evaluate(ACTIVE) == "Guinea"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(ACTIVE) == "Guinea-Bissau"
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert page.evaluate(ACTIVE) == "Plan"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(ACTIVE) == "Progress"
    page.keyboard.press("Enter")
    page.wait_for_url("**/progress?*country=GNB*")


def test_escape_closes_the_results_and_then_empties_the_box(go: Go) -> None:
    box = empty(page := go("/releases?lang=en"))
    grid = page.get_by_role("grid")
    box.focus()
    page.keyboard.type("peru")
    expect(grid).to_be_visible()
    page.keyboard.press("Escape")
    expect(grid).to_be_hidden()
    expect(box).to_have_value("peru")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(grid).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")


def test_nothing_found_says_what_to_try_and_enter_stays(go: Go) -> None:
    empty(page := go("/releases?lang=en")).focus()
    before = page.url
    page.keyboard.type("<b>zzzz")
    page.keyboard.press("Enter")
    status = page.get_by_role("search").get_by_role("status")
    expect(status).to_contain_text("Nothing found for “<b>zzzz”")
    assert page.url == before


def test_the_search_is_the_first_stop_after_the_skip_link_and_tab_leaves_it_closed(go: Go) -> None:
    page = go("/stages?lang=en&country=JAM", cold=True)  # nothing has had the focus yet
    page.mouse.move(
        800, 500
    )  # over the side bar Streamlit shows a button that folds it, which would come first
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type("peru")
    expect(page.get_by_role("grid")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("grid")).to_be_hidden()
    expect(page.get_by_role("link", name="World", exact=True)).to_be_focused()


@pytest.mark.parametrize(  # the usual look last: a browser remembers it
    "look", [pytest.param("dark", marks=pytest.mark.whole), "contrast", "light"]
)
def test_open_results_are_no_fault_for_axe(look: str, go: Go) -> None:
    page = go(f"/releases?lang=es&look={look}&mine=COL")
    empty(page).focus()
    page.keyboard.type("in")
    expect(page.get_by_role("grid").get_by_role("row").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert checks.faults_for_axe(page, "[role=search]") == []  # the rest of the page is a stop of the walk


def test_on_a_phone_the_results_fit_the_screen(go: Go) -> None:
    page = go("/releases?lang=es", PHONE)
    page.locator(BOX).click()
    page.keyboard.type("san")
    expect(page.get_by_role("grid").get_by_role("row").first).to_be_visible()
    place = page.locator(".e-hits").bounding_box()
    assert place
    assert 0 <= place["x"] <= place["x"] + place["width"] <= PHONE["width"]
    assert place["y"] + place["height"] <= PHONE["height"]


def test_a_slash_within_a_text_stays_a_letter(go: Go) -> None:
    page = go("/methods?lang=en")
    box = page.get_by_role("main").get_by_role("searchbox")
    box.click()
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")


def test_a_bar_leads_to_its_country(go: Go) -> None:
    page = go("/?lang=es&group=CARIBBEAN_SIDS")
    bar = page.locator(".js-plotly-plot .bars .point").first
    bar.wait_for()
    place = bar.bounding_box()
    assert place
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.wait_for_selector(HOVERED)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url("**/country?*country=BHS*")


def test_every_cell_of_the_matrix_is_drawn_and_leads_to_its_country(go: Go) -> None:
    page = go("/stages?lang=en&country=JAM&show=matrix")
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
    ("path", "box", "names"),
    [
        ("/country?lang=en", "Country", {"Timor Leste ": "Timor-Leste"}),
        pytest.param("/country?lang=es", "País", {"republica del congo": "Congo"}, marks=pytest.mark.whole),
        ("/compare?lang=es", "Países", {"trinidad & tobago": "Trinidad y Tabago"}),
        pytest.param(
            "/stages?lang=en",
            "Country",
            {"kosova": "Kosovo · not a UN Member State"},
            marks=pytest.mark.whole,
        ),
        (
            "/plan?lang=en",
            "Country",
            {
                "Moldova, Republic of": "Republic of Moldova",
                "Korea, Rep": "Republic of Korea",
                "korea south": "Republic of Korea",
                "republic of the congo": "Congo",
            },
        ),
    ],
)
def test_a_list_finds_a_name_in_any_order_of_its_words(
    path: str, box: str, names: dict[str, str], go: Go
) -> None:
    page = go(path)
    # Names come when the page is idle.
    page.wait_for_function("() => window.escala?.called?.('Kosovo', 'Kosova')")
    page.get_by_role("main").get_by_role("combobox", name=box).first.click()
    for typed, offered in names.items():
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.type(typed)
        expect(page.get_by_role("option").first).to_have_text(offered)  # which Enter takes

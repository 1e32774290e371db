"""One press, one step back; and what a list finds under another name."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Go
from tests.browser.reading import settle

pytestmark = pytest.mark.browser


def heading(page: Page) -> str:
    return page.locator("[data-testid='stMain'] h1").inner_text()


def test_one_press_goes_back_over_pages_and_choices(go: Go) -> None:
    page = go("/country?country=COL")  # without language: the app completes the address in place
    assert "lang=en" in page.url
    first = heading(page)
    page.get_by_role("main").get_by_role("combobox", name="Country").click()
    page.keyboard.type("Uruguay")
    page.keyboard.press("Enter")
    settle(page)
    second = heading(page)
    assert "Uruguay" in second
    page.locator("[data-testid='stSidebarNavLink'][href$='/stages']").click()
    settle(page)
    assert "/stages?" in page.url
    assert "country=URY" in page.url
    page.go_back()
    settle(page)
    assert heading(page) == second
    page.go_back()
    settle(page)
    assert heading(page) == first
    assert "country=COL" in page.url


@pytest.mark.parametrize(
    ("lang", "box", "names"),
    [
        ("es", "País", {"costa de marfil": "Côte d’Ivoire", "Suazi": "Eswatini"}),
        pytest.param(
            "en",
            "Country",
            {"Turkey": "Türkiye", "korea, rep": "Republic of Korea"},
            marks=pytest.mark.whole,  # English names: `test_search.py`
        ),
    ],
)
def test_a_list_finds_a_country_under_its_other_names_by_keyboard(
    go: Go, lang: str, box: str, names: dict[str, str]
) -> None:
    page = go(f"/country?lang={lang}")
    for typed, name in names.items():
        page.get_by_role("main").get_by_role("combobox", name=box).focus()
        page.keyboard.press("ControlOrMeta+A")  # what was chosen before goes
        page.keyboard.type(typed)
        expect(page.get_by_role("option").first).to_have_text(name)
        page.keyboard.press("Enter")
        settle(page)
        assert name in heading(page)

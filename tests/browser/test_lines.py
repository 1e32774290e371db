"""Lines and marks of a chart answer to the pointer and to keys, without a word to the server."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Go
from tests.browser.reading import asked_from_now, heard

pytestmark = pytest.mark.browser

CHART = ".e-chart > .js-plotly-plot"
FAINT = """() => [...document.querySelectorAll('.e-chart .annotation')]
  .filter(node => node.style.opacity === '0.2').map(node => node.textContent)"""


def voice(page: Page) -> str:
    """What those who listen have heard last."""
    return page.locator(".e-chart [role=status]").first.text_content() or ""


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_lines_answer(go: Go) -> None:
    page = go("/compare?area=COL&area=URY&area=MEX&kpi=EGDI&lang=en")
    requests = asked_from_now(page)
    page.locator(CHART).focus()
    press(page, "End", "Home", "ArrowRight")
    assert re.fullmatch(r"\w+, 2004: 0\.\d{4}; number \d of 3 from the top", voice(page))
    press(page, "End", "ArrowUp", "ArrowUp", "ArrowUp")
    assert voice(page) == "Uruguay, 2024: 0.9006; number 1 of 3 from the top"
    rows = page.locator(".e-tip tr").all_inner_texts()
    assert [row.split("\t")[1] for row in rows] == ["Uruguay", "Mexico", "Colombia"]
    press(page, "Enter")
    assert voice(page) == "Uruguay is kept in front"
    page.locator("h1").click()
    expect(page.locator(".e-tip")).to_be_hidden()
    assert sorted(name.split()[0] for name in page.evaluate(FAINT)) == ["Colombia", "Mexico"]
    page.locator(CHART).focus()
    press(page, "Escape", "Escape")
    assert page.evaluate(FAINT) == []
    page.get_by_role("radio", name="2003 = 100").check()
    expect(page.locator(".e-chart .annotation").first).to_contain_text(re.compile(r"\w+ 1\d\d\.\d"))
    assert "scale=index" in page.url
    assert requests == []
    assert heard(page).wrong == []


def test_a_mark_is_reached_by_keys_and_leads_to_its_country(go: Go) -> None:
    page = go("/?view=ranking&group=LAC&lang=en")
    page.locator(CHART).focus()
    press(page, "ArrowDown", "ArrowDown")
    name = voice(page).split(";")[0]
    box = page.locator(".e-ring").bounding_box()
    assert box is not None
    assert box["height"] > 10
    press(page, "Enter")
    page.wait_for_url(re.compile(r"/country\?"))
    expect(page.locator("h1")).to_contain_text(name)


def test_a_path_goes_on_from_what_was_observed_to_what_is_ahead(go: Go) -> None:
    page = go("/progress?country=COL&scope=path&lang=en")
    page.locator(CHART).first.focus()
    press(page, "End")
    last = int(re.fullmatch(r"observed, (\d{4}): .*", voice(page)).group(1))  # type: ignore[union-attr]
    names = page.locator(".e-tip tr td:nth-child(2)").all_inner_texts()
    assert "required" in names
    assert "target" not in names, "of a year only the parts that have a value in it"
    press(page, "ArrowRight")
    assert re.match(rf"(?!observed).*, {last + 1}: ", voice(page))
    press(page, "End")
    assert re.match(r"(?!observed).*, 2030: ", voice(page))
    assert heard(page).wrong == []

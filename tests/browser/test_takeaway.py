"""A chart is taken away by hand and by keyboard; the picture says what it is; paper shows the page alone."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from kpis.stages import load_gates
from tests.browser.reading import Desk, heard, settle

pytestmark = pytest.mark.browser

# Where words of a picture end, written in its own type or in another; without those that stand beside others.
ENDS = """([drawing, family]) => {
  document.body.innerHTML = drawing;
  const texts = [...document.querySelectorAll('text')]
    .filter(text => text.querySelectorAll('tspan').length < 2);
  if (family) for (const text of document.querySelectorAll('text, tspan')) text.style.fontFamily = family;
  return texts.map(text => text.getBoundingClientRect().right);
}"""
LADDER = "/stages?country=COL&lang=en"


def taken(page: Page, kind: str, target: Path) -> bytes:
    """The file behind a button of the open box."""
    with page.expect_download() as caught:
        page.get_by_role("button", name=kind, exact=True).click()
    assert caught.value.suggested_filename.endswith(f".{kind.lower()}")
    caught.value.save_as(target)
    return target.read_bytes()


def opened(page: Page) -> None:
    """Opens the first box of downloads."""
    page.get_by_role("button", name="Download:").first.click()
    page.wait_for_selector(".e-take")


@pytest.fixture(scope="module")
def open_page(desk: Desk, address: str) -> Iterator[Page]:
    """The ladder of Colombia, opened once."""
    page = desk.take("en-GB")
    page.goto(address + LADDER)
    settle(page)
    yield page
    desk.give_back(page)


@pytest.fixture
def ladder(open_page: Page) -> Iterator[Page]:
    """The same page for each test, its box closed and the screen as its medium."""
    yield open_page
    open_page.emulate_media(media="null")
    if open_page.locator(".e-take").count():
        open_page.keyboard.press("Escape")
        open_page.wait_for_selector(".e-take", state="detached")


def test_the_picture_holds_title_unit_source_legend_and_address(ladder: Page, tmp_path: Path) -> None:
    page = ladder
    title = page.locator("h2.e-title").first.inner_text()
    opened(page)
    drawing = taken(page, "SVG", tmp_path / "a.svg").decode()
    root = ElementTree.fromstring(drawing)
    words = " ".join("".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text"))
    title, words = " ".join(title.split()), " ".join(words.split())  # lines and bound spaces alike
    gates = f"of {len(load_gates())} KPIs"
    for part in (title, "Stage of each dimension", "Sources (", gates, "strict, every KPI", "country=COL"):
        assert part in words
    assert not any(node.get("href", "").startswith("http") for node in root.iter())
    faces = "".join(style.text or "" for style in root.iter("{http://www.w3.org/2000/svg}style"))
    assert re.search(r'@font-face \{[^}]*Source Sans[^}]*url\("?data:', faces)
    bits = taken(page, "PNG", tmp_path / "a.png")
    wide, high = struct.unpack(">II", bits[16:24])
    assert (wide, high) == (2 * int(root.get("width") or 0), 2 * int(root.get("height") or 0))
    assert heard(page).foreign == []


def test_no_word_of_a_picture_runs_over_where_its_type_is_not_read(ladder: Page, tmp_path: Path) -> None:
    opened(ladder)
    drawing = taken(ladder, "SVG", tmp_path / "a.svg").decode()
    reader = ladder.context.new_page()
    try:
        wide = [
            reader.evaluate(ENDS, [re.sub(r"<style.*?</style>", "", drawing, flags=re.DOTALL), family])
            for family in ("", "monospace")
        ]
    finally:
        reader.close()
    assert len(wide[0]) > 20
    assert wide[1] == pytest.approx(wide[0], abs=2)


def test_a_workbook_comes_as_a_workbook(ladder: Page, tmp_path: Path) -> None:
    opened(ladder)
    assert taken(ladder, "XLSX", tmp_path / "a.xlsx").startswith(b"PK")


def test_the_link_is_copied_or_shown(ladder: Page) -> None:
    page = ladder
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')) }")
    opened(page)
    page.get_by_role("button", name="Copy link").click()
    assert page.get_by_label("Copy this link:").input_value() == page.url
    page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text } }")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied").wait_for()
    assert page.evaluate("window.copied") == page.url


def test_the_keyboard_gets_into_the_box(ladder: Page) -> None:
    page = ladder
    page.get_by_role("button", name="Download:").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".e-take")
    page.wait_for_function("() => document.activeElement.innerText === 'CSV'")  # the focus follows the box
    reached = []
    for _ in range(5):
        reached.append(page.evaluate("document.activeElement.innerText"))
        page.keyboard.press("Tab")
    assert reached == ["CSV", "XLSX", "PNG", "SVG", "Copy link"]


def test_paper_shows_answer_chart_source_and_address_and_no_controls(ladder: Page) -> None:
    page = ladder
    page.emulate_media(media="print")
    for gone in ("[data-testid='stSidebar']", "[class*='st-key-corner']", "[data-testid='stSelectbox']"):
        assert page.locator(gone).count() > 0
        assert not any(control.is_visible() for control in page.locator(gone).all())
    for there in ("h1", ".js-plotly-plot", ".e-foot", ".e-imprint"):
        assert page.locator(there).first.is_visible()
    assert "/stages?" in page.locator(".e-imprint").inner_text()
    assert "country=COL" in page.locator(".e-imprint").inner_text()

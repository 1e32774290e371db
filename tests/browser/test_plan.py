"""From the first page to the minister's document and a written plan, as a new user, in Spanish."""

from __future__ import annotations

import time
from pathlib import Path

import pypdfium2
import pytest

from tests.browser.conftest import Visit
from tests.browser.reading import settle
from tests.browser.test_tasks import choose

pytestmark = pytest.mark.browser

SECONDS = 180  # the limit for a new user; a browser that does not read is far below it


MOST_ACTIONS = 8  # from the first page to the minister's document
COUNT = """() => {
  window.actions = 0;
  let typing = false;
  addEventListener('pointerdown', () => { window.actions += 1; typing = false; }, true);
  addEventListener('keydown', () => { window.actions += typing ? 0 : 1; typing = true; }, true);
}"""
"""Counts each click, and each word that is typed, in a page that is not left."""


def test_a_new_user_writes_a_plan_in_spanish(visit: Visit) -> None:
    page = visit("/?lang=es")
    begun = time.monotonic()
    page.evaluate(COUNT)
    page.get_by_role("link", name="Plan", exact=True).click()
    settle(page)
    choose(page, "País", "colom", "Colombia")
    page.get_by_role("button", name="Llevarse el plan").click()
    settle(page)
    page.get_by_role("button", name="Descargar el plan").click()
    with page.expect_download() as document:
        page.get_by_role("button", name="PDF", exact=True).click()
    assert 5 <= page.evaluate("window.actions") <= MOST_ACTIONS
    pages = [
        sheet.get_textpage().get_text_bounded() for sheet in pypdfium2.PdfDocument(document.value.path())
    ]
    assert document.value.suggested_filename == "escala_plan_COL_2030.pdf"
    assert len(pages) <= 4
    assert pages[0].startswith("Colombia: plan para alcanzar la etapa conectada")
    assert "Dónde estamos" in pages[0]
    page.keyboard.press("Escape")  # closes the menu in the browser alone: no run follows
    assert "Colombia" in page.inner_text("[data-testid='stAppViewContainer'] h1")
    page.get_by_role("radio", name="Pasos").click()
    settle(page)
    owner = page.get_by_label("Responsable").first
    owner.fill("Dirección de Gobierno Digital")
    owner.press("Enter")
    settle(page)
    page.get_by_role("radio", name="Documento").click()
    settle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Plan escrito (Markdown)").click()
    written = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert written.startswith("# Colombia: plan para alcanzar")
    assert "Dirección de Gobierno Digital" in written
    assert "## Incrementos" in written
    assert time.monotonic() - begun < SECONDS

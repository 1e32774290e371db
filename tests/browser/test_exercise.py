"""An innovation exercise in Spanish: begun, five people invited, answered, agreed, carried away."""

from __future__ import annotations

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.reading import heard, settle
from tests.kpis.workspace.exercises.examples import text

pytestmark = pytest.mark.browser

PEOPLE = ("Ana", "Luis", "Marta", "Jorge", "Rosa")
EVIDENCE = "Decreto 12 <img src=x onerror=alert(1)> [enlace](javascript:1)"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def begin(page: Page) -> None:
    """A new exercise with a questionnaire of the ministry's own."""
    page.get_by_text("Otro cuestionario").click()
    page.set_input_files(
        "input[type='file']",
        {"name": "propio.toml", "mimeType": "application/toml", "buffer": text().encode()},
    )
    settle(page)
    assert "6 enunciados en 2 dimensiones" in page.inner_text("[data-testid='stMain']")
    page.get_by_label("Institución", exact=True).fill("Alcaldía de Pasto")
    press(page, "Comenzar un ejercicio")


def answer(page: Page, levels: tuple[str, ...], seen: str = "") -> None:
    """What one person answers, by keyboard: the first statements, and what they saw of the first."""
    for code, level in zip("abc", levels, strict=False):
        choice = page.get_by_role("radio", name=f"{code}: se ve {level}")
        choice.focus()
        choice.press("Space")
        settle(page)
    if seen:
        page.get_by_label("Lo que usted vio").first.fill(seen)
    page.get_by_role("button", name="Entregar mi respuesta").click()
    press(page, "Entregar")
    assert "Gracias" in page.inner_text("h1")


def test_five_participants_from_invitation_to_document(visit: Visit, address: str) -> None:
    page = visit("/exercise?lang=es&mine=COL")
    begin(page)
    own = page.url.removeprefix(address)
    page.get_by_role("radio", name="Invitar").click()
    settle(page)
    for name in PEOPLE:
        page.get_by_label("Para quién", exact=True).fill(name)
        press(page, "Crear un enlace")
    links = page.locator("code").all_inner_texts()
    assert len(links) == len(PEOPLE)
    for name, link in zip(PEOPLE, links, strict=True):
        page = visit(link.strip().removeprefix(address))
        assert "invitation" not in page.url
        assert "su respuesta" in page.inner_text("h1")
        if name == "Ana":
            page.reload()  # as a phone does, or another look
            settle(page)
            assert "su respuesta" in page.inner_text("h1")
            assert "invitation" not in page.url
            answer(page, ("connected", "enhanced", "enhanced"), EVIDENCE)
        else:
            answer(page, ("enhanced",))
    page = visit(own.split("&show=")[0] + "&show=differences")
    assert "5 respuestas entregadas" in page.inner_text("h1")
    assert "Decreto 12" not in page.content()  # nobody is swayed while the round is open
    press(page, "Terminar la ronda y ver las respuestas")
    page.get_by_text("Lo que vio cada persona").click()
    assert EVIDENCE in page.inner_text("[data-testid='stMain']")
    press(page, "Conservar como resultado")
    page.get_by_role("button", name="Descargar el documento").click()
    with page.expect_download() as document:
        page.get_by_role("button", name="PDF", exact=True).click()
    said = pypdfium2.PdfDocument(document.value.path())[0].get_textpage().get_text_bounded()
    assert said.startswith("Ejercicio de innovación: Alcaldía de Pasto")
    assert "Colombia" in said
    assert not heard(page).wrong

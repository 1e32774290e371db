"""The way of a ministry’s figures in Spanish: template, fault, mending, keeping, pages, plan, document."""

from __future__ import annotations

import pypdfium2
from playwright.sync_api import Page, expect

from tests.browser.reading import FOLLOW, heard, settle
from tests.browser.test_tasks import choose

SERIES = "Trámites de Caldas"
PAGES = {
    "country?country=COL&kpi=EGDI": ("cifra propia", SERIES),
    "compare?area=COL&area=PER&show=table": ("cifra propia",),
    "progress?country=COL": ("Cifras, metas y umbrales propios", SERIES),
    "plan?country=COL": ("Cifras, metas y umbrales propios", SERIES),
}
"""Where the figures stand afterwards, and what each page says of them."""


def walk(page: Page) -> str:
    """From the empty page My data to the document of a plan; what that says."""
    with page.expect_download() as template:
        page.get_by_role("button", name="Plantilla (CSV)", exact=True).click()
    filled = template.value.path().read_text(encoding="utf-8-sig")
    filled = filled.replace("Trámites que se completan en línea", SERIES)
    _bring(page, filled.replace("COL;2024;EGDI", "Colombi;2024;EGDI"))
    expect(page.get_by_text("No se conoce el área «Colombi»")).to_be_visible()
    assert page.get_by_role("button", name="Aceptar", exact=True).count() == 0
    _press(page, "Dejar este archivo")
    _bring(page, filled.replace("área;", "Dependencia;", 1))  # mended, under the ministry's own heading
    page.get_by_text("Columnas, país y series de esta tabla").click()
    choose(page, "Columna de áreas", "depend", "Dependencia")
    _press(page, "Leer de nuevo")
    _press(page, "Aceptar")
    _press(page, "Guardar en el espacio de trabajo")
    expect(page.get_by_text("guardada en el espacio de trabajo").first).to_be_visible()
    for path, words in PAGES.items():
        said = _go(page, path)
        assert all(word in said for word in words), path
    document = _plan(page)
    assert not heard(page).wrong
    return document


def _plan(page: Page) -> str:
    """An own target and who is responsible for a step; what the document then says."""
    _go(page, "plan?country=COL&show=follow")
    page.get_by_label("Valor", exact=True).fill("0.91")
    page.get_by_label("Valor", exact=True).press("Enter")
    settle(page)
    _press(page, "Agregar")
    _go(page, "plan?country=COL&show=steps")
    page.get_by_label("Responsable").first.fill("MinTIC")
    page.get_by_label("Responsable").first.press("Enter")
    settle(page)
    _go(page, "plan?country=COL&show=files")
    page.get_by_role("button", name="Descargar el plan").click()
    with page.expect_download() as document:
        page.get_by_role("button", name="PDF", exact=True).click()
    sheets = pypdfium2.PdfDocument(document.value.path())
    return "".join(sheet.get_textpage().get_text_bounded() for sheet in sheets)


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def _go(page: Page, path: str) -> str:
    """A page by its address, as by a link; what it says."""
    page.evaluate(FOLLOW, f"/{path}&lang=es")
    settle(page)
    return page.locator("[data-testid='stMain']").text_content() or ""


def _bring(page: Page, content: str) -> None:
    """Hands the file over, and waits until it has been read."""
    file = {"name": "Cifras.csv", "mimeType": "text/csv", "buffer": content.encode("utf-8-sig")}
    page.set_input_files("input[type='file']", file)  # type: ignore[arg-type]
    expect(page.get_by_text("Qué se leyó de Cifras.csv")).to_be_visible(timeout=30_000)
    settle(page)

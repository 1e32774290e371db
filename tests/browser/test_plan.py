"""From the first page to a written plan, as a new user, in Spanish."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.browser.reading import settle
from tests.browser.test_tasks import choose

pytestmark = pytest.mark.browser

SECONDS = 180  # the limit for a new user; a browser that does not read is far below it


def test_a_new_user_writes_a_plan_in_spanish(visit: Visit) -> None:
    page = visit("/?lang=es")
    begun = time.monotonic()
    page.get_by_role("link", name="Plan", exact=True).click()
    settle(page)
    choose(page, "País", "colom", "Colombia")
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

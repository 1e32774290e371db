"""A KPI of the lists of a country leads to its chart, which gets the focus, without a new load."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.reading import settle

pytestmark = pytest.mark.browser
FOCUSED = (
    "() => document.activeElement?.closest('.st-key-frame_one_kpi') ? document.activeElement.textContent : ''"
)


def test_a_kpi_leads_to_its_chart_and_back(visit: Visit) -> None:
    page = visit("/country?country=COL&lang=en")
    page.evaluate("() => { window.stillHere = true; }")
    link = page.locator(".e-glance a").first
    name = link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    for _attempt in range(200):
        if page.evaluate(FOCUSED).startswith(name):
            break
        page.wait_for_timeout(100)
    assert page.evaluate(FOCUSED).startswith(name)
    settle(page)
    assert page.evaluate("() => window.stillHere")
    assert "kpi=" in page.url
    page.go_back()
    settle(page)
    assert "kpi=" not in page.url

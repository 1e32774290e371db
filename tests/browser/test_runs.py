"""What a control runs again, and what the browser's own buttons bring back."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Go
from tests.browser.reading import heard, settle

pytestmark = pytest.mark.browser


def test_a_control_reruns_its_page_alone_and_the_table_its_frame_alone(go: Go) -> None:
    page = go("/?lang=en")
    page.get_by_text("Table", exact=True).click()
    settle(page)
    frame = heard(page).fragment
    page.get_by_text("Tiles", exact=True).click()
    settle(page)
    assert "view=tiles" in page.url
    assert "" not in (frame, heard(page).fragment)  # a fragment each,
    assert frame != heard(page).fragment  # and not the same


def test_back_and_reload_keep_the_view(go: Go) -> None:
    page = go("/?kpi=OSI&view=map&lang=en")
    for view in ("Tiles", "Ranking"):
        page.get_by_text(view, exact=True).click()
        settle(page)
    assert "view=ranking" in page.url
    page.go_back()
    settle(page)
    assert "view=tiles" in page.url
    page.reload()
    settle(page)
    assert "view=tiles" in page.url
    assert "Online Service Index" in page.inner_text("[data-testid='stMain'] h1")

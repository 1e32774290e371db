"""An address that is too long, and a warehouse that breaks below the running app."""

from __future__ import annotations

import shutil
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.browser.reading import settle

pytestmark = pytest.mark.browser


def test_500_kilobytes_of_query_string_get_a_page_that_says_so(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{address}/?country={'A' * 500_000}", timeout=20)
    page = caught.value.read().decode()
    assert caught.value.code == 414
    assert "too long" in page
    assert "demasiado larga" in page


def test_a_broken_warehouse_keeps_the_last_good_one_and_a_new_one_is_picked_up(
    visit: Visit, warehouse_copy: Path, published: Path
) -> None:
    page = visit("/country?country=COL&lang=en")
    try:
        warehouse_copy.write_bytes(b"not a database")  # of somebody: not touched, the last good one is shown
        page.reload()
        settle(page)
        text = page.inner_text("body")
        assert "0.7793" in text
        assert "Traceback" not in text
    finally:
        shutil.copyfile(published, warehouse_copy)

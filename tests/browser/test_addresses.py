"""Shared links open cold; wrong ones get a plain note; nothing shows a traceback."""

from __future__ import annotations

import re
import shutil
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit, settle

pytestmark = pytest.mark.browser


def body(page: Page) -> str:
    return page.inner_text("body")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/?kpi=OSI&year=2022&group=CARIBBEAN_SIDS&view=ranking&lang=en", "Caribbean SIDS"),
        ("/country?country=JAM&lang=en", "Jamaica"),
        ("/country?country=NAM&lang=en", "Namibia"),
        ("/compare?area=COL&area=URY&area=SIDS&kpi=TII&lang=en", "Uruguay"),
    ],
)
def test_a_shared_link_opens_cold(visit: Visit, path: str, said: str) -> None:
    page = visit(path)
    assert said in body(page)
    for part in path.split("?")[1].split("&"):
        name, value = part.split("=")
        if name in {"country", "area", "kpi", "group"}:
            assert f"{name}={value}" in page.url or value in {"EGDI", "WORLD"}  # defaults leave the address


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/country?country=QQQ&lang=en", ["country", "QQQ"]),
        ("/?year=1850&lang=en", ["year", "1850", "2024"]),
        ("/?kpi=NOTHING&lang=en", ["kpi", "NOTHING"]),
        ("/?group=%3Cscript%3Ealert(1)%3C/script%3E&lang=en", ["group", "<script>"]),
        ("/compare?area=COL&area=XX1&lang=en", ["area", "XX1"]),
        ("/?lang=xx", ["lang", "xx"]),
    ],
)
def test_a_wrong_part_of_an_address_is_named_and_ignored(visit: Visit, path: str, named: list[str]) -> None:
    page = visit(path)
    text = body(page)
    for word in named:
        assert word in text
    assert "Traceback" not in text
    assert page.locator("[data-testid='stException']").count() == 0
    assert page.locator("[data-testid='stAppViewContainer'] h1").count() >= 1


def test_500_kilobytes_of_query_string_get_a_page_that_says_so(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{address}/?country={'A' * 500_000}", timeout=20)
    page = caught.value.read().decode()
    assert caught.value.code == 414
    assert "too long" in page
    assert "demasiado larga" in page


def test_a_page_that_does_not_exist_says_so_or_leads_home(visit: Visit) -> None:
    page = visit("/nowhere?lang=en")
    assert "Traceback" not in body(page)
    assert page.locator("[data-testid='stAppViewContainer'] h1").count() >= 1


def test_reload_and_back_keep_the_state(visit: Visit) -> None:
    page = visit("/?kpi=OSI&lang=en")
    page.reload()
    settle(page)
    assert "Online Service Index" in page.inner_text("[data-testid='stAppViewContainer'] h1")


def test_a_broken_warehouse_keeps_the_last_good_one_and_a_new_one_is_picked_up(
    visit: Visit, warehouse_copy: Path, published: Path
) -> None:
    page = visit("/country?country=COL&lang=en")
    try:
        warehouse_copy.write_bytes(b"not a database")  # an unreadable file: rebuilt from the figures
        page.reload()
        settle(page)
        assert re.search(r"0\.7793", body(page))
        assert "Traceback" not in body(page)
    finally:
        shutil.copyfile(published, warehouse_copy)

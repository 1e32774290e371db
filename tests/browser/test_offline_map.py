"""With every other host blocked: a shape, marker or tile for all 193 Member States, and no request leaves."""

from __future__ import annotations

import pytest

from dashboard.charts.world_map import SMALL_STATES
from kpis.queries import Warehouse
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

DRAWN = """() => [...document.querySelectorAll('path.choroplethlocation')]
    .filter(e => (e.getAttribute('d') || '').length > 0).map(e => e.__data__.loc)"""
MARKERS = """() => [...document.querySelectorAll('path.point')].filter(e => e.getAttribute('d')).length"""
TILES = """() => [...document.querySelectorAll('.js-plotly-plot text')].map(e => e.textContent.trim())
    .filter(t => /^[A-Z]{3}$/.test(t))"""


def members(wh: Warehouse) -> set[str]:
    areas = wh.areas()
    return set(areas[areas["un_member"]]["ref_area"])


def test_the_map_shows_all_member_states(visit: Visit, wh: Warehouse) -> None:
    page = visit("/")
    page.wait_for_selector("path.choroplethlocation")
    page.wait_for_timeout(1000)
    assert members(wh) - SMALL_STATES <= set(page.evaluate(DRAWN))
    assert page.evaluate(MARKERS) == len(SMALL_STATES)  # shapes too small to see at this size
    assert page.foreign == []  # type: ignore[attr-defined]


def test_the_map_shows_missing_members_too(visit: Visit, wh: Warehouse) -> None:
    page = visit("/?kpi=SDG_5.b.1")
    page.wait_for_selector("path.choroplethlocation")
    page.wait_for_timeout(1000)
    assert members(wh) - SMALL_STATES <= set(page.evaluate(DRAWN))


def test_the_tile_grid_has_a_tile_for_every_member_state(visit: Visit, wh: Warehouse) -> None:
    page = visit("/?view=tiles")
    page.wait_for_selector(".js-plotly-plot text")
    page.wait_for_timeout(1000)
    assert members(wh) <= set(page.evaluate(TILES))


def test_no_area_that_is_no_country_is_drawn_as_one(visit: Visit) -> None:
    page = visit("/")
    page.wait_for_selector("path.choroplethlocation")
    assert not {"XAP", "XHT", "XBT", "XAC", "XIT", "XJK"} & set(page.evaluate(DRAWN))


@pytest.mark.parametrize("path", ["/", "/?view=tiles", "/country?country=JAM", "/compare"])
def test_no_page_calls_another_host(visit: Visit, path: str) -> None:
    page = visit(path)
    page.wait_for_timeout(1500)
    assert page.foreign == []  # type: ignore[attr-defined]

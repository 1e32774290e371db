"""What people come for, walked through as they would, and what a chart gives away."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kpis.queries import Warehouse
from tests.browser.conftest import Go
from tests.browser.reading import DESKTOP, PHONE, rest, settle

pytestmark = pytest.mark.browser


def choose(page, label: str, typed: str, option: str) -> None:  # type: ignore[no-untyped-def]
    """Type into a picker and take the option, as a reader does."""
    box = page.get_by_role("main").get_by_role("combobox", name=label)
    rest(page)  # a run that comes late closes an open list
    box.click()
    box.fill(typed)
    page.get_by_role("option", name=option).first.click()
    settle(page)


def by_mouse(page: Page) -> list[Callable[[], object]]:
    """Actions from the first page to a country: into the search, its name, the first result."""
    box = page.get_by_role("combobox", name="Search")
    first = page.get_by_role("grid").get_by_role("link", name="Colombia", exact=True)
    return [box.click, lambda: page.keyboard.type("colombia"), first.click]


def by_keyboard(page: Page) -> list[Callable[[], object]]:
    """The same by keys alone."""
    keys = page.keyboard
    return [lambda: keys.press("/"), lambda: keys.type("colombia"), lambda: keys.press("Enter")]


@pytest.mark.parametrize(
    ("screen", "way"),
    [
        pytest.param(DESKTOP, by_mouse, id="mouse"),
        pytest.param(DESKTOP, by_keyboard, id="keyboard", marks=pytest.mark.whole),  # `test_search.py`
        pytest.param(PHONE, by_mouse, id="phone"),
    ],
)
def test_where_we_are_and_what_holds_us_back_is_answered_in_three_actions(
    go: Go, screen: dict[str, int], way: Callable[[Page], list[Callable[[], object]]]
) -> None:
    page = go("/?lang=en", screen, cold=True)  # with an empty search
    actions = way(page)
    assert len(actions) <= 3
    for action in actions:
        action()
    page.wait_for_url("**/country?*")
    settle(page)
    headline = page.get_by_test_id("stMain").locator("h1")
    expect(headline).to_contain_text("Colombia: E-Government Development Index (EGDI)")
    expect(headline).to_contain_text("rank 68 of 193")
    behind = page.get_by_role("link", name=re.compile(r"Connected stage.* Furthest behind: human capital"))
    expect(behind).to_be_in_viewport()


def test_the_caribbean_question_is_answered_from_the_first_page(go: Go, wh: Warehouse) -> None:
    """Which Caribbean SIDS has the best online services, and what are Jamaica's three weakest KPIs?"""
    page = go("/?lang=en")
    choose(page, "KPI", "online serv", "Online Service Index (OSI)")
    choose(page, "Group", "carib", "Caribbean SIDS")
    osi = wh.values("OSI", group="CARIBBEAN_SIDS", years=[2024]).sort_values("obs_value", ascending=False)
    best = wh.areas().set_index("ref_area").loc[osi["ref_area"].iloc[0], "name_en"]
    assert best in page.inner_text("[data-testid='stAppViewContainer'] h1")

    page.get_by_role("link", name="Country", exact=True).click()
    settle(page)
    choose(page, "Country", "jamai", "Jamaica")
    latest = wh.country("JAM")
    directed = latest.merge(wh.kpis()[["kpi", "direction", "name_en"]], on="kpi")
    fresh = directed[(directed["direction"] != "context") & directed["fresh"].fillna(False).astype(bool)]
    weakest = fresh.dropna(subset=["percentile"]).nsmallest(3, "percentile")["name_en"]
    for name in weakest:
        expect(page.locator("body")).to_contain_text(name, timeout=30_000)


def test_csv_and_table_hold_exactly_what_is_shown(go: Go, tmp_path: Path, wh: Warehouse) -> None:
    page = go("/?kpi=OSI&group=CARIBBEAN_SIDS&view=ranking&lang=en")
    page.get_by_role("button", name="Download:").first.click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="CSV").first.click()
    target = tmp_path / "shown.csv"
    caught.value.save_as(target)
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    published = wh.values("OSI", group="CARIBBEAN_SIDS", years=[2024]).set_index("ref_area")["obs_value"]
    assert {row["ref_area"]: float(row["obs_value"]) for row in rows} == published.to_dict()
    assert {"unit_measure", "source", "time_period"} <= set(rows[0])
    page.get_by_text("Table", exact=True).first.click()
    settle(page)
    table = page.locator("table").first
    table.wait_for()
    assert table.locator("caption").count() == 1
    assert table.locator("th[scope='col']").count() >= 3
    assert table.locator("tbody tr").count() == 16

"""What people come for, walked through as they would, and what every chart offers."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kpis.queries import Warehouse
from tests.browser.conftest import PHONE, Visit, settle

pytestmark = pytest.mark.browser


def choose(page, label: str, typed: str, option: str) -> None:  # type: ignore[no-untyped-def]
    """Type into a picker and take the option, as a reader does."""
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(typed)
    page.get_by_role("option", name=option).first.click()
    settle(page)


def test_the_caribbean_question_is_answered_from_the_first_page(visit: Visit, wh: Warehouse) -> None:
    """Which Caribbean SIDS has the best online services, and what are Jamaica's three weakest KPIs?"""
    page = visit("/?lang=en")
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
    known = directed[(directed["direction"] != "context") & directed["fresh"].fillna(False).astype(bool)]
    weakest = known.dropna(subset=["percentile"]).nsmallest(3, "percentile")["name_en"]
    for name in weakest:
        expect(page.locator("body")).to_contain_text(name, timeout=30_000)


def test_every_chart_has_title_source_year_n_table_csv_and_alternative_text(visit: Visit) -> None:
    for path in ("/?lang=en", "/country?country=JAM&lang=en", "/compare?area=COL&area=JAM&lang=en"):
        page = visit(path)
        page.wait_for_selector(".js-plotly-plot")
        charts = page.locator("[data-testid='stPlotlyChart']")
        assert charts.count() >= 1
        for n in range(charts.count()):
            assert len(charts.nth(n).get_attribute("aria-label") or "") > 30
        text = page.inner_text("body")
        assert "Source:" in text
        assert "Download" in text
        assert "How computed" in text


def test_the_csv_holds_exactly_what_is_shown(visit: Visit, tmp_path: Path, wh: Warehouse) -> None:
    page = visit("/?kpi=OSI&group=CARIBBEAN_SIDS&view=ranking&lang=en")
    page.get_by_role("button", name="Download", exact=True).first.click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="CSV").first.click()
    target = tmp_path / "shown.csv"
    caught.value.save_as(target)
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    published = wh.values("OSI", group="CARIBBEAN_SIDS", years=[2024]).set_index("ref_area")["obs_value"]
    assert {row["ref_area"]: float(row["obs_value"]) for row in rows} == published.to_dict()
    assert {"unit_measure", "source", "time_period"} <= set(rows[0])


def test_the_table_view_is_a_real_table(visit: Visit) -> None:
    page = visit("/?kpi=OSI&group=CARIBBEAN_SIDS&lang=en")
    page.get_by_text("Table", exact=True).first.click()
    settle(page)
    table = page.locator("table").first
    table.wait_for()
    assert table.locator("caption").count() == 1
    assert table.locator("th[scope='col']").count() >= 3
    assert table.locator("tbody tr").count() == 16


@pytest.mark.parametrize("path", ["/?lang=es", "/country?country=JAM&lang=es", "/compare?lang=es"])
def test_a_phone_shows_everything_without_sideways_scrolling(visit: Visit, path: str) -> None:
    page = visit(path, lang="es-CO", viewport=PHONE)
    page.wait_for_timeout(800)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("[data-testid='stAppViewContainer'] h1").is_visible()


@pytest.mark.parametrize("path", ["/?lang=en", "/compare?area=COL&area=JAM&lang=en"])
def test_on_a_projector_the_main_chart_is_above_the_fold(visit: Visit, path: str) -> None:
    page = visit(path)
    page.wait_for_selector(".js-plotly-plot")
    box = page.locator(".js-plotly-plot").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 720

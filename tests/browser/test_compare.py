"""Who rose most, walked through from the first page, each action counted; and the data taken away."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kpis.queries import Warehouse
from tests.browser.conftest import Visit
from tests.browser.reading import DESKTOP, PHONE, asked_from_now, heard, settle

pytestmark = pytest.mark.browser
ANSWERED, TAKEN = 5, 3  # actions at most, as `Actions` counts them


class Actions:
    """What a reader does: a click, a name typed, one picked by arrows and Enter, a slider's end moved."""

    def __init__(self, page: Page) -> None:
        self.page, self.n = page, 0

    def do(self, action: Callable[[], object], *, runs: bool = True) -> None:
        """One action, and the run that follows."""
        action()
        if runs:
            settle(self.page)
        self.n += 1

    def group(self, typed: str) -> None:
        """The list of groups is opened, a name typed, the first taken."""
        box = self.page.get_by_role("main").get_by_role("combobox", name="All members of")
        box.click()
        box.fill(typed)
        self.page.keyboard.press("Enter")

    def first_year(self, year: int) -> None:
        """The first end of the years is moved to a year."""
        end = self.page.get_by_role("slider", name="From year, to year").first
        end.focus()
        for _step in range(30):
            if end.get_attribute("aria-valuetext") == str(year):
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"{year} is no year of the slider")


def by_mouse(page: Page, actions: Actions) -> None:
    """Through the pages: Compare, its view of change, the group, the year."""
    actions.do(page.get_by_role("link", name="Compare", exact=True).click)
    actions.do(page.get_by_role("radio", name="Change").click)
    actions.do(lambda: actions.group("carib"))
    actions.do(lambda: actions.first_year(2012))


def by_keyboard(page: Page, actions: Actions) -> None:
    """Through the search, by keys alone."""
    change = page.get_by_role("row", name="Caribbean SIDS").get_by_role("link", name="Change")
    actions.do(lambda: page.keyboard.press("/"), runs=False)
    actions.do(lambda: page.keyboard.type("caribbean sids"), runs=False)
    expect(change).to_be_visible()
    actions.do(lambda: [page.keyboard.press(key) for key in ("ArrowDown", "ArrowRight", "Enter")])
    actions.do(lambda: actions.first_year(2012))


def by_finger(page: Page, actions: Actions) -> None:
    """Through the search of a phone, whose controls are folded into a line."""
    change = page.get_by_role("row", name="Caribbean SIDS").get_by_role("link", name="Change")
    actions.do(page.get_by_role("combobox", name="Search").click, runs=False)
    actions.do(lambda: page.keyboard.type("caribbean sids"), runs=False)
    actions.do(change.click)
    actions.do(page.get_by_role("button", name="Choices").click, runs=False)
    actions.do(lambda: actions.first_year(2012))


@pytest.mark.parametrize(
    ("screen", "way"),
    [
        pytest.param(DESKTOP, by_mouse, id="mouse"),
        pytest.param(DESKTOP, by_keyboard, id="keyboard", marks=pytest.mark.whole),
        pytest.param(PHONE, by_finger, id="phone", marks=pytest.mark.whole),
    ],
)
def test_the_three_that_rose_most_are_named_in_five_actions_and_taken_in_three(
    visit: Visit,
    wh: Warehouse,
    tmp_path: Path,
    screen: dict[str, int],
    way: Callable[[Page, Actions], None],
) -> None:
    page = visit("/?lang=en", viewport=screen)
    actions = Actions(page)
    way(page, actions)
    assert actions.n <= ANSWERED
    values = wh.values("EGDI", group="CARIBBEAN_SIDS", years=[2012, 2024])
    wide = values.pivot(index="ref_area", columns="time_period", values="obs_value")
    change = (wide[2024] - wide[2012]).nlargest(3)
    names = wh.areas().set_index("ref_area")["name_en"]
    headline = page.locator("[data-testid='stAppViewContainer'] h1")
    for area, amount in change.items():
        expect(headline).to_contain_text(f"{names[str(area)]} +{amount:.4f}")
    expect(headline).to_contain_text("from 2012 to 2024")

    taking = Actions(page)
    with page.expect_download() as caught:
        for name in ("Download", "CSV"):
            button = page.get_by_role("button", name=name).first
            taking.do(partial(button.press, "Enter") if way is by_keyboard else button.click, runs=False)
    assert taking.n <= TAKEN
    caught.value.save_as(tmp_path / "change.csv")
    text = (tmp_path / "change.csv").read_text(encoding="utf-8-sig")
    first = next(csv.DictReader(io.StringIO(text)))
    assert (first["id"], first["year_from"], first["year_to"]) == (change.index[0], "2012", "2024")
    assert float(first["change"]) == pytest.approx(change.iloc[0])


def test_dots_move_with_the_years_and_ask_nothing_of_the_app(visit: Visit) -> None:
    page = visit("/compare?lang=en&area=COL,URY&show=change&form=dots")
    value = page.locator(".e-dots .textpoint").first
    expect(value).to_have_text("0.9006")
    addresses = asked_from_now(page)
    runs = heard(page).requested
    page.get_by_role("slider", name="Year", exact=True).press("Home")
    expect(page.locator(".e-years b")).to_have_text("2003")
    expect(value).not_to_have_text("0.9006")
    assert addresses == []
    assert heard(page).requested == runs

"""The dashboard in a folder of a host, as behind a proxy: all is as at the root, and nothing leads out."""

from __future__ import annotations

import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser.proxy import in_folder
from tests.browser.reading import PATIENCE, Desk, settle
from tests.serving import served

pytestmark = pytest.mark.browser

FOLDERS = "/datos/escala"
OWN_LINKS = (
    "[...document.querySelectorAll('a[href]')].map(a => a.href).filter(h => h.startsWith(location.origin))"
)


@pytest.fixture(scope="module", params=["stripped", "kept"])
def folder(
    request: pytest.FixtureRequest, address: str, published: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the folder, without a final slash."""
    if request.param != "kept":
        port = urlsplit(address).port or 0
        with in_folder(port, FOLDERS, strip=True) as outside:
            yield outside + FOLDERS
        return
    warehouse = tmp_path_factory.mktemp("folder") / "w.duckdb"
    shutil.copyfile(published, warehouse)
    with served(warehouse, ("-m", "dashboard", "serve", "--base-path", FOLDERS)) as app:
        port = urlsplit(app.address).port or 0
        with in_folder(port, FOLDERS, strip=False) as outside:
            yield outside + FOLDERS


@pytest.fixture(scope="module")
def folder_desk(browser: Browser, folder: str) -> Iterator[Desk]:
    """Readers who come to the folder; what the browser has read of it serves the next one too."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, accept_downloads=True, reduced_motion="reduce"
    )
    yield Desk(context, folder)
    context.close()


@pytest.fixture
def page(folder_desk: Desk) -> Iterator[Page]:
    """A reader who comes to the folder; the answers that were not found are checked at the end."""
    reader = folder_desk.take("en-GB")
    missed: list[str] = []
    answered: list[int] = []

    def note(answer: Response) -> None:
        answered.append(answer.status)
        own = answer.url.startswith((folder_desk.address, "blob:"))  # a module that the page made itself
        if answer.status >= 400 or not own:
            missed.append(f"{answer.status} {answer.url}")

    reader.on("response", note)
    yield reader
    reader.remove_listener("response", note)
    folder_desk.give_back(reader)
    assert answered
    assert missed == []


def leading_out(page: Page, folder: str) -> list[str]:
    links: list[str] = page.evaluate(OWN_LINKS)
    assert len(links) > 14  # the navigation alone has as many
    return [link for link in links if not link.startswith(folder + "/")]


def test_first_page_draws_its_map_and_leads_on(page: Page, folder: str) -> None:
    page.goto(f"{folder}/?lang=en")
    settle(page)
    assert page.locator("path.choroplethlocation").count() > 150  # the outlines came
    assert page.evaluate("getComputedStyle(document.querySelector('.e-headline')).fontFamily") != ""
    assert page.evaluate("[...document.styleSheets].some(s => (s.href || '').includes('/own/escala.css'))")
    assert leading_out(page, folder) == []
    page.locator("[data-testid='stSidebarNavLink'][href$='/stages']").click()
    settle(page)
    assert page.url.startswith(f"{folder}/stages")
    assert leading_out(page, folder) == []
    page.go_back()
    settle(page)
    assert urlsplit(page.url).path == f"{FOLDERS}/"


# Where the proxy strips the folder, every run tries the first page and the redirects; `make whole` the rest.
mostly_kept = pytest.mark.parametrize(
    "folder",
    ["kept", pytest.param("stripped", marks=pytest.mark.whole)],
    indirect=True,
    scope="module",
)


@mostly_kept
def test_a_link_of_a_table_stays_in_the_folder(page: Page, folder: str) -> None:
    page.goto(f"{folder}/country?country=COL&lang=es")
    settle(page)
    link = page.locator("[data-testid='stMain'] a[href^='./']").first
    to = link.evaluate("a => a.pathname")
    link.evaluate("a => a.click()")
    page.wait_for_url(lambda url: urlsplit(url).path == to)
    settle(page)
    assert urlsplit(page.url).path.startswith(f"{FOLDERS}/")
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/country/COL?lang=es", "/?lang=es&page=country"),
        ("/nowhere?lang=es", "/?lang=es&page=nowhere"),
        ("/world?lang=es&kpi=OSI", "/?lang=es&kpi=OSI"),
        ("/stages/?lang=es", "/stages?lang=es"),
    ],
)
def test_a_path_astray_is_led_home_within_the_folder(folder: str, path: str, target: str) -> None:
    with urllib.request.urlopen(folder + path, timeout=PATIENCE) as answer:  # follows where it is led
        assert answer.url.startswith(folder + target)
        assert answer.status == 200
        assert "<title>" in answer.read().decode()


@mostly_kept
def test_the_folder_without_its_last_slash_is_mended(folder_desk: Desk, folder: str) -> None:
    page = folder_desk.take("en-GB")
    page.goto(f"{folder}?lang=es", wait_until="commit")  # a proxy that strips may pass this on as the root
    page.wait_for_url(lambda url: url.startswith(f"{folder}/?lang=es"))
    settle(page)
    assert page.locator("h1").count() == 1
    folder_desk.give_back(page)


@mostly_kept
def test_pictures_and_the_link_of_a_plan_know_the_folder_and_a_plan_goes_out_and_comes_back(
    page: Page, folder: str
) -> None:
    page.goto(f"{folder}/plan?country=COL&lang=en&show=files")
    settle(page)
    code = page.locator("[data-testid='stCode']").first.text_content() or ""  # folded
    assert code.strip().startswith(f"{folder}/plan?")
    with page.expect_response("**/takeaway.js") as answer:
        page.evaluate("document.querySelector('h1').setAttribute('data-take', 'link')")
        page.locator("h1").click()
    assert answer.value.url == f"{folder}/takeaway.js"

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Plan to load again (JSON)").click()
    assert waiting.value.url.startswith(f"{folder}/media/")
    saved = Path(waiting.value.path()).read_bytes()
    with page.expect_response("**/_stcore/upload_file/**") as answer:
        page.locator("input[type=file]").set_input_files(
            {"name": "plan.json", "mimeType": "application/json", "buffer": saved}
        )
    assert answer.value.status == 204
    settle(page)
    assert page.get_by_text("Planned and actual").count() >= 1

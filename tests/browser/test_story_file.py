"""A story taken away, opened from a stick: charts that answer, keys, sizes of type; nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from typer.testing import CliRunner

from dashboard.command import whole
from dashboard.stories import ready
from tests.browser.measure import measured

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("home")]
SIZES = [(1280, 720, 18), (1920, 1080, 22)]  # width and height of the screen, the smallest type, px
ADDRESS = "https://datos.example/escala/"
DRAWN = """() => !document.querySelector('section.on .figure')
  || document.querySelector('section.on .main-svg')"""
BOX = ".hoverlayer .hovertext, .e-tip:not([hidden])"


def is_complaint(told: ConsoleMessage) -> bool:
    """Whether a message is an error, or a warning of Plotly, which it logs as a trace."""
    return told.type == "error" or told.text.startswith("WARN")


@pytest.fixture
def taken(browser: Browser, tmp_path: Path) -> Iterator[tuple[Page, Path, list[str]]]:
    """A page for files, their folder, and what it asked for or complained of."""
    page, heard = browser.new_page(reduced_motion="reduce"), []
    page.on("request", lambda request: heard.append(request.url))
    page.on("pageerror", lambda fault: heard.append(f"fault: {fault}"))
    page.on("console", lambda told: heard.append(told.text) if is_complaint(told) else None)
    yield page, tmp_path, heard
    page.close()


def opened(page: Page, folder: Path, story: str, lang: str = "es") -> str:
    """The file of a story, open; its address."""
    out = folder / f"{story}.html"
    call = ["story", story, "--lang", lang, "--area", "COL", "--address", ADDRESS, "--out", str(out)]
    done = CliRunner().invoke(whole(), call)
    assert done.exit_code == 0, done.output
    page.goto(out.as_uri())
    return out.as_uri()


def at(page: Page, slide: int, slides: int) -> None:
    """The slide is shown, with its chart if it has one."""
    expect(page.locator("section.on .e-slide")).to_have_text(f"{slide} / {slides}")
    page.wait_for_function(DRAWN)
    page.wait_for_timeout(150)  # labels are set once the type is there


@pytest.mark.parametrize(("width", "height", "least"), SIZES)
def test_every_slide_is_read_from_the_last_row_and_fetches_nothing(
    taken: tuple[Page, Path, list[str]], width: int, height: int, least: int
) -> None:
    page, folder, heard = taken
    page.set_viewport_size({"width": width, "height": height})
    address = opened(page, folder, "caribbean")
    slides = len(ready.stories()["caribbean"].slides) + 1
    wrong: dict[int, list[str]] = {}
    for slide in range(1, slides + 1):
        at(page, slide, slides)
        if found := measured(page, least):
            wrong[slide] = found
        page.keyboard.press("ArrowRight")
    assert wrong == {}
    assert page.locator("section[lang=es] .main-svg").count() >= slides - 1  # a chart on all but the last
    assert [url for url in heard if url != address and not url.startswith("data:")] == []


def test_a_chart_answers_to_the_pointer_and_to_keys(taken: tuple[Page, Path, list[str]]) -> None:
    page, folder, heard = taken
    page.set_viewport_size({"width": 1280, "height": 720})
    opened(page, folder, "world", "en")
    at(page, 1, 9)
    box = page.locator("section.on .choroplethlocation").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2 - 3, box["y"] + box["height"] / 2)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(f"section.on :is({BOX})").first).to_be_visible()
    page.keyboard.press("ArrowRight")
    at(page, 2, 9)
    plot = page.locator("section.on .js-plotly-plot")
    middle = plot.bounding_box()
    assert middle is not None
    page.mouse.move(middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2)
    tip = page.locator("section.on .e-tip")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("Least developed countries")
    page.mouse.move(2, 2)
    plot.focus()
    page.keyboard.press("ArrowLeft")
    expect(tip).to_be_visible()  # the chart has the focus of the keyboard: its keys are its own
    expect(page.locator("section.on .e-slide")).to_have_text("2 / 9")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    at(page, 3, 9)
    assert not [line for line in heard if line.startswith(("fault", "error"))]


def test_the_keys_are_those_of_the_stage(taken: tuple[Page, Path, list[str]]) -> None:
    page, folder, _heard = taken
    opened(page, folder, "my-country")
    for keys, slide in ((["End"], 11), (["Home"], 1), ([" "], 2), (["PageUp"], 1), (["1", "0", "Enter"], 10)):
        for key in keys:
            page.keyboard.press(key)
        at(page, slide, 11)
    page.keyboard.press("b")
    expect(page.locator(".e-stage-black")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".e-stage-black")).to_be_hidden()
    at(page, 10, 11)
    page.keyboard.press("l")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("section.on h1")).to_contain_text("Colombia")
    page.keyboard.press("?")
    expect(page.locator(".e-stage-help")).to_contain_text("Black screen")
    page.keyboard.press("Escape")
    with page.context.expect_page() as second:
        page.keyboard.press("n")
    expect(second.value.locator(".notes").first).to_contain_text("do not promise a rank")
    expect(second.value.locator("header b").first).to_have_css("font-weight", "600")  # its style is let pass


def test_without_scripts_and_on_paper_drawings_stand_for_the_charts(browser: Browser, tmp_path: Path) -> None:
    bare = browser.new_context(java_script_enabled=False)
    page = bare.new_page()
    opened(page, tmp_path, "sdg")
    assert page.locator("section:visible").count() == 2 * 9
    assert page.locator(".drawing:visible").count() == 2 * 8
    bare.close()
    printed = browser.new_page()
    printed.goto((tmp_path / "sdg.html").as_uri())
    at(printed, 1, 9)
    printed.emulate_media(media="print")
    assert printed.locator(".drawing:visible").count() == 8  # in the language that is shown
    assert printed.locator(".main-svg:visible").count() == 0
    printed.close()

"""The speaker's walk with keys alone: through a ready story, and what happens on a stage."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dashboard.stories import ready
from tests.browser.measure import measured

pytestmark = pytest.mark.browser

STORY = "caribbean"
SLIDES = len(ready.stories()[STORY].slides)
SIZES = [  # width and height of the screen, the smallest type, px
    pytest.param(1280, 720, 18, marks=pytest.mark.whole),
    (1920, 1080, 22),
]
DRAWN = ".st-key-stage .main-svg, .st-key-stage_answer"


def arrived(page: Page, slide: int) -> None:
    """The slide is shown and drawn."""
    expect(page.locator(".e-slide")).to_have_text(f"{slide} / {SLIDES}", timeout=20_000)
    page.wait_for_selector(DRAWN, timeout=20_000)
    page.wait_for_function("() => !document.querySelector('[data-stale=true]')")
    page.evaluate(TYPE_SET)


# Labels are set once the type is there, and the picture is laid out anew once they are.
TYPE_SET = """() => document.fonts.ready.then(() => new Promise(done => requestIdleCallback(
  () => requestAnimationFrame(() => requestAnimationFrame(done)))))"""
# What is drawn after the chart and above it, as the head of a slide is, moves the source line down.
MORE_ABOVE = """() => document.querySelector('.st-key-stage').prepend(
  Object.assign(document.createElement('p'), { textContent: 'late', style: 'height: 200px' }))"""
SOURCE_IS_SEEN = """() =>
  document.querySelector('.st-key-stage .e-foot').getBoundingClientRect().bottom < innerHeight"""
PATIENCE = 5  # seconds in which what is wrong may come right; a busy machine lays out late


def wrong_at_rest(page: Page, least: float) -> list[str]:
    """What is wrong with the texts of this slide, and stays wrong."""
    end = time.monotonic() + PATIENCE
    while (wrong := measured(page, least)) and time.monotonic() < end:
        page.wait_for_timeout(100)
    return wrong


@pytest.mark.parametrize(("width", "height", "least"), SIZES)
def test_a_speaker_goes_through_a_story_with_keys_alone(
    context: BrowserContext, address: str, width: int, height: int, least: int
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{address}/present?present={STORY}&lang=es")
    wrong: dict[int, list[str]] = {}
    for slide in range(1, SLIDES + 1):
        arrived(page, slide)
        if found := wrong_at_rest(page, least):
            wrong[slide] = found
        page.keyboard.press("PageDown" if slide % 2 else "ArrowRight")  # a clicker, a keyboard
    page.close()
    assert wrong == {}
    assert faults == []


def test_the_stage_answers_to_its_keys(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/present?present={STORY}&lang=es")
    arrived(page, 1)
    page.evaluate(MORE_ABOVE)
    page.wait_for_function(SOURCE_IS_SEEN, timeout=PATIENCE * 1000)
    page.keyboard.press("End")
    arrived(page, SLIDES)
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    arrived(page, 5)
    page.keyboard.press("b")
    expect(page.locator(".e-stage-black")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator(".e-stage-black")).to_be_hidden()
    with page.expect_popup() as opened:
        page.keyboard.press("n")
    notes = opened.value
    expect(notes.locator(".notes").first).to_contain_text("Una fila es un país")
    notes.keyboard.press("ArrowLeft")  # the second window has the keys too
    arrived(page, 4)
    expect(notes.locator(".notes").first).to_contain_text("Quien más avanzó")
    notes.close()
    page.keyboard.press("Home")
    arrived(page, 1)
    page.keyboard.press("l")
    expect(page.locator("html")).to_have_attribute("lang", "en", timeout=20_000)
    expect(page.locator(".st-key-stage_head h1")).to_contain_text("island States")
    page.keyboard.type("jam", delay=30)  # a question from the floor
    expect(page.get_by_role("option").first).to_have_text("Jamaica")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-stage .e-kicker")).to_contain_text("Jamaica", timeout=20_000)
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-stage .e-kicker")).to_have_count(0, timeout=20_000)
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-stage")).to_have_count(0, timeout=20_000)
    expect(page.locator(".st-key-start_caribbean")).to_be_visible()
    page.close()


def test_a_story_saved_as_a_file_is_opened_again_and_told(
    context: BrowserContext, address: str, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(f"{address}/present?lang=en")
    page.locator(".st-key-take_story_caribbean button").first.click()
    first = page.locator(".st-key-slide_0 button")
    expect(first).to_contain_text("island States", timeout=20_000)
    title = page.locator(".st-key-slide_title input")
    title.fill("Ours, before the cabinet")
    title.press("Enter")
    expect(first).to_contain_text("1. Ours, before the cabinet", timeout=20_000)
    with page.expect_download() as saved:
        page.locator(".st-key-story_json button").click()
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    page.locator(".st-key-story_delete button").click()
    page.locator(".st-key-story_delete_yes button").click()
    expect(first).to_have_count(0, timeout=20_000)
    page.reload()
    page.get_by_text("Open a saved story").first.click()
    page.locator(".st-key-story_upload input[type=file]").set_input_files(path)
    expect(first).to_contain_text("1. Ours, before the cabinet", timeout=20_000)
    expect(page.locator(".st-key-story_slides button")).to_have_count(SLIDES)
    page.locator(".st-key-start_story_own button").click()
    arrived(page, 1)
    expect(page.locator("h1.e-headline")).to_have_text("Ours, before the cabinet")
    page.close()

"""Paper: a page prints whole, whatever the width of the window it is printed from."""

from __future__ import annotations

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Go
from tests.browser.reading import DESKTOP, PHONE

pytestmark = pytest.mark.browser

WIDE = {"width": 1920, "height": 1080}
MARGIN = 30  # points; the style sheet leaves 12 mm, which are 34
# Boxes that hold more than they show: on paper nobody scrolls.
CLIPPED = """() => [...document.querySelectorAll('[data-testid="stMain"] *')].filter(box => {
  if (!box.getClientRects().length || box.closest('svg, .e-sr, .js-plotly-plot')) return false;
  const style = getComputedStyle(box);
  const beyond = (hidden, all, seen) => hidden !== 'visible' && seen > 1 && all > seen + 2;
  return beyond(style.overflowX, box.scrollWidth, box.clientWidth)
    || beyond(style.overflowY, box.scrollHeight, box.clientHeight);
}).map(box => `${box.tagName}.${box.className}`)"""
# Text of the page, which is none of its controls, that paper does not show.
LOST = """() => [...document.querySelectorAll('[data-testid="stMain"] [data-testid="stHtml"]')]
  .filter(box => box.textContent.trim() && !box.querySelector('style') && !box.getClientRects().length)
  .map(box => box.textContent.trim().slice(0, 60))"""
VIEWS = [
    ("/compare?area=COL&area=URY&kpi=EGDI&lang=en", WIDE, ["Uruguay 0.9006", "Colombia 0.7793", "2024"]),
    ("/compare?area=COL&area=URY&kpi=EGDI&lang=es", PHONE, ["Uruguay", "0,9006", "2024"]),
    ("/country?country=JAM&lang=es", WIDE, ["Jamaica", "Todos los KPI"]),
    ("/gaps?country=NAM&show=kpis&lang=es", PHONE, ["Namibia"]),
    ("/explore?show=sql&lang=es", WIDE, ["Eswatini", "standing"]),
    ("/?lang=es", WIDE, ["0,985", "muy alto"]),
    ("/compare?area=XKX&lang=es", DESKTOP, ["Ninguno de los elegidos tiene valores de este KPI"]),
]
MORE_VIEWS = [
    ("/compare?area=COL&area=URY&kpi=EGDI&lang=en", DESKTOP, ["Uruguay 0.9006", "Colombia 0.7793", "2024"]),
    ("/stages?country=COL&show=matrix&lang=es", WIDE, ["Colombia", "Paraguay"]),
    ("/lessons?lang=es", DESKTOP, ["La mayoría de los proyectos fracasa", "Fuente"]),
    ("/lessons?lang=en&scope=SIDS", PHONE, ["Lessons", "Cases"]),
]


@pytest.mark.parametrize(
    ("path", "window", "words"),
    [*VIEWS, *(pytest.param(*view, marks=pytest.mark.whole) for view in MORE_VIEWS)],
)
def test_everything_lies_within_the_sheet(
    path: str, window: dict[str, int], words: list[str], go: Go
) -> None:
    page = go(path, window)
    sheets = printed(page)
    text = " ".join(" ".join(sheet.get_textpage().get_text_range().split()) for sheet in sheets)
    assert [word for word in words if word not in text] == []
    assert [piece for sheet in sheets for piece in beyond(sheet)] == []
    page.emulate_media(media="print")
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate(LOST) == []


def printed(page: Page) -> list[pypdfium2.PdfPage]:
    """The sheets that the browser's printing gives."""
    return list(pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True)))


def beyond(sheet: pypdfium2.PdfPage) -> list[str]:
    """Pieces of text that reach into the right or left margin of a sheet."""
    text, width = sheet.get_textpage(), sheet.get_width()
    boxes = [text.get_rect(n) for n in range(text.count_rects())]
    return [
        text.get_text_bounded(*box).strip()
        for box in boxes
        if (box[2] > width - MARGIN or box[0] < MARGIN) and text.get_text_bounded(*box).strip()
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/lens?goal=16&country=COL&lang=es",
        "/country?country=XKX&lang=es",
        pytest.param("/progress?country=COL&scope=path&lang=en", marks=pytest.mark.whole),
        pytest.param("/robustness?country=JAM&lang=en", marks=pytest.mark.whole),
    ],
)
def test_what_is_no_control_is_printed(path: str, go: Go) -> None:
    page = go(path)
    page.emulate_media(media="print")
    assert page.evaluate(LOST) == []


@pytest.mark.parametrize(
    ("path", "in_chart"),
    [
        ("/stages?country=COL&lang=es", "Marco jurídico"),
        ("/stages?group=LDC&lang=es", "Sudán del Sur"),
        ("/progress?country=COL&scope=path&lang=en", "target 100.0%"),
        ("/gaps?country=NAM&lang=en", "Legal framework"),
    ],
)
def test_the_chart_stands_on_the_sheet_of_the_headline(path: str, in_chart: str, go: Go) -> None:
    first = printed(go(path))[0]
    assert in_chart in " ".join(first.get_textpage().get_text_range().split())


def test_headings_of_a_long_table_are_on_every_sheet(go: Go) -> None:
    sheets = printed(go("/country?country=JAM&lang=en"))
    texts = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in sheets]
    begins = next(n for n, text in enumerate(texts) if "Every KPI" in text)
    assert len(texts) > begins + 3
    assert [
        n for n, text in enumerate(texts[begins:]) if not {"Value", "Year", "Rank"} <= set(text.split())
    ] == []

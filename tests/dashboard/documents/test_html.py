import base64
import hashlib
import re
from dataclasses import replace

import lxml.html

from dashboard.documents import html
from dashboard.documents.wording import plain
from tests.dashboard.documents.sample import HOSTILE, ladder, sample


def page(lang: str = "es") -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(html.write(sample(lang)).decode())


def test_the_page_is_read_in_its_order() -> None:
    root = page()
    assert root.get("lang") == "es-CO"
    assert [element.tag for element in root.iter("h1", "h2", "h3")] == ["h1", "h2", "h3", "h2"]
    assert len(root.findall(".//main")) == 1
    assert root.findtext(".//title") == root.findtext(".//h1")


def test_tables_have_captions_and_heads() -> None:
    table = page().find(".//table")
    assert table.findtext("caption") == "A table"
    assert {head.get("scope") for head in table.findall("thead/tr/th")} == {"col"}
    assert all(row[0].tag == "th" and row[0].get("scope") == "row" for row in table.findall("tbody/tr"))


def test_a_mark_is_a_shape_and_a_word() -> None:
    cells = [cell for cell in page().iter("td") if cell.find(".//svg") is not None]
    assert len(cells) == 4
    assert all(cell.text_content().strip() for cell in cells)


def test_the_file_stands_alone_and_runs_nothing() -> None:
    text = html.write(sample()).decode()
    root = lxml.html.document_fromstring(text)
    assert not list(root.iter("script", "link", "iframe", "object", "form"))
    assert not [
        element
        for element in root.iter()
        for name in element.attrib
        if name in ("style", "src") or name[:2] == "on"
    ]
    links = {element.get("href") for element in root.iter("a")}
    assert links == {"https://publicadministration.un.org/", "http://localhost:8501/plan?country=COL"}


def test_its_policy_lets_in_nothing_but_its_own_style() -> None:
    text = html.write(sample()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert policy is not None
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    said = policy[1].replace("&#39;", "'")
    assert said.startswith("default-src 'none'")
    assert f"'sha256-{digest}'" in said
    assert "unsafe" not in said


def test_hostile_texts_arrive_as_text() -> None:
    root = page()
    told = [element.text_content() for element in root.iter("li", "p") if "alert" in element.text_content()]
    assert len(told) == 2
    assert told[0] == plain(HOSTILE)


def test_a_figure_is_told_in_words_and_drawn_for_desk_and_phone() -> None:
    figure = page().find(".//figure")
    assert figure.findtext("figcaption/b") == "Services stand at the second step"
    drawings = figure.findall("svg")
    assert [drawing.get("class") for drawing in drawings] == ["desk", "phone"]
    assert {drawing.get("aria-label") for drawing in drawings} == {"Two dimensions: 2, none."}


def test_a_picture_that_shares_its_row_is_drawn_once_in_letters_for_half_the_width() -> None:
    written = (html.write(sample(extra=(replace(ladder(), share=share),) * 2)) for share in (1.0, 0.5))
    whole, half = (lxml.html.document_fromstring(content.decode()) for content in written)
    assert len(whole.findall(".//figure")) == len(half.findall(".//figure")) == 3
    assert [svg.get("class") for svg in half.findall(".//div[@class='row']//figure/svg")] == ["only"] * 2
    assert [svg.get("class") for svg in whole.findall(".//figure/svg")] == ["desk", "phone"] * 3

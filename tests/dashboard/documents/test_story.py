"""A story to take away: every slide in it, in both languages; nothing fetched, nothing run from its words."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from typer.testing import CliRunner

from dashboard.command import whole
from dashboard.commands.seen import seen
from dashboard.components.outside import reader_of
from dashboard.documents import pdf, pptx, story_html
from dashboard.documents.content import Figure, Heading
from dashboard.documents.story import Told, file_name, story_document, told
from dashboard.stories import file, ready
from dashboard.stories.model import Slide, Story, View, Words
from kpis.errors import RequestError
from kpis.queries import Warehouse

CARIBBEAN = ready.stories()["caribbean"]
LIVE = "https://datos.example/escala/present?lang=es&present=caribbean"
HOSTILE = Story(
    title=Words(en="<script>alert(1)</script>"),
    slides=(Slide(view=View(page="world"), title=Words(en="</section><img src=x onerror=alert(1)>")),),
)


WORDS = {"en": {}, "es": {}}


def of(story: Story, lang: str, wh: Warehouse, country: str = "") -> tuple[Told, ...]:
    """The slides with what their pages say and draw."""
    reader = reader_of(lang, wh)
    return told(story, reader, country, seen=seen(story, reader, country))


@pytest.mark.parametrize("story", ready.stories())
def test_every_slide_is_told_and_has_a_picture(story: str, wh: Warehouse) -> None:
    slides = told(ready.stories()[story], reader_of("es", wh), "COL")
    assert len(slides) == len(ready.stories()[story].slides)
    assert all(slide.title and "{" not in slide.title + slide.sentence + slide.notes for slide in slides)
    assert [slide.title for slide in slides if slide.picture is None] == []


def test_a_story_of_a_country_needs_one(wh: Warehouse) -> None:
    with pytest.raises(RequestError, match="--area"):
        told(ready.stories()["my-country"], reader_of("en", wh))


def test_the_file_holds_both_languages_and_fetches_nothing(wh: Warehouse) -> None:
    slides = {lang: of(CARIBBEAN, lang, wh) for lang in ("en", "es")}
    content = story_html.write(
        slides, {"en": "Caribbean", "es": "Caribe"}, WORDS, "https://example.org/present"
    )
    text = content.decode()
    assert len(content) < 8_000_000
    assert [text.count(f'<section lang="{lang}"') for lang in ("en", "es")] == [10, 10]
    assert set(re.findall(r'(?:src|href)="(https?://[^"]*)"', text)) <= {"https://example.org/present"}
    assert text.count('class="figure"') == 18


def test_the_policy_of_the_file_lets_pass_its_one_script_and_nothing_else(wh: Warehouse) -> None:
    text = story_html.write({"en": of(CARIBBEAN, "en", wh)}, {"en": "Caribbean"}, WORDS).decode()
    policy = unescape(text.partition('Content-Security-Policy" content="')[2].partition('"')[0])
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    [script] = re.findall(r'<script type="module">(.*?)</script>', text, re.S)
    known = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert parts["default-src"] == "'none'"  # no connection, frame, object, worker
    assert parts["script-src"] == f"'sha256-{known}'"
    assert "unsafe" not in parts["script-src"] + parts["style-src-elem"]
    assert (parts["font-src"], parts["img-src"]) == ("data:", "data:")
    assert all(
        "application/json" in kind for kind in re.findall(r"<script ([^>]*)>", text) if "module" not in kind
    )
    assert not re.search(r"\beval\(|new Function\(", script)


def test_a_slide_says_what_the_page_says(wh: Warehouse) -> None:
    slides = of(ready.stories()["my-country"], "es", wh, "COL")
    assert slides[4].title.startswith("Colombia: etapa ")
    assert slides[7].title == f"{slides[7].picture.about.title}" if slides[7].picture else ""
    assert all(slide.seen.chart and slide.seen.unit for slide in slides)


def test_words_of_a_story_are_no_markup_in_the_file(wh: Warehouse) -> None:
    slides = {"en": told(HOSTILE, reader_of("en", wh))}
    text = story_html.write(slides, {"en": HOSTILE.title.en}, WORDS).decode()
    assert "<script>alert" not in text
    assert "<img" not in text


def test_slides_have_their_titles_and_the_notes_of_the_speaker(wh: Warehouse) -> None:
    deck = Presentation(BytesIO(pptx.write(story_document(CARIBBEAN, reader_of("en", wh), deck=True))))
    titles = [slide.shapes.title.text for slide in deck.slides if slide.shapes.title]
    assert any("16 island States: Bahamas leads" in title for title in titles)
    notes = " ".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert "first in the group is not first in the world" in notes
    assert any(shape.has_chart for slide in deck.slides for shape in slide.shapes)


def test_the_last_slide_has_a_code_only_where_an_address_is_given(wh: Warehouse) -> None:
    document = story_document(CARIBBEAN, reader_of("es", wh), live=LIVE, deck=True)
    last = Presentation(BytesIO(pptx.write(document))).slides[-1]
    [code] = [shape for shape in last.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert code.element.nvPicPr.cNvPr.get("descr") == f"Véalo en vivo: {LIVE}"
    assert last.shapes.title.text == "Véalo en vivo"
    without = Presentation(BytesIO(pptx.write(replace(document, code=""))))
    assert without.slides[-1].shapes.title.text == "Fuentes"


def test_a_hand_out_names_each_slide_and_holds_its_notes(wh: Warehouse) -> None:
    document = story_document(CARIBBEAN, reader_of("es", wh))
    assert sum(isinstance(block, Heading) for block in document.blocks) == len(CARIBBEAN.slides)
    assert sum(isinstance(block, Figure) for block in document.blocks) >= len(CARIBBEAN.slides) - 2
    assert pdf.write(document).startswith(b"%PDF")
    with_code = replace(document, code=LIVE)
    assert pdf.data(with_code)["code"]["address"] == LIVE
    assert pdf.write(with_code).startswith(b"%PDF")
    assert pdf.data(document)["code"] is None
    assert document.file == file_name(CARIBBEAN) == "escala_story_caribbean_sids"


NO_ADDRESSES = (
    "javascript:1", "https://", "https:///x", 'https://a"><script>', "https://a b", "https://a\u202eb",
    "https://[::1", "https://" + "a" * 400, "http://a\nb", "=1+1",
)  # fmt: skip


@pytest.mark.usefixtures("home")
def test_the_command_takes_a_saved_story_and_says_what_is_wrong(tmp_path: Path) -> None:
    saved, out = tmp_path / "mine.json", tmp_path / "mine.html"
    saved.write_text(file.save(HOSTILE), encoding="utf-8")
    done = CliRunner().invoke(whole(), ["story", str(saved), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert b"Escala" in out.read_bytes()
    for wrong, said in (
        (["story", "nobody"], "There is no story nobody"),
        (["story", "world", "--out", str(tmp_path / "x.doc")], "says no format"),
        *((["story", "world", "--address", address], "is no address") for address in NO_ADDRESSES),
    ):
        failed = CliRunner().invoke(whole(), wrong)
        assert said in str(failed.exception)
        assert len(str(failed.exception)) < 200
        assert "\u202e" not in str(failed.exception)

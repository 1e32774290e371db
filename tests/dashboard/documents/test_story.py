"""A story to take away: every slide in it, in both languages; nothing fetched, nothing run from its words."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation
from typer.testing import CliRunner

from dashboard.command import whole
from dashboard.components.outside import reader_of
from dashboard.documents import pdf, pptx, story_html
from dashboard.documents.content import Figure, Heading
from dashboard.documents.story import file_name, story_document, told
from dashboard.stories import file, ready
from dashboard.stories.model import Slide, Story, View, Words
from kpis.errors import RequestError
from kpis.queries import Warehouse

CARIBBEAN = ready.stories()["caribbean"]
HOSTILE = Story(
    title=Words(en="<script>alert(1)</script>"),
    slides=(Slide(view=View(page="world"), title=Words(en="</section><img src=x onerror=alert(1)>")),),
)


@pytest.mark.parametrize("story", ready.stories())
def test_every_slide_is_told_and_most_have_a_picture(story: str, wh: Warehouse) -> None:
    slides = told(ready.stories()[story], reader_of("es", wh), "COL")
    assert len(slides) == len(ready.stories()[story].slides)
    assert all(slide.title and "{" not in slide.title + slide.sentence + slide.notes for slide in slides)
    assert sum(slide.picture is not None for slide in slides) > len(slides) / 2


def test_a_story_of_a_country_needs_one(wh: Warehouse) -> None:
    with pytest.raises(RequestError, match="--area"):
        told(ready.stories()["my-country"], reader_of("en", wh))


def test_the_file_holds_both_languages_and_fetches_nothing(wh: Warehouse) -> None:
    slides = {lang: told(CARIBBEAN, reader_of(lang, wh)) for lang in ("en", "es")}
    content = story_html.write(slides, {"en": "Caribbean", "es": "Caribe"}, "https://example.org/present")
    text = content.decode()
    assert len(content) < 8_000_000
    assert [text.count(f'<section lang="{lang}"') for lang in ("en", "es")] == [10, 10]
    assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text
    assert set(re.findall(r'(?:src|href)="(https?://[^"]*)"', text)) <= {"https://example.org/present"}
    assert "unsafe" not in text.partition("</head>")[0]


def test_words_of_a_story_are_no_markup_in_the_file(wh: Warehouse) -> None:
    slides = {"en": told(HOSTILE, reader_of("en", wh))}
    text = story_html.write(slides, {"en": HOSTILE.title.en}).decode()
    assert "<script>alert" not in text
    assert "<img" not in text


def test_slides_have_their_titles_and_the_notes_of_the_speaker(wh: Warehouse) -> None:
    deck = Presentation(BytesIO(pptx.write(story_document(CARIBBEAN, reader_of("en", wh), deck=True))))
    titles = [slide.shapes.title.text for slide in deck.slides if slide.shapes.title]
    assert any("16 island States: Bahamas leads" in title for title in titles)
    notes = " ".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert "first in the group is not first in the world" in notes
    assert any(shape.has_chart for slide in deck.slides for shape in slide.shapes)


def test_a_hand_out_names_each_slide_and_holds_its_notes(wh: Warehouse) -> None:
    document = story_document(CARIBBEAN, reader_of("es", wh))
    assert sum(isinstance(block, Heading) for block in document.blocks) == len(CARIBBEAN.slides)
    assert sum(isinstance(block, Figure) for block in document.blocks) >= len(CARIBBEAN.slides) - 2
    assert pdf.write(document).startswith(b"%PDF")
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

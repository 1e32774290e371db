from __future__ import annotations

import re

import pytest
from fontTools.ttLib import TTFont

from dashboard.documents import pdf
from dashboard.documents.glyphs import drawable, signs_of
from dashboard.pictures.typesetter import FONTS
from tests.dashboard.documents.pdf_facts import facts_of, texts_of
from tests.dashboard.documents.sample import HOSTILE, sample


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf.write(sample(rows=20))


def test_who_cannot_see_it_is_told_all(made: bytes) -> None:
    facts = facts_of(made)
    assert facts.lang == "es-CO"
    assert facts.title == "Saint Vincent and the Grenadines: a sample"
    assert (facts.is_marked, facts.shows_title, facts.ua_part, facts.has_outline) == (True, True, "1", True)
    assert facts.alts == ["Two dimensions: 2, none."]
    assert facts.head_scopes == {"/Column"}
    assert facts.tags["Table"] == 1
    assert facts.tags["TR"] == 81
    assert facts.tags["H1"] == 1
    assert all(facts.fonts.values())
    assert {name.split("+")[-1].split("-")[0] for name in facts.fonts} <= {"EscalaSans", "EscalaSerif"}


def test_english_is_english() -> None:
    assert facts_of(pdf.write(sample("en"))).lang == "en"


def test_a_long_table_goes_on_with_its_head(made: bytes) -> None:
    pages = texts_of(made)
    assert len(pages) >= 2
    assert all("KPI Value Status" in re.sub(r"\s+", " ", page) for page in pages[:2])
    assert "Página 2 de" in pages[1]


def test_it_is_read_in_the_order_of_its_content(made: bytes) -> None:
    text = " ".join(" ".join(texts_of(made)).split())
    order = ["The answer stands first.", "A heading", "A smaller one", "Between two lists.", "A table",
             "Nothing is held.", "A note.", "Fuentes", "Borders imply no opinion."]  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_hostile_texts_are_set_as_text(made: bytes) -> None:
    text = " ".join(texts_of(made)[0].split())
    assert '<script>alert(1)</script> #import "/x" $x$ *b* [l](javascript:1) =cmd|' in text


def test_a_sign_that_no_font_has_is_a_box() -> None:
    shown = drawable(HOSTILE)
    assert "漢" not in shown
    assert drawable("Año 2024: ≥ 0,5 – “sí” → −3") == "Año 2024: ≥ 0,5 – “sí” → −3"


def test_signs_are_read_from_the_font_as_fonttools_reads_them() -> None:
    path = FONTS / "EscalaSansRegular.ttf"
    assert signs_of(path.read_bytes()) == set(TTFont(path).getBestCmap())

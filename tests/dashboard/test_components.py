"""Tables, downloads, looks, languages."""

from __future__ import annotations

import string

import pandas as pd
import pytest
from babel.messages.pofile import read_po

from dashboard.charts.look import LOOKS, contrast
from dashboard.components import style
from dashboard.components.download import csv
from dashboard.components.language import LOCALE, catalogue, preferred
from dashboard.components.table import Column, Html, html
from tests.dashboard.texts import texts


def test_table_escapes_and_says_missing():
    made = html(
        "<b>", [Column("A&B"), Column("n", True)], [["<i>", "–"], [Html("<a>x</a>"), "1"]], no_data="none"
    )
    assert "<i>" not in made
    assert "&lt;i&gt;" in made
    assert "<a>x</a>" in made
    assert '<th scope="row">' in made
    assert '<span class="e-sr">none</span>' in made
    assert made.count('class="e-num"') == 3


def test_csv_cannot_start_a_formula():
    table = pd.DataFrame({"name": ["=1+1", "@x", "Côte d’Ivoire", "-"], "value": [-1.5, None, 2.0, 0.0]})
    text = csv(table).decode("utf-8-sig")
    assert text.splitlines() == ["name,value", "'=1+1,-1.5", "'@x,", "Côte d’Ivoire,2.0", "'-,0.0"]


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_contrast(look):
    for text in (look.ink, look.muted, look.better, look.worse, look.accent, *look.series):
        assert contrast(text, look.paper) >= 4.5
    for mark in (look.peers, look.outline):
        assert contrast(mark, look.paper) >= 3
    for fill, letters in zip(look.classes, look.on_classes, strict=True):
        assert contrast(fill, letters) >= 4.5


def test_the_script_passes_the_sanitiser():
    """`st.html` drops a script that holds a tag, or what looks like one."""
    import re

    assert not re.search(r"<[/\w!]", style.asset("shell.js"))


@pytest.mark.parametrize(
    ("tags", "lang"),
    [("es-CO", "es"), ("fr-FR,es;q=0.8,en;q=0.5", "es"), ("de", "en"), (None, "en"), ("EN_us", "en")],
)
def test_browser_language(tags, lang):
    assert preferred(tags) == lang


def fields(text: str) -> set[str]:
    """Names of the places to fill in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_spanish_is_complete_and_fills_the_same_places():
    with (LOCALE / "es" / "LC_MESSAGES" / "escala.po").open("rb") as stream:
        entries = {entry.id: entry.string for entry in read_po(stream, locale="es") if entry.id}
    assert {key: place for key, place in texts().items() if not entries.get(key)} == {}
    assert set(entries) == set(texts())
    assert {key for key, said in entries.items() if fields(key) != fields(said)} == set()
    assert catalogue("es").gettext("World") == "Mundo"

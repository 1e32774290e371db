"""Tables, downloads, looks, languages."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from markupsafe import Markup

from dashboard.charts.look import LOOKS, contrast
from dashboard.components import language, pickers, shell, style
from dashboard.components.download import csv
from dashboard.components.language import catalogue, preferred
from dashboard.components.table import Column, Html, html
from dashboard.reads import shared as data
from kpis.queries import Warehouse


def test_table_escapes_and_says_missing():
    markup = html(
        "<b>", [Column("A&B"), Column("n", True)], [["<i>", "–"], [Html("<a>x</a>"), "1"]], no_data="none"
    )
    assert "<i>" not in markup
    assert "&lt;i&gt;" in markup
    assert "<a>x</a>" in markup
    assert '<th scope="row">' in markup
    assert '<span class="e-sr">none</span>' in markup
    assert markup.count('class="e-num"') == 3


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


def test_a_text_is_in_the_language_of_the_reader():
    assert catalogue("es").gettext("World") == "Mundo"


@pytest.fixture
def speaking(monkeypatch):
    """Sets the language of the run."""
    return lambda lang: monkeypatch.setattr(language, "current", lambda: lang)


def test_a_date_is_written_as_the_language_does(speaking):
    printed = datetime.date(2026, 11, 7)
    speaking("es")
    assert language.day(printed) == "7 de noviembre de 2026"
    speaking("en")
    assert language.day(printed) == "7 November 2026"


def test_what_has_no_spanish_says_that_it_is_english(speaking):
    speaking("es")
    assert language.html("World") == "Mundo"
    assert language.html("<b> of no catalogue") == '<span lang="en">&lt;b&gt; of no catalogue</span>'
    assert language.html("x < 1e-9") == "x &lt; 1e-9"
    assert language.html("") == ""
    speaking("en")
    assert language.html("World") == "World"


def test_a_table_may_have_a_layout_of_its_own():
    markup = html("Statuses", [Column("KPI"), Column("Status")], [["A", "on track"]], style="e-status")
    assert 'class="e-table e-status"' in markup
    assert 'class="e-table"' in html("Values", [Column("KPI")], [["A"]])


@pytest.mark.usefixtures("home")
def test_kpis_are_listed_by_dimension_and_old_ones_last_in_theirs(wh: Warehouse):
    labels = pickers.kpi_labels(wh, "en")
    kpis, order, old = data.kpis(wh, "en"), list(data.dimensions(wh, "en")), data.old_kpis(wh)
    places = [(order.index(kpis[kpi].dimension), kpi in old) for kpi in labels]
    assert places == sorted(places)
    assert next(iter(labels)) == "EGDI"
    assert labels["OSI"] == "Online Service Index (OSI) · Services"
    gone = next(iter(old))
    assert labels[gone].endswith(f" ({old[gone]})")
    assert "·" not in pickers.kpi_labels(wh, "en", parted=False)["OSI"]


@pytest.mark.parametrize(
    ("sentence", "end"),
    [
        ("Colombia: 2 gates to the connected stage by 2030", "2030."),
        ("Where do we stand?", "stand?"),
        ("Ends well.", "well."),
        (Markup("First: Denmark <data>0.98</data>"), "</data>."),
        (Markup("<b>Whole.</b>"), "Whole.</b>"),
        ("a < b", "a &lt; b."),
    ],
)
def test_every_headline_ends_with_a_mark(sentence: str, end: str):
    assert shell.ended(sentence).endswith(end)

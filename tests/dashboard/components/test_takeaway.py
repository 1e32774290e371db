"""What a reader takes away: a workbook that says what it holds, and buttons for picture and link."""

from __future__ import annotations

import datetime
import re
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import citation
from dashboard.components.download import csv, xlsx
from dashboard.components.takeaway import View, about, cited, citing, plain, reading
from dashboard.reads import shared
from tests.dashboard.test_pages import opened, text_of

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(book: bytes, sheet: int) -> dict[str, tuple[str, str]]:
    """Cells of a sheet: type ("s" text, "n" number, "b" boolean) and value, by address; no formula passes."""
    with zipfile.ZipFile(BytesIO(book)) as parts:
        strings = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
        texts = ["".join(part.text or "" for part in item.iter(f"{MAIN}t")) for item in strings]
        rows = {}
        for cell in ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{sheet}.xml")).iter(f"{MAIN}c"):
            assert cell.find(f"{MAIN}f") is None
            value, kind = cell.find(f"{MAIN}v"), cell.get("t", "n")
            if value is not None and value.text is not None:
                rows[str(cell.get("r"))] = (kind, texts[int(value.text)] if kind == "s" else value.text)
    return rows


def test_a_workbook_has_typed_cells_and_never_a_formula():
    table = pd.DataFrame(
        {
            "ref_area": ["NAM", "NA", "=1+1", None],
            "obs_value": [-1.5, None, 2.0, float("inf")],
            "time_period": pd.array([2024, pd.NA, 2023, 2022], dtype="Int64"),
            "fresh": [True, False, True, None],
            "link": ["https://example.org", "@x", "007", ""],
        }
    )
    book = xlsx(table, [("Title", "=HYPERLINK(1)"), ("Unit", "percent")])
    data = cells(book, 1)
    assert [data[f"{column}1"] for column in "ABCDE"] == [("s", name) for name in table.columns]
    assert [data.get(f"A{row}") for row in (2, 3, 4, 5)] == [("s", "NAM"), ("s", "NA"), ("s", "=1+1"), None]
    assert [data.get(f"B{row}") for row in (2, 3, 4, 5)] == [("n", "-1.5"), None, ("n", "2"), None]
    assert [data.get(f"C{row}") for row in (2, 3)] == [("n", "2024"), None]
    assert [data.get(f"D{row}") for row in (2, 3, 5)] == [("b", "1"), ("b", "0"), None]
    assert [data[f"E{row}"] for row in (2, 3, 4)] == [("s", "https://example.org"), ("s", "@x"), ("s", "007")]
    assert cells(book, 2)["B1"] == ("s", "=HYPERLINK(1)")


def test_a_workbook_holds_headings_like_formulas_and_halves_of_letters_as_text():
    heads = pd.Index(['=HYPERLINK("x")', "http://evil.example", "a\ud800"], dtype=object)
    table = pd.DataFrame([["+1", "=A1", "b\udfff"]], columns=heads, dtype=object)
    data = cells(xlsx(table, [("@a\ud800", "=1+1\udc00")]), 1)
    assert [data[f"{column}1"] for column in "ABC"] == [
        ("s", '=HYPERLINK("x")'), ("s", "http://evil.example"), ("s", "a\ufffd"),
    ]  # fmt: skip
    assert [data[f"{column}2"] for column in "ABC"] == [("s", "+1"), ("s", "=A1"), ("s", "b\ufffd")]


def test_a_foot_line_is_told_without_tags_and_without_what_is_for_ears():
    markup = (
        'Source: <a href="x">A &amp; B</a> <abbr title="t">NC</abbr><span class="e-sr">(spoken)</span> · 2024'
    )
    assert plain(markup) == "Source: A & B NC · 2024"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_about_names_every_source_with_terms_and_release(home: Path, lang: str):
    figures = pd.DataFrame({"obs_value": [1.0, 2.0], "source": ["undesa_egovkb", "wb_gtmi; undesa_egovkb"]})
    view = View("x", "A finding", "index", "Source: x", lambda: figures, "file")
    rows = about(view, lang, "http://here/?kpi=EGDI")
    labels = [label for label, _ in rows]
    assert labels[0] == {"en": "Title", "es": "Título"}[lang]
    assert labels.count({"en": "Licence", "es": "Licencia"}[lang]) == 2
    assert (
        {"en": "Address of this view", "es": "Dirección de esta vista"}[lang],
        "http://here/?kpi=EGDI",
    ) in rows
    assert any("CC BY 4.0" in text for _, text in rows)
    assert any({"en": "United Nations", "es": "Naciones Unidas"}[lang] in text for _, text in rows[-1:])


def test_a_table_without_sources_still_says_what_it_is(home: Path):
    rows = about(View("x", "T", "", "", lambda: pd.DataFrame({"a": [1]}), "f"), "en", "")
    assert [label for label, _ in rows] == ["Title", "Data version", "Date of download", "Names of areas"]


def names(app: AppTest) -> set[str]:
    """Labels of the download buttons of a page."""
    return {str(button.proto.label) for button in app.get("download_button")}


def test_a_chart_offers_figures_picture_and_link(home: Path):
    app = opened(lang="es", kpi="OSI", view="ranking")
    assert not app.exception
    assert {"CSV", "XLSX"} <= names(app)
    markup = text_of(app)
    assert re.findall(r'data-take="(\w+)"', markup) == ["png", "svg", "link", "story", "embed"]
    assert 'data-frame="world_ranking"' in markup
    assert "Copiar enlace" in markup


def test_a_table_offers_no_picture(home: Path):
    app = opened(lang="en", kpi="OSI", view="ranking")
    app.toggle(key="table_world_ranking").set_value(True).run(timeout=30)
    assert re.findall(r'data-take="(\w+)"', text_of(app)) == ["link"]


def test_paper_names_the_address_and_the_day(home: Path):
    assert 'class="e-imprint"' in text_of(opened(lang="en"))


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("write", "begins"), [(citation.bibtex, "@misc{"), (citation.ris, "TY  - DATA")])
def test_the_sources_of_the_figures_are_cited_and_no_others(write, begins):
    figures = pd.DataFrame({"source": ["undesa_egovkb", None, "wb_gtmi, undesa_egovkb"]})
    view = View("k", "T", "", "", lambda: figures, "f")
    text = cited(view, write, str).decode()
    assert text.startswith(begins)
    assert text.count(begins) == 2
    without = View("k", "T", "", "", lambda: pd.DataFrame({"x": [1]}), "f")
    assert cited(without, write, str).decode().count(begins) > 20


@pytest.mark.usefixtures("home")
def test_the_citation_names_publishers_data_version_day_and_address():
    figures = pd.DataFrame({"source": ["undesa_egovkb", None, "wb_gtmi, undesa_egovkb"]})
    view = View("k", "T", "", "", lambda: figures, "f")
    where = reading("http://here/?kpi=EGDI")
    for write in (citation.texts, citation.bibtex, citation.ris):
        text = cited(view, write, lambda: "http://here/?kpi=EGDI").decode()
        assert where.version in text
        assert f"{where.day:%Y}" in text
    lines = cited(view, citation.texts, lambda: "http://here/?kpi=EGDI").decode().splitlines()
    assert [line.split(",")[0] for line in lines[:2]] == ["UN DESA", "World Bank"]
    assert lines[2].endswith("http://here/?kpi=EGDI")


@pytest.mark.usefixtures("home")
def test_every_row_of_a_csv_carries_its_citation():
    figures = pd.DataFrame({"obs_value": [1.0, 2.0], "source": ["wb_gtmi; undesa_egovkb", None]})
    where = reading("")
    table = citing(View("k", "T", "", "", lambda: figures, "f"), where)
    assert table.columns.tolist() == ["obs_value", "source", "citation"]
    assert "World Bank" in table["citation"][0]
    assert "UN DESA" in table["citation"][0]
    assert table["citation"][1] == where.note
    plain_table = pd.DataFrame({"x": [1]})
    assert citing(View("k", "T", "", "", lambda: plain_table, "f"), where)["citation"].tolist() == [
        where.note
    ]


@pytest.mark.usefixtures("home")
def test_a_citation_that_begins_like_a_formula_runs_in_no_spreadsheet(monkeypatch: pytest.MonkeyPatch):
    hostile = '=HYPERLINK("http://evil.example");@SUM(1)'
    held = shared.sources(shared.warehouse(), "en").assign(citation=hostile)
    monkeypatch.setattr(shared, "sources", lambda _warehouse, _lang: held)
    figures = pd.DataFrame({"obs_value": [1.0], "source": ["wb_gtmi"]})
    row = csv(citing(View("k", "T", "", "", lambda: figures, "f"), reading(""))).decode().splitlines()[1]
    assert row.startswith('1.0,wb_gtmi,"\'=HYPERLINK(""http://evil.example"");\'@SUM(1)')


def test_a_citation_of_a_reading_says_the_day_in_every_form():
    where = citation.Reading("0123abcd", datetime.date(2026, 11, 8), "http://here/")
    source = {
        "source": "x",
        "title": "T",
        "publisher": "P",
        "citation": "P, T.",
        "url": "http://p/",
        "vintage": "2024",
    }
    assert "on 8 November 2026." in citation.text(source, where)
    assert "urldate = {2026-11-08}" in citation.bibtex([source], where)
    assert "Y2  - 2026/11/08/" in citation.ris([source], where)
    assert "2026-11-08" not in citation.bibtex([source])

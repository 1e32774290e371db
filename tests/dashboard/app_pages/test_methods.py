"""The index of KPIs by letter and by dimension, the ways to its parts, the citation of a source."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from markupsafe import Markup

from dashboard.app_pages.methods import kpi_cards, listing
from tests.dashboard.test_pages import text_of
from tests.dashboard.test_trust import methods_page, opened


@dataclass
class Kpi:
    """What an index knows of a KPI."""

    name: str
    dimension: str = ""


def test_names_stand_under_their_first_letters_accents_aside() -> None:
    kpis = [Kpi("Índice B"), Kpi("ábaco"), Kpi("3G"), Kpi("Indice A")]
    letters = [(code, [kpi.name for kpi in group]) for code, _title, group in kpi_cards.by_letter(kpis)]
    assert letters == [("0–9", ["3G"]), ("A", ["ábaco"]), ("I", ["Indice A", "Índice B"])]


def test_dimensions_without_a_kpi_have_no_part() -> None:
    kpis = [Kpi("a", "services"), Kpi("b", "legal"), Kpi("c", "services")]
    names = {"legal": "Law", "data": "Data", "services": "Services"}
    parts = [(code, title, len(group)) for code, title, group in kpi_cards.by_dimension(kpis, names)]
    assert parts == [("legal", "Law", 1), ("services", "Services", 2)]


def test_every_way_of_a_list_leads_to_a_part_of_it() -> None:
    sections = [listing.Section(code, f"<{code}>", [Markup("<details></details>")]) for code in ("A", "0–9")]
    html = listing.html(sections, hint="h")
    ways, parts = re.findall(r'href="#([^"]+)"', html), re.findall(r'<h3 [^>]*id="([^"]+)"', html)
    assert ways == parts == ["part-A", "part-0–9"]
    assert "&lt;A&gt;" in html
    assert "e-jump" not in listing.html(sections[:1], hint="h")


@pytest.mark.usefixtures("home")
def test_the_index_by_letter_holds_every_kpi_in_its_language() -> None:
    by_letter = text_of(opened(methods_page, by="letter", lang="es"))
    by_dimension = text_of(opened(methods_page, lang="es"))
    assert 1 < by_letter.count("<details>") == by_dimension.count("<details>")
    assert 'id="part-A"' in by_letter
    assert ">Instituciones</h3>" in by_dimension


@pytest.mark.usefixtures("home")
def test_every_source_opens_to_its_citation() -> None:
    text = text_of(opened(methods_page, show="sources", lang="es"))
    assert (
        text.count('<details class="e-cite-row"><summary>Cita</summary>')
        == text.count('<p class="e-cite" lang="en">')
        > 20
    )

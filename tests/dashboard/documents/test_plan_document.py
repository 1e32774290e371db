"""The document of a plan: what it says, how long it is, and that it says what the page says."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

import docx
import lxml.html
import pytest

from dashboard.charts import plan_words
from dashboard.components.outside import reader_of
from dashboard.documents import docx as as_docx
from dashboard.documents import html, markdown, pdf
from dashboard.documents.content import Bullets, Document, Figure, Heading, Paragraph, Table
from dashboard.documents.plan import plan_document
from dashboard.documents.plan_tables import MOST_GATES, MOST_STEPS, binding
from kpis import plan
from kpis.plan import phrases
from kpis.plan.steps import ways_up
from kpis.queries import Warehouse
from tests.dashboard.documents.pdf_facts import facts_of, texts_of
from tests.dashboard.documents.sample import HOSTILE

PAGES = 4
DAY = datetime.date(2026, 11, 28)
GOALS: list[tuple[str, dict[str, Any]]] = [
    ("COL", {"stage": "connected", "by": 2030}),
    ("HTI", {"stage": "connected", "by": 2035}),
    ("LAO", {"rank": 50, "by": 2028}),
    ("VCT", {"egdi": 0.85, "by": 2030}),
    ("TUV", {"stage": "connected", "by": 2030}),
]
"""Short and long plans, a long name in either language, the country with the fewest figures."""


def made(wh: Warehouse, area: str, goal: dict[str, Any], lang: str = "es", **written: Any) -> Document:
    outlook = plan.outlook(area, store=wh.tables, **goal)
    country_plan = plan.make(outlook, store=wh.tables, **written)
    return plan_document(reader_of(lang, wh), country_plan, made=DAY)


@pytest.mark.parametrize(("area", "goal"), GOALS, ids=[area for area, _goal in GOALS])
def test_a_minister_reads_four_pages_at_most(wh: Warehouse, area: str, goal: dict[str, Any]) -> None:
    written = pdf.write(made(wh, area, goal))
    facts = facts_of(written)
    assert facts.pages <= PAGES
    assert (facts.lang, facts.ua_part, facts.silent) == ("es-CO", "1", 0)
    text = " ".join(" ".join(texts_of(written)).split())
    parts = ["Dónde estamos", "Qué falta", "Pronóstico sin el plan y con el plan", "Pasos", "Riesgos",
             "Qué aporta a los ODS", "Método", "Fuentes"]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


@pytest.fixture(scope="module")
def haiti(wh: Warehouse) -> tuple[plan.Plan, plan.Outlook, Document]:
    outlook = plan.outlook("HTI", stage="connected", by=2030, store=wh.tables)
    step = "legal.enhanced"
    country_plan = plan.make(
        outlook, store=wh.tables, notes={step: HOSTILE},
        owners={step: HOSTILE, "services.enhanced": "=cmd()"},
        dues={step: "2027-06-30"}, budgets={step: "COP 1.200 millones"}, statuses={step: "under_way"},
    )  # fmt: skip
    return country_plan, outlook, plan_document(reader_of("es", wh), country_plan, made=DAY)


def tables(document: Document) -> dict[str, Table]:
    """The tables by the heading above them."""
    found: dict[str, Table] = {}
    heading = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block.text
        if isinstance(block, Table):
            found[heading] = block
    return found


def test_the_page_says_the_same(wh: Warehouse, haiti: tuple[plan.Plan, plan.Outlook, Document]) -> None:
    _plan, outlook, document = haiti
    reader = reader_of("es", wh)
    said = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert said[0] == plan_words.headline("Haití", outlook, reader.dimensions, reader.ctx) + "."
    kpis = {kpi_id: kpi.name for kpi_id, kpi in reader.kpis.items()}
    areas = {str(code): str(name) for code, name in reader.area_names.items()}
    assert said[1].startswith(plan_words.ambition(outlook, kpis, areas, reader.ctx))
    written = plan.markdown(_plan, "es", wh.tables)
    forecast = next(text for text in said if text.startswith("Si no ocurre nada nuevo"))
    assert [part for part in re.split(r"(?<=\.) (?=Con este plan)", forecast) if part not in written] == []


def test_the_hardest_gates_come_first_and_the_rest_is_counted(
    haiti: tuple[plan.Plan, plan.Outlook, Document],
) -> None:
    country_plan, outlook, document = haiti
    rows = tables(document)["Qué falta"].rows
    assert len(rows) == MOST_GATES < len(country_plan.targets)
    known = outlook.targets.set_index(["dimension", "kpi"])
    shares = []
    for target in binding(country_plan, outlook):
        row = known.loc[(target.dimension, target.kpi)]
        shares.append(row["n_did"] / row["n_stood"] if row["n_stood"] else 2.0)
    assert shares == sorted(shares)
    notes = " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    assert f"Se muestran {MOST_GATES} de {len(country_plan.targets)}, los más exigentes" in notes
    assert f"Se muestran {MOST_STEPS} de {len(ways_up(country_plan))} pasos" in notes


def test_a_step_stands_with_owner_day_budget_and_status(
    haiti: tuple[plan.Plan, plan.Outlook, Document],
) -> None:
    rows = tables(haiti[2])["Pasos"].rows
    row = next(row for row in rows if "Marco jurídico: emergente → mejorada" in row[0].text)
    assert row[1].text == HOSTILE
    assert [cell.text for cell in row[2:]] == ["30 de junio de 2027", "COP 1.200 millones", "en curso"]
    assert row[4].status == "middling"
    other = next(row for row in rows if "Infraestructura: emergente → mejorada" in row[0].text)
    assert [cell.text for cell in other[1:]] == ["aún sin nombrar", "–", "–", "–"]


def test_every_figure_has_its_year_and_old_ones_are_called_old(wh: Warehouse) -> None:
    document = made(wh, "TUV", {"stage": "connected", "by": 2030}, "en")
    rows = tables(document)["What is missing"].rows
    assert rows
    assert all(re.match(r"(19|20)\d\d", row[2].text) for row in rows)
    assert {row[2].text for row in rows if row[2].number == 2020} == {"2020, 6 years old"}
    assert phrases.age(2020, 5, wh.as_of, "en") == "2020, 6 years old: old"  # by another limit


def test_what_people_wrote_arrives_as_text_in_every_format(
    haiti: tuple[plan.Plan, plan.Outlook, Document],
) -> None:
    document = haiti[2]
    page = lxml.html.document_fromstring(html.write(document).decode())
    assert not list(page.iter("script"))
    assert "<script>alert(1)</script>" in page.text_content()
    opened = docx.Document(io.BytesIO(as_docx.write(document)))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    assert any(cell.startswith("<script>alert(1)</script> #import") for cell in cells)
    assert "=cmd()" in cells
    assert "\\<script\\>" in markdown.write(document).decode()
    assert "<script>alert(1)</script>" in " ".join("".join(texts_of(pdf.write(document))).split())


def test_both_fans_stand_on_one_scale(haiti: tuple[plan.Plan, plan.Outlook, Document]) -> None:
    fans = [
        block.picture
        for block in haiti[2].blocks
        if isinstance(block, Figure) and block.picture.kind == "fan"
    ]
    assert len(fans) == 2
    assert fans[0].reach == fans[1].reach  # type: ignore[union-attr]
    assert all(fan.about.alt for fan in fans)


def test_a_plan_whose_year_has_passed_says_so(wh: Warehouse) -> None:
    outlook = plan.outlook("COL", stage="connected", by=2030, store=wh.tables)
    old = plan.make(outlook, store=wh.tables).model_copy(update={"by": 2026, "milestones": ()})
    document = plan_document(reader_of("en", wh), old, made=DAY)
    assert isinstance(document.blocks[0], Paragraph)
    assert document.blocks[0].text.startswith("The year of this plan has passed.")
    assert pdf.write(document).startswith(b"%PDF")


def test_a_mobile_first_plan_says_what_it_begins_with_and_no_other_does(wh: Warehouse) -> None:
    goal = {"stage": "connected", "by": 2030}
    document = made(wh, "TUV", goal, mobile_first=True)
    at = [block.text if isinstance(block, Heading) else "" for block in document.blocks].index(
        "Prioridad al móvil"
    )
    items = document.blocks[at + 2]
    assert isinstance(items, Bullets)
    assert len(items.items) == 5
    assert items.items[0].startswith("Cobertura: Cobertura móvil 4G")
    assert facts_of(pdf.write(document)).pages <= PAGES
    others = made(wh, "TUV", goal)
    assert not [b for b in others.blocks if isinstance(b, Heading) and b.text == "Prioridad al móvil"]


def test_one_country_that_did_it_is_one(wh: Warehouse) -> None:
    document = made(wh, "TUV", {"stage": "connected", "by": 2030})
    items = [item for block in document.blocks if isinstance(block, Bullets) for item in block.items]
    assert [item for item in items if "uno lo logró en ese plazo: Uzbekistán" in item]
    assert not [item for item in items if ", 1 lo lograron" in item]


WRITTEN = (
    "<img src=x onerror=a()>",
    '#import "/x" #panic() $x$',
    "=cmd|' /C calc'!A0",
    "a\x00b",
    "\u202egnp",
    "漢字 مرحبا",
)


def test_what_is_written_into_a_plan_stays_text_in_every_format(wh: Warehouse) -> None:
    goal = {"stage": "connected", "by": 2030}
    steps = [each.id for each in plan.increments(plan.make(plan.outlook("HTI", store=wh.tables, **goal),
             store=wh.tables), "en", wh.tables)][: len(WRITTEN)]  # fmt: skip
    each = dict(zip(steps, WRITTEN, strict=True))
    document = made(wh, "HTI", goal, owners=each, budgets=each, notes=each)
    page = lxml.html.document_fromstring(html.write(document).decode())
    assert not list(page.iter("img", "script"))
    said = page.text_content()
    paper = " ".join(texts_of(pdf.write(document)))
    text = " ".join(
        cell.text for table in docx.Document(io.BytesIO(as_docx.write(document))).tables
        for row in table.rows for cell in row.cells
    )  # fmt: skip
    for written in (said, text):
        assert all(one in written for one in WRITTEN[:3])
    assert "#panic()" in paper.replace("\n", "")
    assert not set("\x00\u202e") & set(said + text + paper)

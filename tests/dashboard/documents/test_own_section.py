"""Own figures in documents: marked, with period, age, target, gates and source, beside no rank."""

from __future__ import annotations

import datetime

import pytest

from dashboard.components.outside import reader_of
from dashboard.documents import files, markdown
from dashboard.documents.brief import country_brief
from dashboard.documents.comparison import comparison
from dashboard.documents.content import Heading, Table
from dashboard.documents.own_section import section
from dashboard.documents.plan import plan_document
from kpis import plan
from kpis.queries import Warehouse
from kpis.workspace.figures import OwnValue

DAY = datetime.date(2026, 11, 28)
TABLE = "Cifras <b> del ministerio"


def value(series: str, kpi: str, period: str, amount: float) -> OwnValue:
    points = (("2015", amount - 9), (period, amount))
    own = (TABLE, series, kpi, "Trámites", "% de los trámites", "higher", period, amount, "", "")
    return OwnValue(*own, 80.0, 2030, (25.0, None, 60.0), points)


TRAMITES, OLD = value("TRAM", "", "2025-Q4", 48.0), value("EGDI", "EGDI", "2019", 0.7)


@pytest.mark.parametrize(
    ("lang", "mark", "old", "gates"),
    [
        ("en", "own figure", "2019, old", "✓ enhanced 25% · connected 60%"),
        ("es", "cifra propia", "2019, antiguo", "✓ mejorada 25\N{NO-BREAK SPACE}% · conectada"),
    ],
)
def test_each_document_marks_own_figures_and_names_period_target_gate_and_table(
    wh: Warehouse, lang: str, mark: str, old: str, gates: str
) -> None:
    reader, mine = reader_of(lang, wh), (TRAMITES, OLD)
    outlook = plan.outlook("COL", stage="connected", by=2030, store=wh.tables)
    both = tuple((area, one) for area in ("COL", "LAO") for one in mine)
    for document in (
        country_brief(reader, "COL", made=DAY, mine=mine),
        comparison(reader, ["COL", "LAO"], made=DAY, mine=both),
        plan_document(reader, plan.make(outlook, store=wh.tables), made=DAY, mine=mine),
    ):
        table = next(one for one in document.blocks if isinstance(one, Table) and TABLE in _said(one))
        assert len(table.rows) == (4 if document.title.count(",") else 2)
        assert {row[-1].sub for row in table.rows} == {mark}
        assert _said(table).count(old) == len(table.rows) / 2
        for part in ("2025-Q4", "2030", gates):
            assert part in _said(table)
        others = [one for one in document.blocks if isinstance(one, Table) and one is not table]
        assert not any("Trámites" in _said(one) for one in others)  # in no table of ranks


def _said(table: Table) -> str:
    return " ".join(f"{cell.text} {cell.sub}" for row in table.rows for cell in row)


def test_without_own_figures_a_document_is_as_before_and_with_them_none_is_taken_for_it(
    wh: Warehouse,
) -> None:
    reader = reader_of("en", wh)
    assert list(section(reader, ())) == []
    assert country_brief(reader, "COL", made=DAY, mine=()) == country_brief(reader, "COL", made=DAY)
    first = files.country(reader, "COL", "", "md", DAY, "", (TRAMITES,))
    second = files.country(reader, "COL", "", "md", DAY, "")
    assert "own figure" in first.decode()
    assert "Own figures in the annex: 1." in first.decode()
    assert "own figure" not in second.decode()


def test_the_plan_says_what_each_year_must_bring_and_a_writer_escapes_the_table(wh: Warehouse) -> None:
    blocks = list(section(reader_of("en", wh), (("COL", TRAMITES),), paced=True))
    assert isinstance(blocks[0], Heading)
    table = next(block for block in blocks if isinstance(block, Table))
    assert [cell.text for cell in table.rows[0][2:4]] == ["+6", "+1"]  # 32 in five years; 9 in ten
    document = country_brief(reader_of("en", wh), "COL", made=DAY, mine=(TRAMITES,))
    assert "<b>" not in markdown.write(document).decode()
    assert files.own_part(reader_of("en", wh), "COL", ()) == ""
    assert "\n\n## Own figures\n\n" in files.own_part(reader_of("en", wh), "COL", (TRAMITES,))

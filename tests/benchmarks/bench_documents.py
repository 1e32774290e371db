"""Documents: a plan in each format, warm, in a running process."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

from dashboard.components.outside import reader_of
from dashboard.documents.forms import WRITERS
from dashboard.documents.plan import plan_document
from kpis import open_warehouse, plan
from kpis.building.build import build
from tests.benchmarks.measure import limit, timed

AREAS = ("COL", "HTI", "VCT")  # a short plan, a long one, the longest name
FORMS = ("pdf", "docx", "html", "md")
DAY = datetime.date(2026, 11, 28)
MOST_SECONDS = 1.5


def main() -> None:
    """Print the time of a plan as a document, made and written, against its limit."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = open_warehouse(build(Path(folder) / "escala.duckdb"))
        reader = reader_of("es", warehouse)
        for area in AREAS:
            outlook = plan.outlook(area, stage="connected", by=2030, store=warehouse.tables)
            country_plan = plan.make(outlook, store=warehouse.tables)
            for form in FORMS:
                write = WRITERS[form]
                took = timed(lambda: write(plan_document(reader, country_plan, made=DAY)), 5)  # noqa: B023
                print(limit(f"plan of {area} as {form}", took.median, MOST_SECONDS, "s"), flush=True)

"""Own figures: a table of 100,000 rows read and checked, as CSV and as XLSX, and kept in a workspace."""

from __future__ import annotations

import csv
import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from kpis import catalogue, names
from kpis.workspace import LOCAL, open_workspace
from kpis.workspace.figures import Known, OwnFigures, Reading, Request, kpi_facts, read_figures
from kpis.workspace.figures.keep import keep
from tests.benchmarks.measure import limit

AREAS, PERIODS = 2_500, 40
MOST_SECONDS = 5.0  # of processor time, so that what else runs on the machine does not count
HEADINGS = ("area", "area name", "parent", "level", "period", "series", "value", "unit", "direction")


def rows() -> list[list[object]]:
    """100,000 figures of 2,500 municipalities in 40 quarters."""
    return [
        [
            f"{area:05d}",
            f"Municipio {area}",
            "COL",
            "municipality",
            f"{2015 + period // 4}-Q{period % 4 + 1}",
            "INET",
            (area * 37 + period * 11) % 6000 / 100,
            "per 100",
            "higher",
        ]
        for area in range(AREAS)
        for period in range(PERIODS)
    ]


def as_csv(table: list[list[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEADINGS, *table])
    return out.getvalue().encode()


def as_xlsx(table: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([HEADINGS, *table]):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def seconds(work: Callable[[], object]) -> float:
    """Processor time of some work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print the figures and their limits."""
    known = Known(kpi_facts(catalogue.load()), names.index(), 2026)
    table, read = rows(), list[Reading]()
    for name, make in (("CSV", as_csv), ("XLSX", as_xlsx)):
        data = make(table)
        took = seconds(lambda data=data: read.append(read_figures(data, "t", Request(), known)))  # type: ignore[misc]
        assert read[-1].is_good
        print(
            limit(
                f"read and check {len(table):,} rows, {name} ({len(data) / 1e6:.1f} MB)",
                took,
                MOST_SECONDS,
                "s",
            )
        )
    figures = read[-1].figures
    assert isinstance(figures, OwnFigures)
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(str(Path(folder) / "w.sqlite"))
        print(
            limit(
                "keep them in the workspace",
                seconds(lambda: keep(workspace, LOCAL, figures)),
                MOST_SECONDS,
                "s",
            )
        )
        workspace.engine.dispose()


if __name__ == "__main__":
    main()

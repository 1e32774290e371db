"""The build that is measured against pandas can be repeated, as the measurement does."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.benchmarks.bench_warehouse import tables_only


def test_the_tables_are_published_over_the_tables_of_the_run_before(tmp_path: Path) -> None:
    for _ in range(2):
        built_path = tables_only(tmp_path / "tables.duckdb")
    with duckdb.connect(str(built_path), read_only=True) as con:
        assert con.execute("select count(*) > 0 from kpi_value").fetchone() == (True,)

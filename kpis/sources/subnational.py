"""Figures below the country: fixed Internet in Colombia's municipalities, a data set of its own.

Upstream: one row per municipality (DIVIPOLA code), year, quarter and series. Here: `data/subnational/`,
figures and areas apart, area codes as text (they begin with 0). No table of countries reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kpis.sources.csvio import Row, read_if_there, write_rows

SOURCE = "colombia/internet_fijo_municipios_tidy.csv"
COLUMNS = ("area", "parent", "level", "period", "series", "value")
AREA_COLUMNS = ("area", "parent", "level", "name")
COUNTRY = "COL"
REQUIRED = (
    "area_code", "level", "area_name", "department_code", "department", "year", "quarter", "series", "value",
)  # fmt: skip


def figures(rows: list[Row]) -> Iterator[tuple[str, ...]]:
    """Rows of COLUMNS as published; a whole number loses the ".0" of its copy."""
    for row in rows:
        period = f"{row['year']}-Q{row['quarter']}"
        value = row["value"].removesuffix(".0")
        yield row["area_code"], row["department_code"], row["level"], period, row["series"], value


def areas(rows: list[Row]) -> Iterator[tuple[str, ...]]:
    """Rows of AREA_COLUMNS: the country, its departments and municipalities, names as published."""
    yield COUNTRY, "", "country", "Colombia"
    departments = {row["department_code"]: row["department"] for row in rows}
    for code, name in sorted(departments.items()):
        yield code, COUNTRY, "department", name
    municipalities = {
        row["area_code"]: (row["department_code"], row["level"], row["area_name"]) for row in rows
    }
    for code, (parent, level, name) in sorted(municipalities.items()):
        yield code, parent, level, name


def import_subnational(folder: Path, target: Path) -> int:
    """Write the figures of the newest update that has them below `target`; returns the number of values."""
    for newer in sorted(folder.glob("update-*"), reverse=True):
        if rows := read_if_there(newer / SOURCE, required=REQUIRED):
            write_rows(target / "colombia_areas.csv", AREA_COLUMNS, areas(rows))
            return write_rows(target / "colombia_fixed_internet.csv", COLUMNS, sorted(figures(rows)))
    return 0

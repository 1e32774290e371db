"""Brings the reference tables into temporary tables, and refuses what would move numbers without a word.

Every cell comes in as text. A table is checked as a set, by its key and by rules that each say what is wrong,
how to mend it and which rows break it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb
import pandas as pd

from kpis.errors import DataError, unknown
from kpis.names import COLUMNS as NAME_COLUMNS
from kpis.sources.classes import COLUMNS as CLASS_COLUMNS
from kpis.sources.csvio import table_lines
from kpis.sources.inputs import COLUMNS as INPUT_COLUMNS
from kpis.sources.reference import (
    AREA_COLUMNS,
    GROUP_COLUMNS,
    GROUP_KINDS,
    GROUP_SOURCE,
    LDC_COLUMNS,
    MEMBER_COLUMNS,
)
from kpis.sql import statement
from kpis.warehouse.checks import MAX_ROWS, NUMBER, YEAR, any_of, matches
from kpis.warehouse.frames import create_table

OUTSIDE_LIMITS = "outside_limits"
"""Column of the footnotes: 1 where a note says that the publisher itself prints a value beyond its limits."""
OPTIONAL = {"footnote": {OUTSIDE_LIMITS: "1"}, "group": {GROUP_SOURCE: ""}}
"""Columns that a table may lack, and the cell that then stands: older footnotes do not say which they are,
groups of one's own not where their members are listed."""

NEEDED: dict[str, Sequence[str]] = {
    "area": AREA_COLUMNS,
    "group": GROUP_COLUMNS,
    "area_group": MEMBER_COLUMNS,
    "footnote": ("footnote", "en", "es"),
    "classification": CLASS_COLUMNS,
}
IF_THERE: dict[str, Sequence[str]] = {  # a folder of one's own need not have them
    "input_year": INPUT_COLUMNS,
    "ldc_history": LDC_COLUMNS,
    "area_name": NAME_COLUMNS,
}
KEYS: dict[str, Sequence[str]] = {
    "area": ("ref_area",),
    "group": ("group_id",),
    "footnote": ("footnote",),
    "classification": ("scheme", "ref_area", "time_period"),
    "input_year": ("series", "ref_area", "time_period"),
    "ldc_history": ("ref_area", "valid_from"),
}


def _year_or_nothing(column: str) -> str:
    return matches(column, f"({YEAR})?")


def _flag(column: str) -> str:
    """No 0 and no 1; empty is nothing stated, and then for all areas: a folder of one's own need not say."""
    stated = f"exists (select 1 from staging_area where {column} <> '')"  # noqa: S608 - own names and rules
    return f"{column} not in ('0', '1') and ({column} <> '' or {stated})"


def _within(column: str, most: int) -> str:
    number = f"{matches(column, NUMBER)} and try_cast({column} as double) between -{most} and {most}"
    return f"({column} = '' or coalesce({number}, false))"


def _hidden(*columns: str) -> tuple[str, str]:
    """Controls and marks of direction, of which a reader sees nothing but what they do to the line."""
    return (
        f"{' and '.join(columns)} must not hold invisible characters",
        f"regexp_matches(concat({', '.join(columns)}), '[\\p{{Cc}}\\p{{Cf}}]')",
    )


def _alone(column: str) -> tuple[str, str]:
    fault = f"{column} is the name of two areas, so that nobody can tell them apart"
    return fault, f"true qualify count(*) over (partition by lower(trim({column}))) > 1"


UNKNOWN_AREA = ("ref_area is no known area code", "ref_area not in (select ref_area from staging_area)")
PERIOD = (
    (
        "valid_from and valid_to must be years of four digits or empty",
        f"not {_year_or_nothing('valid_from')} or not {_year_or_nothing('valid_to')}",
    ),
    ("valid_from is after valid_to", "valid_from <> '' and valid_to <> '' and valid_from > valid_to"),
)
WINDOW = "qualify"  # in a condition that compares rows with one another
FLAGS = ("ldc", "lldc", "sids")

RULES: dict[str, tuple[tuple[str, str], ...]] = {
    # what is wrong, and the condition that finds it; later rules may rely on earlier ones
    "area": (
        (
            "ref_area is no code of three capitals (ISO 3166-1 alpha-3)",
            f"not {matches('ref_area', '[A-Z]{3}')}",
        ),
        ("name_en and name_es must not be empty", "trim(name_en) = '' or trim(name_es) = ''"),
        _hidden("name_en", "name_es"),
        _alone("name_en"),
        _alone("name_es"),
        ("un_member must be 1 (UN Member State) or 0", "un_member not in ('0', '1')"),
        *((f"{flag} must be 1 (on the UN list) or 0", _flag(flag)) for flag in FLAGS),
        ("iso2 is no code of two capitals", f"iso2 <> '' and not {matches('iso2', '[A-Z]{2}')}"),
        ("m49 is no code of three digits", f"m49 <> '' and not {matches('m49', '[0-9]{3}')}"),
        ("iso2 stands twice", "iso2 <> '' qualify count(*) over (partition by iso2) > 1"),
        ("m49 stands twice", "m49 <> '' qualify count(*) over (partition by m49) > 1"),
        (
            "lat must be a number from -90 to 90 and lon one from -180 to 180, or both empty",
            f"not {_within('lat', 90)} or not {_within('lon', 180)} or (lat = '') <> (lon = '')",
        ),
        (
            "population must be a number above 0 or empty",
            f"population <> '' and not ({matches('population', NUMBER)} "
            "and coalesce(try_cast(population as double) > 0, false))",
        ),
        ("population_year is no year of four digits", f"not {_year_or_nothing('population_year')}"),
        (
            "income is no group of the kind income in group.csv",
            "income <> '' and income not in (select group_id from staging_group where kind = 'income')",
        ),
    ),
    "group": (
        ("group_id must be letters, digits, _ or -", f"not {matches('group_id', '[A-Za-z][A-Za-z0-9_.-]*')}"),
        (
            "group_id is the code of an area; an address could mean either",
            "upper(group_id) in (select ref_area from staging_area union select iso2 from staging_area)",
        ),
        (
            "group_id differs from another one by capitals only",
            "true qualify count(*) over (partition by lower(group_id)) > 1",
        ),
        (
            f"kind is not known; allowed: {', '.join(GROUP_KINDS)}",
            f"kind not in ({', '.join(map(repr, GROUP_KINDS))})",
        ),
        ("position must be a whole number", f"not {matches('position', '[0-9]{1,6}')}"),
        (
            "position stands twice",
            "true qualify count(*) over (partition by try_cast(position as integer)) > 1",
        ),
        ("name_en and name_es must not be empty", "trim(name_en) = '' or trim(name_es) = ''"),
        _hidden("name_en", "name_es", "note_en", "note_es"),
        (
            f"{GROUP_SOURCE} must be an address of the web or empty",
            f"{GROUP_SOURCE} <> '' and not {matches(GROUP_SOURCE, 'https?://[^ <>]+')}",
        ),
    ),
    "area_group": (
        UNKNOWN_AREA,
        ("group_id is not in group.csv", "group_id not in (select group_id from staging_group)"),
        *PERIOD,
        (
            "the periods of one area in one group overlap, so that it would count twice",
            "true qualify valid_from <= max(if(valid_to = '', '9999', valid_to)) over "
            "(partition by group_id, ref_area order by valid_from, line rows between unbounded preceding and "
            "1 preceding)",
        ),
        (
            "the area is in two groups of a kind of which each has one (region, income) at a time",
            "exists (select 1 from staging_area_group as o join staging_group as k using (group_id) "
            "join staging_group as g on g.kind = k.kind and g.kind in ('region', 'income') "
            "where g.group_id = staging_area_group.group_id and o.ref_area = staging_area_group.ref_area "
            "and o.group_id <> staging_area_group.group_id "
            "and o.valid_from <= if(staging_area_group.valid_to = '', '9999', staging_area_group.valid_to) "
            "and staging_area_group.valid_from <= if(o.valid_to = '', '9999', o.valid_to))",
        ),
        (
            "only UN Member States (un_member = 1 in area.csv) belong to groups",
            "ref_area in (select ref_area from staging_area where un_member <> '1')",
        ),
    ),
    "footnote": (
        ("footnote, en and es must not be empty", "trim(footnote) = '' or trim(en) = '' or trim(es) = ''"),
        _hidden("en", "es"),
        (f"{OUTSIDE_LIMITS} must be 1, 0 or empty", f"{OUTSIDE_LIMITS} not in ('1', '0', '')"),
    ),
    "classification": (
        UNKNOWN_AREA,
        ("scheme and class must not be empty", "trim(scheme) = '' or trim(class) = ''"),
        ("time_period is no year of four digits", f"not {matches('time_period', YEAR)}"),
    ),
    "input_year": (
        UNKNOWN_AREA,
        ("series must not be empty", "trim(series) = ''"),
        (
            "time_period must be a year of four digits, reference_year one or empty",
            f"not {matches('time_period', YEAR)} or not {_year_or_nothing('reference_year')}",
        ),
    ),
    "ldc_history": (
        UNKNOWN_AREA,
        *PERIOD,
        ("a note needs both languages", "(trim(note_en) = '') <> (trim(note_es) = '')"),
    ),
    "area_name": (  # it may know areas that area.csv has not
        (
            "ref_area, name and lang must not be empty",
            "trim(ref_area) = '' or trim(name) = '' or trim(lang) = ''",
        ),
    ),
}


def stage_reference(con: duckdb.DuckDBPyConnection, reference: Path, sources: Collection[str]) -> None:
    """Create `staging_area`, `staging_group` … from the tables in `reference`, all text, with their line.

    sources: ids of all sources that a row may name. Raises DataError with file, lines and first rows.
    """
    for name, columns in (NEEDED | IF_THERE).items():
        path = reference / f"{name}.csv"
        there = name in NEEDED or path.is_file()
        optional = OPTIONAL.get(name, {})
        frame = _table(path, columns, optional) if there else pd.DataFrame(columns=["line", *columns])
        create_table(con, f"staging_{name}", frame.astype({"line": "int64"}), temporary=True)
    for name, key in KEYS.items():
        same = f"true qualify count(*) over (partition by {', '.join(key)}) > 1"
        _check(con, reference, name, f"the key {', '.join(key)} occurs more than once; keep one row", same)
    for name, rules in RULES.items():
        of_rows = any_of(condition for _, condition in rules if WINDOW not in condition)
        wrong = con.execute(f"select 1 from staging_{name} where {of_rows} limit 1").fetchone()  # noqa: S608 - own names and rules
        for fault, condition in rules:
            if wrong or WINDOW in condition:
                _check(con, reference, name, fault, condition)
    _check_sources(con, reference, sources)
    _check_world(con, reference)


def _table(path: Path, columns: Sequence[str], optional: Mapping[str, str]) -> pd.DataFrame:
    """The rows of a table and their lines. Raises DataError if a column is missing."""
    lines = table_lines(path)
    _, header = next(lines, (0, []))
    absent = [name for name in columns if name not in header]
    if absent:
        raise DataError(
            f"{path}: column {', '.join(map(repr, absent))} is missing. Columns found: {', '.join(header)}."
        )
    rows = [{**optional, "line": line, **dict(zip(header, cells, strict=True))} for line, cells in lines]
    return pd.DataFrame(rows, columns=["line", *columns, *optional], dtype="object")


def _check(con: duckdb.DuckDBPyConnection, reference: Path, name: str, fault: str, condition: str) -> None:
    rows = con.execute(
        f"select * from (select * from staging_{name} where {condition}) order by line limit {MAX_ROWS}"  # noqa: S608 - own names and rules
    ).fetchall()
    if rows:
        first_rows = "; ".join(_row_text(name, row, fault) for row in rows)
        place = f"{_place(reference, name)}, line {rows[0][0]}"
        raise DataError(f"{place}: {fault}. First rows: {first_rows}. Mend them.")


def _place(reference: Path, name: str) -> str:
    """A table as a reader finds it, without the path of the machine."""
    return f"{reference.parent.name}/{reference.name}/{name}.csv"


def _row_text(name: str, row: Sequence[object], fault: str) -> str:
    """A row by its key and what the fault speaks of; a table without a key of its own shows all cells."""
    columns = (NEEDED | IF_THERE)[name]
    named = {*KEYS.get(name, columns), *re.findall(r"\w+", fault)}
    cells = zip(columns, row[1:], strict=False)  # optional columns stand behind them
    return ", ".join(f"{column}={_cut(cell)}" for column, cell in cells if column in named)


def _cut(cell: object) -> str:
    text = str(cell)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _check_sources(con: duckdb.DuckDBPyConnection, reference: Path, sources: Collection[str]) -> None:
    for name in ("classification", "input_year"):
        for line, source in con.execute(
            f"select min(line), source from staging_{name} group by source order by 1"  # noqa: S608 - own names and rules
        ).fetchall():
            if source not in sources:
                raise DataError(
                    unknown("source", source, sources, place=f"{_place(reference, name)}, line {line}")
                )


def _check_world(con: duckdb.DuckDBPyConnection, reference: Path) -> None:
    """Every UN Member State belongs to each group of the kind `world`, or its medians would leave it out."""
    rows = con.execute(statement("warehouse/not_in_the_world")).fetchall()
    if rows:
        areas = ", ".join(area for _, area in rows[:MAX_ROWS])
        raise DataError(
            f"{_place(reference, 'area_group')}: UN Member States without a row in {rows[0][0]}: "
            f"{areas}. Add them, or set un_member to 0 in area.csv."
        )

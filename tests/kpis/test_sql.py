"""SQL stands in files: each opens with its grain, the grain is true, none is unused, none is left over."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from kpis.income import INCOME_SERIES
from kpis.paths import PACKAGE
from kpis.queries import Warehouse
from kpis.sql import statement

FILES = sorted(PACKAGE.glob("*/sql/*.sql"))
NAMES = [f"{path.parent.parent.name}/{path.stem}" for path in FILES]
# These read tables of a build in progress or of a foreign file; the tests of their rooms run them.
ON_OTHER_TABLES = ("building/", "warehouse/")
MAY_BE_EMPTY = {  # what no release has changed yet, or concerns few areas
    "queries/releases",
    "queries/released_kpis",
    "queries/revisions",
    "queries/revised_ranks",
    "queries/publisher_classes",
}
ONE_LINE = 100  # characters: longer SQL does not fit beside the code of its line
SELECT = re.compile(r"\s*(--[^\n]*\n\s*)*(with\s+\w+\s+as|select\b.*\bfrom)\b", re.IGNORECASE | re.DOTALL)
PARAMETERS = {
    "area": "COL",
    "areas": ["COL", "URY", "HTI"],
    "band": 0.05,
    "base": 0.5,
    "edition": 2024,
    "enough": 30,
    "first": 2020,
    "group": "LDC",
    "groups": ["LDC", "SIDS"],
    "connectivity": "SDG_17.8.1",
    "income_lag": 3,
    "income_series": "NY.GDP.PCAP.PP.KD",
    "ln_income": "NY.GDP.PCAP.PP.KD",
    "ln_population": "SP.POP.TOTL",
    "kinds": ["region", "special"],
    "kpi": "EGDI",
    "kpis": ["EGDI", "OSI", "SDG_17.8.1"],
    "last": 2024,
    "max_age": 8,
    "methods": ["unsd", "sdsn"],
    "names": ["HDR.HDI", "HDR.LE"],
    "outcome": "SDG_3.8.1",
    "outcome_years": 5,
    "schooling": "HCI_MYS",
    "sources": None,
    "statuses": None,
    "year": 2024,
    "years": [2022, 2024],
}
OF_A_FILE: dict[str, dict[str, int | list[str]]] = {
    "progress/spells": {"years": 4},  # here a number of years
    "checks/series_values": {"edition": 2023},
    "forecast/stored": {"measures": ["EGDI"], "year": 2026},
}


def grain_of(text: str) -> list[str]:
    """Columns of `-- One row per (ref_area, time_period): …`; none where the file promises one row."""
    grain = re.match(r"-- One row per \(([a-z_, ]+)\)[.:]", text)
    return grain[1].split(", ") if grain else []


def test_there_are_statements_and_each_is_asked_for() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert len(NAMES) > 40
    assert [name for name in NAMES if f'statement("{name}")' not in code.replace("'", '"')] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_one_select_and_opens_with_its_grain(name: str) -> None:
    text = statement(name)
    assert re.match(r"-- One row( per \([a-z_, ]+\)[.:]|: | of figures per )", text), name
    (parsed,) = duckdb.extract_statements(text)
    assert parsed.type == duckdb.StatementType.SELECT


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(ON_OTHER_TABLES)])
def test_the_grain_is_true(wh: Warehouse, name: str) -> None:
    text = statement(name)
    (parsed,) = duckdb.extract_statements(text)
    values = PARAMETERS | OF_A_FILE.get(name, {})
    rows = wh.sql(text, {key: values[key] for key in parsed.named_parameters})
    assert rows.shape[0] > 0 or name in MAY_BE_EMPTY
    assert not rows.duplicated(grain_of(text)).any()


def test_which_side_is_better_and_what_income_is_stand_once() -> None:
    """In the macros and in `kpis.income`; elsewhere they are called or bound."""
    texts = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.sql")}
    for sign in ("when 'higher' then -", "when 'zero' then abs"):
        assert [path.name for path, text in texts.items() if sign in text] == ["sort_key.sql"]
    assert [path.name for path, text in texts.items() if INCOME_SERIES in text or "regr_slope" in text] == [
        "beyond_income.sql"
    ]
    code = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    assert [path.name for path, text in code.items() if INCOME_SERIES in text] == ["income.py"]


def strings(path: Path) -> list[str]:
    """All texts of a module but its docstrings; a value in an f-string is an empty gap."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    texts = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            texts.append(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
            texts.append("".join(map(str, parts)))
    return texts


def test_no_select_longer_than_a_line_is_left_in_python() -> None:
    files = sorted(PACKAGE.rglob("*.py"))
    assert SELECT.match("select a from b")
    assert SELECT.match("-- grain\nwith a as (select 1)")
    assert {
        f"{path.relative_to(PACKAGE)}: {text[:60]}"
        for path in files
        for text in strings(path)
        if len(text) > ONE_LINE and SELECT.match(text)
    } == set()


def test_the_line_on_income_is_the_same_to_the_last_digit_in_whatever_order_rows_come() -> None:
    """A sum of floats depends on its order, and the order of rows on how many threads were free."""
    areas = np.arange(190)
    income, value = np.log(500 + 97.3 * areas), 0.2 + np.sin(areas) / 7
    macro = (PACKAGE / "models" / "macros" / "beyond_income.sql").read_text(encoding="utf-8")
    predicted = set()
    for seed in range(6):
        order = np.random.default_rng(seed).permutation(areas)
        with duckdb.connect() as connection:
            rows = pd.DataFrame({"ref_area": order, "ln_income": income[order], "obs_value": value[order]})
            rows = rows.assign(kpi="EGDI", time_period=2024, obs_status="A")
            connection.register("rows", rows)
            connection.execute("create table points as select * from rows")
            connection.execute(macro)
            predicted.add(
                connection.execute(
                    "select predicted from beyond_income('points') where ref_area = 7"
                ).fetchone()
            )
    assert len(predicted) == 1

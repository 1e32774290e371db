"""Finds the SQL models and the macros they call, orders them by what they read, and runs them.

Macros stay in the warehouse, for statements of readers call them too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import duckdb

from kpis.errors import EngineError
from kpis.income import INCOME, MIN_AREAS
from kpis.steps import step

CONSTANTS = INCOME | {"min_areas": MIN_AREAS}
"""What a model may name as a parameter ($min_areas)."""

FOLDERS = {
    "": 'create table "{name}" as {sql}',
    "steps": 'create temp table "{name}" as {sql}',
    "macros": "{sql}",
}
"""Folder below the models → what is done with a file of it: tables, tables of the build alone, macros."""


@dataclass(frozen=True)
class Model:
    """One table or macro: its name, what creates it, the models it reads or calls, the constants it names."""

    name: str
    sql: str
    reads: frozenset[str]
    constants: frozenset[str]


@cache
def find_models(folder: Path) -> tuple[Model, ...]:
    """All models of the folder, its `steps/` and its `macros/`, each after what it reads.

    Raises EngineError for SQL that does not parse and for models that read one another in a circle.
    """
    files = {path.stem: path for kind in FOLDERS for path in sorted((folder / kind).glob("*.sql"))}
    models = {name: _model(path, folder, set(files)) for name, path in files.items()}
    try:
        order = list(TopologicalSorter({name: model.reads for name, model in models.items()}).static_order())
    except CycleError as error:
        raise EngineError(f"models read one another in a circle: {' → '.join(error.args[1])}.") from None
    return tuple(models[name] for name in order)


def run_models(con: duckdb.DuckDBPyConnection, models: tuple[Model, ...]) -> None:
    """Create every table and macro; steps are temporary. Raises EngineError naming the failing file."""
    for model in models:
        with step(f"model {model.name}.sql failed"):
            con.execute(model.sql, {name: CONSTANTS[name] for name in model.constants})


def _model(path: Path, folder: Path, names: set[str]) -> Model:
    import sqlglot  # here, because it is large and only a build needs it
    from sqlglot import exp

    sql = path.read_text(encoding="utf-8")
    try:
        tree = sqlglot.parse_one(sql, read="duckdb")
    except sqlglot.ParseError as error:
        raise EngineError(f"{path}: not valid SQL: {error}") from None
    reads = {node.name for node in tree.find_all(exp.Table, exp.Anonymous)} & names - {path.stem}
    constants = {node.name for node in tree.find_all(exp.Placeholder)} & CONSTANTS.keys()
    kind = "" if path.parent == folder else path.parent.name
    create = FOLDERS[kind].format(name=path.stem, sql=sql)
    return Model(path.stem, create, frozenset(reads), frozenset(constants))

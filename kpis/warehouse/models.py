"""Finds the SQL models, orders them by what they read, and runs them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp

from kpis.errors import EngineError
from kpis.steps import step


@dataclass(frozen=True)
class Model:
    """One table: its name, its SELECT, the models it reads, and whether it is only a step."""

    name: str
    sql: str
    reads: frozenset[str]
    is_step: bool


@cache
def find_models(folder: Path) -> tuple[Model, ...]:
    """All models of the folder (tables) and its `steps/` (intermediate), each after what it reads.

    Raises EngineError for SQL that does not parse and for models that read one another in a circle.
    """
    files = {
        path.stem: path for path in sorted(folder.glob("*.sql")) + sorted((folder / "steps").glob("*.sql"))
    }
    models = {name: _model(path, set(files)) for name, path in files.items()}
    try:
        order = list(TopologicalSorter({name: model.reads for name, model in models.items()}).static_order())
    except CycleError as error:
        raise EngineError(f"models read one another in a circle: {' → '.join(error.args[1])}.") from None
    return tuple(models[name] for name in order)


def run_models(con: duckdb.DuckDBPyConnection, models: tuple[Model, ...]) -> None:
    """Create every model's table; steps are temporary. Raises EngineError naming the failing file."""
    for model in models:
        temporary = "temp " if model.is_step else ""
        with step(f"model {model.name}.sql failed"):
            con.execute(f'create {temporary}table "{model.name}" as {model.sql}')


def _model(path: Path, known: set[str]) -> Model:
    sql = path.read_text(encoding="utf-8")
    try:
        tree = sqlglot.parse_one(sql, read="duckdb")
    except sqlglot.ParseError as error:
        raise EngineError(f"{path}: not valid SQL: {error}") from None
    reads = {table.name for table in tree.find_all(exp.Table)} & known - {path.stem}
    return Model(path.stem, sql, frozenset(reads), path.parent.name == "steps")

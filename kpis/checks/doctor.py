"""What is installed, which data version is served, what is stale or wrong, and how to mend it."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

import duckdb
import pandas as pd

from kpis import __version__
from kpis.building.build import data_version, usual_place
from kpis.catalogue import load
from kpis.errors import EscalaError
from kpis.freshness import is_old, year_of_reading
from kpis.paths import data_dir, warehouse_path
from kpis.queries import Warehouse
from kpis.sources.descriptor import differences, is_described
from kpis.steps import step
from kpis.warehouse.attach import LockedError
from kpis.warehouse.place import check
from kpis.warehouse.staging import stage
from kpis.warehouse.store import Store, expected_tables

LIBRARIES = ("duckdb", "pandas", "numpy", "streamlit", "plotly", "pydantic", "babel", "sqlglot")


@dataclass(frozen=True)
class Finding:
    """One check: whether it passed, what it saw, and the remedy."""

    status: Literal["ok", "stale", "wrong"]
    subject: str
    finding: str
    remedy: str = ""


def examine() -> list[Finding]:
    """All findings, in the order a person would look; nothing is changed and nothing is raised."""
    parts: dict[str, Callable[[], Iterator[Finding]]] = {
        "escala": _installed,
        "catalogue": _definitions,
        "data": _described,
        "warehouse": _warehouse,
    }
    return [finding for subject, look in parts.items() for finding in _looked(subject, look)]


def _looked(subject: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """The findings of one check; an exception is a finding too."""
    try:
        with step(subject):
            yield from look()
    except EscalaError as fault:
        yield Finding("wrong", subject, str(fault), "mend what is named, then run `escala build`")


def _installed() -> Iterator[Finding]:
    yield Finding(
        "ok", "escala", f"{__version__} on Python {platform.python_version()}, data in {data_dir()}"
    )
    for name in LIBRARIES:
        try:
            yield Finding("ok", name, version(name))
        except PackageNotFoundError:
            yield Finding("wrong", name, "not installed", "install Escala again with its dependencies")


def _definitions() -> Iterator[Finding]:
    try:
        catalogue = load()
    except EscalaError as fault:
        yield Finding("wrong", "catalogue", str(fault), "mend the named entry")
        return
    yield Finding("ok", "catalogue", f"{len(catalogue.kpis)} KPIs, {len(catalogue.sources)} sources")


def _described() -> Iterator[Finding]:
    """Whether the files are those that datapackage.json describes; figures of one's own are no fault."""
    if not is_described(data_dir()):
        yield Finding("ok", "data", "no datapackage.json here, so files are not compared with it")
        return
    try:
        changes = differences(data_dir())
    except EscalaError as fault:
        yield Finding("wrong", "data", str(fault), "mend the named file")
        return
    for change in changes:
        remedy = (
            "nothing to do if it is yours (`python -m kpis.sources.describe` records it); else restore it"
        )
        yield Finding("stale", change.path, change.how, remedy)
    if not changes:
        yield Finding("ok", "data", "every file is as datapackage.json describes it")


def _warehouse() -> Iterator[Finding]:
    path = warehouse_path()
    try:
        store = Store(path)
    except EscalaError as fault:
        yield _unopened(path, fault)
        yield from _looked("figures", lambda: _buildable(open_only=False))
        return
    try:
        current = data_version(open_only=bool(store.meta["open_only"]))
        if (store.version, store.as_of) != (current, year_of_reading()):
            yield Finding(
                "stale",
                "warehouse",
                f"{path}: data version {store.version}, figures are at {current}",
                "run `escala build`",
            )
            yield from _refused(path)
            yield from _looked("figures", lambda: _buildable(bool(store.meta["open_only"])))
        else:
            yield Finding(
                "ok", "warehouse", f"{path}: data version {store.version}, built {store.meta['built_at']}"
            )
    except EscalaError as fault:  # a file of figures that cannot be read
        yield Finding("wrong", "figures", str(fault), "mend the named file, then run `escala build`")
    try:
        yield from _tables(store)
    finally:
        store.close()


def _buildable(open_only: bool) -> Iterator[Finding]:
    """What a build would refuse: otherwise "run `escala build`" would be no remedy."""
    with duckdb.connect() as con:
        stage(con, load(), data_dir(), open_only=open_only)
    yield Finding("ok", "figures", "a build would take them")


def _unopened(path: Path, fault: EscalaError) -> Finding:
    """Why the warehouse cannot be opened, and whether a build would mend that."""
    if isinstance(fault, LockedError):
        return Finding("wrong", "warehouse", str(fault), "close the other program")
    return next(_refused(path), Finding("wrong", "warehouse", str(fault), "run `escala build`"))


def _refused(path: Path) -> Iterator[Finding]:
    """Why nothing may be built there, if so."""
    try:
        check(path, usual_place())
    except EscalaError as refusal:
        remedy = "move it away or name another file, then run `escala build`"
        yield Finding("wrong", "warehouse", str(refusal), remedy)


def _tables(store: Store) -> Iterator[Finding]:
    """Whether every table can be read to its end, and what the tables say of the figures."""
    spoilt = store.spoilt_tables()
    for name, reason in spoilt.items():
        yield Finding("wrong", f"table {name}", reason, "run `escala build`")
    if spoilt:
        return
    yield Finding("ok", "tables", f"{len(expected_tables())} tables, each read to its end")
    warehouse = Warehouse(store)
    yield from _looked("SQL box", lambda: _sql_box(warehouse))
    yield from _left_out(warehouse.left_out())
    yield from _figures(warehouse.kpis(), store.as_of)


def _sql_box(warehouse: Warehouse) -> Iterator[Finding]:
    """Whether the process that answers readers' own queries starts."""
    warehouse.ask("select count(*) from kpi")
    yield Finding("ok", "SQL box", "a query was answered")


def _left_out(closed: pd.DataFrame) -> Iterator[Finding]:
    """Whether the warehouse holds open sources only, and what it has not for that."""
    if not closed.empty:
        yield Finding(
            "ok",
            "open sources only",
            f"{len(closed)} KPIs are left out, their sources allow non-commercial reuse only: "
            f"{', '.join(closed['kpi'])}",
            "run `escala build` without --open-only where such reuse is enough",
        )


def _figures(kpis: pd.DataFrame, as_of: int) -> Iterator[Finding]:
    """KPIs without any value, and KPIs whose newest value is beyond its limit in the year of reading."""
    empty = kpis[kpis["n_areas"] == 0]
    old = kpis[(kpis["n_areas"] > 0) & is_old(kpis["last_year"], kpis["fresh_years"], as_of)]
    fresh = len(kpis) - len(empty) - len(old)
    yield Finding("ok", "figures", f"{fresh} of {len(kpis)} KPIs have a fresh value, read in {as_of}")
    for row in old.to_dict("records"):
        last, limit = int(row["last_year"]), int(row["fresh_years"])
        yield Finding(
            "stale",
            str(row["kpi"]),
            f"old since {last + limit + 1}: newest value of {last}, limit {limit} years",
            f"look for a newer release of {row['source_en']}: {row['url']}",
        )
    for row in empty.to_dict("records"):
        remedy = f"add figures of {row['source_en']}: {row['url']}"
        yield Finding("stale", str(row["kpi"]), "no values held", remedy)

"""Every view of the app, opened once in a run for all tests that look at all views."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.charts.context import Context, KpiView
from dashboard.navigation import PATHS
from dashboard.reads.cached import retire_others
from dashboard.reads.workplace import WORKPLACE
from kpis import catalogue, names
from kpis.workspace import LOCAL
from kpis.workspace.exercises import conduct
from kpis.workspace.figures import Known, Request, kpi_facts, read_figures
from kpis.workspace.figures.keep import keep, remove
from tests.benchmarks.views import COUNTRY, all_views, named
from tests.dashboard.serve.whole_app import opened

BEGIN, END = "⟦", "⟧"
ANSWER, MIXED = {"kpi": "GTMI_I35"}, {"kpi": "SDG_16.6.1"}  # a coded answer; years from 2006 on
AREAS = {"area": ["COL", "URY", "SIDS"]}
VIEWS: tuple[tuple[str, dict[str, object]], ...] = (
    *all_views(),
    # figures of other kinds of KPI
    ("", {**ANSWER}),
    ("", ANSWER | {"view": "ranking"}),
    ("", {**MIXED}),
    ("", MIXED | {"group": "LDC"}),
    ("country", COUNTRY | ANSWER),
    ("country", {"country": "HTI"} | MIXED),
    ("compare", AREAS | ANSWER),
    ("compare", AREAS | MIXED),
)
# Where a page reads what none of its views asks for.
FURTHER: tuple[tuple[str, dict[str, object]], ...] = (
    ("explore", {"show": "sql"}),
    ("plan", COUNTRY | {"reach": "egdi"}),
    ("plan", {"country": "UGA", "show": "steps"}),
)


# Two series that enter an index.
TABLE_YEAR = 2024
TABLE = """area,period,series,value,unit,direction
COL,2024,WATER,10,%,higher
PER,2024,WATER,20,,
COL,2024,DAYS,30,days,lower
PER,2024,DAYS,10,,
"""


@dataclass(frozen=True)
class Seen:
    """A view in English, with tables in place of charts.

    html: with BEGIN and END around every value of a KPI. address: the parameters that were asked for, and
    read: that it read. notes: what it says about them. faults: exceptions, errors and what was logged.
    """

    page: str
    address: frozenset[str]
    html: str
    read: frozenset[str]
    notes: tuple[str, ...]
    faults: tuple[str, ...]


Views = Mapping[str, Seen]  # by the name of the view


def html_of(app: AppTest) -> str:
    """All HTML of a page in one text."""
    return "\n".join(str(part.proto.body) for part in app.get("html"))


def write_all(path: Path, warehouse: Path) -> None:
    """Opens every view on a warehouse and writes what was seen."""
    with the_state_of_the_pass(warehouse, path.with_suffix(".sqlite")):
        views = {named(page, address): _look(page, address) for page, address in (*VIEWS, *FURTHER)}
        for held in (an_exercise, a_table):  # after the others, which begin with an empty workspace
            with held() as (page, address):
                views[named(page, address)] = _look(page, address)
    made = path.with_suffix(".part")
    made.write_bytes(pickle.dumps(views))
    made.replace(path)


def read_all(path: Path) -> Views:
    """What `write_all` wrote."""
    views: Views = pickle.loads(path.read_bytes())
    return views


@contextmanager
def the_state_of_the_pass(warehouse: Path, workspace: Path) -> Iterator[None]:
    """Values of KPIs stand between marks, in no answer cached before or after; charts are tables."""
    original = Context.value

    def value(self: Context, amount: float | None, kpi: KpiView) -> str:
        return f"{BEGIN}{original(self, amount, kpi)}{END}"

    _forget()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ESCALA_WAREHOUSE", str(warehouse))
        patched.delenv("ESCALA_DATA", raising=False)
        patched.setenv("ESCALA_WORKSPACE", str(workspace))
        patched.setattr(Context, "value", value)
        patched.setattr("dashboard.components.frame._chart", lambda _chart, frame: st.html(frame.table()))
        yield
    _forget()


def _forget() -> None:
    """Nothing read before serves the pass, nothing of it the next test."""
    retire_others("no version")
    st.cache_resource.clear()
    WORKPLACE.close()


@contextmanager
def an_exercise() -> Iterator[tuple[str, dict[str, object]]]:
    """The address of an exercise that is there while it is looked at."""
    held = conduct.begin(WORKPLACE.opened(), LOCAL, "Ministry")
    yield "exercise", {"exercise": held.id}
    conduct.remove(WORKPLACE.opened(), LOCAL, held)


@contextmanager
def a_table() -> Iterator[tuple[str, dict[str, object]]]:
    """The address of an index of one's own table that is there while it is looked at."""
    known = Known(kpi_facts(catalogue.load()), names.index(), TABLE_YEAR)
    own = read_figures(TABLE.encode(), "table.csv", Request(), known).figures
    assert own is not None
    held = keep(WORKPLACE.opened(), LOCAL, own)
    yield "mydata", {"show": "index"}
    remove(WORKPLACE.opened(), LOCAL, held)


def _look(page: str, address: dict[str, object]) -> Seen:
    """A view as it is seen."""
    logged: list[logging.LogRecord] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = logged.append  # type: ignore[method-assign]
    logging.getLogger("escala").addHandler(handler)
    app = opened(page, address, "en")
    logging.getLogger("escala").removeHandler(handler)
    store = app.session_state["escala_url"]
    faults = [part.value for part in (*app.exception, *app.error)]
    return Seen(
        page=page or PATHS[0],
        address=frozenset(address),
        html=html_of(app),
        read=frozenset(store.used),
        notes=tuple(str(note) for note in store.notes),
        faults=(*faults, *(logging.Formatter().format(record) for record in logged)),
    )

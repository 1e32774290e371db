"""The page Plan: its answer, its steps, its levers, its files; links that are whole, cut and hostile."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from dashboard.app_pages.plan import paces as plan_paces
from kpis import plan
from kpis.queries import Warehouse
from tests.dashboard.plotly_figure import checked
from tests.dashboard.test_pages import opened, read, text_of


def plan_page() -> None:
    """The script of the page Plan alone."""
    from dashboard.app_pages.plan import page as plan
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("plan")
    plan.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    shell.notes()
    state.end()


@pytest.fixture(autouse=True)
def _at_home(home: Path) -> None:
    """Every page reads the warehouse of all tests."""


@pytest.fixture
def gates() -> pd.DataFrame:
    """One gate in time, one never but with its peers' pace probably past it, one unknown."""
    return pd.DataFrame(
        {
            "kpi": ["A", "B", "C"],
            "time_period": [2024, 2024, 2020],
            "state_own": ["arrives", "never", "not_known"],
            "arrives_own": pd.array([2027, None, None], "Int64"),
            "missing_own": pd.array([None, None, None], "Int64"),
            "in_time_own": pd.array([True, False, None], "boolean"),
            "state_peers": ["arrives", "probably_reached", "stepwise"],
            "arrives_peers": pd.array([2150, None, None], "Int64"),
            "missing_peers": pd.array([None, 2025, None], "Int64"),
            "in_time_peers": pd.array([False, True, None], "boolean"),
        }
    )


def test_chart_says_year_never_and_unknown(gates, ctx):
    names = {"A": "Alpha", "B": "Beta", "C": "Gamma"}
    assert "1 of 3; pace not known: 1" in plan_paces.title(gates, 2030, ctx)
    text = plan_paces.alt(gates, 2030, names, ctx)
    assert "Alpha: past pace 2027, best quarter of peers after 2100" in text
    assert "Beta: past pace never at this pace" in text
    assert "best quarter of peers probably reached already; the figure of 2025 is missing" in text
    assert "Gamma: past pace pace not known, best quarter of peers an answer, no pace" in text
    figure = plan_paces.figure(gates, 2030, names, ctx)  # from today, 2026, to the goal; never: past it
    assert [trace.x[-1] for trace in checked(figure).data] == [2027, 2030, 2030, 2026, 2026, 2026]


def test_answer_comes_first_in_both_languages():
    text = text_of(opened(plan_page, lang="en", country="COL", reach="connected"))
    assert "Colombia: 2 gates to the connected stage in all dimensions by 2030" in text
    text = text_of(opened(plan_page, lang="es", country="COL", reach="connected"))
    assert "Colombia: 2 umbrales hasta la etapa conectada en todas las dimensiones para 2030" in text


def test_a_goal_that_is_met_says_so():
    assert "Estonia: connected stage in all dimensions: already met" in text_of(
        opened(plan_page, lang="en", country="EST", reach="connected")
    )


@pytest.mark.parametrize("show", ["gates", "steps", "levers", "files"])
@pytest.mark.parametrize("country", ["HTI", "BRB", "EST", "SSD"])
def test_every_part_opens(country, show):
    app = opened(plan_page, lang="es", country=country, show=show)
    assert not app.exception
    assert "<h1" in text_of(app)


def test_levers_of_the_address_move_the_rank():
    app = opened(plan_page, lang="en", country="COL", show="levers", set="OSI_SP:0.9")
    assert "0.7793 → 0.8130" in text_of(app)
    assert "68 → 56" in text_of(app)
    app.slider(key="lever_COL_OSI_SP").set_value(0.675).run(timeout=30)
    assert not app.exception
    assert "68 → 68" in text_of(app)


def test_the_day_of_a_step_is_typed_and_said_in_the_language_of_the_page(wh: Warehouse):
    outlook = plan.outlook("HTI", stage="enhanced", dimension="services", by=2032, store=wh.tables)
    haiti_plan = plan.make(outlook, dues={"services.enhanced": "2027-06-30"}, store=wh.tables)
    app = opened(plan_page, lang="es", plan=plan.link(haiti_plan), show="steps")
    key = "plan_dues_HTI_services.enhanced"
    assert app.text_input(key=key).value == "30/06/2027"
    assert "30 de junio de 2027" in text_of(app)
    app.text_input(key=key).input("31/02/2028").run(timeout=30)
    assert "«31/02/2028» no es una fecha entre 1990 y" in text_of(app)
    app.text_input(key=key).input("3.7.2028").run(timeout=30)
    assert "3 de julio de 2028" in text_of(app)
    assert "no es una fecha" not in text_of(app)
    app.text_input(key=key).input("").run(timeout=30)
    assert "de 2028" not in text_of(app)


def test_a_link_brings_back_goal_and_words(wh: Warehouse):
    outlook = plan.outlook("HTI", stage="enhanced", dimension="services", by=2032, store=wh.tables)
    haiti_plan = plan.make(outlook, owners={"services.enhanced": "Primature"}, store=wh.tables)
    app = opened(plan_page, lang="en", plan=plan.link(haiti_plan), show="steps")
    assert "enhanced stage in services by 2032" in text_of(app)
    assert app.text_input(key="plan_owners_HTI_services.enhanced").value == "Primature"


@pytest.mark.parametrize("packed", ["x", "gASVIAAAAAAAAACMBXBvc2l4", "<script>alert(1)</script>"])
def test_a_bad_link_gets_a_message_and_no_fault(packed):
    app = opened(plan_page, lang="es", country="COL", plan=packed)
    assert not app.exception
    assert app.warning
    assert "Colombia" in text_of(app)


def test_the_steps_to_a_plan_are_seen_before_a_country_is_chosen():
    app = opened(plan_page, lang="es")
    assert [app.expander[0].label, len(app.expander)] == ["Cargar un plan guardado", 1]
    steps = re.findall(r"<li[^>]*><b>([^<]+)</b>", text_of(app))
    assert steps == ["País", "Objetivo", "Año", "Documento"]
    app = opened(plan_page, lang="es", country="COL")
    app.button(key="plan_document").click().run(timeout=30)
    assert "El plan para llevar" in text_of(app)


def test_levers_are_carried_into_the_plan_until_they_are_taken_out():
    app = opened(plan_page, lang="en", country="COL", show="steps", set="OSI_SP:0.9")
    held = "This plan holds a component of “What if”: Services provision (OSI) 0.6747 (2024) → 0.9000."
    assert held in read(app)
    assert "Levels taken from “What if”" in text_of(app)
    app.button(key="carried_reset").click().run(timeout=30)
    assert "What if”" not in text_of(app)


def test_a_link_brings_its_levers_back(wh: Warehouse):
    outlook = plan.outlook("COL", stage="connected", by=2030, store=wh.tables)
    packed = plan.link(plan.make(outlook, levers={"OSI_SP": 0.9}, store=wh.tables))
    app = opened(plan_page, lang="en", plan=packed, show="levers")
    assert app.slider(key="lever_COL_OSI_SP").value == 0.9
    assert "68 → 56" in text_of(app)
    assert re.search(r"0\.0 worst ?median .{3,30} 0\.\d+ \(2024\) ?1\.0 best", read(app))

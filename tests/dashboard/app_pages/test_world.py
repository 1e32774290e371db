"""World: years played in the browser, parts of the map, the list first on a phone."""

from __future__ import annotations

import orjson
import pytest
import streamlit as st

from dashboard.app_pages.world import reads, views
from dashboard.app_pages.world.views import Choice
from dashboard.components import choosing, memory, state
from dashboard.reads import shared as data
from tests.dashboard.test_kept_pages import reader  # noqa: F401
from tests.dashboard.test_pages import opened, text_of

MOST = 60_000  # bytes


@pytest.mark.parametrize("kpi_id", ["EGDI", "SDG_17.8.1", "MOBILE_SUBS"])
def test_all_years_of_a_kpi_are_small(kpi_id, reader):  # noqa: F811
    one = reader("en")
    figure, _frame = views.chart(one, one.kpi(kpi_id), Choice(None))
    told = figure.beside["steps"]
    assert len(told["years"]) >= 12
    assert all(len(frame) == 193 for frame in told["frames"])
    assert len(orjson.dumps(told)) <= MOST


def test_a_part_of_the_map_that_is_none_is_noted():
    app = opened(lang="en", zoom="ATLANTIS")
    assert not app.exception
    assert "zoom" not in app.session_state["escala_url"].address()
    assert "AMERICAS" in text_of(app)


def test_the_part_of_my_country_is_offered_first_and_not_chosen(reader):  # noqa: F811
    one = reader("es")
    parts = views.parts(one, Choice(2024, mine="NAM"))
    assert [code for code, _name in parts[:2]] == ["WORLD", "AFRICA"]
    assert dict(parts)["CARIBBEAN"] == "Caribe"


def test_a_year_chosen_by_the_slider_is_the_year_of_the_page(monkeypatch):
    store = state.Store()
    monkeypatch.setattr(state, "store", lambda: store)
    monkeypatch.setattr(choosing, "choice", lambda: "year=2012")
    choosing.take(("year",))
    assert store.values == {"year": ["2012"]}
    monkeypatch.setattr(choosing, "choice", lambda: "kpi=OSI")
    choosing.take(("year",))
    assert store.values == {"year": ["2012"]}


def test_editions_on_another_scale_are_no_steps(reader):  # noqa: F811
    one = reader("en")
    other = data.shorter_scales(one.warehouse)
    kpi_id = next(iter(other))
    assert set(reads.history(one.warehouse, kpi_id)["time_period"]).isdisjoint(other[kpi_id])


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("cookies", "first"), [({memory.NARROW: "1"}, "ranking"), ({}, "map")])
def test_a_window_as_narrow_as_a_phone_gets_what_a_phone_gets(cookies, first, monkeypatch):
    monkeypatch.setattr(type(st.context), "cookies", cookies)
    assert opened(lang="en").session_state["control_view"] == first

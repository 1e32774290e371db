"""One chart of a page alone."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import alone
from tests.dashboard.test_pages import text_of


def stages_page(chart: str, *, answered: bool = False) -> None:
    """The script of the page of stages of Colombia, one chart of it alone."""
    import streamlit as st

    from dashboard.app_pages.stages import page as stages
    from dashboard.components import alone, numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("stages")
    state.store().put("country", ["COL"])
    with alone.only(chart, answered=answered) as wish:
        stages.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    st.session_state["drawn"] = (wish.key, wish.others)


def drawn(**choices: object) -> AppTest:
    app = AppTest.from_function(stages_page, kwargs=choices, default_timeout=60).run()
    assert not app.exception
    return app


@pytest.mark.usefixtures("home")
def test_the_chart_that_is_named_is_drawn_and_no_other():
    app = drawn(chart="stage_history")
    assert app.session_state["drawn"] == ("stage_history", ["ladder"])
    assert "stages since" in text_of(app)
    assert not app.toggle
    assert not app.get("download_button")


@pytest.mark.usefixtures("home")
def test_without_a_name_the_page_ends_with_its_first_chart():
    app = drawn(chart="")
    assert app.session_state["drawn"] == ("ladder", [])
    assert "stages since" not in text_of(app)


@pytest.mark.usefixtures("home")
def test_a_chart_that_the_page_does_not_have_leaves_nothing():
    app = drawn(chart="trend")
    assert app.session_state["drawn"] == ("", ["ladder", "stage_history"])


def test_pages_are_whole_where_nothing_is_wished():
    assert alone.wanted() is None

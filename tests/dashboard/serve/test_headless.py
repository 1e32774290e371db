"""A page runs without a browser and hands over its chart; what it draws disturbs nobody."""

from __future__ import annotations

import threading

import pytest
import streamlit as st

from dashboard.app_pages.world.page import draw
from dashboard.components import alone, language, state, workspace
from dashboard.components.outside import reader_of
from dashboard.serve.headless import headless
from kpis.queries import Warehouse


def test_a_page_runs_without_a_browser(wh: Warehouse, capfd: pytest.CaptureFixture[str]) -> None:
    def run() -> alone.Wish:
        with (
            language.spoken("es"),
            state.within("world", {"kpi": ["EGDI"], "view": ["map"]}),
            alone.only("world_map", drawn=False) as wish,
        ):
            draw(reader_of("es", wh))
        return wish

    wish = headless(run)
    assert (wish.key, wish.unit) == (
        "world_map",
        "Índice de Desarrollo del Gobierno Electrónico (EGDI) · índice, de 0 a 1",
    )
    assert wish.taken is not None
    assert {trace["type"] for trace in wish.taken.figure.data} >= {"choropleth", "scattergeo"}
    assert "streamlit run" not in "".join(capfd.readouterr())


def test_every_run_has_a_thread_and_a_session_of_its_own() -> None:
    def put() -> tuple[str, bool]:
        was_there = "mine" in st.session_state
        st.session_state["mine"] = 1
        return threading.current_thread().name, was_there

    runs = [headless(put), headless(put)]
    assert [(name.partition("_")[0], was_there) for name, was_there in runs] == [("headless", False)] * 2


def test_a_fault_reaches_who_asked() -> None:
    def fail() -> None:
        raise KeyError("of ours")

    with pytest.raises(KeyError, match="of ours"):
        headless(fail)


def test_a_command_reads_the_workspace_of_its_own_machine() -> None:
    """No server runs: nobody's session is asked for where the request came from."""
    assert headless(lambda: workspace.access("en")).is_open

"""What is read ahead: answers of no choice, in every language."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from dashboard.app_pages.methods import reads as methods
from dashboard.navigation import QUESTIONS
from dashboard.reads import shared as data
from dashboard.search.index import index
from dashboard.serve import ahead
from kpis.queries import Warehouse


@pytest.fixture
def served(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The published warehouse is the one in use."""
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(published))
    st.cache_resource.clear()


@pytest.mark.usefixtures("served")
def test_a_first_visitor_asks_the_warehouse_for_nothing_that_was_read_ahead(monkeypatch):
    ahead.read()
    ahead.read_later()
    wh = data.warehouse()

    def asked(*_args: object, **_named: object) -> None:
        raise AssertionError("the warehouse was asked")

    for one in ("areas", "groups", "kpis", "sources", "dimensions", "values", "sql"):
        monkeypatch.setattr(Warehouse, one, asked)
    for lang in ("en", "es"):
        assert data.areas(wh, lang).at["DEU", "name"] == {"en": "Germany", "es": "Alemania"}[lang]
        assert data.kpis(wh, lang)["EGDI"].id == "EGDI"
        assert index(wh, lang, QUESTIONS).find("germany")[0].entry.code == "DEU"
    checks, _outside = methods.verification(wh)
    assert checks["n"].sum() > 1000

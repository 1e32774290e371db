"""Each page declares the parameters of the address that it reads: all of them and no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit as st

from dashboard.navigation import LEFT_BEHIND, PAGES, PARAMETERS, PATHS, SHARED, Page
from dashboard.reads.workplace import WORKPLACE
from kpis.workspace import LOCAL
from kpis.workspace.exercises import conduct
from tests.benchmarks.views import COUNTRY, all_views
from tests.dashboard.test_every_page import opened

# Addresses at which a page reads what none of the views asks for.
FURTHER: tuple[tuple[str, dict[str, object]], ...] = (
    ("explore", {"show": "sql"}),
    ("plan", COUNTRY | {"reach": "egdi"}),
    ("plan", {"country": "UGA", "show": "steps"}),
)


@contextmanager
def an_exercise() -> Iterator[tuple[str, dict[str, object]]]:
    """The address of an exercise that is there while it is looked at."""
    held = conduct.begin(WORKPLACE.opened(), LOCAL, "Ministry")
    yield "exercise", {"exercise": held.id}
    conduct.remove(WORKPLACE.opened(), LOCAL, held)


@pytest.fixture(scope="module")
def parameters_read(published: Path) -> Iterator[dict[str, set[str]]]:
    """By page, the parameters that its runs read at all views."""
    by_page: dict[str, set[str]] = defaultdict(set)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ESCALA_WAREHOUSE", str(published))
        with an_exercise() as own:
            for path, address in (*all_views(), *FURTHER, own):
                app = opened(path, address, "en")
                by_page[path or PATHS[0]] |= set(app.session_state["escala_url"].used)
    yield by_page
    st.cache_resource.clear()  # the next test must not be served from here


@pytest.mark.parametrize("page", PAGES, ids=PATHS)
def test_a_page_reads_what_it_declares_and_nothing_else(
    page: Page, parameters_read: dict[str, set[str]]
) -> None:
    assert parameters_read[page.path] == {*SHARED, *page.parameters}


@pytest.mark.parametrize("page", PAGES, ids=PATHS)
def test_no_parameter_is_declared_twice_and_only_declared_ones_are_left_behind(page: Page) -> None:
    names = (*SHARED, *page.parameters)
    assert len(names) == len(set(names))
    assert set(page.left_behind) <= set(page.parameters)


def test_a_parameter_is_left_behind_by_every_page_that_reads_it() -> None:
    for page in PAGES:
        assert set(page.parameters) & LEFT_BEHIND == set(page.left_behind)
    assert len(PARAMETERS) == len(set(PARAMETERS))

"""Each page declares the parameters of the address that it reads: all of them and no other."""

from __future__ import annotations

import pytest

from dashboard.navigation import LEFT_BEHIND, PAGES, PARAMETERS, PATHS, SHARED, Page
from tests.dashboard.seen import Views


@pytest.mark.parametrize("page", PAGES, ids=PATHS)
def test_a_page_reads_what_it_declares_and_nothing_else(page: Page, views: Views) -> None:
    read = {name for view in views.values() if view.page == page.path for name in view.read}
    assert read == {*SHARED, *page.parameters}


@pytest.mark.parametrize("page", PAGES, ids=PATHS)
def test_no_parameter_is_declared_twice_and_only_declared_ones_are_left_behind(page: Page) -> None:
    names = (*SHARED, *page.parameters)
    assert len(names) == len(set(names))
    assert set(page.left_behind) <= set(page.parameters)


def test_a_parameter_is_left_behind_by_every_page_that_reads_it() -> None:
    for page in PAGES:
        assert set(page.parameters) & LEFT_BEHIND == set(page.left_behind)
    assert len(PARAMETERS) == len(set(PARAMETERS))

"""The walk leaves out no page, view, language, look or screen; without a browser."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from dashboard.navigation import PATHS
from tests.benchmarks.views import all_views, named
from tests.browser.stops import READERS, STOPS

SEEN = [(stop, parse_qs(stop.path.partition("?")[2])) for stop in STOPS]
SWITCHES = ("view", "show", "scope", "by")  # parameters that choose a view of a page


@pytest.mark.parametrize("page", PATHS)
def test_every_page_is_seen_in_both_languages_and_all_looks(page: str) -> None:
    here = [stop for stop in STOPS if stop.page == page]
    assert {stop.lang for stop in here} == {"en", "es"}
    assert {stop.look for stop in here} == {"light", "dark", "contrast"}
    assert any(stop.cold for stop in here)


@pytest.mark.parametrize(("page", "parameters"), list(all_views()), ids=lambda part: str(part))
def test_every_view_is_seen(page: str, parameters: dict[str, object]) -> None:
    switches = {name: [value] for name, value in parameters.items() if name in SWITCHES}
    assert any(
        stop.page == (page or PATHS[0]) and {name: query.get(name) for name in switches} == switches
        for stop, query in SEEN
    ), named(page, parameters)


def test_a_phone_sees_maps_ladder_matrix_and_lists() -> None:
    assert {stop.page for stop in STOPS if stop.phone} >= {"world", "country", "compare", "stages", "gaps"}


def test_no_stop_is_made_twice() -> None:
    assert len({str(stop) for stop in STOPS}) == len(STOPS)


def test_every_stop_has_a_reader_who_walks() -> None:
    assert {stop.reader for stop in STOPS} == set(READERS)

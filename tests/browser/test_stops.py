"""The walk leaves out no page, view, language, look or screen; without a browser."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from dashboard.navigation import PATHS
from tests.benchmarks.views import all_views, named
from tests.browser.stops import READERS, SHARE, STOPS, SWITCHES

SEEN = [(stop, parse_qs(stop.path.partition("?")[2])) for stop in STOPS]
IN_EVERY_RUN = [stop for stop in STOPS if stop in SHARE]


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


def test_every_run_makes_stops_of_the_walk_and_no_others() -> None:
    assert set(STOPS) >= SHARE
    assert len(IN_EVERY_RUN) == len(SHARE)


def test_every_run_sees_every_view_that_any_does() -> None:
    seen = {(stop.page, stop.view) for stop in IN_EVERY_RUN}
    assert {(stop.page, stop.view) for stop in STOPS if stop.page in PATHS} == seen
    in_spanish = {(stop.page, stop.view) for stop in IN_EVERY_RUN if stop.lang == "es"}
    assert [page for page, view in seen - in_spanish if view] == []


@pytest.mark.parametrize("page", PATHS)
def test_every_run_opens_a_page_anew_or_goes_there_by_its_link(page: str) -> None:
    here = [stop for stop in IN_EVERY_RUN if stop.page == page]
    assert [stop for stop in here if stop.cold or stop.by_link]
    assert [stop for stop in here if stop.lang == "es"]


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ({"look": "light"}, 24),
        ({"look": "contrast"}, 24),
        ({"look": "dark"}, 8),
        ({"lang": "en"}, 12),
        ({"phone": True}, 5),
        ({"by_link": True}, 8),
        ({"cold": True}, 8),
    ],
)
def test_every_run_has_its_share_of_every_kind(kind: dict[str, object], least: int) -> None:
    of_kind = [
        stop for stop in IN_EVERY_RUN if all(getattr(stop, name) == value for name, value in kind.items())
    ]
    assert len(of_kind) >= least


def test_a_phone_sees_maps_ladder_matrix_and_lists() -> None:
    assert {stop.page for stop in STOPS if stop.phone} >= {"world", "country", "compare", "stages", "gaps"}


def test_no_stop_is_made_twice() -> None:
    assert len({str(stop) for stop in STOPS}) == len(STOPS)


def test_every_stop_has_a_reader_who_walks() -> None:
    assert {stop.reader for stop in STOPS} == set(READERS)

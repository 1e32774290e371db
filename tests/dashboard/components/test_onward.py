"""Every page leads on, and no way goes in a circle of one."""

from __future__ import annotations

from collections import Counter

import pytest

from dashboard.components import onward
from dashboard.navigation import PATHS
from tests.dashboard.test_links import page
from tests.dashboard.test_pages import text_of


def test_every_page_leads_to_others_and_is_reached_from_one() -> None:
    assert set(onward.NEXT) == set(PATHS)
    followed = Counter(path for ways in onward.NEXT.values() for path, _question in ways)
    assert set(followed) == set(PATHS) - {"world"}  # where everybody begins
    for path, ways in onward.NEXT.items():
        targets = [target for target, _question in ways]
        assert 2 <= len(targets) == len(set(targets)) <= 3, path
        assert path not in targets, path


def test_every_page_is_reached_by_these_links_alone() -> None:
    reached: set[str] = set()
    ahead = ["world"]
    while ahead:
        path = ahead.pop()
        if path not in reached:
            reached.add(path)
            ahead += [target for target, _question in onward.NEXT[path]]
    assert reached == set(PATHS)


def onward_of(path: str, **address: str) -> str:
    """The questions below a page."""
    text = text_of(page(path, {**address}))
    return text[text.index('<nav class="e-onward"') :]


@pytest.mark.usefixtures("home")
def test_the_country_goes_along_and_the_kpi_where_it_is_offered() -> None:
    text = onward_of("country", country="COL", kpi="OSI", lang="es")
    assert "./stages?lang=es&amp;country=COL" in text
    assert "./compare?lang=es&amp;country=COL&amp;kpi=OSI" in text
    assert "¿" in text


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("path", "country", "link"),
    [("country", "XKX", './stages?lang=en"'), ("gaps", "none", './explore?lang=en"')],
)
def test_what_a_page_does_not_assess_stays_behind(path: str, country: str, link: str) -> None:
    assert link in onward_of(path, country=country, mine="COL", lang="en")

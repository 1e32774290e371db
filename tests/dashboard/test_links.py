"""Dead links: every address inside the app that a page shows names a page, and what that page reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import navigation
from dashboard.components import language, links, numbers, pickers
from dashboard.reads import shared as data
from dashboard.stage import wish
from dashboard.stories import ready
from tests.dashboard.seen import Views
from tests.dashboard.test_pages import opened, text_of

# In English every view is opened (`seen.py`); these in Spanish, some of every page and whatever is no view.
SHOWN: list[tuple[str, dict[str, str | list[str]]]] = [
    ("world", {"group": "CARIBBEAN_SIDS"}),
    ("world", {"view": "ranking", "kpi": "OSI"}),
    ("country", {"country": "COL"}),
    ("country", {"country": "XKX"}),
    ("compare", {"area": ["NAM", "SIDS"]}),
    ("compare", {"area": ["NAM", "SIDS"], "show": "table"}),
    ("stages", {"country": "JAM"}),
    ("stages", {"show": "moves"}),
    ("stages", {"show": "matrix", "country": "JAM"}),
    ("progress", {"scope": "group"}),
    ("progress", {"country": "COL", "scope": "path"}),
    ("robustness", {"country": "JAM", "index": "OSI-2024", "versus": "TTO"}),
    ("forecast", {"country": "JAM", "ahead": "3", "by": "special"}),
    ("lens", {"goal": "16", "country": "COL"}),
    ("lens", {"show": "association", "country": "COL"}),
    ("cases", {"case": "uga-mtrac"}),
    ("cases", {"gate": "OSI", "dimension": "services", "stage": "connected", "country": "JAM"}),
    ("plan", {"country": "COL", "show": "steps"}),
    ("plan", {"country": "COL", "show": "forecast"}),
    ("gaps", {"country": "NAM"}),
    ("gaps", {"country": "NAM", "show": "kpis"}),
    ("gaps", {"country": "PRK", "show": "next"}),
    ("explore", {"area": "JAM"}),
    ("lessons", {"theme": "caribbean-sids"}),
    ("lessons", {"show": "links"}),
    ("releases", {}),
    ("present", {}),
    ("mydata", {}),
    ("knowledge", {}),
    ("exercise", {}),
    ("methods", {}),
    ("methods", {"show": "rules"}),
]
SEARCHES = [
    "nam",
    "kosovo",
    "pobreza",
    "sdg",
    "16.9",
    "egdi",
    "caribe",
    "etapas",
    "mobile",
    "BIPA",
    "explorer",
    "what changed",
]
TABLES = [
    "world_map",
    "world_ranking",
    "stage_matrix",
    "stage_moves",
    "stage_flow",
    "rank_moves",
    "compare_trend",
    "gaps_heat",
    "gaps_map",
]


def alone(path: str) -> None:
    """The script of any page alone."""
    from importlib import import_module

    from dashboard.components import numbers, onward, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn(path)
    page = import_module(f"dashboard.app_pages.{path}.page")
    reader = shell.reader(lang, numbers.number_format("auto", lang), "light")
    page.draw(reader)
    onward.show(reader, path)
    state.note_unused()
    state.note_strangers()
    state.end()


def page(path: str, address: dict[str, str | list[str]]) -> AppTest:
    """A page with every table in place of its chart."""
    app = AppTest.from_function(alone, args=(path,), default_timeout=30)
    for name, value in {"lang": "en", **address}.items():
        app.query_params[name] = value
    for table in TABLES:
        app.session_state[f"table_{table}"] = True
    return app.run()


def addresses_on(html: str) -> set[str]:
    """Addresses inside the app, in the HTML of a page; those of a part of the same page must be there."""
    hrefs = {unescape(href) for href in re.findall(r'href="([^"]*)"', html)}
    parts = {href for href in hrefs if href.startswith("#")}
    assert parts <= {f"#{part}" for part in re.findall(r' id="([^"]*)"', html)}
    return {href for href in hrefs - parts if not re.match(r"[a-z]+:", href)}


def allowed(version: str) -> dict[str, set[str]]:
    """What the parameters of a link may hold, where that is a closed list for all pages."""
    areas = data.areas(version, "en")
    members = set(areas.index[areas["un_member"]])
    places = members | set(data.outside(version))
    kpis, groups = set(data.kpi_table(version).index), set(data.groups(version, "en").index)
    return {
        "lang": set(language.LANGUAGES), "nf": set(numbers.STYLES), "country": places, "kpi": kpis,
        "indicator": kpis, "group": groups, "peers": groups, "area": places | groups,
        "source": set(data.sources(version, "en").index),
        "present": {wish.ALONE, wish.OWN, wish.LINK, *ready.stories()},
    }  # fmt: skip


Kind = tuple[str, frozenset[str]]  # of a link: its page, and the parameters that it names


def kind(path: str, names: Iterable[str]) -> Kind:
    """Without what the shell of the app reads and not a page."""
    return path, frozenset(names) - set(navigation.SHARED)


@dataclass(frozen=True)
class Shown:
    """Every internal address of all pages and of some searches; kinds of which one was opened meanwhile."""

    links: set[str]
    kinds: set[Kind]


def test_some_of_every_page_is_opened_in_both_languages() -> None:
    assert {path for path, _ in SHOWN} == set(navigation.PATHS)


@pytest.fixture
def shown(home: Path, views: Views) -> Shown:
    links, kinds = set[str](), set[Kind]()
    for view in views.values():
        assert not view.faults, view
        links |= addresses_on(view.html)
        if not view.notes and view.address <= view.read:
            kinds.add(kind(view.page, view.address))
    for path, address in SHOWN:
        app = page(path, {**address, "lang": "es"})
        assert not app.exception, path
        links |= addresses_on(text_of(app))
        store = app.session_state["escala_url"]
        if not store.notes and set(address) <= set(store.used):
            kinds.add(kind(path, address))
    for words in SEARCHES:
        links |= addresses_on(text_of(opened(lang="en", find=words)))
    return Shown(links, kinds)


def test_no_link_is_dead(shown: Shown) -> None:
    valid_values, kpi_ids = allowed(data.warehouse()), {*data.kpis_with_data(data.warehouse()), ""}
    members = set(pickers.states(data.warehouse(), "en"))
    kinds: dict[Kind, str] = {}
    for link in sorted(shown.links):
        address = urlsplit(link)
        assert address.path.startswith("./"), f"{link}: leaves the folder that the dashboard stands in"
        path, values = address.path.removeprefix("./"), parse_qsl(address.query, strict_parsing=True)
        assert path in navigation.PATHS, f"{link}: no page {path}"
        for name, value in values:
            assert name in navigation.PARAMETERS, f"{link}: no page reads {name}"
            assert value in valid_values.get(name, {value}), f"{link}: {name} has no {value}"
            if name == "kpi" and path in links.OF_FIGURES:
                assert value in kpi_ids, f"{link}: without figures a KPI leads to its card"
            if name == "country" and path not in links.OF_FIGURES:
                assert value in members, f"{link}: {path} assesses Member States only"
        kinds.setdefault(kind(path, dict(values)), link)
    assert {path for path, _ in kinds} == set(navigation.PATHS)  # there are links to every page
    for path, names in kinds.keys() - shown.kinds:  # one of each kind is opened
        link = kinds[path, names]
        app = page(path, dict(parse_qsl(urlsplit(link).query)))
        store = app.session_state["escala_url"]
        assert not app.exception, link
        assert not store.notes, f"{link}: {store.notes}"
        assert names <= set(store.used), f"{link}: the page does not read {names - set(store.used)}"

"""Dead links: every address inside the app that a page shows names a page, and what that page reads."""

from __future__ import annotations

import re
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
from tests.dashboard.test_pages import opened, text_of

SHOWN: list[tuple[str, dict[str, str | list[str]]]] = [
    ("world", {}),
    ("world", {"group": "CARIBBEAN_SIDS"}),
    ("country", {}),
    ("country", {"country": "COL"}),
    ("country", {"country": "XKX"}),
    ("compare", {"area": ["NAM", "SIDS"]}),
    ("compare", {"area": ["NAM", "SIDS"], "show": "table"}),
    ("stages", {}),
    ("stages", {"country": "JAM"}),
    ("stages", {"show": "moves"}),
    ("progress", {}),
    ("progress", {"country": "COL"}),
    ("progress", {"country": "COL", "scope": "path"}),
    ("progress", {"scope": "group"}),
    ("robustness", {}),
    ("robustness", {"country": "COL"}),
    ("forecast", {}),
    ("forecast", {"country": "JAM", "ahead": "3", "by": "special"}),
    ("lens", {}),
    ("lens", {"goal": "16", "country": "COL"}),
    ("lens", {"show": "association", "country": "COL"}),
    ("lens", {"show": "income"}),
    ("cases", {}),
    ("cases", {"case": "uga-mtrac"}),
    ("cases", {"gate": "OSI", "dimension": "services", "stage": "connected", "country": "JAM"}),
    ("plan", {}),
    ("plan", {"country": "COL"}),
    ("plan", {"country": "COL", "show": "steps"}),
    ("plan", {"country": "COL", "show": "levers"}),
    ("plan", {"country": "COL", "show": "forecast"}),
    ("plan", {"country": "COL", "show": "files"}),
    ("stages", {"show": "matrix", "country": "JAM"}),
    ("gaps", {"country": "NAM", "show": "kpis"}),
    ("gaps", {"country": "PRK", "show": "next"}),
    ("gaps", {"by": "ranking"}),
    ("world", {"view": "ranking", "kpi": "OSI"}),
    ("robustness", {"country": "JAM", "index": "OSI-2024", "versus": "TTO"}),
    ("explore", {"area": "JAM"}),
    ("methods", {"show": "rules"}),
    ("methods", {"show": "check"}),
    ("methods", {"show": "edition"}),
    ("lessons", {}),
    ("lessons", {"show": "links"}),
    ("lessons", {"theme": "caribbean-sids"}),
    ("gaps", {}),
    ("gaps", {"country": "NAM"}),
    ("releases", {}),
    ("releases", {"show": "sources"}),
    ("explore", {}),
    ("explore", {"show": "sql"}),
    ("present", {}),
    ("mydata", {}),
    ("methods", {}),
    ("methods", {"show": "sources"}),
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


def addresses_on(app: AppTest) -> set[str]:
    """Addresses inside the app, in the HTML of a page; those of a part of the same page must be there."""
    hrefs = {unescape(href) for href in re.findall(r'href="([^"]*)"', text_of(app))}
    parts = {href for href in hrefs if href.startswith("#")}
    assert parts <= {f"#{part}" for part in re.findall(r' id="([^"]*)"', text_of(app))}
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


@pytest.fixture
def shown(home: Path) -> set[str]:
    """Every internal address of every page and of some searches."""
    found: set[str] = set()
    for path, address in SHOWN:
        for lang in language.LANGUAGES:
            app = page(path, {**address, "lang": lang})
            assert not app.exception, path
            found |= addresses_on(app)
    for words in SEARCHES:
        found |= addresses_on(opened(lang="en", find=words))
    return found


def test_no_link_is_dead(shown: set[str]) -> None:
    valid_values, kpi_ids = allowed(data.warehouse()), {*data.kpis_with_data(data.warehouse()), ""}
    members = set(pickers.states(data.warehouse(), "en"))
    kinds: dict[tuple[str, frozenset[str]], str] = {}
    for link in sorted(shown):
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
        kinds.setdefault((path, frozenset(name for name, _ in values)), link)
    assert {path for path, _ in kinds} == set(navigation.PATHS)  # there are links to every page
    for (path, names), link in kinds.items():  # one of each kind is opened
        app = page(path, dict(parse_qsl(urlsplit(link).query)))
        store = app.session_state["escala_url"]
        assert not app.exception, link
        assert not store.notes, f"{link}: {store.notes}"
        read = set(store.used) | set(navigation.SHARED)  # which the shell of the app reads, not a page
        assert names <= read, f"{link}: the page does not read {names - read}"

"""Dead links: every address inside the app that a page shows names a page, and what that page reads."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import language, numbers, pickers, state
from dashboard.components.links import OF_FIGURES
from dashboard.reads import shared as data
from tests.dashboard.test_pages import opened, text_of

PAGES: list[tuple[str, dict[str, str | list[str]]]] = [
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

    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn(path)
    page = import_module(f"dashboard.app_pages.{path}.page")
    page.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
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


def links(app: AppTest) -> set[str]:
    """Addresses inside the app, in the HTML of a page."""
    addresses = {unescape(address) for address in re.findall(r'href="([^"]*)"', text_of(app))}
    return {address for address in addresses if not re.match(r"[a-z]+:", address)}


def allowed(version: str) -> dict[str, set[str]]:
    """What the parameters of a link may hold, where that is a closed list for all pages."""
    areas = data.areas(version, "en")
    members = set(areas.index[areas["un_member"]])
    places = members | set(data.outside(version))
    kpis, groups = set(data.kpi_table(version).index), set(data.groups(version, "en").index)
    return {
        "lang": set(language.LANGUAGES), "nf": set(numbers.STYLES), "country": places, "kpi": kpis,
        "indicator": kpis, "group": groups, "peers": groups, "area": places | groups,
        "source": set(data.sources(version, "en").index), "present": {"on"},
    }  # fmt: skip


@pytest.fixture
def links_of_pages(home: Path) -> set[str]:
    """Every internal address of every page and of some searches."""
    assert home.is_file()  # what the pages show
    addresses: set[str] = set()
    for path, address in PAGES:
        for lang in language.LANGUAGES:
            app = page(path, {**address, "lang": lang})
            assert not app.exception, path
            addresses |= links(app)
    for words in SEARCHES:
        addresses |= links(opened(lang="en", find=words))
    return addresses


def test_no_link_is_dead(links_of_pages: set[str]) -> None:
    allowed_values, with_data = allowed(data.warehouse()), {*data.kpis_with_data(data.warehouse()), ""}
    members = set(pickers.states(data.warehouse(), "en"))
    kinds: dict[tuple[str, frozenset[str]], str] = {}
    for href in sorted(links_of_pages):
        address = urlsplit(href)
        assert address.path.startswith("./"), f"{href}: leaves the folder that the dashboard stands in"
        path, values = address.path.removeprefix("./"), parse_qsl(address.query, strict_parsing=True)
        assert path in state.PATHS, f"{href}: no page {path}"
        for name, value in values:
            assert name in state.PARAMETERS, f"{href}: no page reads {name}"
            assert value in allowed_values.get(name, {value}), f"{href}: {name} has no {value}"
            if name == "kpi" and path in OF_FIGURES:
                assert value in with_data, f"{href}: without figures a KPI leads to its card"
            if name == "country" and path not in OF_FIGURES:
                assert value in members, f"{href}: {path} assesses Member States only"
        kinds.setdefault((path, frozenset(name for name, _ in values)), href)
    assert {path for path, _ in kinds} == set(state.PATHS)  # there are links to every page
    for (path, names), href in kinds.items():  # one of each kind is opened
        app = page(path, dict(parse_qsl(urlsplit(href).query)))
        store = app.session_state["escala_url"]
        assert not app.exception, href
        assert not store.notes, f"{href}: {store.notes}"
        read = set(store.used) | {"present"}  # which the shell of the app reads, not a page
        assert names <= read, f"{href}: the page does not read {names - read}"

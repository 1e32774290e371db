"""The rules of the house, read from the code: who may import whom, and that the documents match the tree."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

# From the ground up: a room may import rooms of earlier lines and its own, nothing above.
STOREYS = [
    {"errors", "version", "tables", "languages", "spreadsheet"},
    {"texts", "locale"},
    {"messages"},
    {"intake"},
    {"paths", "freshness", "steps"},
    {"catalogue"},
    {"sources"},
    {"names"},
    {"models"},
    {"warehouse"},
    {"cards"},
    {"composite"},
    {"progress"},
    {"stages"},
    {"egdi"},
    {"changes"},
    {"peers"},
    {"cases"},
    {"plan"},
    {"links"},
    {"queries"},
    {"building"},
    {"checks"},
    {"methods"},
    {"cli"},
]
ABOVE_PAGES = {"dashboard.router", "dashboard.serve.ahead"}  # what may know all pages
KINDS = ("bar", "scatter", "heatmap", "choropleth", "scattergeo")
TRACES = {f"dashboard.charts.figure.{kind}" for kind in KINDS}
LEVEL = {room: level for level, rooms in enumerate(STOREYS) for room in rooms}


def python_files(folder: str) -> list[Path]:
    return [path for path in sorted((ROOT / folder).rglob("*.py")) if "_data" not in path.parts]


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """The syntax of a file, read once."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports(path: Path) -> set[str]:
    """Dotted names of all modules that a file imports, also inside functions."""
    names: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room(name: str) -> str:
    """The room of a dotted name or file path within kpis."""
    return name.split(".")[1] if name.count(".") else ""


def test_the_kpi_layer_knows_nothing_of_the_dashboard() -> None:
    above = {"dashboard", "streamlit", "plotly"}
    files = {path.relative_to(ROOT).as_posix(): imports(path) for path in python_files("kpis")}
    assert len(files) > 100
    assert {file for file, names in files.items() if {name.split(".")[0] for name in names} & above} == set()


def test_rooms_import_only_rooms_below_them() -> None:
    for path in python_files("kpis"):
        here = path.relative_to(ROOT / "kpis").parts[0].removesuffix(".py")
        if here == "__init__":
            continue
        assert here in LEVEL, f"{here}: give the new room its place in STOREYS"
        for name in imports(path):
            if name.startswith("kpis.") and (target := room(name)) in LEVEL:
                assert LEVEL[target] <= LEVEL[here], f"{path.name} ({here}) imports {name}"


def test_charts_are_pure() -> None:
    for path in python_files("dashboard/charts"):
        assert "streamlit" not in {name.split(".")[0] for name in imports(path)}, path


def test_no_page_knows_another_and_what_pages_share_knows_none() -> None:
    """A change to a page stays in its room."""
    of_pages = "dashboard.app_pages."
    faults = []
    for path in python_files("dashboard"):
        here = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        own = ".".join(here.split(".")[:3]) if here.startswith(of_pages) else None
        others = {name for name in imports(path) if name.startswith(of_pages)}
        others -= {name for name in others if own and f"{name}.".startswith(f"{own}.")}
        if here not in ABOVE_PAGES:
            faults += [f"{here} imports {name}" for name in others]
    assert faults == []


def test_what_draws_a_chart_is_pure() -> None:
    """Wherever it stands: table in, figure out, no Streamlit."""
    for path in python_files("dashboard"):
        names = imports(path)
        if names & TRACES:
            assert "streamlit" not in {name.split(".")[0] for name in names}, path


def test_paths_named_in_architecture_exist() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:kpis|dashboard|data|tests|\.ci|\.streamlit)/[^`\s*]*)`", text)
    assert len(named) > 20
    missing = [name for name in named if not (ROOT / name).exists()]
    assert missing == []


def test_every_room_is_in_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {p.name for p in (ROOT / "kpis").iterdir() if p.is_dir() and not p.name.startswith("_")}
    assert [name for name in rooms if f"kpis/{name}/" not in text] == []


def test_no_folder_named_pages() -> None:
    assert not list((ROOT / "dashboard").rglob("pages"))


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    long = {
        p.name: n
        for p in python_files("kpis") + python_files("dashboard")
        if (n := p.read_text().count("\n")) > 400
    }
    assert long == {}


def test_nothing_is_unpickled_or_evaluated() -> None:
    for path in python_files("kpis") + python_files("dashboard"):
        called = {
            node.func.id
            for node in nodes(path)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not called & {"eval", "exec"}, path
        assert "pickle" not in imports(path), path

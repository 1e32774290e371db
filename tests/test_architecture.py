"""The rules of the tree: who may import whom is read from ARCHITECTURE.md, the rest from the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

from tests.conftest import ROOT
from tests.docs.blocks import blocks

PACKAGES = ("kpis", "dashboard")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / name for name in ("ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "SECURITY.md")]
DOCUMENTS += sorted((ROOT / "docs").rglob("*.md"))
ABOVE_PAGES = {"dashboard.router", "dashboard.serve.ahead"}  # what may know all pages
KINDS = ("bar", "scatter", "heatmap", "choropleth", "scattergeo")
TRACES = {f"dashboard.charts.figure.{kind}" for kind in KINDS}


def python_files(folder: str) -> list[Path]:
    return [path for path in sorted((ROOT / folder).rglob("*.py")) if "_data" not in path.parts]


def dotted(path: Path) -> str:
    """The name under which a file is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {dotted(path): path for package in PACKAGES for path in python_files(package)}


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """The syntax of a file, read once."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports(path: Path) -> set[str]:
    """Dotted names of all modules that a file imports, also inside functions and for types alone."""
    names: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= inside if inside <= MODULES.keys() else inside | {node.module}
    return names


def modules_imported(path: Path) -> set[str]:
    """Modules of both packages that a file imports."""
    return imports(path) & MODULES.keys()


def room(module: str) -> str:
    """The part of a package that a module belongs to; the package itself is `__init__`."""
    return [*module.split("."), "__init__"][1]


def rows(package: str) -> list[str]:
    """Rooms of a package in the order of its table in ARCHITECTURE.md, from the ground up."""
    _, _, after = ARCHITECTURE.partition(f"\n### The rooms of `{package}/`")
    section = re.split(r"\n##+ ", after)[0]
    return re.findall(rf"^\| `{package}/([\w./]+?)(?:\.py|/)` \|", section, re.MULTILINE)


def rooms_of_tree(package: str) -> set[str]:
    """Rooms that hold code or SQL; `__init__` only where it imports from its own package."""
    rooms = {room(module) for module in MODULES if module.startswith(f"{package}.")}
    rooms |= {path.parent.name for path in (ROOT / package).glob("*/*.sql")}
    return rooms | ({"__init__"} if modules_imported(MODULES[package]) else set())


@pytest.mark.parametrize("package", PACKAGES)
def test_every_room_has_one_row_and_every_row_a_room(package: str) -> None:
    assert sorted(rows(package)) == sorted(rooms_of_tree(package))


@pytest.mark.parametrize("package", PACKAGES)
def test_a_room_imports_only_rooms_above_it_in_the_table(package: str) -> None:
    level = {name: at for at, name in enumerate(rows(package))}
    upwards = [
        f"{module} ({room(module)}) imports {target} ({room(target)})"
        for module, path in MODULES.items()
        if module.split(".")[0] == package
        for target in modules_imported(path)
        if target.split(".")[0] == package and level[room(target)] > level[room(module)]
    ]
    assert upwards == []


def test_no_two_modules_import_each_other_in_a_circle() -> None:
    """Over all modules of both packages, imports inside functions and for types included."""
    TopologicalSorter({module: modules_imported(path) for module, path in MODULES.items()}).prepare()


def test_the_kpi_layer_knows_nothing_of_the_dashboard() -> None:
    above = {"dashboard", "streamlit", "plotly"}
    files = {path.relative_to(ROOT).as_posix(): imports(path) for path in python_files("kpis")}
    assert len(files) > 100
    assert {file for file, names in files.items() if {name.split(".")[0] for name in names} & above} == set()


def test_pages_and_commands_open_no_database() -> None:
    """They ask an open warehouse."""
    files = [*python_files("dashboard"), *python_files("kpis/cli")]
    assert [path.name for path in files if "duckdb" in imports(path)] == []


def test_charts_are_pure() -> None:
    for path in python_files("dashboard/charts"):
        assert "streamlit" not in {name.split(".")[0] for name in imports(path)}, path


def test_no_page_knows_another_and_what_pages_share_knows_none() -> None:
    """A change to a page stays in its room."""
    of_pages = "dashboard.app_pages."
    faults = []
    for path in python_files("dashboard"):
        here = dotted(path)
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


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_paths_named_in_documents_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = re.findall(r"`((?:kpis|dashboard|data|tests|\.ci|\.streamlit)/[^`\s*<>…]*)`", text)
    made_by_the_reader = {block.path for block in blocks(text)}
    assert [name for name in named if not (ROOT / name).exists() and name not in made_by_the_reader] == []


def test_no_folder_named_pages() -> None:
    """Streamlit would take it for its older mechanism."""
    assert not list((ROOT / "dashboard").rglob("pages"))


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    lines = {module: path.read_text(encoding="utf-8").count("\n") for module, path in MODULES.items()}
    assert {module: count for module, count in lines.items() if count > 400} == {}


def function_lengths() -> Iterator[int]:
    """Lines of the body of every function of both packages, without its docstring."""
    for path in MODULES.values():
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                statements = node.body[ast.get_docstring(node) is not None :]
                yield statements[-1].end_lineno - statements[0].lineno + 1 if statements else 0


def test_a_function_fits_in_the_eye() -> None:
    lengths = list(function_lengths())
    assert len(lengths) > 2000
    assert median(lengths) <= 7
    assert sum(length <= 20 for length in lengths) >= 0.9 * len(lengths)


def test_nothing_is_unpickled_or_evaluated() -> None:
    for path in python_files("kpis") + python_files("dashboard"):
        called = {
            node.func.id
            for node in nodes(path)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not called & {"eval", "exec"}, path
        assert "pickle" not in imports(path), path


def test_every_list_to_pick_from_says_in_the_readers_language_what_to_pick() -> None:
    """Streamlit's own words, "Choose an option", are English whatever the language."""
    calls = [
        (dotted(path), node)
        for path in python_files("dashboard")
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("selectbox", "multiselect")
    ]
    assert calls
    assert [
        (module, node.lineno)
        for module, node in calls
        if "placeholder" not in {keyword.arg for keyword in node.keywords}
    ] == []


def test_files_are_made_when_they_are_asked_for() -> None:
    """Bytes given beforehand may be gone when a browser asks for them (components/file_button.py)."""
    named = {
        dotted(path)
        for path in python_files("dashboard")
        if any(isinstance(node, ast.Attribute) and node.attr == "download_button" for node in nodes(path))
    }
    assert named == {"dashboard.components.file_button"}

"""The list of undocumented points is whole, true of the installed libraries, and nobody else touches one."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
import streamlit

from dashboard.paths import OWN, made_files
from dashboard.serve import internals
from dashboard.serve.addresses import METRICS, STREAMLIT_FOLDERS, STREAMLIT_PATHS
from dashboard.serve.private_points import BUNDLE, POINTS
from dashboard.serve.python_points import PrivatePoint
from tests.conftest import ROOT

# Modules that the libraries document; all others may be imported in `dashboard/serve/` alone.
DOCUMENTED = {
    "streamlit": {"streamlit", "streamlit.testing.v1"},
    "plotly": {"plotly.graph_objects"},
    "pandas": {"pandas", "pandas.api.types"},
    "duckdb": {"duckdb"},
    "numpy": {"numpy", "numpy.typing", "numpy.linalg", "numpy.random"},
    "uvicorn": {"uvicorn"},
}
STYLES = "styles"  # a folder of parts
STATIC = [
    STYLES,
    *(file.name for file in (ROOT / "dashboard" / "static").iterdir() if file.suffix in (".css", ".js")),
]
FRONT_END = re.compile(r"""data-testid[\^*]?=["'](\w+)|\.(st[A-Z]\w+)""")


def names() -> list[str]:
    return [f"{point.file}: {point.name}" for point in POINTS]


def text_of(name: str) -> str:
    """A file, or the files of a folder one after the other."""
    path = ROOT / name
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_a_point_is_listed_once_and_says_why() -> None:
    assert len(names()) == len(set(names())) > 60
    assert all(point.why and point.breaks and point.library for point in POINTS)


@pytest.mark.parametrize("point", POINTS, ids=names())
def test_the_file_uses_the_point_and_the_test_is_there(point: PrivatePoint) -> None:
    assert point.name in text_of(point.file)
    path, _, function = point.test.partition("::")
    assert not function or f"def {function}(" in (ROOT / path).read_text(encoding="utf-8")
    assert (ROOT / path).is_file()


@cache
def bundle() -> str:
    """All scripts of Streamlit's front end but its charts, and Plotly as we serve it."""
    theirs = sorted((internals.front_end() / "static" / "js").glob("*.js"))
    scripts = [script for script in theirs if not script.name.startswith("PlotlyChart.")]
    assert len(scripts) == len(theirs) - 1
    plotly = OWN / made_files()["plotly.js"]["file"]
    return "\n".join(script.read_text(encoding="utf-8") for script in (*scripts, plotly))


@pytest.mark.parametrize("name", sorted({point.name for point in POINTS if point.test == BUNDLE}))
def test_the_front_end_has_every_name_that_is_listed(name: str) -> None:
    assert name in bundle()


@pytest.mark.parametrize("name", sorted(STATIC))
def test_every_name_of_the_front_end_is_listed(name: str) -> None:
    file = f"dashboard/static/{name}"
    used = {part for pair in FRONT_END.findall(text_of(file)) for part in pair if part}
    assert used <= {point.name for point in POINTS if point.file == file}


@pytest.mark.parametrize("address", [*STREAMLIT_PATHS, *STREAMLIT_FOLDERS, METRICS])
def test_streamlit_answers_the_addresses_that_are_let_pass(address: str) -> None:
    last = address.strip("/").rpartition("/")[2]
    server = Path(streamlit.__file__).parent / "web" / "server"
    assert any(last in module.read_text(encoding="utf-8") for module in server.rglob("*.py"))


def undocumented(path: Path) -> list[str]:
    """Imports of undocumented modules, and private attributes asked for by their names in quotes."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            module = node.module
            inner = {f"{module}.{alias.name}" for alias in node.names}
            found += [module, *(name for name in inner if is_module(name))]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "getattr":
            attribute = node.args[1]
            if isinstance(attribute, ast.Constant) and str(attribute.value).startswith("_"):
                found.append(f"getattr {attribute.value}")
    return [
        name
        for name in found
        if name.startswith("getattr")
        or ((library := name.partition(".")[0]) in DOCUMENTED and name not in DOCUMENTED[library])
    ]


@cache
def is_module(name: str) -> bool:
    """Whether a library has a module of this name."""
    path = Path(streamlit.__file__).parents[1] / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


def test_what_is_undocumented_is_found(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        "import streamlit as st\nfrom streamlit import runtime, cache_data\nfrom pandas.core import frame\n"
        "import plotly.tools\nold = getattr(st, '_config')\n"
    )
    assert undocumented(module) == [
        "streamlit.runtime",
        "pandas.core",
        "pandas.core.frame",
        "plotly.tools",
        "getattr _config",
    ]


def test_nothing_undocumented_is_used_outside_unless_it_is_listed() -> None:
    listed = {(point.file, f"{point.library}.{point.name}") for point in POINTS}
    faults = []
    for package in ("dashboard", "kpis"):
        for path in sorted((ROOT / package).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            if not place.startswith("dashboard/serve/") and "_data" not in path.parts:
                faults += [(place, name) for name in undocumented(path) if (place, name) not in listed]
    assert faults == []


def test_within_the_wall_streamlit_is_reached_through_one_module() -> None:
    for path in (ROOT / "dashboard" / "serve").glob("*.py"):
        if path.name != "internals.py":
            assert [name for name in undocumented(path) if name.startswith("streamlit")] == [], path.name

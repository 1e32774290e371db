"""What `tests/leaving.py` names is all that there is."""

from __future__ import annotations

import ast
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module

import typer.main

import kpis.workspace
from dashboard.command import whole
from dashboard.navigation import PATHS
from dashboard.paths import DASHBOARD
from kpis.workspace import Workspace
from tests import leaving


def key_of(call: ast.Call) -> str:
    """The key of a button as it is written, with {} for what is put in."""
    (key,) = (word.value for word in call.keywords if word.arg == "key")
    if isinstance(key, ast.Constant):
        return str(key.value)
    assert isinstance(key, ast.JoinedStr)
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in key.values)


def downloads() -> Iterator[str]:
    """Module and key of every file that a page hands over."""
    for path in sorted(DASHBOARD.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "file_button":
                folder = path.parent.name
                within = "" if folder == "components" else f"{folder}/"
                yield f"{within}{path.stem}: {key_of(node)}"


def test_every_page_and_download_is_named() -> None:
    assert set(leaving.PAGES) <= set(PATHS)
    assert set(downloads()) == set(leaving.DOWNLOADS)
    for path in DASHBOARD.rglob("*.py"):  # Streamlit's own button would go past the list
        assert path.stem == "file_button" or ".download_button" not in path.read_text(encoding="utf-8"), path


def commands(app: typer.Typer) -> Iterator[tuple[str, Callable[..., object]]]:
    """All commands of the program with what they run, those of families with the name of their family."""
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        for one, inner in getattr(command, "commands", {"": command}).items():
            yield f"{name} {one}".strip(), inner.callback


def test_every_command_is_named_and_no_other_opens_the_workspace() -> None:
    modules = {name: inspect.unwrap(run).__module__ for name, run in commands(whole())}
    assert set(modules) == leaving.FREE_COMMANDS | set(leaving.COMMANDS)
    opens = {
        module for module in modules.values() if "open_workspace" in inspect.getsource(import_module(module))
    }
    assert opens == {
        module for name, module in modules.items() if name in leaving.COMMANDS and name != "story"
    }


def readers() -> Iterator[str]:
    """Functions of `kpis.workspace` that are given a workspace and not told for whom they look into it."""
    for found in pkgutil.walk_packages(kpis.workspace.__path__, "kpis.workspace."):
        if "migrations" in found.name:
            continue
        module = import_module(found.name)
        owners = [module, *(one for one in vars(module).values() if inspect.isclass(one))]
        for owner in owners:
            for function in vars(owner).values():
                if not inspect.isfunction(function) or function.__module__ != found.name:
                    continue
                kinds = {kind for name, kind in inspect.get_annotations(function).items() if name != "return"}
                looks = "Workspace" in kinds or (
                    owner is Workspace and "self" in inspect.signature(function).parameters
                )
                if looks and "Person" not in kinds and not function.__name__.startswith("__"):
                    yield f"{found.name}.{function.__qualname__}".removeprefix("kpis.workspace.")


def test_whoever_looks_into_a_workspace_says_for_whom() -> None:
    assert set(readers()) == set(leaving.WITHOUT_PERSON)

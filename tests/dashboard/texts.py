"""The texts of the app as its code holds them, and those of the library that pages translate."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import dashboard
import kpis
from kpis.catalogue import Catalogue
from kpis.checks.verify import TEXTS
from kpis.methods import cards

# Functions whose first argument is a text to translate; of `say_number` the second as well.
MARKERS = {
    dashboard: {"_", "t", "text", "mark"},
    kpis: {"mark", "Text", "message", "say", "say_number"},
}
WORDED = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")  # two words in a row: no mere formula, file or number
SHORT = re.compile(r"relative \S+")  # tolerances that the page words itself


@cache
def texts(package: ModuleType = dashboard) -> dict[str, str]:
    """Every text of a package to translate, with its module; f-string expressions included."""
    root = Path(str(package.__file__)).parent
    modules: dict[str, str] = {}
    for module in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for text in _marked(node, MARKERS[package]):
                    modules.setdefault(text, module.relative_to(root).as_posix())
    return modules


def _marked(call: ast.Call, markers: set[str]) -> list[str]:
    name = getattr(call.func, "id", None) or getattr(call.func, "attr", None)
    arguments = call.args[: 2 if name == "say_number" else 1] if name in markers else []
    constants = [node.value for node in arguments if isinstance(node, ast.Constant)]
    return [text for text in constants if isinstance(text, str)]


def library(catalogue: Catalogue) -> set[str]:
    """English texts of method cards and of the rules and reasons of checks, as pages translate them."""
    held = cards()
    told = {text for column in ("name", "formula", "source", "tolerance") for text in held[column]}
    rules = {index.source for index in catalogue.indices}
    reasons = {reason for index in catalogue.indices for reason in index.known.values()}
    return {text for text in told | rules | reasons | set(TEXTS) if not SHORT.fullmatch(text)}


def worded(texts: set[str]) -> set[str]:
    """Those that hold words, so that a reader needs them in the own language; formulas stay formulas."""
    return {text for text in texts if WORDED.search(text)}

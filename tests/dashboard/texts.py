"""The texts of the app as its code holds them, and those of the library that pages translate."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import dashboard
from kpis.catalogue import Catalogue
from kpis.checks.verify import TEXTS
from kpis.methods import cards

MARKERS = {"_", "t", "text", "mark"}  # functions whose first argument is a text to translate
WORDED = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")  # two words in a row: no mere formula, file or number
SHORT = re.compile(r"relative \S+")  # tolerances that the page words itself


@cache
def texts() -> dict[str, str]:
    """Every text to translate, with the module it was found in; f-string expressions included."""
    root = Path(dashboard.__file__).parent
    found: dict[str, str] = {}
    for module in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            first = node.args[0]
            if name in MARKERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.setdefault(first.value, module.relative_to(root).as_posix())
    return found


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

"""The texts of the app as its code holds them."""

from __future__ import annotations

import ast
from pathlib import Path

import dashboard

MARKERS = {"_", "t", "text", "mark"}  # functions whose first argument is a text to translate


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

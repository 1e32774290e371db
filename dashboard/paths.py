"""Where the dashboard's own files lie, in a checkout and in a wheel, and how a browser asks for them."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

DASHBOARD = Path(__file__).resolve().parent
SCRIPT = DASHBOARD / "app.py"  # what Streamlit runs
STATIC = DASHBOARD / "static"
# The style sheet in parts, in the order of their names, of which the later wins: 10–40 what all pages share,
# 50–57 a page or topic each, 60 narrow screens, 80 large ones, charts that answer or
# stand alone, the stage and frames of other sites, 90 paper.
STYLES = STATIC / "styles"
STYLE_SHEET = "escala.css"  # as it is served
OWN = STATIC / "own"  # made once and committed: tools/pack/README.md
LOCALE = DASHBOARD / "locale"
SIGN = "escala-document"  # stands in every file that this app writes for readers, and hardly in another


@lru_cache(maxsize=1)
def made_files() -> dict[str, dict[str, Any]]:
    """The entries of the files that were made once, by their names without hash."""
    entries: dict[str, dict[str, Any]] = json.loads((OWN / "manifest.json").read_text(encoding="utf-8"))
    return entries


def made(name: str) -> str:
    """Address of a file that was made once, relative to a page; its name changes with its content."""
    return f"./own/{made_files()[name]['file']}"


def stamp(name: str) -> str:
    """Address of a file in `dashboard/static`, relative to a page.

    It contains a hash of the content, so that the file may be cached for good.
    """
    return f"./own/{name}?v={hashlib.sha256(content(name)).hexdigest()[:12]}"


def content(name: str) -> bytes:
    """A file of `dashboard/static`; the style sheet from its parts."""
    if name == STYLE_SHEET:
        return b"\n".join(part.read_bytes() for part in sorted(STYLES.glob("*.css")))
    return (STATIC / name).read_bytes()

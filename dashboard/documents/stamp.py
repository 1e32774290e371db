"""The mark by which a file of ours is known again: of which document, data, language and version it is.

It stands in the metadata of each format, so that `escala report` keeps what is made already and overwrites
nothing that is not ours.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path

from dashboard.documents.content import Document
from dashboard.paths import SIGN
from kpis.version import __version__

FORM = re.compile(rf"{SIGN} [\w.+-]+ [\w.-]+ \w+ [\w.-]+")
MOST = 200_000  # characters of a text file that are searched, from either end


def stamp(document: Document) -> str:
    """The mark of a document: sign, version of Escala, data version, language, name."""
    return written(document.version, document.lang, document.file)


def written(version: str, lang: str, file: str) -> str:
    """The mark of a document by its data version, language and name without an ending."""
    return f"{SIGN} {__version__} {version} {lang} {_name(file)}"


def _name(file: str) -> str:
    return re.sub(r"[^\w.-]", "_", file, flags=re.ASCII)


def of_file(path: Path) -> str | None:
    """The mark of a file; None where it has none, is damaged or is not there."""
    try:
        text = _metadata(path)
    except (OSError, KeyError, zipfile.BadZipFile):
        return None
    match = FORM.search(unescape(text))
    return match[0] if match else None


def _metadata(path: Path) -> str:
    """The part of a file that holds its mark."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            return parts.read("docProps/core.xml").decode("utf-8")
    raw = path.read_bytes()
    if raw.startswith(b"%PDF") and not raw.rstrip().endswith(b"%%EOF"):
        return ""
    return (raw if len(raw) <= 2 * MOST else raw[:MOST] + raw[-MOST:]).decode("latin-1")

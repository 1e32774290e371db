"""What a PDF says of itself to a program that reads it aloud."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pypdfium2


@dataclass
class Facts:
    """Language, title, tags and fonts of a PDF; silent: figures without a text."""

    lang: str = ""
    title: str = ""
    is_marked: bool = False
    shows_title: bool = False
    ua_part: str = ""
    pages: int = 0
    has_outline: bool = False
    tags: Counter[str] = field(default_factory=Counter)
    alts: list[str] = field(default_factory=list)
    silent: int = 0
    head_scopes: set[str] = field(default_factory=set)
    fonts: dict[str, bool] = field(default_factory=dict)  # name → embedded, and its signs known as letters


def facts_of(pdf: bytes) -> Facts:
    """Reads a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        root, facts = file.Root, Facts()
        facts.lang, facts.pages = str(root.get("/Lang", "")), len(file.pages)
        facts.is_marked = bool(root.get("/MarkInfo", {}).get("/Marked", False))
        facts.shows_title = bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False))
        facts.has_outline = "/Outlines" in root
        about = file.open_metadata()
        facts.title, facts.ua_part = str(about.get("dc:title")), str(about.get("pdfuaid:part"))
        _walk(root.StructTreeRoot, facts)
        for page in file.pages:
            for font in (page.get("/Resources", {}).get("/Font") or {}).values():
                facts.fonts[str(font.BaseFont)] = "/ToUnicode" in font and _is_embedded(font)
    return facts


def _is_embedded(font: Any) -> bool:
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    return any(name in inner.FontDescriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def _walk(element: Any, facts: Facts) -> None:
    if isinstance(element, pikepdf.Array):
        for inner in element:
            _walk(inner, facts)
    elif isinstance(element, pikepdf.Dictionary):
        tag = str(element.get("/S", "")).lstrip("/")
        facts.tags[tag] += 1
        if tag == "Figure":
            facts.alts.append(str(element.get("/Alt", "")))
            facts.silent += not facts.alts[-1]
        if tag == "TH":
            attributes = element.get("/A", [])
            each = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
            facts.head_scopes |= {str(a.get("/Scope", "")) for a in each if isinstance(a, pikepdf.Dictionary)}
        if "/K" in element:
            _walk(element.K, facts)


def texts_of(pdf: bytes) -> list[str]:
    """The text of each page, in the order in which it is read."""
    file = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in file]

"""The formats of a document by name, each with its writer and the media type of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.documents import docx, html, markdown, pdf
from dashboard.documents.content import Document

WRITERS: Mapping[str, Callable[[Document], bytes]] = {
    "pdf": pdf.write,
    "docx": docx.write,
    "html": html.write,
    "md": markdown.write,
}
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "md": "text/markdown",
}
"""The media type of each."""

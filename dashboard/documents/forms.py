"""The formats of a document by name, each with its writer and the media type of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.documents import docx, html, markdown, pdf, pptx, xlsx
from dashboard.documents.content import Document

WRITERS: Mapping[str, Callable[[Document], bytes]] = {
    "pdf": pdf.write,
    "docx": docx.write,
    "pptx": pptx.write,
    "xlsx": xlsx.write,
    "html": html.write,
    "md": markdown.write,
}
OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "html": "text/html",
    "md": "text/markdown",
}
"""The media type of each."""

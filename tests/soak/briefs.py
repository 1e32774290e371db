"""Briefs in every office format, opened by LibreOffice and turned into pages without a repair."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pypdfium2

from dashboard.components.outside import reader_of
from dashboard.documents.brief import country_brief
from dashboard.documents.comparison import comparison
from dashboard.documents.content import Document
from dashboard.documents.forms import WRITERS
from dashboard.documents.group_brief import group_brief

FORMS = ("docx", "pptx", "xlsx")
SECONDS = 180  # for one file on a busy machine


def documents() -> list[Document]:
    """The fullest, the longest names, the emptiest, a group and a comparison, in both languages."""
    english, spanish = reader_of("en"), reader_of("es")
    return [
        country_brief(english, "COL"),
        country_brief(spanish, "LAO"),
        country_brief(spanish, "PRK"),
        group_brief(spanish, "CARIBBEAN_SIDS"),
        comparison(english, ["VCT", "LAO", "LDC"]),
    ]


def main() -> int:
    """How many files LibreOffice did not open, or gave too few pages for."""
    office = shutil.which("soffice")
    if office is None:
        print("soffice is not installed")
        return 1
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for document in documents():
            for form in FORMS:
                pages = converted(office, Path(folder), document, form)
                print(f"{document.file}.{form}: {pages} pages")
                failed += pages < 3
    return failed


def converted(office: str, folder: Path, document: Document, form: str) -> int:
    """Pages of a document that LibreOffice turned into a PDF; 0 where it did not."""
    source = folder / f"{document.file}.{form}"
    source.write_bytes(WRITERS[form](document))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=False, capture_output=True, timeout=SECONDS)
    made = source.with_suffix(".pdf")
    if not made.exists():
        return 0
    pages = len(pypdfium2.PdfDocument(made))
    made.unlink()
    return pages

"""Documents that LibreOffice opens without repair and turns into PDF: text and number of tables stay.

Needs `soffice` (Debian: libreoffice-writer); without it the trial says so and fails nothing.
"""

from __future__ import annotations

import datetime
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pypdfium2

from dashboard.components.outside import reader_of
from dashboard.documents import docx
from dashboard.documents.content import Document
from dashboard.documents.plan import plan_document
from kpis import open_warehouse, plan
from tests.soak.figures import built

SECONDS = 180  # for one conversion
PLANS = (("COL", "es"), ("HTI", "es"), ("VCT", "en"), ("LAO", "es"), ("TUV", "en"))


def main() -> int:
    """Converts the plans of a few countries; returns how many did not come out whole."""
    office = which("soffice")
    if office is None:
        print("skipped: soffice is not installed; on Debian: apt-get install libreoffice-writer")
        return 0
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for document in _documents(Path(folder)):
            fault = _fault(office, document, Path(folder))
            failures += bool(fault)
            print(f"{document.file} {document.lang}: {fault or 'opens, all texts there'}", flush=True)
    return failures


def _documents(folder: Path) -> Iterator[Document]:
    warehouse = open_warehouse(built(folder))
    for area, lang in PLANS:
        outlook = plan.outlook(area, stage="connected", by=2030, store=warehouse.tables)
        country_plan = plan.make(outlook, store=warehouse.tables)
        yield plan_document(reader_of(lang, warehouse), country_plan, made=datetime.date(2026, 11, 28))


def _fault(office: str, document: Document, folder: Path) -> str:
    """What is wrong with the document after LibreOffice has opened it; "" if nothing."""
    source = folder / f"{document.file}_{document.lang}.docx"
    source.write_bytes(docx.write(document))
    command = [office, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless",
               "--convert-to", "pdf", "--outdir", str(folder), str(source)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    made = source.with_suffix(".pdf")
    if not made.exists():
        return f"not converted: {(done.stderr or done.stdout).strip()[:200]}"
    text = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made))
    flat = "".join(text.split())
    wanted = [block.text for block in document.blocks if hasattr(block, "text")]
    lost = [words for words in wanted if "".join(words.split())[:60] not in flat]
    return f"lost: {lost[0][:80]}" if lost else ""

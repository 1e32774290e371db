"""A small document that holds every kind of block, and texts that would like to be markup."""

from __future__ import annotations

import datetime

from dashboard.documents.content import (
    Bullets,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Reference,
    Steps,
    Table,
)
from dashboard.pictures.model import About, Ladder, Rung

HOSTILE = (
    '<script>alert(1)</script> #import "/x" $x$ *b* [l](javascript:1) '
    "=cmd|' /C calc'!A0 \x07\u202egnp\u202c & مرحبا 漢"
)
"""What a reader may write into a note: markup of every format, a formula, signs that turn the text."""

COLUMNS = (Column("KPI", width=3), Column("Value", "right"), Column("Status", width=2))
ROWS = (
    (Cell("EGDI", sub="2024, 2 years old"), Cell("0.7793", 0.7793), Cell("on track", status="good")),
    (Cell("Internet users"), Cell("77.3", 77.3), Cell("slow", status="middling")),
    (Cell("Gender gap | %"), Cell("–"), Cell("going back", status="poor")),
    (Cell(HOSTILE), Cell("–"), Cell("no data", status="none")),
)


def sample(lang: str = "es", *, rows: int = 1, extra: tuple[object, ...] = ()) -> Document:
    """The document; rows: how often the rows of its table are repeated."""
    return Document(
        file="escala_sample",
        title="Saint Vincent and the Grenadines: a sample",
        subtitle="Every kind of block",
        lang=lang,
        made=datetime.date(2026, 11, 28),
        version="abc123",
        blocks=(
            Paragraph("The answer stands first.", "lead"),
            Heading(2, "A heading"),
            Paragraph(HOSTILE),
            Bullets(("One", HOSTILE)),
            Heading(3, "A smaller one"),
            Steps(("First", "Second")),
            Paragraph("Between two lists."),
            Steps(("First again",)),
            Table("A table", COLUMNS, ROWS * rows),
            Table("An empty table", COLUMNS, (), empty="Nothing is held."),
            ladder(lang),
            Paragraph("A note.", "note"),
            *extra,  # type: ignore[arg-type]
        ),
        sources=(
            Reference("United Nations: E-Government Survey", "https://publicadministration.un.org/", "CC BY"),
            Reference("A source without a safe address", "javascript:alert(1)", ""),
        ),
        address="http://localhost:8501/plan?country=COL",
        boundaries="Borders imply no opinion.",
    )


def ladder(lang: str = "es") -> Figure:
    """A figure with a ladder of two dimensions, one of them not assessed."""
    about = About(
        "Services stand at the second step", "stage", "Escala, 2024", "Two dimensions: 2, none.", lang
    )
    rungs = (
        Rung("Online services", 1, "Held back by one KPI"),
        Rung("República Democrática Popular Lao", None),
    )
    return Figure(Ladder(about, rungs, ("emerging", "enhanced", "transactional", "connected")))

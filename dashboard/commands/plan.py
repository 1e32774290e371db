"""What `escala plan` takes from here: documents, and files that are put in place in one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kpis.cli import planning

if TYPE_CHECKING:
    from kpis.plan import Plan


def lend() -> None:
    """Gives the command of the KPI layer what it needs for formats beyond text."""
    planning.lend(planning.Delivery(document, check, put))


def document(plan: Plan, lang: str, form: str, own: bool) -> bytes:
    """A plan as a document. form: html, pdf or docx. own: with the country's figures of the workspace."""
    from dashboard.commands.own import values
    from dashboard.components.outside import reader_of  # here: the other commands need none of it
    from dashboard.documents.forms import WRITERS
    from dashboard.documents.plan import plan_document

    mine = tuple(value for _area, value in values([plan.area], lang)) if own else ()
    return WRITERS[form](plan_document(reader_of(lang), plan, mine=mine))


def check(out: Path, force: bool) -> None:
    """Whether a file may be put there; raises RequestError."""
    from dashboard.commands import files

    files.check(out, force=force)


def put(content: bytes, out: Path, force: bool) -> None:
    """Puts a file in place; raises RequestError."""
    from dashboard.commands import files

    files.put(content, out, force=force)

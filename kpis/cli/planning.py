"""The command of the planner."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpis.cli.application import LanguageOption, RawOption, app, show_csv, show_json
from kpis.cli.console import visible
from kpis.cli.endings import form_of
from kpis.errors import RequestError
from kpis.languages import language
from kpis.names import area_of

if TYPE_CHECKING:
    from kpis.plan import Loaded, Outlook, Plan


class PlanFormat(StrEnum):
    """How a plan is written."""

    md = "md"
    csv = "csv"
    json = "json"
    ics = "ics"
    html = "html"
    pdf = "pdf"
    docx = "docx"


TEXTS = (PlanFormat.md, PlanFormat.ics)
"""What writes a plan out, also a saved one; the others set a saved plan beside new figures."""
DOCUMENTS = (PlanFormat.html, PlanFormat.pdf, PlanFormat.docx)
"""What needs more than the KPI layer; of these no terminal is shown a byte."""


@dataclass(frozen=True)
class Delivery:
    """What the layer above lends: document makes a plan in a language a file of a form; put places a file.

    document takes too whether own figures of the workspace are wanted. put takes content, place and whether
    to overwrite what somebody else wrote; check asks the same before work is done.
    """

    document: Callable[[Plan, str, str, bool], bytes]
    check: Callable[[Path, bool], None]
    put: Callable[[bytes, Path, bool], None]


_lent: list[Delivery] = []


def lend(delivery: Delivery) -> None:
    """Takes what the layer above has for documents and files."""
    _lent[:] = [delivery]


@app.command()
def plan(
    area: Annotated[str | None, typer.Option(help="ISO 3166-1 code or name: COL, Colombia")] = None,
    stage: Annotated[str | None, typer.Option(help="enhanced, transactional or connected")] = None,
    dimension: Annotated[str | None, typer.Option(help="One dimension; default: all.")] = None,
    egdi: Annotated[float | None, typer.Option(help="Instead of a stage: an EGDI such as 0.85")] = None,
    rank: Annotated[int | None, typer.Option(help="Instead of a stage: a rank such as 50")] = None,
    by: Annotated[int, typer.Option(help="The year of the goal.")] = 2030,
    mobile: Annotated[bool, typer.Option("--mobile-first", help="Basic phones first.")] = False,
    file: Annotated[
        Path | None, typer.Option("--load", help="Compare a saved plan with new figures.")
    ] = None,
    lang: LanguageOption = "en",
    output: Annotated[
        PlanFormat | None, typer.Option("--format", help="How to write it; default: by --out, else md.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="File to write; default and -: standard output.")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file that Escala did not write.")
    ] = False,
    own: Annotated[
        bool, typer.Option("--own", help="In a document: the own figures kept in the workspace.")
    ] = False,
    raw: RawOption = False,
) -> None:
    """A plan: gates to pass, needed change, three paces, precedents, increments with actions and cases."""
    from kpis import plan as planner

    form = output or (PlanFormat.md if out is None else form_of(out, PlanFormat, PlanFormat.md))
    if own and form not in DOCUMENTS:
        raise RequestError("--own is for documents. Choose --format html, pdf or docx.")
    if out is not None:
        _delivery().check(out, force)
    if file is None and area is None:
        raise RequestError("--area is missing. Name a country, such as --area COL.")

    def made() -> Outlook:
        return planner.outlook(
            area_of(str(area)), stage=stage, dimension=dimension, egdi=egdi, rank=rank, by=by
        )

    if form in DOCUMENTS:
        plan_of = _loaded(file, lang) if file is not None else planner.make(made(), mobile_first=mobile)
        _document(plan_of, lang, form, out, own=own, force=force)
        return
    said = io.StringIO()
    with redirect_stdout(said if out is not None else sys.stdout):
        if file is not None:
            _review(file, lang, form, raw=raw)
        else:
            _write(made(), lang, form, mobile=mobile, raw=raw)
    if out is not None:
        _delivery().put(said.getvalue().encode(), out, force)


def _delivery() -> Delivery:
    if not _lent:
        raise RequestError(
            "Files and documents are written by the command `escala`; this is the KPI layer alone."
        )
    return _lent[0]


def _document(plan: Plan, lang: str, form: PlanFormat, out: Path | None, *, own: bool, force: bool) -> None:
    """Writes a plan as a document."""
    if out is None:
        raise RequestError(
            f"--out is missing. Name the file, such as --out plan.{form.value}; - is standard output."
        )
    delivery = _delivery()
    delivery.put(delivery.document(plan, language(lang), form.value, own), out, force)


def _write(outlook: Outlook, lang: str, output: PlanFormat, *, mobile: bool, raw: bool) -> None:
    """A new plan as Markdown, CSV or JSON."""
    from kpis import plan as planner

    draft = planner.make(outlook, mobile_first=mobile)
    if output is PlanFormat.ics:
        print(planner.ics(draft, lang), end="")
    elif output is PlanFormat.json:
        show_json({"plan": draft.model_dump(), "outlook": outlook.to_dict()})
    elif output is PlanFormat.csv:
        show_csv(planner.rows(draft, lang), raw=raw)
    else:
        print(planner.markdown(draft, lang), end="")


def _review(file: Path, lang: str, output: PlanFormat, *, raw: bool) -> None:
    """A saved plan: planned beside actual as CSV or JSON, or the plan written out."""
    from kpis import plan as planner

    saved = _loaded(file, lang)
    if output in TEXTS:
        print((planner.ics if output is PlanFormat.ics else planner.markdown)(saved, lang), end="")
        return
    table = planner.review(saved)
    if output is PlanFormat.csv:
        show_csv(table, raw=raw)
    else:
        show_json(json.loads(table.to_json(orient="records")))


def _loaded(file: Path, lang: str) -> Plan:
    """A saved plan; what had to be left out is noted on standard error."""
    loaded = saved_plan(file)
    for message in loaded.messages(lang):
        print(f"note: {visible(message)}", file=sys.stderr)
    return loaded.plan


def saved_plan(file: Path) -> Loaded:
    """A plan from its file. Raises RequestError where there is none, PlanError for what is no plan."""
    from kpis import plan as planner

    if not file.is_file():
        raise RequestError(f"{file}: no such file. Name a plan saved as JSON.")
    with file.open("rb") as stream:
        return planner.load(stream.read(planner.FILE_LIMIT + 1))

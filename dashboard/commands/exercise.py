"""`escala exercise …`: a questionnaire checked before it is used, the result of an exercise as a document."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kpis.cli.application import FAULT_EXIT, LanguageOption
from kpis.cli.console import visible
from kpis.cli.endings import form_of

app = typer.Typer(help="Innovation exercises: questionnaires and results.", no_args_is_help=True)


class Form(StrEnum):
    """How a result is written."""

    pdf = "pdf"
    docx = "docx"
    html = "html"
    md = "md"


@app.command()
def questionnaire(
    out: Annotated[Path, typer.Option(help="File to write; - is standard output.")] = Path("-"),
    force: Annotated[bool, typer.Option("--force", help="Overwrite what Escala did not write.")] = False,
) -> None:
    """Write the questionnaire that is shipped, to be adapted."""
    from dashboard.commands import files
    from kpis.workspace.exercises import reading

    files.put(reading.STANDARD.read_bytes(), out, force=force)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A questionnaire (TOML).")], lang: LanguageOption = "en"
) -> None:
    """Say whether a questionnaire can be used, and name every fault with its place and remedy."""
    from kpis.workspace.exercises import reading

    try:
        found = reading.load_file(file)
    except reading.QuestionnaireError as fault:
        for problem in fault.problems:
            typer.echo(visible(problem.say(lang)), err=True)
        raise typer.Exit(FAULT_EXIT) from None
    typer.echo(visible(reading.summary(found, file.name).say(lang)))


@app.command()
def report(
    exercise_id: Annotated[str, typer.Argument(metavar="ID", help="Of the exercise, as in its address.")],
    lang: LanguageOption = "en",
    form: Annotated[
        Form | None,
        typer.Option("--format", help="Default: by the ending of --out, else md.", case_sensitive=False),
    ] = None,
    out: Annotated[Path, typer.Option(help="File to write; - is standard output.")] = Path("-"),
    force: Annotated[bool, typer.Option("--force", help="Overwrite what Escala did not write.")] = False,
) -> None:
    """Write the result of an exercise of this machine's workspace: profile, increments, cases, statements."""
    from dashboard.commands import files
    from dashboard.components.outside import reader_of
    from dashboard.documents.exercise import exercise_document
    from dashboard.documents.forms import WRITERS
    from kpis.messages import errors_in
    from kpis.workspace import LOCAL, open_workspace
    from kpis.workspace.exercises import answers, conduct

    kind = form or (Form.md if str(out) == files.STANDARD else form_of(out, Form, Form.md))
    files.check(out, force=force)
    with errors_in(lang):
        workspace = open_workspace()
        held = conduct.exercise(workspace, LOCAL, exercise_id)
        evidence = answers.evidence_of(answers.given_answers(workspace, LOCAL, held))
    files.put(WRITERS[kind.value](exercise_document(reader_of(lang), held, evidence)), out, force=force)

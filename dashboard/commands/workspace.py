"""`escala workspace …`: what is in it, backup and restore, a person's entries deleted."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.commands.files import check, put
from kpis.cli.application import LanguageOption
from kpis.messages import errors_in, message
from kpis.workspace import words

if TYPE_CHECKING:
    from kpis.workspace import Workspace

app = typer.Typer(
    help="What people added: their figures, groups, cases, exercises and plans.", no_args_is_help=True
)
ForceOption = Annotated[bool, typer.Option(help="Overwrite what Escala did not write.")]


@app.command()
def status(lang: LanguageOption = "en") -> None:
    """How much the workspace holds."""
    from kpis.workspace.backup import held

    with errors_in(lang):
        _print_rows(held(_opened()), lang)


@app.command()
def backup(
    out: Annotated[
        Path | None, typer.Option(help="File to write; default: escala-workspace-DAY.zip in this folder.")
    ] = None,
    force: ForceOption = False,
    lang: LanguageOption = "en",
) -> None:
    """Write all that the workspace holds into one ZIP file in open formats: JSON lines and CSV."""
    with errors_in(lang):
        target = out or Path(f"escala-workspace-{datetime.now(UTC):%Y-%m-%d}.zip")
        check(target, force=force)
        _print_rows(_write(_opened(), target, force=force), lang)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that escala workspace backup wrote.")],
    keep: Annotated[
        Path | None,
        typer.Option(
            help="Where what is there now is kept first; default: escala-workspace-before-TIME.zip."
        ),
    ] = None,
    lang: LanguageOption = "en",
) -> None:
    """Put what a backup holds in the place of all that the workspace holds now, which is kept in a file."""
    from kpis.workspace import LOCAL
    from kpis.workspace.backup import restore as put_back

    with errors_in(lang):
        before = keep or Path(f"escala-workspace-before-{datetime.now(UTC):%Y%m%dT%H%M%S}.zip")
        workspace = _opened()
        check(before)
        _write(workspace, before, force=False)
        _print_rows(put_back(workspace, LOCAL, file), lang)
        typer.echo(message(words.KEPT_BEFORE, file=before.name).say(lang), err=True)


@app.command()
def people(lang: LanguageOption = "en") -> None:
    """Who has changed something, with the id that `erase` takes."""
    from kpis.workspace import LOCAL
    from kpis.workspace.erasing import people as known

    with errors_in(lang):
        for one in known(_opened(), LOCAL):
            typer.echo(f"{one.id}\t{one.name}\t{one.entries}")


@app.command()
def erase(
    person: Annotated[str, typer.Argument(help="Id of the person, as escala workspace people lists it.")],
    lang: LanguageOption = "en",
) -> None:
    """Delete a person's entries on their request, and take their name from what stays."""
    from kpis.workspace import LOCAL
    from kpis.workspace.erasing import erase as delete

    with errors_in(lang):
        done = delete(_opened(), LOCAL, person)
        said = message(words.ERASED, removed=done.removed, kept=done.unnamed, lines=done.changes)
        typer.echo(said.say(lang))


def _opened() -> Workspace:
    from kpis.workspace import open_workspace  # here: the other commands need no database

    return open_workspace()


def _write(workspace: Workspace, out: Path, *, force: bool) -> dict[str, int]:
    from kpis.workspace import LOCAL
    from kpis.workspace.backup import write_backup

    archive = io.BytesIO()
    rows = write_backup(workspace, LOCAL, archive)
    put(archive.getvalue(), out, force=force, private=True)
    return rows


def _print_rows(rows: dict[str, int], lang: str) -> None:
    for table, count in rows.items():
        typer.echo(f"{message(words.TABLES[table]).say(lang)}: {count}")

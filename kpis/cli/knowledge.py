"""Commands of the cases that a centre collects: list, export, import."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pandas as pd
import typer

from kpis.cli.application import Format, FormatOption, LanguageOption, RawOption, app, show
from kpis.errors import DataError, RequestError, unknown
from kpis.messages import errors_in

if TYPE_CHECKING:
    from kpis.workspace import Workspace
    from kpis.workspace.knowledge.case import Case, Origin

knowledge = typer.Typer(
    no_args_is_help=True, help="Cases of your own centre: list them, exchange them with other centres."
)
app.add_typer(knowledge, name="knowledge")

CentreOption = Annotated[str, typer.Option(help="Name of your centre; kept for the next time.")]


@knowledge.command("list")
def list_cases(
    state: Annotated[
        str, typer.Option(help="proposed, captured, assessed, classified, published, retired")
    ] = "",
    output: FormatOption = Format.table,
    raw: RawOption = False,
) -> None:
    """Your own cases with state, score and last confirmation."""
    from kpis.workspace import LOCAL, open_workspace
    from kpis.workspace.knowledge.case import all_cases
    from kpis.workspace.knowledge.rules import State

    if state and state not in list(State):
        raise RequestError(unknown("state", state, list(State)))
    cases = all_cases(open_workspace(), LOCAL)
    show(_listed([case for case in cases if state in ("", case.state)]), output, raw=raw)


def _listed(cases: list[Case]) -> pd.DataFrame:
    """One row a case: case_id, name, country_iso3, state, score, confirmed_on, status_unknown, origin."""
    from kpis.workspace.knowledge.rules import Freshness

    today = dt.date.today()
    rows = [
        {
            **{field: case.record[field] for field in ("case_id", "name", "country_iso3")},
            "state": str(case.state),
            "score": None if case.decision.score is None else round(float(case.decision.score), 1),
            "confirmed_on": case.confirmed.isoformat() if case.confirmed else "",
            "status_unknown": case.freshness(today) is Freshness.UNKNOWN,
            "origin": case.origin.name if case.origin else "own",
        }
        for case in cases
    ]
    columns = [
        "case_id",
        "name",
        "country_iso3",
        "state",
        "score",
        "confirmed_on",
        "status_unknown",
        "origin",
    ]
    return pd.DataFrame(rows, columns=columns)


@knowledge.command("export")
def export_cases(
    output: Annotated[Format, typer.Option("--format", help="csv or json; json is exact.")] = Format.json,
    centre: CentreOption = "",
) -> None:
    """Print the published cases as a file for other centres, with their origin."""
    from kpis.workspace import LOCAL, open_workspace
    from kpis.workspace.knowledge import writing
    from kpis.workspace.knowledge.case import all_cases

    if output is Format.table:
        raise RequestError("--format: 'table' is no file for other centres. Allowed: csv, json.")
    workspace, today = open_workspace(), dt.date.today()
    own = _centre(workspace, centre)
    rows = writing.exported(all_cases(workspace, LOCAL), own, today)
    text = writing.as_csv(rows) if output is Format.csv else writing.as_json(rows, own, today)
    print(text, end="")


def _centre(workspace: Workspace, name: str) -> Origin:
    """The own centre, named first where a name is given."""
    from kpis.workspace import LOCAL
    from kpis.workspace.knowledge.centre import name_centre, own_centre

    if name.strip():
        name_centre(workspace, LOCAL, name.strip())
    own = own_centre(workspace, LOCAL)
    if own is None:
        raise RequestError("files say which centre they come from: add --centre 'Name of your centre' once.")
    return own


@knowledge.command("import")
def import_cases(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX or JSON of cases.")],
    check: Annotated[bool, typer.Option("--check", help="Say what would happen; change nothing.")] = False,
    skip: Annotated[
        bool, typer.Option("--skip-wrong-rows", help="Take the right rows in and leave the wrong ones out.")
    ] = False,
    output: FormatOption = Format.table,
    lang: LanguageOption = "en",
) -> None:
    """Take cases in as proposals, or as newer versions beside those of the same centre; none is published."""
    from kpis.intake import read_bytes
    from kpis.workspace import LOCAL, open_workspace
    from kpis.workspace.knowledge import importing, reading

    workspace = open_workspace()
    with errors_in(lang):
        read = reading.read_cases(read_bytes(file), file.name, dt.date.today().year)
        steps = importing.planned(workspace, LOCAL, read)
    show(importing.report(steps, lang), output)
    wrong = sum(step.kind is importing.Kind.WRONG for step in steps)
    if wrong and not (check or skip):
        raise DataError(
            f"{file.name}: {wrong} of {len(steps)} rows are wrong, so nothing was changed. Mend them, or add "
            "--skip-wrong-rows."
        )
    if not check:
        importing.take_in(workspace, LOCAL, steps)

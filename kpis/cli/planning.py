"""The command of the planner."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpis.cli.application import LanguageOption, RawOption, app, show_csv, show_json
from kpis.cli.console import visible
from kpis.errors import RequestError
from kpis.names import area_of

if TYPE_CHECKING:
    from kpis.plan import Loaded


class PlanFormat(StrEnum):
    """How a plan is written."""

    md = "md"
    csv = "csv"
    json = "json"


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
    output: Annotated[PlanFormat, typer.Option("--format", help="How to write it.")] = PlanFormat.md,
    raw: RawOption = False,
) -> None:
    """A plan: gates to pass, needed change, three paces, precedents, increments with actions and cases."""
    from kpis import plan as planner

    if file is not None:
        _review(file, lang, output, raw=raw)
        return
    if area is None:
        raise RequestError("--area is missing. Name a country, such as --area COL.")
    outlook = planner.outlook(area_of(area), stage=stage, dimension=dimension, egdi=egdi, rank=rank, by=by)
    draft = planner.make(outlook, mobile_first=mobile)
    if output is PlanFormat.json:
        show_json({"plan": draft.model_dump(), "outlook": outlook.to_dict()})
    elif output is PlanFormat.csv:
        show_csv(planner.rows(draft, lang), raw=raw)
    else:
        print(planner.markdown(draft, lang), end="")


def _review(file: Path, lang: str, output: PlanFormat, *, raw: bool) -> None:
    """A saved plan: planned beside actual as CSV or JSON, or the plan written out."""
    from kpis import plan as planner

    loaded = saved_plan(file)
    for message in loaded.messages(lang):
        print(f"note: {visible(message)}", file=sys.stderr)
    if output is PlanFormat.md:
        print(planner.markdown(loaded.plan, lang), end="")
        return
    table = planner.review(loaded.plan)
    if output is PlanFormat.csv:
        show_csv(table, raw=raw)
    else:
        show_json(json.loads(table.to_json(orient="records")))


def saved_plan(file: Path) -> Loaded:
    """A plan from its file. Raises RequestError where there is none, PlanError for what is no plan."""
    from kpis import plan as planner

    if not file.is_file():
        raise RequestError(f"{file}: no such file. Name a plan saved as JSON.")
    with file.open("rb") as stream:
        return planner.load(stream.read(planner.FILE_LIMIT + 1))

"""The command `index`: a composite index from a person's own tables, step by step (`index_steps.py`)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kpis.cli.application import Format, FormatOption, LanguageOption, RawOption, app, show
from kpis.cli.console import visible
from kpis.cli.index_methods import AGGREGATE, IMPUTE, NORMALISE, TREAT
from kpis.messages import errors_in
from kpis.texts import Text, say

NOTE, WARNING = Text("note"), Text("warning")


@app.command()
def index(
    data: Annotated[
        Path,
        typer.Option(help="CSV or XLSX: one row per area; the columns that the structure names are read."),
    ],
    structure: Annotated[
        Path,
        typer.Option(help="CSV or XLSX: code, parent, weight; if wanted direction, worst, best, target."),
    ],
    area_column: Annotated[str | None, typer.Option(help="Heading of the areas, if it is not found.")] = None,
    group_column: Annotated[
        str | None, typer.Option(help="Heading to group areas by, for --impute group-….")
    ] = None,
    decimal: Annotated[
        str | None, typer.Option(help="Decimal mark of the data, . or , if it cannot be told.")
    ] = None,
    impute: Annotated[
        str | None, typer.Option(help=f"{', '.join(IMPUTE)}. Default: missing stays missing.")
    ] = None,
    treat: Annotated[
        str | None, typer.Option(help=f"Winsorise outliers, else: {', '.join(TREAT)}. Default: no treatment.")
    ] = None,
    max_points: Annotated[int, typer.Option(help="Most values winsorised in an indicator.")] = 5,
    skew_limit: Annotated[float, typer.Option(help="An indicator passes below this skew …")] = 2.0,
    kurtosis_limit: Annotated[float, typer.Option(help="… or below this kurtosis.")] = 3.5,
    combine: Annotated[
        bool, typer.Option("--combine", help="Transform what was winsorised, not the values as they were.")
    ] = False,
    box_cox_lambda: Annotated[float, typer.Option(help="For --treat box-cox; 0 is the logarithm.")] = 0.0,
    normalise: Annotated[str, typer.Option(help=", ".join(NORMALISE))] = "min-max",
    scale: Annotated[
        str | None,
        typer.Option(help="Least and greatest score: 1,100. Mean and sd for z-score. Default: 0,100."),
    ] = None,
    reference: Annotated[
        str | None, typer.Option(help="Area to measure from, for distance-to-reference.")
    ] = None,
    cap: Annotated[bool, typer.Option("--cap", help="Distances stop at the top of the scale.")] = False,
    clip: Annotated[bool, typer.Option(help="Scores beyond the goalposts are cut.")] = True,
    complement: Annotated[
        bool, typer.Option("--complement", help="fraction-of-max, lower is better: 1 - x/max, not min/x.")
    ] = False,
    aggregate: Annotated[
        str,
        typer.Option(help=f"{', '.join(AGGREGATE)}; or level or code: method (2:arithmetic,IDX:geometric)."),
    ] = "arithmetic",
    power: Annotated[float, typer.Option(help="Exponent of the power mean.")] = 2.0,
    penalty: Annotated[
        str, typer.Option(help="mpi and ampi: down for a good thing, up for a bad one.")
    ] = "down",
    ddof: Annotated[
        int | None,
        typer.Option(
            help="Divide squares by n (0) or n - 1 (1). Default: 1 for z-score, 0 for mpi and ampi."
        ),
    ] = None,
    min_coverage: Annotated[
        str,
        typer.Option(help="Least share of children present, 0 to 1; or level or code: share (2:0.5,IDX:1)."),
    ] = "0",
    lang: LanguageOption = "en",
    output: FormatOption = Format.table,
    raw: RawOption = False,
) -> None:
    """A composite index from one's own files: impute, treat, normalise, weight, aggregate, rank.

    Column coverage: share of the weight of the index that rests on values in the file.
    """
    from kpis.cli.choices import Choices
    from kpis.cli.index_steps import compute  # here, because it loads the whole of `composite`

    with errors_in(lang):
        choices = Choices(
            area_column=area_column,
            group_column=group_column,
            decimal=decimal,
            impute=impute,
            treat=treat,
            max_points=max_points,
            skew_limit=skew_limit,
            kurtosis_limit=kurtosis_limit,
            combine=combine,
            box_cox_lambda=box_cox_lambda,
            normalise=normalise,
            scale=scale,
            reference=reference,
            cap=cap,
            clip=clip,
            complement=complement,
            aggregate=aggregate,
            power=power,
            penalty=penalty,
            ddof=ddof,
            min_coverage=min_coverage,
        )
        result = compute(data, structure, choices)
    for label, messages in ((NOTE, result.notes), (WARNING, result.warnings)):
        for line in messages:
            print(f"{say(label, lang)}: {visible(line.say(lang))}", file=sys.stderr)
    show(result.table, output, raw=raw)

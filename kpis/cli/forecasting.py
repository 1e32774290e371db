"""The command of the forecast: bands and chances of the next editions if nothing new happens."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kpis.cli.application import Format, FormatOption, RawOption, app, show
from kpis.errors import RequestError
from kpis.names import area_of

COLUMNS = [
    "measure", "ref_area", "time_period", "p10", "p50", "p90", "rank_p10", "rank_p50", "rank_p90",
    "p_better_rank", "obs_value", "rank", "origin",
]  # fmt: skip

READ = 3  # decimals in a table for reading; the bands are wider than that by far


@app.command()
def forecast(
    area: Annotated[str, typer.Option(help="ISO 3166-1 code or name: COL, Colombia")],
    edition: Annotated[
        int | None, typer.Option(help="One edition, such as 2028; default: all three.")
    ] = None,
    rank: Annotated[int | None, typer.Option(help="Add the chance of this rank or a better one.")] = None,
    output: FormatOption = Format.table,
    raw: RawOption = False,
) -> None:
    """Where a country will be if nothing new happens: EGDI and its parts, with bands that held 8 of 10 times.

    p10 to p90 is the band of 80 %, p50 the middle; rank_p10 is the better end. origin: the last edition.
    """
    from kpis import forecast as forecasts
    from kpis import open_warehouse

    area, wh = area_of(area), open_warehouse()
    rows = wh.forecast(area, year=edition)
    if rows.empty:
        raise RequestError("This warehouse holds too few editions of the UN indices for a forecast.")
    columns = list(COLUMNS)
    if rank is not None:
        rows = rows.assign(p_rank=forecasts.chances_of_rank(rows, area, rank, wh.tables))
        columns.append("p_rank")
    show(rows[columns].round(READ) if output is Format.table else rows[columns], output, raw=raw)
    for note in forecasts.notes(wh.tables, area):
        print(f"note: {note}", file=sys.stderr)

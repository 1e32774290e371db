"""The command of the forecast: bands and chances of the next editions if nothing new happens."""

from __future__ import annotations

from typing import Annotated

import typer

from kpis.cli.application import Format, FormatOption, RawOption, app, show
from kpis.names import area_of

COLUMNS = [
    "measure", "ref_area", "time_period", "p10", "p50", "p90", "rank_p10", "rank_p50", "rank_p90",
    "p_better_rank",
]  # fmt: skip


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
    """EGDI and its parts one, two and three editions ahead if nothing new happens: bands of 80 %, ranks."""
    from kpis import forecast as forecasts
    from kpis.warehouse.current import store

    area = area_of(area)
    rows = forecasts.read(store(), [area], year=edition)
    columns = list(COLUMNS)
    if rank is not None:
        rows = rows.assign(p_rank=forecasts.chances_of_rank(rows, area, rank, store()))
        columns.append("p_rank")
    show(rows[columns], output, raw=raw)
    if output is Format.table:
        for note in forecasts.notes(store(), area):
            print(f"note: {note}")

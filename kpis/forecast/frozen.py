"""Freezes the forecast of the next edition, before that edition is held: `python -m kpis.forecast.frozen`.

A forecast that may be made anew once the figures are known proves nothing. So it is written once into
`data/forecasts/` and scored when its edition comes (`kpis.forecast.arrived`).
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

from kpis.errors import EscalaError, RequestError
from kpis.forecast import model as recipe
from kpis.forecast.draws import DECIMALS, N_DRAWS, NEAREST, SEED, draws
from kpis.forecast.model import Fit, fit
from kpis.forecast.panel import LONGEST_HOLE, SKIPPED, load_panel
from kpis.forecast.summary import summary
from kpis.paths import data_dir
from kpis.sources import forecasts
from kpis.sources.forecasts import COLUMNS, MEASURES, SHARES
from kpis.sql import statement
from kpis.tables import Tables
from kpis.version import __version__
from kpis.warehouse.current import store

FOLDER = "forecasts"  # below the folder of figures


def freeze(tables: Tables, date: dt.date, folder: Path) -> Path:
    """Write the forecast of the edition after the last one held; returns its table's file.

    date: the day it is made. The same warehouse and date give the same bytes on every machine.
    Raises RequestError where it would not be before the fact or where the day is still to come; DataError
    where the edition is frozen already.
    """
    panel = load_panel(tables)
    model = fit(panel)
    _check(tables, model, date)
    table = summary(draws(model), panel, SHARES)
    facts = {
        "edition": model.year,
        "frozen_on": date,
        "origin": model.origin,
        "data_version": tables.version,
        "escala_version": __version__,
        "uses_technology": panel.has_technology,
        "draws": N_DRAWS,
        "seed": SEED,
        "recipe": constants(),
    }
    return forecasts.write(folder, table[list(COLUMNS)], facts)


def constants() -> dict[str, forecasts.Number]:
    """The constants of the recipe, by name."""
    return {
        "skipped": list(SKIPPED),
        "longest_hole": LONGEST_HOLE,
        "ridge": recipe.RIDGE,
        "carried": recipe.CARRIED.tolist(),
        "prior": recipe.PRIOR,
        "allowance": recipe.ALLOWANCE,
        "fewest_degrees": recipe.FEWEST_DEGREES,
        "largest_feature": recipe.LARGEST_FEATURE,
        "nearest": NEAREST,
        "decimals": DECIMALS,
    }


def _check(tables: Tables, model: Fit, date: dt.date) -> None:
    if date > dt.date.today():
        raise RequestError(f"{date} is still to come. A forecast is frozen on the day that it is made.")
    of_edition = {"kpis": list(MEASURES), "edition": model.year}
    if len(tables.query(statement("forecast/arrived"), of_edition)):
        raise RequestError(
            f"Figures of the {model.year} edition are held: a forecast of it would not be before the fact."
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """The command of maintainers: freeze from the default warehouse, into the folder of figures."""
    parser = argparse.ArgumentParser(prog="python -m kpis.forecast.frozen")
    parser.add_argument("--date", type=dt.date.fromisoformat, default=dt.date.today(), help="default: today")
    date = parser.parse_args(arguments).date
    path = freeze(store(), date, data_dir() / FOLDER)
    print(f"{path}: frozen on {date}. Now run `python -m kpis.sources.describe`, and keep both files.")


if __name__ == "__main__":
    try:
        main()
    except EscalaError as error:
        sys.exit(f"error: {error}")

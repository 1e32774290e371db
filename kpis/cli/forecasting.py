"""The command of the forecast: bands and chances of the next editions, without and with a plan."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import pandas as pd
import typer

from kpis.cli.application import Format, FormatOption, RawOption, app, show
from kpis.cli.planning import saved_plan
from kpis.errors import RequestError
from kpis.forecast import words
from kpis.forecast.annual import FURTHEST
from kpis.forecast.gate import FEWEST_CASES
from kpis.names import area_of
from kpis.tables import Tables

if TYPE_CHECKING:
    from kpis.plan import Prospects

COLUMNS = [
    "measure", "ref_area", "time_period", "p10", "p50", "p90", "rank_p10", "rank_p50", "rank_p90",
    "p_better_rank", "obs_value", "rank", "origin",
]  # fmt: skip
OF_A_KPI = [
    "measure", "ref_area", "time_period", "p10", "p50", "p90", "p_target", "p_nearly", "obs_value", "origin",
]  # fmt: skip
READ = 3  # decimals in a table for reading; the bands are wider than that by far


@app.command()
def forecast(
    area: Annotated[str | None, typer.Option(help="ISO 3166-1 code or name: COL, Colombia")] = None,
    edition: Annotated[
        int | None, typer.Option(help="One edition, such as 2028; default: all three.")
    ] = None,
    rank: Annotated[int | None, typer.Option(help="Add the chance of this rank or a better one.")] = None,
    kpi: Annotated[
        str | None, typer.Option(help="Instead of EGDI: a KPI that is forecast to 2030, such as SDG_17.8.1.")
    ] = None,
    plan: Annotated[
        Path | None, typer.Option(help="With a plan that `escala plan --format json` or the page wrote.")
    ] = None,
    done: Annotated[
        int | None, typer.Option(help="Year in which the plan is carried out; default: next year.")
    ] = None,
    delivered: Annotated[
        float | None, typer.Option(help="Share of the plan that is carried out, 0 to 1; default: 1.")
    ] = None,
    output: FormatOption = Format.table,
    raw: RawOption = False,
) -> None:
    """Where a country will be if nothing new happens: EGDI and its parts, with bands that held 8 of 10 times.

    p10 to p90 is the band of 80 %, p50 the middle; rank_p10 is the better end. origin: the last edition.
    With a plan: the same without it, with it instead of the usual course, and on top of that course.
    With a KPI: the year of its target, in its unit; p_target: chance of the target, p_nearly: of what is
    almost as good (95 % of 100).
    """
    from kpis import open_warehouse

    store = open_warehouse().tables
    _check_options(kpi, rank, plan)
    if plan is None:
        _check_no_plan(done, delivered)
    if plan is not None:
        rows, notes = _with_plan(plan, area, done, 1.0 if delivered is None else delivered, store)
    elif area is None:
        raise RequestError("--area is missing. Name a country, such as --area COL.")
    elif kpi is not None:
        rows, notes = _of_kpi(area_of(area), kpi, store)
    else:
        rows, notes = _nothing_new(area_of(area), rank, store)
    if edition is not None:
        rows = _of_edition(rows, edition)
    show(rows.round(READ) if output is Format.table else rows, output, raw=raw)
    for note in notes:
        print(f"note: {note}", file=sys.stderr)


def _check_options(kpi: str | None, rank: int | None, plan: Path | None) -> None:
    if rank is not None and (kpi or plan):
        why = "a KPI has no rank to reach" if kpi else "the goal of the plan is the rank"
        raise RequestError(f"--rank does not go with --{'kpi' if kpi else 'plan'}: {why}. Leave --rank out.")
    if kpi and plan:
        raise RequestError("--kpi does not go with --plan: a plan moves EGDI. Leave one out.")


def _check_no_plan(done: int | None, delivered: float | None) -> None:
    for option, value in (("done", done), ("delivered", delivered)):
        if value is not None:
            raise RequestError(f"--{option} speaks of a plan. Name one with --plan FILE.")


def _of_kpi(area: str, kpi: str, store: Tables) -> tuple[pd.DataFrame, list[str]]:
    """The row of a KPI that is measured every year. Raises RequestError with the reason why there is none."""
    from kpis import forecast as forecasts

    gates = forecasts.stored_gates(store).set_index("kpi")
    if kpi in gates.index and not gates.at[kpi, "passed"]:
        raise RequestError(f"{kpi}. {_why_not(gates.loc[kpi].to_dict())}")
    rows = forecasts.read(store, [area], kpi)
    if rows.empty:
        raise RequestError(
            f"{kpi}, {area}: no value in the {FURTHEST} years before the target, so no forecast."
        )
    return rows[OF_A_KPI], [words.WITHIN]


def _why_not(gate: Mapping[Hashable, Any]) -> str:
    """Why a KPI is not forecast. gate: its row of the table `forecast_gate`."""
    horizon, within = gate["horizon"], gate["within_80"]
    return words.why_not(str(gate["reason"]), int(gate["cases"])).format(
        cases=gate["cases"],
        within="" if pd.isna(within) else round(100 * within),
        ahead="" if pd.isna(horizon) else horizon,
        fewest=FEWEST_CASES,
        furthest=FURTHEST,
        year="the target",
    )


def _of_edition(rows: pd.DataFrame, edition: int) -> pd.DataFrame:
    years = sorted(set(rows["time_period"]))
    if edition not in years:
        allowed = ", ".join(map(str, years))
        raise RequestError(f"time_period {edition} is not forecast. Allowed: {allowed}.")
    return rows[rows["time_period"] == edition]


def _nothing_new(area: str, rank: int | None, store: Tables) -> tuple[pd.DataFrame, list[str]]:
    """The stored rows of a country, and what must be said beside them."""
    from kpis import forecast as forecasts

    rows = forecasts.read(store, [area])
    if rows.empty:
        raise RequestError(words.TOO_FEW)
    columns = list(COLUMNS)
    if rank is not None:
        rows = rows.assign(p_rank=forecasts.chances_of_rank(rows, area, rank, store))
        columns.append("p_rank")
    return rows[columns], forecasts.notes(store, area)


def _with_plan(
    file: Path, area: str | None, done: int | None, delivered: float, store: Tables
) -> tuple[pd.DataFrame, list[str]]:
    """The rows of a saved plan, and what must be said beside them: what it moves, what comes too late."""
    from kpis import forecast as forecasts
    from kpis import plan as planner

    loaded = saved_plan(file)
    if area is not None and area_of(area) != loaded.plan.area:
        raise RequestError(f"{file}: a plan of {loaded.plan.area}, not of {area_of(area)}. Leave out --area.")
    result = planner.prospects(loaded.plan, store, done=done, delivered=delivered)
    notes = [*loaded.messages(), *_of_plan(result)]
    table = result.forecast.table
    table.insert(0, "measure", "EGDI")
    return table, [*notes, *forecasts.notes(store, loaded.plan.area)]


def _of_plan(result: Prospects) -> list[str]:
    changes = ", ".join(f"{name}={value:g}" for name, value in result.forecast.changes.items())
    lines = [f"the plan changes {changes or 'no part of EGDI'}, done in {result.forecast.done}."]
    late = {edition.year: edition.unseen for edition in result.forecast.editions if edition.unseen}
    lines += [f"too late for the edition of {year}: {', '.join(parts)}." for year, parts in late.items()]
    if result.still:
        lines.append(f"no part of EGDI, so without effect on it: {', '.join(result.still)}.")
    return [*lines, "neither reading of a plan can be tested on the past: there are no figures on plans."]

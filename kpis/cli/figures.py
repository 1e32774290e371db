"""Commands on the figures themselves: build, values, verify, doctor."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from kpis import open_warehouse
from kpis.building.build import build as build_warehouse
from kpis.catalogue import load
from kpis.checks import doctor as examination
from kpis.checks import forecasts
from kpis.checks.verify import Check
from kpis.checks.verify import verify as verify_figures
from kpis.cli.application import (
    Format,
    FormatOption,
    RawOption,
    app,
    show,
    show_json,
    split,
    year_of,
)
from kpis.forecast.arrived import score
from kpis.groups import from_file
from kpis.names import areas_of
from kpis.paths import named
from kpis.queries import Warehouse

# Columns of `escala values`, in this order; scripts outside the project read them.
VALUE_COLUMNS = [
    "kpi",
    "ref_area",
    "time_period",
    "obs_value",
    "unit_measure",
    "obs_status",
    "rank",
    "source",
]


class Engine(StrEnum):
    """What runs the models."""

    duckdb = "duckdb"


@app.command()
def build(
    out: Annotated[
        Path | None, typer.Option(help="File to publish; default: where the dashboard looks.")
    ] = None,
    _engine: Annotated[Engine, typer.Option("--engine", help="What runs the models.")] = Engine.duckdb,
    open_only: Annotated[bool, typer.Option("--open-only", help="Leave out non-commercial sources.")] = False,
) -> None:
    """Build the warehouse from the figures in data/ and publish it in one step."""
    path = build_warehouse(out and named(str(out)), open_only=open_only)
    wh = open_warehouse(path)
    kpis = wh.kpis()
    print(
        f"{path}: {len(kpis)} KPIs, {int((kpis['n_areas'] > 0).sum())} with values; data version {wh.version}"
    )
    _print_left_out(wh.left_out())


@app.command()
def values(
    kpi: Annotated[str, typer.Option(help="One KPI or several, comma-separated: EGDI,OSI")],
    area: Annotated[
        str | None, typer.Option(help='ISO 3166-1 codes or names: COL,URY or "Egypt, Arab Rep."')
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(
            help="Only members, in the year of the value: SIDS, LDC, OECD, SUB_419 …; or a group of "
            "your own, as my:Andes:BOL,COL,ECU,PER or a TOML file."
        ),
    ] = None,
    year: Annotated[str | None, typer.Option(help="One year or several: 2022,2024")] = None,
    output: FormatOption = Format.table,
    raw: RawOption = False,
) -> None:
    """Values with unit, status, rank and source; the table marks those beyond their KPI's limit of age."""
    wh = open_warehouse()
    years = [year_of(text) for text in split(year)] if year else None
    group_id = from_file(Path(group)).id if group and group.endswith(".toml") else group
    frame = wh.values(split(kpi), areas=areas_of(area) if area else None, years=years, group=group_id)
    if output is not Format.table or not frame["old"].any():
        show(frame[VALUE_COLUMNS], output, raw=raw)
        return
    show(frame[VALUE_COLUMNS].assign(age=frame["old"].map({True: "old", False: ""})), output)
    limits = wh.kpis().set_index("kpi").loc[frame["kpi"].unique(), "fresh_years"]
    limit_texts = ", ".join(f"{kpi_id} {limit}" for kpi_id, limit in limits.items())
    print(f"old: beyond the limit in years, read in {wh.as_of} ({limit_texts})")


@app.command()
def verify(output: FormatOption = Format.table, raw: RawOption = False) -> None:
    """Recompute published figures; exit 1 if a country is outside tolerance for no known reason.

    Then what became of frozen forecasts: one that misses is no fault of the figures.
    """
    wh = open_warehouse()
    checks = verify_figures(wh, load())
    if output is Format.json:
        show_json([*map(_check_record, checks), *map(forecasts.record, score(wh.tables))])
    elif output is Format.csv:
        show(pd.DataFrame([_check_record(check, flat=True) for check in checks]), output, raw=raw)
    else:
        _print_checks(checks)
        _print_forecasts(wh)
    if not all(check.passed for check in checks):
        raise typer.Exit(1)


@app.command()
def doctor(output: FormatOption = Format.table, raw: RawOption = False) -> None:
    """Say what is installed, which data version is served, what is stale or wrong and how to mend it."""
    findings = examination.examine()
    frame = pd.DataFrame([vars(finding) for finding in findings])
    show(frame, output, raw=raw)
    if any(finding.status == "wrong" for finding in findings):
        raise typer.Exit(1)


def _print_left_out(closed: pd.DataFrame) -> None:
    """What a build with open sources only leaves out, by source."""
    if closed.empty:
        return
    print(f"Left out: {len(closed)} KPIs whose sources allow non-commercial reuse only.")
    for (source, licence), rows in closed.groupby(["source_en", "licence_en"], sort=False):
        print(f"    {source} ({licence}): {', '.join(rows['kpi'])}")


def _check_record(check: Check, *, flat: bool = False) -> dict[str, Any]:
    record: dict[str, Any] = {
        "index": check.index,
        "edition": check.edition,
        "n": check.n,
        "within": check.within,
        "tolerance": check.tolerance,
        "max_residual_within": check.max_residual_within,
        "passed": check.passed,
        "method": check.method,
    }
    outside = check.outside.to_dict("records")
    record["outside"] = " ".join(str(row["ref_area"]) for row in outside) if flat else outside
    return record


def _print_forecasts(wh: Warehouse) -> None:
    """Each frozen forecast: what it waits for, or how it did."""
    areas = wh.areas()
    names = dict(zip(areas["ref_area"], areas["name_en"], strict=True))
    for frozen in score(wh.tables):
        print("\n".join(forecasts.lines(frozen, names)))


def _print_checks(checks: list[Check]) -> None:
    for check in checks:
        print(
            f"{check.index} {check.edition}: {check.within} of {check.n} within {check.tolerance:g}"
            f" (largest {check.max_residual_within:.6f}){'' if check.passed else '  OUTSIDE TOLERANCE'}"
        )
        for row in check.outside.to_dict("records"):
            reason = row["reason"] or "No reason is known."
            figures = f"published {row['published']:g}, recomputed {row['recomputed']:.5f}"
            print(f"    {row['ref_area']}: {figures}. {reason}")

"""Commands of the analytical core: simulate, stages, progress, index."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, cast

import pandas as pd
import typer

from kpis.cli.application import Format, FormatOption, app, show, split
from kpis.errors import DataError, RequestError, unknown
from kpis.names import area_of, areas_of
from kpis.sources.csvio import read_rows

# What the printed table leaves to CSV and JSON.
HIDDEN = {
    "base_year", "base_value", "fresh_years", "score", "reason", "formula_status", "projected",
    "unconfirmed_year", "limit_year", "precedents", "precedents_made", "verdict", "on_track_by",
}  # fmt: skip
STAGE_COLUMNS = (
    "dimension", "stage", "in_doubt", "probability", "stage_all", "stage_mean", "blocking", "unlock",
    "confidence",
)  # fmt: skip


@app.command()
def simulate(
    area: Annotated[str, typer.Option(help="The country that changes, by code or name: COL")],
    set_: Annotated[
        list[str], typer.Option("--set", help="KPI=value in published units, once for each: OSI_SP=0.95")
    ],
    edition: Annotated[int, typer.Option(help="Edition of the UN survey.")] = 2024,
    output: FormatOption = Format.table,
) -> None:
    """What if: change components of a country, compute all 193 anew, see indices, rank, group and stages."""
    from kpis import egdi

    area = area_of(area)
    result = egdi.simulate({area: dict(_assignment(text) for text in set_)}, edition)
    if output is Format.json:
        _show_json(result.to_dict())
        return
    show(result.table, output)
    if output is Format.table:
        moved = result.stages[result.stages["stage_before"].ne(result.stages["stage_after"]).fillna(False)]
        print()
        show(result.passed if len(result.passed) else moved, output)
        for note in result.notes:
            print(f"note: {note}")


@app.command()
def stages(
    area: Annotated[str, typer.Option(help="ISO 3166-1 code or name: COL, Colombia")],
    year: Annotated[int | None, typer.Option(help="Default: the year of reading.")] = None,
    output: FormatOption = Format.table,
) -> None:
    """Stage of each dimension, by gate and by mean, what blocks the next one, and whether it is in doubt."""
    from kpis import stages as ladder

    area = area_of(area)
    profile = ladder.profile(area, year)
    if output is Format.json:
        _show_json(profile.to_dict())
        return
    found = profile.to_dict()
    frame = pd.DataFrame(found["dimensions"])
    for column in ("blocking", "blocking_all", "unlock", "without_data"):
        frame[column] = frame[column].map(" ".join)
    if output is Format.csv:
        show(frame, output)
        return
    overall = found["overall"]
    doubt = f", in doubt ({', '.join(overall['doubt_from'])})" if overall["in_doubt"] else ""
    held_back = f"; held back by {', '.join(overall['bottleneck'])}" if overall["bottleneck"] else ""
    print(f"{area} {found['year']}: overall {overall['stage'] or 'not assessed'}{doubt}{held_back}")
    show(frame[list(STAGE_COLUMNS)], output)


@app.command()
def progress(
    area: Annotated[str, typer.Option(help="One country or several, by code or name: COL,URY")],
    kpi: Annotated[str | None, typer.Option(help="One KPI or several; default: all with a target.")] = None,
    method: Annotated[str | None, typer.Option(help="unsd, eurostat, statcan or sdsn; default: all.")] = None,
    horizon: Annotated[
        int | None, typer.Option(help="Project to this year and not to the target year.")
    ] = None,
    output: FormatOption = Format.table,
) -> None:
    """Is a KPI on track for its target, at what pace, and do the methods agree?"""
    from kpis import open_warehouse
    from kpis import progress as methods

    wh = open_warehouse()
    frame = wh.progress(areas_of(area), kpi=split(kpi) if kpi else None, method=method, horizon=horizon)
    columns = [
        "kpi", "ref_area", "method", "base_year", "base_value", "latest_year", "latest_value", "latest_old",
        "fresh_years", "target", "target_year", "status", "formula_status", "value", "score", "projected",
        "observed_rate", "required_rate", "reason", "projected_shown", "thin", "arrival", "unconfirmed_year",
        "limit_year", "precedents", "precedents_made", "verdict", "on_track_by",
    ]  # fmt: skip
    if output is Format.table:
        columns = [c for c in columns if c not in HIDDEN]
    show(frame[columns], output)
    if output is Format.table and method is None and len(frame):
        known = frame[["kpi", "ref_area", "latest_year", "precedents", "precedents_made"]].drop_duplicates()
        verdicts = methods.disagreement(frame).merge(known, on=["kpi", "ref_area"])
        for row, said in zip(verdicts.to_dict("records"), methods.in_words(verdicts), strict=True):
            print(f"{row['ref_area']} {row['kpi']}: {said}{_precedents(row)}")


@app.command()
def index(
    data: Annotated[
        Path, typer.Option(help="CSV: one row per area, first column its code, then indicators.")
    ],
    structure: Annotated[Path, typer.Option(help="CSV: code, parent, weight and, if wanted, direction.")],
    normalise: Annotated[
        str, typer.Option(help="min-max, z-score, rank, borda, percentile-rank …")
    ] = "min-max",
    aggregate: Annotated[str, typer.Option(help="arithmetic, geometric, harmonic, median …")] = "arithmetic",
    min_coverage: Annotated[float, typer.Option(help="Least share of children present, 0 to 1.")] = 0.0,
    ddof: Annotated[
        int | None,
        typer.Option(
            help="Divide squares by n (0) or n - 1 (1). Default: 1 for z-score, 0 for mpi and ampi."
        ),
    ] = None,
    complement: Annotated[
        bool, typer.Option("--complement", help="fraction-of-max, lower is better: 1 - x/max, not min/x.")
    ] = False,
    output: FormatOption = Format.table,
) -> None:
    """A composite index from one's own CSV files: normalise, weight, aggregate, rank."""
    from kpis import composite

    values = _indicators(data)
    tree, directions = _structure(structure, values)
    divisor: dict[str, Any] = {} if ddof is None else {"ddof": ddof}
    scores = composite.normalise(
        values, cast(Any, normalise), directions=directions, complement=complement, **divisor
    )
    nodes = composite.aggregate(scores, tree, aggregate, min_coverage, **divisor)
    tops = tree.loc[tree["parent"] == "", "code"]
    nodes.insert(0, "rank", composite.rank(nodes[tops.iloc[0]]))
    show(nodes.sort_values("rank").reset_index(), output)


def _precedents(row: Mapping[Any, Any]) -> str:
    """How many other countries at the level of the base made what the target asks; empty without any."""
    if pd.isna(row["precedents"]) or row["precedents"] == 0:
        return ""
    made = row["precedents_made"] or "None"
    return f" {made} of {row['precedents']} other countries at this level made it in that time."


def _assignment(text: str) -> tuple[str, float]:
    name, mark, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        reason = "has no '='" if not mark else f"'{value}' is no number"
        raise RequestError(f"--set {text}: {reason}. Write KPI=value, such as OSI_SP=0.95.") from None


def _indicators(path: Path) -> pd.DataFrame:
    """Areas × indicators; an empty cell is missing. DataError names row and column of what is no number."""
    rows = read_rows(path)
    if not rows:
        raise DataError(f"{path}: no rows below the header.")
    first, *names = rows[0]
    cells: dict[str, list[float | None]] = {name: [] for name in names}
    for row in rows:
        for name in names:
            cells[name].append(_number(path, row[first], name, row[name]))
    frame = pd.DataFrame(cells, index=pd.Index([row[first] for row in rows], name=first), dtype=float)
    if frame.index.has_duplicates:
        raise DataError(
            f"{path}: '{frame.index[frame.index.duplicated()][0]}' has more than one row. Keep one."
        )
    return frame


def _number(path: Path, area: str, name: str, cell: str | None) -> float | None:
    if cell is None or not cell.strip():
        return None
    try:
        return float(cell)
    except ValueError:
        raise DataError(
            f"{path}: row {area}, column {name}: '{cell[:40]}' is no number. Leave a missing value empty."
        ) from None


def _structure(path: Path, values: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int] | None]:
    rows = read_rows(path, required=("code", "parent", "weight"))
    tree = pd.DataFrame(
        {
            "code": [row["code"] for row in rows],
            "parent": [row["parent"] for row in rows],
            "weight": [_number(path, row["code"], "weight", row["weight"]) for row in rows],
        }
    )
    parents = set(tree["parent"])
    for code in tree["code"]:
        if code not in parents and code not in values:
            raise RequestError(unknown("indicator", code, values.columns, place=str(path)))
    directions = {
        row["code"]: int(_number(path, row["code"], "direction", row["direction"]) or 1)
        for row in rows
        if row.get("direction") and row["code"] in values
    }
    return tree, directions or None


def _show_json(found: dict[str, Any]) -> None:
    print(json.dumps(found, indent=2, ensure_ascii=False, default=str))

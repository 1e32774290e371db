"""Commands of the analytical core: simulate, stages, progress."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import pandas as pd
import typer

from kpis.cli.application import Format, FormatOption, RawOption, app, show, show_json, split
from kpis.errors import RequestError
from kpis.names import area_of, areas_of

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
    raw: RawOption = False,
) -> None:
    """What if: change components of a country, compute all 193 anew, see indices, rank, group and stages."""
    from kpis import egdi

    area = area_of(area)
    result = egdi.simulate({area: dict(_assignment(text) for text in set_)}, edition)
    if output is Format.json:
        show_json(result.to_dict())
        return
    show(result.table, output, raw=raw)
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
    raw: RawOption = False,
) -> None:
    """Stage of each dimension, by gate and by mean, what blocks the next one, and whether it is in doubt."""
    from kpis import stages as ladder

    area = area_of(area)
    profile = ladder.profile(area, year)
    if output is Format.json:
        show_json(profile.to_dict())
        return
    profile_dict = profile.to_dict()
    frame = pd.DataFrame(profile_dict["dimensions"])
    for column in ("blocking", "blocking_all", "unlock", "without_data"):
        frame[column] = frame[column].map(" ".join)
    if output is Format.csv:
        show(frame, output, raw=raw)
        return
    overall = profile_dict["overall"]
    doubt = f", in doubt ({', '.join(overall['doubt_from'])})" if overall["in_doubt"] else ""
    bottleneck = f"; held back by {', '.join(overall['bottleneck'])}" if overall["bottleneck"] else ""
    print(f"{area} {profile_dict['year']}: overall {overall['stage'] or 'not assessed'}{doubt}{bottleneck}")
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
    raw: RawOption = False,
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
    show(frame[columns], output, raw=raw)
    if output is Format.table and method is None and len(frame):
        facts = frame[["kpi", "ref_area", "latest_year", "precedents", "precedents_made"]].drop_duplicates()
        verdicts = methods.disagreement(frame).merge(facts, on=["kpi", "ref_area"])
        for row in verdicts.to_dict("records"):
            sentence = methods.verdict_sentence(row)
            print(f"{row['ref_area']} {row['kpi']}: {sentence}{_precedents(row)}")


def _precedents(row: Mapping[Any, Any]) -> str:
    """How many other countries at the level of the base made what the target asks; empty without any."""
    if pd.isna(row["precedents"]) or row["precedents"] == 0:
        return ""
    n_arrived = row["precedents_made"] or "None"
    return f" {n_arrived} of {row['precedents']} other countries at this level made it in that time."


def _assignment(text: str) -> tuple[str, float]:
    name, mark, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        reason = "has no '='" if not mark else f"'{value}' is no number"
        raise RequestError(f"--set {text}: {reason}. Write KPI=value, such as OSI_SP=0.95.") from None

"""Commands of the Centre's knowledge: cases."""

from __future__ import annotations

from typing import Annotated

import typer

from kpis.cli.application import Format, FormatOption, LanguageOption, RawOption, app, show, split

TABLE = ["case_id", "name", "country_iso3", "theme", "maturity_stage", "start_year", "verified"]


@app.command()
def cases(
    query: Annotated[str, typer.Option(help="Words in English or Spanish; accents optional.")] = "",
    theme: Annotated[str, typer.Option(help="One theme or several: digital-id,payments")] = "",
    dimension: Annotated[str, typer.Option(help="services, legal, data_outcomes …")] = "",
    stage: Annotated[str, typer.Option(help="emerging, enhanced, transactional, connected")] = "",
    channel: Annotated[str, typer.Option(help="web, mobile, sms, ussd, in-person, multi")] = "",
    target: Annotated[str, typer.Option(help="SDG target or goal: 16.9 or 16")] = "",
    group: Annotated[str, typer.Option(help="Group of countries: LDC, SIDS, CARIBBEAN_SIDS …")] = "",
    level: Annotated[str, typer.Option(help="national, subnational, municipal, regional")] = "",
    verified: Annotated[
        bool | None, typer.Option("--verified/--unverified", help="Only those, or only the others.")
    ] = None,
    lang: LanguageOption = "en",
    output: FormatOption = Format.table,
    raw: RawOption = False,
) -> None:
    """Cases of e-government innovation that hold every word and pass every filter, best first."""
    from kpis import cases as repository

    hits = repository.search(
        query,
        theme=split(theme),
        dimension=split(dimension),
        stage=split(stage),
        channel=split(channel),
        target=split(target),
        group=split(group),
        level=split(level),
        verified=verified,
        lang=lang,
    ).reset_index()
    if output is Format.table:
        hits = hits[TABLE]
    elif output is Format.csv:
        for column in ("sdg_targets", "channel", "dimensions", "matched"):
            hits[column] = hits[column].map(";".join)
    show(hits, output, raw=raw)

"""Published cases as files that other centres read: CSV and JSON, with a mark, a schema and their origin."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

import pandas as pd

from kpis.spreadsheet import csv_text
from kpis.workspace.knowledge.case import Case, Origin
from kpis.workspace.knowledge.record import FIELDS
from kpis.workspace.knowledge.rules import Freshness, Outcome, State

MARK, SCHEMA = "escala-cases", 1
"""What a file of cases calls itself, and which form it has."""
SCHEMA_COLUMN, ORIGIN_ID, ORIGIN_NAME = "schema", "origin_id", "origin_name"
TOLD = ("score", "recommended", "confirmed_on", "status_unknown")
"""What a file tells about a case and no import takes over: each centre assesses by itself."""


def exported(cases: Sequence[Case], centre: Origin, today: dt.date) -> list[dict[str, str]]:
    """The published cases as rows of texts: `FIELDS`, origin_id, origin_name, `TOLD`.

    A case that came from another centre keeps that origin.
    """
    chosen = [case for case in cases if case.state is State.PUBLISHED]
    return [_row(case, centre, today) for case in sorted(chosen, key=lambda each: each.record["case_id"])]


def _row(case: Case, centre: Origin, today: dt.date) -> dict[str, str]:
    origin, score = case.origin or centre, case.decision.score
    return {
        **{field: case.record[field] for field in FIELDS},
        ORIGIN_ID: origin.id,
        ORIGIN_NAME: origin.name,
        "score": "" if score is None else f"{float(score):.1f}",
        "recommended": str(case.decision.outcome is Outcome.RECOMMEND).lower(),
        "confirmed_on": case.confirmed.isoformat() if case.confirmed else "",
        "status_unknown": str(case.freshness(today) is Freshness.UNKNOWN).lower(),
    }


def as_json(rows: Sequence[dict[str, str]], centre: Origin, today: dt.date) -> str:
    """The rows as JSON, exact in every letter."""
    content = {
        "mark": MARK,
        "schema": SCHEMA,
        "centre": {"id": centre.id, "name": centre.name},
        "exported": today.isoformat(),
        "cases": list(rows),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def as_csv(rows: Sequence[dict[str, str]]) -> str:
    """The rows as CSV for spreadsheets too: what they would take for a formula has an apostrophe in front."""
    return csv_text(table(rows))


def table(rows: Sequence[dict[str, str]]) -> pd.DataFrame:
    """The rows as a table of texts, the schema first."""
    columns = [*FIELDS, ORIGIN_ID, ORIGIN_NAME, *TOLD]
    frame = pd.DataFrame(list(rows), columns=columns, dtype=object)
    frame.insert(0, SCHEMA_COLUMN, f"{MARK}/{SCHEMA}")
    return frame


def template() -> str:
    """An empty CSV with the headings of a proposal."""
    return csv_text(pd.DataFrame(columns=list(FIELDS), dtype=object))

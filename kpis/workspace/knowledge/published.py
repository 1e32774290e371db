"""Published cases as `kpis.cases` takes them beside its catalogue."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from kpis.cases import EXCHANGED, NONE, OWN, Further
from kpis.workspace import Person, Workspace
from kpis.workspace.knowledge.case import Case, all_cases
from kpis.workspace.knowledge.rules import Freshness, State

KINDS = ("case", "confirmation")
"""The kinds of entries from which the published cases follow."""


def stamp(workspace: Workspace, today: dt.date) -> str:
    """A text that changes whenever what is published could: the key under which `published` may be kept.

    The day is in it, since a case is called "status unknown" from a day on.
    """
    return f"{today.isoformat()}|{workspace.stamp(*KINDS)}"


def published(workspace: Workspace, person: Person, today: dt.date) -> Further:
    """The published cases; none where nothing is published, so that nothing is read anew for it.

    A case that nobody confirmed for three years has the status "unknown", whatever its record says.
    Raises RightsError.
    """
    cases = [case for case in all_cases(workspace, person) if case.state is State.PUBLISHED]
    records = tuple(_record(case, today) for case in sorted(cases, key=lambda case: case.record["case_id"]))
    written = json.dumps(records, sort_keys=True).encode()
    return Further(hashlib.sha256(written).hexdigest()[:20], records) if records else NONE


def _record(case: Case, today: dt.date) -> dict[str, str]:
    unknown = case.freshness(today) is Freshness.UNKNOWN
    return {
        **case.record,
        "status": "unknown" if unknown else case.record["status"],
        "origin": OWN if case.origin is None else EXCHANGED,
        "centre": "" if case.origin is None else case.origin.name,
    }

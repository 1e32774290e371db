"""Every method card of the library in one list, for pages, reports and whoever wants to check a rule."""

from __future__ import annotations

import pandas as pd

from kpis import changes, composite, egdi, peers, plan, progress, stages
from kpis.cards import MethodCard
from kpis.links import association
from kpis.progress.fan import METHOD as PAST


def cards() -> pd.DataFrame:
    """One row per method: room, name, formula, source, tolerance, status; see `kpis.cards`."""
    rows = [
        _row(room.__name__.rpartition(".")[2], card)
        for room in (egdi, stages, peers, plan, association, changes)
        for card in room.METHODS
    ]
    rows += [
        {
            "room": "composite",
            "name": card.name,
            "formula": card.formula,
            "source": card.source,
            "tolerance": _tolerance(card.tolerance),
            "status": card.evidence,
        }
        for card in composite.METHODS.values()
    ]
    rows += [
        {
            "room": "progress",
            "name": card.name,
            "formula": card.formula,
            "source": card.source,
            "tolerance": card.tolerance,
            "status": card.mark,
        }
        for card in progress.METHODS.values()
    ]
    rows.append(_row("progress", PAST))
    return pd.DataFrame(rows)


def _tolerance(tolerance: float | str) -> str:
    """In words, as the other rooms have it."""
    if isinstance(tolerance, str):
        return tolerance
    return f"relative {tolerance:g}" if tolerance else "exact"


def _row(room: str, card: MethodCard) -> dict[str, str]:
    return {"room": room, **vars(card)}

"""Every method card of the library in one table, for pages and reports."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

import pandas as pd

from kpis import changes, composite, egdi, forecast, peers, plan, progress, stages
from kpis.cards import MethodCard
from kpis.links import association
from kpis.progress.fan import METHOD as FAN
from kpis.workspace.exercises.cards import METHODS as EXERCISE

ROOMS: MappingProxyType[str, Iterable[MethodCard]] = MappingProxyType(
    {
        "egdi": egdi.METHODS,
        "forecast": forecast.METHODS,
        "stages": stages.METHODS,
        "peers": peers.METHODS,
        "plan": plan.METHODS,
        "exercise": EXERCISE,
        "association": association.METHODS,
        "changes": changes.METHODS,
        "composite": composite.METHODS.values(),
        "progress": (*progress.METHODS.values(), FAN),
    }
)
COLUMNS = ["name", "formula", "source", "tolerance", "status"]


def cards() -> pd.DataFrame:
    """One row per method: room, name, formula, source, tolerance, status; see `kpis.cards`."""
    return pd.DataFrame(
        [
            {"room": room} | {column: getattr(card, column) for column in COLUMNS}
            for room, room_cards in ROOMS.items()
            for card in room_cards
        ]
    )

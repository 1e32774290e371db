"""Stages of digital government: emerging, enhanced, transactional, connected, for each of seven dimensions.

>>> from kpis import stages
>>> stages.profile("COL").to_dict()["overall"]["stage"]

`compute` is the pure core (values and gates in, all areas × dimensions × years out); the others read a
warehouse. Rules: methodology B.3, second edition; `METHODS` holds their cards.
"""

from __future__ import annotations

from kpis.cards import MethodCard
from kpis.stages.cards import METHODS
from kpis.stages.core import Stages, compute
from kpis.stages.country import Profile, profile
from kpis.stages.flow import overall_movers
from kpis.stages.gates import STAGES, load_gates
from kpis.stages.readers import (
    computed,
    doubts,
    history,
    matrix,
    members,
    moved_bars,
    movers,
    overall_table,
    reach,
    table,
)

__all__ = [
    "METHODS",
    "STAGES",
    "MethodCard",
    "Profile",
    "Stages",
    "compute",
    "computed",
    "doubts",
    "history",
    "load_gates",
    "matrix",
    "members",
    "moved_bars",
    "movers",
    "overall_movers",
    "overall_table",
    "profile",
    "reach",
    "table",
]

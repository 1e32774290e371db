"""Whom to compare a country with, and why.

>>> from kpis import peers
>>> peers.default_peers("JAM")[["ref_area", "reason"]]

Every result says for each peer which rule brought it in and with what numbers. Similarity looks at income,
population, connectivity and schooling, never at the outcome that is compared. Trajectory peers stood where
the country stands now and have since moved up.
"""

from __future__ import annotations

from kpis.cards import MethodCard
from kpis.peers import similar, trajectory
from kpis.peers.similar import FEATURES, KINDS, default_peers, peers
from kpis.peers.trajectory import Trajectory, trajectory_peers

METHODS: list[MethodCard] = [*similar.METHODS, *trajectory.METHODS]

__all__ = ["FEATURES", "KINDS", "METHODS", "Trajectory", "default_peers", "peers", "trajectory_peers"]

"""The colour of each role in the charts of slides and workbooks."""

from __future__ import annotations

from dashboard.charts.look import LIGHT
from dashboard.pictures.model import Role

COLOURS: dict[Role, str] = {
    "focus": LIGHT.accent,
    "peer": LIGHT.peers,
    "median": LIGHT.ink,
    "series": LIGHT.series[1],
    "goal": LIGHT.worse,
    "up": LIGHT.better,
    "down": LIGHT.worse,
}

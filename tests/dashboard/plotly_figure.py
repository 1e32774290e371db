"""Charts as Plotly's own objects, for tests that look inside one."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.figure import Chart


def checked(chart: Chart) -> go.Figure:
    """The chart in Plotly's objects. Raises ValueError if Plotly does not know a part of it."""
    return go.Figure(chart.to_dict())

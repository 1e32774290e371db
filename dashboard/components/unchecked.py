"""Where a chart meets `st.plotly_chart`, which would check every value once more."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboard.charts.figure import Chart


class Unchecked(go.Figure):  # type: ignore[misc]  # plotly has no type stubs
    """A chart as Streamlit takes it: a Plotly figure that is asked for nothing but its plain values.

    `plotly.tools.return_figure_from_figure_or_data` checks a dictionary, which took a third of a first visit;
    of a figure it calls `to_dict`. Plotly's constructor is left out: it makes the objects this class avoids.
    """

    def __init__(self, chart: Chart) -> None:
        self._chart = chart

    def to_dict(self) -> dict[str, Any]:
        """The chart's plain values; shared, so not to be changed."""
        return self._chart.to_dict()

    def to_plotly_json(self) -> dict[str, Any]:
        """The same, under the name that Plotly's functions ask for."""
        return self.to_dict()

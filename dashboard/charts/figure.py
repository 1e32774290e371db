"""Charts as plain values in Plotly's own schema.

Plotly's objects check every value as it is set, which took a third of the time of a first visit of a page.
Here the values are put together unchecked, under Plotly's names, and the tests check every chart whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

Trace = dict[str, Any]


def bar(**said: Any) -> Trace:
    """Bars; arguments as of `plotly.graph_objects.Bar`, without its shorthands such as `marker_color`."""
    return {"type": "bar", **said}


def scatter(**said: Any) -> Trace:
    """Points and lines; arguments as of `plotly.graph_objects.Scatter`."""
    return {"type": "scatter", **said}


def heatmap(**said: Any) -> Trace:
    """Cells; arguments as of `plotly.graph_objects.Heatmap`."""
    return {"type": "heatmap", **said}


def choropleth(**said: Any) -> Trace:
    """Areas of a map; arguments as of `plotly.graph_objects.Choropleth`."""
    return {"type": "choropleth", **said}


def scattergeo(**said: Any) -> Trace:
    """Points on a map; arguments as of `plotly.graph_objects.Scattergeo`."""
    return {"type": "scattergeo", **said}


class Chart(go.Figure):
    """A figure that is put together from plain values, and written out once: pages keep it for many readers.

    It is changed by the methods below alone, and no more once it has been written. `data` and `layout` are
    for looking: Plotly's objects of the whole chart, made and checked anew at each call (ValueError).
    """

    def __init__(self, layout: dict[str, Any]) -> None:
        # Plotly's own constructor makes the objects that this class does without.
        self._parts: list[Trace] = []
        self._lay = layout
        self._written: dict[str, Any] | None = None

    def add_trace(self, trace: Trace) -> None:
        """One trace more, drawn above those before."""
        self._parts.append(trace)

    def add_traces(self, traces: Iterable[Trace]) -> None:
        """Several traces more."""
        self._parts.extend(traces)

    def update_layout(self, **said: Any) -> None:
        """Sets parts of the layout; what is within a part stays if nothing is said of it."""
        self._lay = _merged(self._lay, said)

    def update_xaxes(self, **said: Any) -> None:
        """The same for the axis of x."""
        self.update_layout(xaxis=said)

    def update_yaxes(self, **said: Any) -> None:
        """The same for the axis of y."""
        self.update_layout(yaxis=said)

    def update_geos(self, **said: Any) -> None:
        """The same for the map."""
        self.update_layout(geo=said)

    def add_annotation(self, **said: Any) -> None:
        """A text at a place of the chart."""
        self.add_annotations([said])

    def add_annotations(self, said: list[dict[str, Any]]) -> None:
        """Several texts, each with its place."""
        self._lay = {**self._lay, "annotations": [*self._lay.get("annotations", []), *said]}

    def add_shape(self, **said: Any) -> None:
        """A line or an area at a place of the chart."""
        self._lay = {**self._lay, "shapes": [*self._lay.get("shapes", []), said]}

    def add_vline(self, x: float, **said: Any) -> None:
        """A line from foot to head of the chart."""
        self.add_shape(type="line", x0=x, x1=x, xref="x", yref="y domain", y0=0, y1=1, **said)

    def add_hline(self, y: float, **said: Any) -> None:
        """A line from side to side of the chart."""
        self.add_shape(type="line", y0=y, y1=y, yref="y", xref="x domain", x0=0, x1=1, **said)

    def add_hrect(self, y0: float, y1: float, **said: Any) -> None:
        """A stripe from side to side of the chart."""
        self.add_shape(type="rect", y0=y0, y1=y1, yref="y", xref="x domain", x0=0, x1=1, **said)

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain values; shared, so not to be changed."""
        with _WRITING:
            if self._written is None:
                self._written = {"data": _plain(self._parts), "layout": _plain(self._lay)}
                self._parts = []
            return self._written

    def to_plotly_json(self) -> dict[str, Any]:
        """The same, under the name that Plotly's functions ask for."""
        return self.to_dict()

    @property
    def checked(self) -> go.Figure:
        """The figure in Plotly's objects. Raises ValueError if Plotly does not know a part of it."""
        return go.Figure(self.to_dict())

    @property
    def data(self) -> tuple[Any, ...]:
        """Plotly's objects of the traces."""
        return self.checked.data

    @property
    def layout(self) -> go.Layout:
        """Plotly's object of the layout."""
        return self.checked.layout


_WRITING = Lock()


def _merged(old: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """`old` with what is said; neither is changed, for parts of a layout are shared by charts."""
    both = {
        name: _merged(old[name], new) if isinstance(new, dict) and isinstance(old.get(name), dict) else new
        for name, new in said.items()
    }
    return {**old, **both}


def _plain(value: Any) -> Any:
    """Dictionaries and lists of plain values; missing is None."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, pd.Series | pd.Index | np.ndarray):
        return _listed(value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, np.generic):
        return _plain(value.item())
    return None if value is pd.NA or value != value else value


def _listed(values: pd.Series | pd.Index | np.ndarray) -> list[Any]:
    if isinstance(values, np.ndarray) and values.ndim > 1:
        return [_listed(row) for row in values]
    held = np.asarray(values, dtype=object)
    missing = pd.isna(held)
    return np.where(missing, None, held).tolist() if missing.any() else held.tolist()

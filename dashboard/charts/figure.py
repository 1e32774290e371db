"""Charts as plain values in Plotly's own schema.

Plotly's objects check each value as it is set, which took a third of the time of a first visit of a page.
A `Drawing` collects values unchecked, under Plotly's names, and gives a `Chart` that no longer changes; the
tests check every chart whole. It reaches the browser at one place (`dashboard/components/chart.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import orjson
import pandas as pd

Trace = dict[str, Any]
FILLING = 16  # rows up to which a chart takes the height of the screen
LOOSEST = 0.035  # of the width, the height of one of them at most


def fill_of_rows(n: int) -> float | None:
    """What `Drawing.fill` is told of a chart of n rows, which stay rows on a high screen; None if nothing."""
    return (n + 2) * LOOSEST if n <= FILLING else None


def bar(**attributes: Any) -> Trace:
    """Bars; arguments as of `plotly.graph_objects.Bar`, without its shorthands such as `marker_color`."""
    return {"type": "bar", **attributes}


def scatter(**attributes: Any) -> Trace:
    """Points and lines; arguments as of `plotly.graph_objects.Scatter`."""
    return {"type": "scatter", **attributes}


def heatmap(**attributes: Any) -> Trace:
    """Cells; arguments as of `plotly.graph_objects.Heatmap`."""
    return {"type": "heatmap", **attributes}


def choropleth(**attributes: Any) -> Trace:
    """Areas of a map; arguments as of `plotly.graph_objects.Choropleth`."""
    return {"type": "choropleth", **attributes}


def scattergeo(**attributes: Any) -> Trace:
    """Points on a map; arguments as of `plotly.graph_objects.Scattergeo`."""
    return {"type": "scattergeo", **attributes}


@dataclass(frozen=True, eq=False)
class Chart:
    """A finished chart. written: the figure in Plotly's schema, as JSON, which is what a browser is sent.

    beside: what the page's own scripts read and Plotly does not: `steps` of time (`static/steps.js`), `fills`
    and `least` (`Drawing.fill`). Many readers share a chart, so its values must not be changed.
    """

    written: bytes
    beside: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The figure in Plotly's schema: `data`, its traces, and `layout`, as plain values."""
        figure: dict[str, Any] = orjson.loads(self.written)
        return figure

    @property
    def data(self) -> list[Trace]:
        """The traces, read anew."""
        traces: list[Trace] = self.to_dict()["data"]
        return traces

    @property
    def layout(self) -> dict[str, Any]:
        """The layout, read anew."""
        layout: dict[str, Any] = self.to_dict()["layout"]
        return layout


class Drawing:
    """A chart in the making; `chart()` finishes it. Parts of a layout add up, later values win."""

    def __init__(self, layout: dict[str, Any]) -> None:
        self._traces: list[Trace] = []
        self._layout = layout
        self._beside: dict[str, Any] = {}

    def chart(self) -> Chart:
        """The finished chart; what is missing is null."""
        figure = {"data": _plain(self._traces), "layout": _plain(self._layout)}
        return Chart(orjson.dumps(figure), _plain(self._beside))

    def add_trace(self, trace: Trace) -> None:
        """One trace more, drawn above those before."""
        self._traces.append(trace)

    def add_traces(self, traces: Iterable[Trace]) -> None:
        """Several traces more."""
        self._traces.extend(traces)

    def put_beside(self, **parts: Any) -> None:
        """What the page's own scripts need besides the figure, such as the `steps` of time; plain values."""
        self._beside |= parts

    def fill(self, flattest: float = 0, least: int | None = None) -> None:
        """The chart takes the height that the screen has left, where it is wide enough for one.

        flattest: height for each px of width that is not exceeded, as of a map, which would be empty above
        and below; 0 for charts that may be as high as the screen. least: height in px below which its marks
        would touch, if it is more than that of every chart.
        """
        self.put_beside(fills=flattest, **({} if least is None else {"least": least}))

    def fill_rows(self, n: int) -> None:
        """A chart of n rows takes the height of the screen, as far as they stay rows."""
        if (flattest := fill_of_rows(n)) is not None:
            self.fill(flattest)

    def update_layout(self, **parts: Any) -> None:
        """Sets parts of the layout; within a part, what is not named stays."""
        self._layout = _merged(self._layout, parts)

    def update_xaxes(self, **parts: Any) -> None:
        """Sets parts of the x axis."""
        self.update_layout(xaxis=parts)

    def update_yaxes(self, **parts: Any) -> None:
        """Sets parts of the y axis."""
        self.update_layout(yaxis=parts)

    def update_geos(self, **parts: Any) -> None:
        """Sets parts of the map."""
        self.update_layout(geo=parts)

    def add_annotation(self, **annotation: Any) -> None:
        """A text at a place of the chart."""
        self.add_annotations([annotation])

    def add_annotations(self, annotations: list[dict[str, Any]]) -> None:
        """Several texts, each with its place."""
        self._append("annotations", annotations)

    def add_shape(self, **shape: Any) -> None:
        """A line or an area at a place of the chart."""
        self._append("shapes", [shape])

    def add_vline(self, x: float, **shape: Any) -> None:
        """A line from foot to head of the chart."""
        self.add_shape(type="line", x0=x, x1=x, xref="x", yref="y domain", y0=0, y1=1, **shape)

    def add_hline(self, y: float, **shape: Any) -> None:
        """A line from side to side of the chart."""
        self.add_shape(type="line", y0=y, y1=y, yref="y", xref="x domain", x0=0, x1=1, **shape)

    def add_hrect(self, y0: float, y1: float, **shape: Any) -> None:
        """A stripe from side to side of the chart."""
        self.add_shape(type="rect", y0=y0, y1=y1, yref="y", xref="x domain", x0=0, x1=1, **shape)

    def _append(self, part: str, items: list[dict[str, Any]]) -> None:
        self._layout = {**self._layout, part: [*self._layout.get(part, []), *items]}


def _merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """`old` with the parts of `new`; neither is changed, for charts share parts of a layout."""
    merged = {
        name: _merged(old[name], value)
        if isinstance(value, dict) and isinstance(old.get(name), dict)
        else value
        for name, value in new.items()
    }
    return {**old, **merged}


def _plain(value: Any) -> Any:
    """Dictionaries and lists of plain values; missing is None."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, pd.Series | pd.Index | np.ndarray):
        return _plain_list(value)
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, np.generic):
        return _plain(value.item())
    return None if value is pd.NA or value != value else value


def _plain_list(values: pd.Series[Any] | pd.Index[Any] | np.ndarray) -> list[Any]:
    if isinstance(values, np.ndarray) and values.ndim > 1:
        return [_plain_list(row) for row in values]
    items = np.array(values, dtype=object)
    items[pd.isna(items)] = None
    return list(items.tolist())

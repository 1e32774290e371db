"""A chart on a page: a component of our own, which draws with the script that was made for it.

`st.plotly_chart` loads every kind of chart there is, twice as much as all the rest of a page, draws anew at
every run, and would check every value once more.
"""

from __future__ import annotations

import orjson
import streamlit as st

from dashboard.charts.figure import Chart
from dashboard.components import state
from dashboard.components.language import text as _
from dashboard.paths import made, stamp
from dashboard.texts import mark

# The browser takes it as a module without an address, from which nothing relative can be imported. Streamlit
# would take a text of one line for the name of a file.
SCRIPT = f"""
const at = (path) => new URL(path, document.baseURI).href;
const chart = import(at('{stamp("chart.js")}'));
export default async (component) => (await chart).mount(component, at('{made("plotly.js")}'));
"""
CONFIG = {"displayModeBar": False, "topojsonURL": "./geo/", "scrollZoom": False}
FAILED = mark("The chart could not be drawn. Its figures are in the table.")
SCALES = ("value", "log", "index")  # of lines: `static/scales.js`
_component = st.components.v2.component("escala.chart", js=SCRIPT, isolate_styles=False)


def settle_scale() -> None:
    """Takes the scale of lines from the address: the browser draws it, a wrong one gets a note here."""
    state.store().single("scale", SCALES, SCALES[0])


def draw(figure: Chart, key: str, alt: str, config: dict[str, object]) -> None:
    """Draws a chart where the page stands now.

    key: one chart of a page keeps its place in the browser over runs. alt: what stands for it to those who
    cannot see it. config: of Plotly, besides CONFIG.
    """
    _component(key=key, data=written(figure, alt, config))


def written(figure: Chart, alt: str, config: dict[str, object]) -> bytes:
    """What the browser is sent of a chart; bytes are passed on as they are, other values written twice."""
    told = {"config": CONFIG | config, "alt": alt, "failed": _(FAILED), "words": _words(figure)}
    return figure.written[:-1] + b"," + orjson.dumps(figure.beside | told)[1:]


def _words(figure: Chart) -> dict[str, object]:
    """What the scripts of the browser say about lines and marks (`static/lines.js`, `static/marks.js`)."""
    words: dict[str, object] = {"chart": _("Chart: walk its marks with the arrow keys")}
    if "lines" not in figure.beside:
        return words | {"keys": _("Arrow keys lead from mark to mark, Enter opens a country, Esc leaves.")}
    base = figure.beside["lines"]["base"]
    return words | {
        "keys": _(
            "↑ ↓ lead from line to line, ← → from year to year, Enter keeps a line in front, Esc lets go."
        ),
        "place": _("number {place} of {n} from the top"),
        "kept": _("{name} is kept in front"),
        "freed": _("{name} is let go"),
        "scale": _("Scale"),
        "scales": {
            "value": _("values"),
            "log": _("logarithmic"),
            "index": _("{year} = 100").format(year=base),
        },
    }

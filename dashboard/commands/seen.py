"""What the pages say and draw of the views of a story, taken by running them as the stage does.

No maker of charts is written a second time for files: a page settles its address, and its frame hands over
the chart that the slide names (`dashboard/components/alone.py`) in place of drawing it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from dashboard.charts.figure import Chart
from dashboard.components import alone, chart, language, state
from dashboard.components.language import text as _
from dashboard.documents.story import Seen, subject_of
from dashboard.reads.reader import Reader
from dashboard.router import DRAW
from dashboard.serve.headless import headless
from dashboard.stories.model import Story, View
from kpis.errors import EscalaError

PRESSED = ("steps", "dots")  # what a chart offers to be pressed, which a slide does not show


def seen(story: Story, reader: Reader, country: str = "") -> tuple[Seen, ...]:
    """What is seen of each slide, in the language of the reader; country: the subject of the story."""
    return tuple(headless(partial(_run, subject_of(slide.view, country), reader)) for slide in story.slides)


def _run(view: View, reader: Reader) -> Seen:
    """The page is run until it has handed over its chart and said its answer."""
    with language.spoken(reader.lang):
        return _ran(view, reader)


def _ran(view: View, reader: Reader) -> Seen:
    try:
        with (
            state.within(view.page, view.values) as choices,
            alone.only(view.chart, answered=True, drawn=False) as wish,
        ):
            DRAW[view.page](reader)
    except EscalaError as fault:
        return Seen(headline=str(Markup.escape(str(fault))))
    headline = choices.answer.sentence if choices.answer else ""
    if wish.taken is None:
        return Seen(headline=headline)
    chart_title = str(Markup.escape(wish.title))  # text, or safe HTML
    return Seen(chart_title, headline, wish.unit, _payload(wish.taken), wish.taken.legend)


def _payload(taken: alone.Taken) -> bytes:
    """The chart as `static/chart.js` takes it: its keys lead nowhere outside of the file."""
    beside = {name: part for name, part in taken.figure.beside.items() if name not in PRESSED}
    figure: Chart = replace(taken.figure, beside=beside)
    told = json.loads(chart.written(figure, taken.alt, taken.config))
    if "lines" not in beside:
        told["words"]["keys"] = _("Arrow keys lead from mark to mark, Esc leaves.")
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()

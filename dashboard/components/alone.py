"""One chart of a page alone, with its title, unit and source: for a stage, or within another site.

The page runs as always and settles its controls. Its frames (`components/frame.py`) ask here whether theirs
is the chart that is wanted; the run of the page ends with it, and `static/styles/84-alone.css` hides what the
page has drawn around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from dashboard.charts.figure import Chart
from dashboard.components import state


class Drawn(BaseException):
    """Ends the page: what is wanted of it has been drawn. No Exception: a guard would take it for a fault."""


@dataclass(frozen=True)
class Taken:
    """A chart that was handed over: the figure, what stands for it, its legend as HTML, options of Plotly."""

    figure: Chart
    alt: str
    legend: str
    config: dict[str, object]


@dataclass
class Wish:
    """Which chart of a page is wanted, and what has become of it.

    chart: the key of its frame, or how it begins; "": the first of the page. headed: its title is drawn too.
    answered: the page goes on behind the chart until it has said its answer. drawn: else the chart is handed
    over to a program as `taken`. key, title, unit, foot, data: of the frame that was drawn, "" while none
    was. others: keys of frames that were passed over.
    """

    chart: str = ""
    headed: bool = True
    answered: bool = False
    drawn: bool = True
    taken: Taken | None = None
    key: str = ""
    title: str = ""
    unit: str = ""
    foot: str = ""
    data: Callable[[], pd.DataFrame] = pd.DataFrame
    others: list[str] = field(default_factory=list)

    def takes(self, key: str) -> bool:
        """Whether this is the frame that is wanted; the first that answers to it."""
        if not self.key and key.startswith(self.chart):
            return True
        self.others.append(key)
        return False

    def keep(self, key: str, title: str, unit: str, foot: str, data: Callable[[], pd.DataFrame]) -> None:
        """The frame has been drawn."""
        self.key, self.title, self.unit, self.foot, self.data = key, title, unit, foot, data

    def end_if_done(self) -> None:
        """Ends the page once nothing more is wanted of it."""
        if self.key and (not self.answered or state.store().answer is not None):
            raise Drawn


_wish: ContextVar[Wish | None] = ContextVar("alone", default=None)


def wanted() -> Wish | None:
    """The wish of this run; None where pages are shown whole."""
    return _wish.get()


def handed_over() -> bool:
    """Whether a program takes the chart: nobody is there who could press what the page draws."""
    wish = wanted()
    return wish is not None and not wish.drawn


def on_slide() -> bool:
    """Whether the chart fills a slide, which does not scroll: more rows than are read there are left out."""
    wish = wanted()
    return wish is not None and not wish.headed


@contextmanager
def only(
    chart: str = "", *, headed: bool = True, answered: bool = False, drawn: bool = True
) -> Iterator[Wish]:
    """Draws, of the page that runs within, one chart only; arguments as of `Wish`.

    A page without such a chart leaves `key` of the wish empty, and shows nothing.
    """
    wish = Wish(chart, headed, answered, drawn)
    token = _wish.set(wish)
    try:
        with st.container(key="alone_page"):
            yield wish
    except Drawn:
        pass
    finally:
        _wish.reset(token)

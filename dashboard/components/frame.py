"""The frame of a chart: finding, unit, chart, source; and in one corner table, download, how computed."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace

import pandas as pd
import streamlit as st
from markupsafe import escape

from dashboard.charts.context import NBSP
from dashboard.charts.figure import Chart
from dashboard.charts.figures import plain
from dashboard.components import alone, chart, links
from dashboard.components.faults import guarded
from dashboard.components.language import text as _
from dashboard.components.takeaway import Form, View, offer
from dashboard.reads.kept import carrying, completed

CACHED_FRAMES = 48  # charts with their frames that a function may keep ready, some 100 kilobytes each

FOLD, UNFOLDED = re.compile("<details[^>]*>"), re.compile("</details>|</?summary>")
TOGETHER = re.compile(r"\bn = (?=\d)|\d (?:of|de) (?=\d)|\d (?=GB\b)")
# Title, table as safe HTML, maker of the download, its name. A kept table makes its download from what it was
# made from, when asked for: a thousand that nobody takes would be most of what the server holds.
Table = tuple[str, str, Callable[[], pd.DataFrame], str]


@dataclass(frozen=True)
class Frame:
    """What stands around a chart.

    title, unit: text, or a sentence with figures (`charts/figures.py`).
    data: makes what the chart shows, for CSV and XLSX, with the columns that explain each number.
    alone: the foot where the chart stands without the tables of its page, if that differs.
    narrow: the frame has about half of the page. scrolls: the chart would be illegible on this screen and
    scrolls sideways within its frame, at the width that the style sheet gives.
    is_own: shows figures of the reader's own (`View.is_own`).
    table: makes the same as an HTML table; both are made when asked for. how: writes the "how computed" text.
    """

    key: str
    title: str
    unit: str
    alt: str
    foot: str
    data: Callable[[], pd.DataFrame]
    table: Callable[[], str]
    file: str
    how: Callable[[], None] | None = None
    legend: str = ""
    alone: str = ""
    narrow: bool = False
    scrolls: bool = False
    is_own: bool = False
    config: dict[str, object] = field(default_factory=dict)


def show(figure: Chart, frame: Frame) -> None:
    """Draws the chart in its frame; where one chart of the page is wanted alone, only that one."""
    frame = linked(frame)
    wish = alone.wanted()
    if wish is None:
        _whole(figure, frame)
        return
    if wish.takes(frame.key):
        if wish.drawn:
            _alone(figure, frame, headed=wish.headed)
        else:
            wish.taken = alone.Taken(figure, frame.alt, frame.legend, frame.config)
        wish.keep(frame.key, frame.title, frame.unit, frame.foot, frame.data)
    wish.end_if_done()


def linked(frame: Frame) -> Frame:
    """The frame with links that carry what this reader chose: it may have been kept for many."""
    parameters = links.link_parameters()
    if not parameters:
        return frame
    foot, apart, legend = completed((frame.foot, frame.alone, frame.legend), parameters)
    return replace(frame, foot=foot, alone=apart, legend=legend)


def table_of(frame: Frame) -> str:
    """The chart of a frame as an HTML table, with links that carry what this reader chose."""
    parameters = links.link_parameters()
    with carrying(parameters):
        return completed(frame.table(), parameters)


@st.fragment
@guarded
def _whole(figure: Chart, frame: Frame) -> None:
    """The chart, or its table if the reader asked for that.

    A fragment of its own: the switch to the table redraws this frame and nothing else.
    """
    with st.container(key=f"frame_{frame.key}"):
        head, corner = st.columns([1, 1.12] if frame.narrow else [2.2, 1], vertical_alignment="top")
        head.html(f'{_heading(frame.title)}<p class="e-unit">{escape(frame.unit)}</p>')
        with corner:
            as_table = _corner(frame)
        if as_table:
            st.html(table_of(frame))
        else:
            _chart(figure, frame)
        st.html(f'<div class="e-foot">{bound(frame.foot)}</div>')


@guarded
def _alone(figure: Chart, frame: Frame, *, headed: bool) -> None:
    """The chart with nothing that a reader could press, so no fragment."""
    with st.container(key="alone"), st.container(key=f"frame_{frame.key}"):
        title = _heading(frame.title) if headed else ""
        st.html(f'{title}<p class="e-unit">{escape(frame.unit)}</p>')
        _chart(figure, frame)
        st.html(f'<div class="e-foot">{bound(unfolded(frame.alone or frame.foot))}</div>')


def unfolded(foot: str) -> str:
    """A foot line whose sources are read without a press."""
    return UNFOLDED.sub("", FOLD.sub(" · " if foot.lstrip()[:1] != "<" else "", foot))


def _chart(figure: Chart, frame: Frame) -> None:
    with _room(frame):
        chart.draw(figure, f"chart_{frame.key}", frame.alt, frame.config)
    if frame.legend:
        st.html(frame.legend)


def _room(frame: Frame) -> AbstractContextManager[object]:
    """Where the chart stands: in the page, or in a part of it that scrolls."""
    if not frame.scrolls:
        return nullcontext()
    return st.container(key=f"scrolls_{frame.key}").container(key=f"wide_{frame.key}")


def table_only(
    title: str,
    markup: str,
    figures: pd.DataFrame | Callable[[], pd.DataFrame],
    file: str,
    how: Callable[[], None] | None = None,
    draw: Callable[[Form], bytes] | None = None,
    *,
    is_own: bool = False,
) -> None:
    """A table with its title and its download, for what has no chart. A long one is made when asked for.

    draw: makes a picture of it. is_own: figures of the reader's own (`View.is_own`).
    """
    if alone.wanted():
        return
    make_table = figures if callable(figures) else lambda: figures
    with st.container(key=f"frame_{file}"):
        head, corner = st.columns([2.2, 1], vertical_alignment="top")
        head.html(_heading(title))
        with corner, st.container(key=f"corner_{file}", horizontal=True, horizontal_alignment="right"):
            offer(View(file, plain(title), "", "", make_table, file, is_own=is_own), picture=False, draw=draw)
            if how is not None:
                with (
                    st.popover(_("How computed"), type="tertiary", key=f"how_{file}"),
                    carrying(links.link_parameters()),
                ):
                    how()
        st.html(markup)


def bound(markup: str) -> str:
    """What belongs together stays in one line: "n = 139", "1 of 2", "5 GB". markup: of a title or a foot.

    >>> bound("n = 9; 1 of 2; 5 GB").count("\u00a0")
    5
    """
    return TOGETHER.sub(lambda found: found.group().replace(" ", NBSP), markup)


def _heading(title: str) -> str:
    """The title of a frame."""
    return f'<h2 class="e-title">{bound(escape(title))}</h2>'


def sentence_only(title: str, text: str) -> None:
    """A title with a sentence in place of a table that would be empty; both escaped here."""
    st.html(f'{_heading(title)}<p class="e-lead">{escape(text)}</p>')


def foot_only(text: str) -> None:
    """A foot line for what has no chart; escaped here."""
    st.html(f'<p class="e-foot">{bound(escape(text))}</p>')


def _corner(frame: Frame) -> bool:
    """Table toggle, download, how computed; always in this order. True if the table is wanted."""
    with st.container(key=f"corner_{frame.key}", horizontal=True, gap="xsmall", vertical_alignment="center"):
        as_table = st.toggle(_("Table"), key=f"table_{frame.key}")
        offer(
            View(
                frame.key,
                plain(frame.title),
                plain(frame.unit),
                frame.foot,
                frame.data,
                frame.file,
                is_own=frame.is_own,
            ),
            picture=not as_table,
        )
        if frame.how is not None:
            with (
                st.popover(_("How computed"), type="tertiary", key=f"how_{frame.key}"),
                carrying(links.link_parameters()),
            ):
                frame.how()
    return as_table

"""Runs what draws a page without a browser and without a session: what it draws goes nowhere."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from dashboard.paths import SCRIPT
from dashboard.serve import internals

T = TypeVar("T")


def headless(draw: Callable[[], T]) -> T:
    """What `draw` returns, run as Streamlit runs a page, from a session state that is empty.

    In a thread of its own, for the thread that asks may be that of a reader's run. Raises what `draw` raises.
    """

    def run() -> T:
        internals.begin_run(str(SCRIPT))
        return draw()

    with ThreadPoolExecutor(1, thread_name_prefix="headless") as alone:
        return alone.submit(run).result()

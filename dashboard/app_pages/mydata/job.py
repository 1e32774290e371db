"""Reading a table beside the page: one at a time, so that pages of others are drawn meanwhile."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from dataclasses import dataclass

import streamlit as st

from dashboard.components import messages
from dashboard.components.language import text as _
from dashboard.reads.concurrency import release_slot
from kpis.workspace.figures import Known, Reading, Request, read_figures

_POOL = ThreadPoolExecutor(1, thread_name_prefix="figures")
STEP = 0.15  # seconds between two looks at the progress


@dataclass
class Job:
    """A table that is being read. share: of the work that is done, 0 to 1."""

    name: str
    share: float = 0.0
    future: Future[Reading] | None = None

    def tell(self, share: float) -> None:
        """Takes the progress of the reading."""
        self.share = share


def start(data: bytes, name: str, request: Request, known: Known) -> Job:
    """Starts reading."""
    job = Job(name)
    job.future = _POOL.submit(read_figures, data, name, request, known, job.tell)
    return job


def wait(job: Job) -> Reading:
    """The reading, with a bar until it is there. A control that is used meanwhile starts the page anew.

    Raises what the reading raises.
    """
    assert job.future is not None
    bar = st.progress(0.0, text=_label(job))
    with release_slot():
        while True:
            try:
                reading = job.future.result(STEP)
            except TimeoutError:
                bar.progress(job.share, text=_label(job))
            else:
                bar.empty()
                return reading


def _label(job: Job) -> str:
    return messages.plain(_("Reading {name}: {share}%").format(name=job.name, share=round(100 * job.share)))

"""Router: navigation, the shared controls, the page, and the state of the address around every run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module

import streamlit as st

from dashboard.components import (
    account,
    alone,
    chart,
    embed,
    embedded,
    faults,
    messages,
    onward,
    shell,
    state,
    style,
    takeaway,
)
from dashboard.components.container import Container
from dashboard.components.language import text as _
from dashboard.navigation import GROUPS, PAGES, PATHS, QUESTIONS, Page
from dashboard.reads import shared as data
from dashboard.reads.concurrency import run_slot
from dashboard.reads.reader import Reader
from dashboard.search import panel as finder
from dashboard.stage import keys
from dashboard.stage import show as stage
from dashboard.stage.wish import settle as settle_stage
from kpis.errors import EscalaError
from kpis.steps import LOG

Draw = Callable[[Reader], None]
DRAW: dict[str, Draw] = {path: import_module(f"dashboard.app_pages.{path}.page").draw for path in PATHS}


def main() -> None:
    """A whole run: navigation, address, shared controls, page. Controls of the page rerun the page alone."""
    with run_slot():
        _whole()


@faults.guarded
def _whole() -> None:
    state.begin()
    lang = shell.settle_language()
    grouped: dict[str, list[st.Page]] = {_(group): [] for group in GROUPS}
    for spec in PAGES:
        page = st.Page(_drawn(spec), title=_(spec.title), url_path=spec.path, default=spec is PAGES[0])
        grouped[_(spec.group)].append(page)
    on_stage = settle_stage()
    current = st.navigation(
        {group: pages for group, pages in grouped.items() if pages},
        position="hidden" if on_stage else "sidebar",
        expanded=True,
    )
    st.set_page_config(page_title=f"{current.title} · Escala", page_icon="./favicon.svg", layout="wide")
    state.store().turn(current.url_path)
    form, look = shell.settings(lang) if on_stage else shell.controls(lang)
    style.apply(look, lang, form.decimal)
    chart.settle_scale()
    st.session_state["escala_shared"] = (lang, form, look)
    if not on_stage:
        account.say_outcome()
        if state.store().free("find"):
            _search()
    state.hand_over()
    current.run()


@faults.guarded
def _search() -> None:
    """What the search found, above the page. Without a warehouse the page itself says what is wrong."""
    with suppress(EscalaError):
        reader = shell.reader(*st.session_state["escala_shared"])
        finder.show(reader, QUESTIONS)


@st.fragment
@faults.guarded
def _page(spec: Page) -> None:
    """The page: a fragment, so that its controls rerun nothing else."""
    with run_slot():
        _within(spec)


def _within(spec: Page) -> None:
    """The page, and the state of the address around it."""
    state.take_over()
    keys.run_whole_if_due()
    settle_stage()
    stale, spot = st.container(), st.container(key="notes")
    drawn: Reader | None = None
    try:
        reader = shell.reader(*st.session_state["escala_shared"])
        _say_if_stale(stale)
        if embed.is_embedded():
            _one_chart(spec, reader)
        elif shown := stage.wanted(spec.path, reader):
            stage.show(reader, shown, DRAW)
        else:
            DRAW[spec.path](reader)
            onward.show(reader, spec.path)
            state.note_unused()
            drawn = reader
    except data.NothingHeldError as absent:
        shell.headline(
            str(absent),
            lead=_(
                "Put figures into the data folder and run escala build; escala doctor says what is missing."
            ),
        )
    except EscalaError as fault:
        faults.say(fault)
    except Exception:  # shown here, so that the address and the notes are still seen to
        LOG.exception("a part of a page failed: %s", spec.path)
        faults.apologise()
    state.note_strangers()
    with spot:
        shell.notes()
    state.end()
    if drawn:
        shell.remember(spec.path, drawn)
    takeaway.imprint()


def _one_chart(spec: Page, reader: Reader) -> None:
    """The chart that the address names, for a frame in another page; the first without a name."""
    chart_key = state.store().free("chart")
    with alone.only(chart_key) as wish:
        DRAW[spec.path](reader)
    embedded.close(wish, chart_key)


def _say_if_stale(spot: Container) -> None:
    """Why an older warehouse is shown; known once the reader has opened one."""
    if reason := data.fault():
        messages.warning(
            _("A newer warehouse could not be opened; the last good one is shown. {fault}").format(
                fault=faults.without_folders(reason)
            ),
            spot=spot,
        )


def _drawn(spec: Page) -> Callable[[], None]:
    def run() -> None:
        _page(spec)

    run.__name__ = spec.path
    return run

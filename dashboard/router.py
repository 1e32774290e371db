"""Router: one row per page, the shared controls, the state of the address around every run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import data
from dashboard.app_pages import (
    cases,
    compare,
    country,
    explore,
    gaps,
    lens,
    lessons,
    methods,
    plan,
    progress,
    releases,
    robustness,
    stages,
    world,
)
from dashboard.components import faults, finder, messages, shell, state, style, takeaway
from dashboard.components.language import mark
from dashboard.components.language import text as _
from dashboard.components.shell import Reader
from dashboard.keep import turn
from kpis.errors import EscalaError


@dataclass(frozen=True)
class Spec:
    """A page: its group in the navigation, its address, its title (English, the key) and what draws it."""

    group: str
    path: str
    title: str
    draw: Callable[[Reader], None]


STAND = mark("Where do we stand?")
MATURE = mark("How mature are we?")
TRACK = mark("Are we on track for 2030?")
TRUST = mark("Can I trust it?")
NEXT = mark("What next?")
GROUPS = (STAND, MATURE, TRACK, NEXT, TRUST)  # in the order of the navigation
PAGES = [
    Spec(STAND, "world", mark("World"), world.draw),
    Spec(STAND, "country", mark("Country"), country.draw),
    Spec(STAND, "compare", mark("Compare"), compare.draw),
    Spec(MATURE, "stages", mark("Stages"), stages.draw),
    Spec(TRACK, "progress", mark("Progress"), progress.draw),
    Spec(TRACK, "lens", mark("SDG lens"), lens.draw),
    Spec(NEXT, "plan", mark("Plan"), plan.draw),
    Spec(NEXT, "cases", mark("Cases"), cases.draw),
    Spec(NEXT, "lessons", mark("Lessons"), lessons.draw),
    Spec(TRUST, "robustness", mark("Robustness"), robustness.draw),
    Spec(TRUST, "gaps", mark("Data and gaps"), gaps.draw),
    Spec(TRUST, "releases", mark("What changed"), releases.draw),
    Spec(TRUST, "explore", mark("Explorer"), explore.draw),
    Spec(TRUST, "methods", mark("Methods and sources"), methods.draw),
]


def main() -> None:
    """A whole run: navigation, address, shared controls, page. Controls of the page rerun the page alone."""
    with turn():
        _whole()


@faults.guarded
def _whole() -> None:
    state.begin()
    lang = shell.settle_language()
    grouped: dict[str, list[st.Page]] = {_(group): [] for group in GROUPS}
    for spec in PAGES:
        page = st.Page(_drawn(spec), title=_(spec.title), url_path=spec.path, default=spec is PAGES[0])
        grouped[_(spec.group)].append(page)
    current = st.navigation({group: pages for group, pages in grouped.items() if pages}, expanded=True)
    st.set_page_config(page_title=f"{current.title} · Escala", page_icon="./favicon.svg", layout="wide")
    state.store().turn(current.url_path)
    form, look = shell.controls(lang)
    style.apply(look, lang, form.decimal)
    shell.presenting()
    st.session_state["escala_shared"] = (lang, form, look)
    if state.store().free("find"):
        _search()
    state.hand_over()
    current.run()


@faults.guarded
def _search() -> None:
    """What the search found, above the page. Without a warehouse the page itself says what is wrong."""
    with suppress(EscalaError):
        reader = shell.reader(*st.session_state["escala_shared"])
        finder.show(reader, tuple((spec.path, spec.title, spec.group) for spec in PAGES))


@st.fragment
@faults.guarded
def _page(spec: Spec) -> None:
    """The page: a fragment, so that its controls rerun nothing else."""
    with turn():
        _within(spec)


def _within(spec: Spec) -> None:
    """The page, and the state of the address around it."""
    state.take_over()
    stale, spot = st.container(), st.container(key="notes")
    try:
        reader = shell.reader(*st.session_state["escala_shared"])
        _say_if_stale(stale)
        spec.draw(reader)
    except data.NothingHeldError as absent:
        shell.headline(
            str(absent),
            lead=_(
                "Put figures into the data folder and run escala build; escala doctor says what is missing."
            ),
        )
    except EscalaError as fault:
        faults.say(fault)
    except Exception:  # said here, so that the address and the notes are still seen to
        faults.unexpected(spec.path)
    state.note_strangers()
    with spot:
        shell.notes()
    state.end()
    takeaway.imprint()


def _say_if_stale(spot: DeltaGenerator) -> None:
    """Why an older warehouse is shown; known once the reader has opened one."""
    if said := data.fault():
        messages.warning(
            _("A newer warehouse could not be opened; the last good one is shown. {fault}").format(
                fault=faults.without_folders(said)
            ),
            spot=spot,
        )


def _drawn(spec: Spec) -> Callable[[], None]:
    def run() -> None:
        _page(spec)

    run.__name__ = spec.path
    return run

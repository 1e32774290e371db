"""Router: one row per page, the shared controls, the state of the address around every run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard import data
from dashboard.app_pages import compare, country, explore, gaps, methods, progress, releases, stages, world
from dashboard.components import finder, shell, state, style
from dashboard.components.language import mark
from dashboard.components.language import text as _
from dashboard.components.shell import Reader
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
    Spec(TRUST, "gaps", mark("Data and gaps"), gaps.draw),
    Spec(TRUST, "releases", mark("What changed"), releases.draw),
    Spec(TRUST, "explore", mark("Explorer"), explore.draw),
    Spec(TRUST, "methods", mark("Methods and sources"), methods.draw),
]


def main() -> None:
    """One run: navigation, address, controls, page, address."""
    state.begin()
    lang = shell.settle_language()
    grouped: dict[str, list[st.Page]] = {_(group): [] for group in GROUPS}
    for spec in PAGES:
        page = st.Page(_drawn(spec), title=_(spec.title), url_path=spec.path, default=spec is PAGES[0])
        grouped[_(spec.group)].append(page)
    current = st.navigation({group: pages for group, pages in grouped.items() if pages}, expanded=True)
    st.set_page_config(page_title=f"{current.title} · Escala", page_icon="/favicon.svg", layout="wide")
    state.store().turn(current.url_path)
    form, look = shell.controls(lang)
    style.apply(look, lang)
    try:
        _run(current, shell.reader(lang, form, look))
    except EscalaError as fault:
        st.error(str(fault), icon=":material/error:")
    state.end()


def _run(page: st.Page, reader: Reader) -> None:
    st.session_state["escala_reader"] = reader
    if said := data.fault():
        st.warning(
            _("A newer warehouse could not be opened; the last good one is shown. {fault}").format(fault=said)
        )
    spot = st.container(key="notes")
    shell.presenting()
    finder.show(reader, tuple((spec.path, spec.title, spec.group) for spec in PAGES))
    page.run()
    state.note_strangers()
    with spot:
        shell.notes()


def _drawn(spec: Spec) -> Callable[[], None]:
    def run() -> None:
        spec.draw(st.session_state["escala_reader"])

    run.__name__ = spec.path
    return run


main()

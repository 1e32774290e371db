"""How often we were right: every forecast that could have been made since 2008, beside what came."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.forecast import annual_gate, choices, failures, frames, next_edition
from dashboard.app_pages.forecast.choices import Selection
from dashboard.charts import record_words as words
from dashboard.components import frame, pickers, shell
from dashboard.components.container import Container
from dashboard.components.language import text as _
from dashboard.reads import record as reads
from dashboard.reads.reader import Reader


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    horizons = reads.horizons(reader.warehouse)
    if not horizons:
        _too_few(top)
        next_edition.show(reader, pickers.country_of_address(reader))
        return
    selection = choices.show(reader, horizons)
    _headline(reader, selection, top)
    if selection.area:
        _country(reader, selection.ahead, selection.area)
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        frame.show(*frames.held_shares(reader, selection.ahead, selection.by))
    with right:
        frame.show(*frames.against_guesses(reader, selection.ahead))
    _failures(reader, selection.ahead)
    next_edition.show(reader, selection.area)
    annual_gate.show(reader)


def _too_few(top: Container) -> None:
    with top:
        shell.headline(
            _("No forecast can be tried on the past: too few editions of the UN survey are held."),
            lead=_(
                "Put figures into the data folder and run escala build; escala doctor says what is missing."
            ),
        )


def _headline(reader: Reader, selection: Selection, top: Container) -> None:
    """How often forecasts of the chosen country were right, else of all."""
    ctx, means = reader.ctx, reads.means(reader.warehouse, selection.ahead)
    own = frames.record_of(reader, selection.ahead, selection.area) if selection.area else ""
    against = words.against_today(means, ctx)
    if own:
        headline, lead = own, f"{words.of_all(means, selection.ahead, ctx)} {against}"
    else:
        headline = words.headline(means, selection.ahead, ctx)
        lead = f"{against} {words.width(means, ctx)}"
    with top:
        shell.headline(headline, kicker=_("How often we were right"), lead=lead)


def _country(reader: Reader, ahead: int, area: str) -> None:
    framed = frames.of_one_country(reader, ahead, area)
    if framed is None:
        name = reader.area(area).name
        frame.sentence_only(name, _("No forecast of the past can be compared with what came."))
    else:
        frame.show(*framed)


def _failures(reader: Reader, ahead: int) -> None:
    failures.show(reader, ahead)
    left, right = st.columns(2, gap="large")
    with left:
        frame.show(*frames.common_misses(reader, ahead))
    with right:
        frame.show(*frames.given_chances(reader, ahead))

"""Robustness: would another reasonable index rank the countries alike, and which differences are real?"""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.app_pages.robustness import choices as robustness_choices
from dashboard.app_pages.robustness import frames as robustness_frames
from dashboard.app_pages.robustness import reads, words
from dashboard.app_pages.robustness import tables as robustness_tables
from dashboard.app_pages.robustness.choices import Asked
from dashboard.app_pages.robustness.reads import Choice
from dashboard.charts.context import Context
from dashboard.components import frame, pickers, shell
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from kpis.egdi.robustness import DISTINCT


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    if not reads.indices(reader.warehouse):
        with top:
            shell.headline(
                _("No index can be rebuilt: none is held with all of its parts."),
                lead=_(
                    "Put figures into the data folder and run escala build; "
                    "escala doctor says what is missing."
                ),
            )
        return
    asked = robustness_choices.show(reader)
    rows = reads.table(reader.warehouse, reader.lang, asked.choice)
    index, edition = asked.choice.index, robustness_tables.edition(reader, asked.choice)
    if rows["low"].isna().all():
        with top:
            said = _("{index} {year} cannot be rebuilt: too few countries have all of its parts.")
            shell.headline(said.format(index=index, year=edition))
    elif asked.area is None:
        _world(reader, asked.choice, top)
    elif asked.area not in rows.index:
        name = reader.area(asked.area).name
        said = _("{name}: {index} {year} does not rank it, so there is nothing to rebuild.")
        with top:
            shell.headline(said.format(name=name, index=index, year=edition))
        _world(reader, asked.choice, None)
    else:
        _country(reader, asked, asked.area, rows, top)


def _world(reader: Reader, choice: Choice, top: st.delta_generator.DeltaGenerator | None) -> None:
    skyline, headline = robustness_frames.skyline(reader, choice)
    if top is not None:
        with top:
            shell.headline(
                headline,
                lead=_("Choose a country for its own range and to see from whom it can be told apart."),
            )
    left, right = st.columns([1.7, 1], gap="large")
    with left:
        frame.show(*skyline)
    with right:
        _by_choice(reader, choice, None)
        frame.show(*robustness_frames.shifts(reader, choice))


def _by_choice(reader: Reader, choice: Choice, area: str | None) -> None:
    found = robustness_frames.by_choice(reader, choice, area)
    if found is None:
        frame.said_only(_("What matters most"), _("No choice that is left open moves the rank."))
    else:
        frame.show(*found)


def _country(
    reader: Reader, asked: Asked, area: str, rows: pd.DataFrame, top: st.delta_generator.DeltaGenerator
) -> None:
    ctx, choice, own = reader.ctx, asked.choice, rows.loc[area]
    ahead = reads.ahead(reader.warehouse, choice, area)
    nearest = robustness_frames.nearest(rows, area)
    open_with = [str(rows.at[one, "name"]) for one in nearest if not ahead.at[one, "distinct"]]
    with top:
        draws, edition = (
            len(reads.run(reader.warehouse, choice).draws),
            robustness_tables.edition(reader, choice),
        )
        shell.headline(
            words.standing(own["name"], own, len(rows), choice.index, edition, draws, ctx),
            lead="" if pd.isna(own["low"]) else _lead(choice, float(own["nominal_rank"]), open_with, ctx),
        )
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        frame.show(*robustness_frames.intervals(reader, choice, area, asked.group))
    with right:
        _pair(reader, rows, ahead, area, nearest)
        _by_choice(reader, choice, area)
    found = robustness_frames.without(reader, choice, area)
    if found is not None:
        frame.show(*found)


def _lead(choice: Choice, nominal: float, open_with: list[str], ctx: Context) -> str:
    said = words.alike(open_with, ctx)
    return f"{words.chosen(nominal, ctx)} {said}" if choice.fixed else said


def _pair(reader: Reader, rows: pd.DataFrame, ahead: pd.DataFrame, area: str, nearest: list[str]) -> None:
    names = rows["name"].drop(index=area)
    codes = pickers.by_name(names.to_frame())
    other = pickers.choose(
        _("Is it ahead of …?"),
        "versus",
        codes,
        nearest[0],
        lambda one: str(names[one]),
        allowed=_("ISO codes of the UN Member States, such as COL, JAM, NAM"),
    )
    other = other or nearest[0]
    said, counted = words.pair(
        str(rows.at[area, "name"]), str(names[other]), ahead.loc[other], DISTINCT, reader.ctx
    )
    kind = "e-lead" if ahead.at[other, "distinct"] else "e-note"
    st.html(f'<p class="{kind}" role="status"><strong>{escape(said)}</strong> {escape(counted)}</p>')

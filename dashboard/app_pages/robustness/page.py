"""Robustness: would another reasonable index rank the countries alike, and which differences are real?"""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.robustness import choices as robustness_choices
from dashboard.app_pages.robustness import frames as robustness_frames
from dashboard.app_pages.robustness import own_weights
from dashboard.app_pages.robustness import tables as robustness_tables
from dashboard.app_pages.robustness.choices import Selection
from dashboard.charts import robustness_words as words
from dashboard.charts.context import Context
from dashboard.components import frame, pickers, shell
from dashboard.components.container import Container
from dashboard.components.language import text as _
from dashboard.reads import robustness as reads
from dashboard.reads.reader import Reader
from dashboard.reads.robustness import Choice
from kpis.egdi.robustness import DISTINCT


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    if not reads.indices(reader.warehouse):
        _no_index(top)
        return
    selection = robustness_choices.show(reader)
    if selection.view == "own":
        own_weights.show(reader, selection, top)
    else:
        _ranges(reader, selection, top)


def _ranges(reader: Reader, selection: Selection, top: Container) -> None:
    """How sure each rank is."""
    rows = reads.table(reader.warehouse, reader.lang, selection.choice)
    index, edition = selection.choice.index, robustness_tables.edition(reader, selection.choice)
    if rows["low"].isna().all():
        with top:
            template = _("{index} {year} cannot be rebuilt: too few countries have all of its parts.")
            shell.headline(template.format(index=index, year=edition))
    elif selection.area is None:
        _world(reader, selection.choice, top)
    elif selection.area not in rows.index:
        name = reader.area(selection.area).name
        template = _("{name}: {index} {year} does not rank it, so there is nothing to rebuild.")
        with top:
            shell.headline(template.format(name=name, index=index, year=edition))
        _world(reader, selection.choice, None)
    else:
        _country(reader, selection, selection.area, rows, top)


def _no_index(top: Container) -> None:
    with top:
        shell.headline(
            _("No index can be rebuilt: none is held with all of its parts."),
            lead=_(
                "Put figures into the data folder and run escala build; escala doctor says what is missing."
            ),
        )


def _world(reader: Reader, choice: Choice, top: Container | None) -> None:
    skyline, headline = robustness_frames.skyline(reader, choice)
    if top is not None:
        with top:
            shell.headline(
                headline,
                lead=_("Choose a country for its own range and to see from whom it can be told apart."),
            )
    frame.show(*skyline)
    left, right = st.columns(2, gap="large")
    with left:
        _by_choice(reader, choice, None)
    with right:
        frame.show(*robustness_frames.shifts(reader, choice))


def _by_choice(reader: Reader, choice: Choice, area: str | None) -> None:
    framed = robustness_frames.by_choice(reader, choice, area)
    if framed is None:
        frame.sentence_only(_("What matters most"), _("No choice that is left open moves the rank."))
    else:
        frame.show(*framed)


def _country(reader: Reader, selection: Selection, area: str, rows: pd.DataFrame, top: Container) -> None:
    choice = selection.choice
    ahead = reads.ahead(reader.warehouse, choice, area)
    nearest = robustness_frames.nearest(rows, area)
    alike = [str(rows.at[code, "name"]) for code in nearest if not ahead.at[code, "distinct"]]
    with top:
        _headline(reader, choice, area, rows, alike)
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        frame.show(*robustness_frames.intervals(reader, choice, area, selection.group))
    with right:
        _pair(reader, rows, ahead, area, nearest)
        _by_choice(reader, choice, area)
    framed = robustness_frames.without(reader, choice, area)
    if framed is not None:
        frame.show(*framed)


def _headline(reader: Reader, choice: Choice, area: str, rows: pd.DataFrame, alike: list[str]) -> None:
    ctx, row = reader.ctx, rows.loc[[area]].iloc[0]
    draws, edition = len(reads.run(reader.warehouse, choice).draws), robustness_tables.edition(reader, choice)
    shell.headline(
        words.standing(row["name"], row, len(rows), choice.index, edition, draws, ctx),
        lead="" if pd.isna(row["low"]) else _lead(choice, float(row["nominal_rank"]), alike, ctx),
    )


def _lead(choice: Choice, nominal: float, names: list[str], ctx: Context) -> str:
    sentence = words.alike(names, ctx)
    return f"{words.rebuilt_rank(nominal, ctx)} {sentence}" if choice.fixed else sentence


def _pair(reader: Reader, rows: pd.DataFrame, ahead: pd.DataFrame, area: str, nearest: list[str]) -> None:
    names = rows["name"].drop(index=area)
    codes = pickers.by_name(names.to_frame())
    other = pickers.choose(
        _("Is it ahead of …?"),
        "versus",
        codes,
        nearest[0],
        lambda code: str(names[code]),
        allowed=_("ISO codes of the UN Member States, such as COL, JAM, NAM"),
    )
    other = other or nearest[0]
    row = ahead.loc[[other]].iloc[0]
    sentence, shares = words.pair(str(rows.at[area, "name"]), str(names[other]), row, DISTINCT, reader.ctx)
    kind = "e-lead" if row["distinct"] else "e-note"
    st.html(Markup('<p class="{}" role="status"><strong>{}</strong> {}</p>').format(kind, sentence, shares))

"""The view of own weights: every country's rank rebuilt by the reader, beside the published one."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup, escape

from dashboard.app_pages.robustness import own_tables, own_words
from dashboard.app_pages.robustness import tables as robustness_tables
from dashboard.app_pages.robustness.choices import Selection
from dashboard.charts import rank_moves
from dashboard.charts.figure import Chart
from dashboard.charts.scalars import text_by_code
from dashboard.components import frame, pickers, shell
from dashboard.components.container import Container
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.reads import robustness as reads
from dashboard.reads.kept import drawn, worded
from dashboard.reads.reader import Reader
from dashboard.reads.robustness import Choice
from kpis.egdi.robustness import NEAR

ORDERS = ("own", "published", "gain", "loss", "name")


def show(reader: Reader, selection: Selection, top: Container) -> None:
    """Headline, list of all countries, and those that move most."""
    choice, area = selection.choice, selection.area
    sentence, lead = _answer(reader, choice, area)
    with top:
        shell.headline(sentence, lead=lead)
    _list(reader, choice, area)
    moved = largest_moves(reader, choice, area)
    if moved is not None:
        frame.show(*moved)


@worded(frame.CACHED_FRAMES)
def _answer(reader: Reader, choice: Choice, area: str | None) -> tuple[str, str]:
    """Headline and lead of the view."""
    ctx, run = reader.ctx, reads.own(reader.warehouse, choice)
    year = robustness_tables.edition(reader, choice)
    is_ranked = area is not None and area in run.table.index
    row = own_tables.rows(reader, choice).loc[[area]].iloc[0] if is_ranked else None
    sentence = own_words.headline(run, row, year, NEAR, ctx)
    if area is not None and not is_ranked:
        template = _("{name}: {index} {year} does not rank it.")
        own = template.format(name=reader.area(area).name, index=choice.index, year=year)
        return sentence, own
    return sentence, own_words.lead(run, NEAR, ctx) if row is not None or run.as_published else ""


def _list(reader: Reader, choice: Choice, area: str | None) -> None:
    """What acts on the list, and the list."""
    with st.container(key="controls_own_list"):
        columns = st.columns([1.2, 1.2, 1.1], vertical_alignment="bottom")
        with columns[0]:
            group = pickers.group(reader, label=_("Countries listed"))
        with columns[1]:
            order = _order()
        with columns[2]:
            name = pickers.search(_("Find by name"), "name", placeholder=_("Part of a name"))
    frame.table_only(*all_countries(reader, choice, area, own_tables.Filter(group, order, name)), how=_how)
    frame.foot_only(_foot(reader, choice))


def _order() -> str:
    labels = {
        "own": _("Own rank"),
        "published": _("Published rank"),
        "gain": _("Most places gained"),
        "loss": _("Most places lost"),
        "name": _("Name"),
    }
    return pickers.choose(_("Ordered by"), "order", ORDERS, ORDERS[0], labels.__getitem__) or ORDERS[0]


@worded(16)  # a hundred kilobytes each
def all_countries(reader: Reader, choice: Choice, area: str | None, kept: own_tables.Filter) -> frame.Table:
    """The list with its title and its download, which has every country whatever is listed."""
    rows = own_tables.rows(reader, choice)
    listed = own_tables.listed(reader, rows, kept)
    title = _("{k} of {n} countries, own beside published").format(
        k=reader.ctx.number(len(listed)), n=reader.ctx.number(len(rows))
    )
    if len(listed) == len(rows):
        title = _("All {n} countries, own beside published").format(n=reader.ctx.number(len(rows)))
    markup = own_tables.html(reader, choice, rows, listed, area)
    export = partial(own_tables.export, reader, choice)
    return title, markup, export, f"escala_own_{choice.index}_{choice.edition}"


@drawn(frame.CACHED_FRAMES)
def largest_moves(reader: Reader, choice: Choice, area: str | None) -> tuple[Chart, Frame] | None:
    """The countries that move most, and the chosen one; None where nobody moves."""
    ctx, rows = reader.ctx, own_tables.rows(reader, choice)
    moves = rank_moves.of_ranks(rows.dropna(subset=["shift"]))
    if not moves["rank_change"].any():
        return None
    names = text_by_code(rows["name"])
    drawn = rank_moves.largest(moves, area)
    framed = Frame(
        key="own_moves",
        title=rank_moves.title(moves, names, ctx),
        unit=_("Places gained (▲) or lost (▼) against the published rank; the largest of each"),
        alt=rank_moves.alt(drawn, names, ctx),
        foot="",
        data=partial(own_tables.export, reader, choice),
        table=lambda: own_tables.html(reader, choice, rows, rows.loc[drawn["ref_area"].tolist()], area),
        file=f"escala_own_moves_{choice.index}_{choice.edition}",
        how=_how,
    )
    return rank_moves.figure(drawn, names, ctx, marked=area), framed


@worded(frame.CACHED_FRAMES)
def _foot(reader: Reader, choice: Choice) -> Markup:
    """Source, and what was chosen, and how much of a shift is not the reader's."""
    ctx, run = reader.ctx, reads.own(reader.warehouse, choice)
    names = robustness_tables.labels(reader, run)
    note = own_words.chosen(run, names, ctx)
    return own_tables.source(reader, choice, " ".join(filter(None, (note, own_words.unsure(run, ctx)))))


def _how() -> None:
    """How the own index comes about, and how to have it in a notebook."""
    parts = (
        _(
            "With the publisher’s scale and mean, the rule of the index itself is applied with your weights, "
            "so that values compare with the published ones. Weights count by their proportions."
        ),
        _(
            "On another scale or with another mean the scores are stretched to the range of the index: from "
            "the ends of the scale, for z-scores from the lowest to the highest country."
        ),
        _("Ranks count countries ahead; equal values share a rank. Figures are taken as published."),
    )
    code = "kpis.egdi.reweighted('EGDI', 2024, weights={'OSI': 50, 'TII': 25, 'HCI': 25}).table"
    lines = Markup("").join(Markup("<p>{}</p>").format(part) for part in parts)
    python = Markup("<p>{} <code>{}</code></p>").format(_("The same in Python:"), escape(code))
    st.html(lines + python)

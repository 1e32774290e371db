"""Around the charts of robustness: tables, foot lines, downloads and how it is computed."""

from __future__ import annotations

import re
from html import escape

import pandas as pd
import streamlit as st

from dashboard.app_pages.robustness import ranges as charts
from dashboard.app_pages.robustness import reads, words
from dashboard.app_pages.robustness.reads import Choice
from dashboard.components import frame, table
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from dashboard.texts import mark
from kpis.egdi.robustness import NEAR, Robustness

ROUNDED = 1e-3  # weights are typed with one decimal of a percent

HOW = [
    mark(
        "The index is rebuilt about 10,000 times. Each set of weights, drawn at random around the chosen "
        "ones, meets every scale and every mean that is left open. Ranks are counted anew each time; the "
        "range leaves out the best and the worst 5 % of the ranks, rounded outwards to whole places. The "
        "seed is fixed, so the same choices give the same ranges on every machine."
    ),
    mark(
        "Two countries are told apart where one of the two is ahead in at least 90 % of the indices; ties "
        "count for neither. A rank is held where 90 % of the indices place it within five places of the "
        "published one."
    ),
    mark(
        "The share of a choice is the variance of the mean rank at each of its options, in the variance of "
        "the rank over all indices; combinations are what only several choices together do. Left out: the "
        "index with the first scale and mean, without one component."
    ),
    mark(
        "The figures themselves are taken as published. Their own errors, and which components belong into "
        "the index, are not in these ranges. Source: OECD/JRC Handbook on Constructing Composite Indicators "
        "(2008), step 7; the options and the 90 % are a rule of this project."
    ),
]


def how() -> None:
    """How the ranges come about."""
    st.html("".join(f"<p>{escape(_(part))}</p>" for part in HOW))


def edition(reader: Reader, choice: Choice) -> str:
    """The year of the edition, with the word for an old one."""
    index = reader.kpi(choice.index)
    return words.edition(index, choice.edition, reader.ctx)


def labels(reader: Reader, run: Robustness) -> dict[str, str]:
    """Short names of the components: "OSI" within EGDI, "Services provision" within OSI."""
    listed = reader.kpis
    return {code: _short(listed[code].name, run.index) for code in run.weights}


def _short(name: str, index: str) -> str:
    found = re.fullmatch(r"(.+) \((.+)\)", name)
    if found is None:
        return name
    return found[1] if found[2].startswith(index) else found[2]


def foot(reader: Reader, run: Robustness) -> str:
    """Source, edition, n and what was varied, as safe HTML."""
    listed, sources = reader.kpis, reader.sources
    n = _("n = {n} countries").format(n=reader.ctx.number(len(run.table)))
    published, names = reads.weights(reader.warehouse, run.index, run.edition), labels(reader, run)
    own = {names[code]: weight for code, weight in run.weights.items()}
    same = all(abs(run.weights[code] - weight) < ROUNDED for code, weight in published.items())
    note = words.varied(
        run.options, run.spread, len(run.draws), run.seed, reader.ctx, own=None if same else own
    )
    link = frame.source_link(listed[run.index], sources)
    return " · ".join([f"{_('Source')}: {link}", str(run.edition), escape(n), escape(note)])


def export(reader: Reader, choice: Choice, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with what makes each figure speak for itself: index, edition, method, draws, seed, source."""
    run = reads.run(reader.warehouse, choice)
    entry = reader.kpi(run.index)
    return rows.reset_index().assign(
        index=run.index,
        edition=run.edition,
        interval="5–95 % of draws",
        normalisation="; ".join(run.options["normalisation"]),
        aggregation="; ".join(run.options["aggregation"]),
        weights="; ".join(f"{code} {weight:.4f}" for code, weight in run.weights.items()),
        weight_spread=run.spread,
        draws=len(run.draws),
        seed=run.seed,
        source=entry.source,
        licence=entry.licence,
    )


def intervals(reader: Reader, rows: pd.DataFrame, area: str | None, caption: str) -> str:
    """Published rank, range and, beside a chosen country, how often it is ahead."""
    ctx = reader.ctx
    columns = [
        table.Column(_("Country")),
        table.Column(_("Published rank"), True),
        table.Column(_("Range of nine of ten"), True),
        table.Column(_("Within {n} places").format(n=ctx.number(NEAR)), True),
    ]
    if area is not None:
        columns += [table.Column(_("Chosen country ahead"), True), table.Column(_("Told apart"))]
    body: list[list[table.Cell]] = []
    for code, row in rows.iterrows():
        cells: list[table.Cell] = [
            row["name"],
            ctx.number(row["published_rank"]),
            charts.said(row, ctx),
            "–" if pd.isna(row["near"]) else words.share(row["near"], ctx),
        ]
        if area is not None:
            own = code == area
            cells += ["", ""] if own else [words.share(row["ahead"], ctx), _told(row)]
        body.append(cells)
    marked = frozenset(at for at, code in enumerate(rows.index) if code == area)
    return table.html(caption, columns, body, marked=marked, tall=len(body) > 20, no_data=_("no data"))


def _told(row: pd.Series) -> str:
    return _("yes") if row["distinct"] else _("no")


def plain(caption: str, first: str, second: str, rows: list[list[str]]) -> str:
    """A table of two columns."""
    return table.html(caption, [table.Column(first), table.Column(second, True)], rows)

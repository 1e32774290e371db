"""Around the charts of robustness: tables, foot lines, downloads and how it is computed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.robustness import ranges as charts
from dashboard.charts import robustness_words as words
from dashboard.charts.context import MISSING, Context
from dashboard.components import sources, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import robustness as reads
from dashboard.reads.reader import Reader
from dashboard.reads.robustness import Choice
from dashboard.texts import mark
from kpis.egdi.reweighting import Reweighted
from kpis.egdi.robustness import NEAR, Robustness

ROUNDED = 1e-3  # weights are typed with one decimal of a percent

HOW = [
    mark(
        "The index is rebuilt about 10,000 times. Each set of weights, drawn at random around the chosen "
        "ones, meets every scale and every mean that is left open. Ranks are counted anew each time; the "
        "range leaves out the best and the worst 5% of the ranks, rounded outwards to whole places. The "
        "seed is fixed, so the same choices give the same ranges on every machine."
    ),
    mark(
        "Two countries are told apart where one of the two is ahead in at least 90% of the indices; ties "
        "count for neither. A rank is held where 90% of the indices place it within five places of the "
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
        "(2008), step 7; the options and the 90% are a rule of this project."
    ),
]


def how() -> None:
    """How the ranges come about."""
    st.html(Markup("").join(Markup("<p>{}</p>").format(_(part)) for part in HOW))


def edition(reader: Reader, choice: Choice) -> str:
    """The year of the edition, with the word for an old one."""
    index = reader.kpi(choice.index)
    return words.edition(index, choice.edition, reader.ctx)


def labels(reader: Reader, run: Robustness | Reweighted) -> dict[str, str]:
    """Short names of the components: "OSI" within EGDI, "Services provision" within OSI."""
    kpis = reader.kpis
    return {code: words.short(kpis[code].name, run.index) for code in run.weights}


def foot(reader: Reader, run: Robustness) -> Markup:
    """Source, edition, n and what was varied, as safe HTML."""
    n = _("n = {n} countries").format(n=reader.ctx.number(len(run.table)))
    published, names = reads.weights(reader.warehouse, run.index, run.edition), labels(reader, run)
    weights = {names[code]: weight for code, weight in run.weights.items()}
    same = all(abs(run.weights[code] - weight) < ROUNDED for code, weight in published.items())
    note = words.varied(
        run.options,
        run.spread,
        len(run.draws),
        run.seed,
        reader.ctx,
        reader_weights=None if same else weights,
    )
    return sources.foot_of(reader, [run.index], str(run.edition), n, note)


def export(reader: Reader, choice: Choice, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with the columns that explain each figure: index, edition, method, draws, seed, source."""
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
    """Published rank, range and, beside a marked country, how often it is ahead."""
    ctx = reader.ctx
    columns = [
        Column(_("Country")),
        Column(_("Published rank"), True),
        Column(_("Range of nine of ten"), True, answer=True),
        Column(_("Within {n} places").format(n=ctx.number(NEAR)), True),
    ]
    if area is not None:
        columns += [Column(_("Chosen country ahead"), True), Column(_("Told apart"))]
    body = [
        _interval(row, ctx) + ([] if area is None else _against(row, ctx, itself=code == area))
        for code, row in rows.iterrows()
    ]
    marked = frozenset(at for at, code in enumerate(rows.index) if code == area)
    return table.html(caption, columns, body, marked=marked, tall=len(body) > 20, no_data=_("no data"))


def _interval(row: pd.Series, ctx: Context) -> list[Cell]:
    return [
        row["name"],
        ctx.number(row["published_rank"]),
        charts.range_text(row, ctx),
        MISSING if pd.isna(row["near"]) else words.share(row["near"], ctx),
    ]


def _against(row: pd.Series, ctx: Context, *, itself: bool) -> list[Cell]:
    """How often the marked country is ahead of another, and whether the two can be told apart."""
    if itself:
        return ["", ""]
    return [words.share(row["ahead"], ctx), _("yes") if row["distinct"] else _("no")]


def shares(values: pd.Series[float], ctx: Context) -> str:
    """The share of each choice in the variance of the rank. values: by choice, 0–1."""
    rows = [[words.choice(str(choice), ctx), words.share(share, ctx)] for choice, share in values.items()]
    heads = [Column(_("Choice")), Column(_("Share"), True)]
    return table.html(_("Share of each choice in the variance of the rank"), heads, rows)


def components(labels: dict[str, str], texts: Mapping[Hashable, str], caption: str, head: str) -> str:
    """What an index gives without each component. texts: ranks or mean shifts as written, by component."""
    rows = [[labels[str(component)], text] for component, text in texts.items()]
    return table.html(caption, [Column(_("Component")), Column(head, True)], rows)

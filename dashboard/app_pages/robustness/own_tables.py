"""The list of all countries under a reader's own weights: rows, filter, HTML and download."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.robustness import own_words
from dashboard.charts.scalars import Row, records
from dashboard.components import links, sources, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import robustness as reads
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from dashboard.reads.robustness import Choice
from kpis.matching import fold

BY = {
    "own": (["own_rank", "name"], [True, True]),
    "published": (["published_rank", "name"], [True, True]),
    "gain": (["shift", "own_rank"], [False, True]),
    "loss": (["shift", "own_rank"], [True, True]),
}
LEAST = 3  # decimals of values, so that a change of weights shows


@dataclass(frozen=True)
class Filter:
    """What of the list is shown: members of a group, in an order, with a word in their name."""

    group: str
    order: str
    name: str


@worded(16)
def rows(reader: Reader, choice: Choice) -> pd.DataFrame:
    """`Reweighted.table` with `name`, by ref_area; best own rank first, countries without one at the end."""
    run = reads.own(reader.warehouse, choice)
    named = run.table.join(data.areas(reader.warehouse, reader.lang)["name"])
    return named.sort_values(["own_rank", "name"], na_position="last")


def listed(reader: Reader, rows: pd.DataFrame, kept: Filter) -> pd.DataFrame:
    """The rows of a filter, in its order."""
    word, names = fold(kept.name), rows["name"].map(fold)
    members = set(data.members(reader.warehouse, kept.group))
    shown = rows[rows.index.isin(members) & names.str.contains(word, regex=False)]
    if kept.order == "name":
        return shown.loc[names[shown.index].sort_values().index]
    columns, ascending = BY[kept.order]
    return shown.sort_values(columns, ascending=ascending, na_position="last")


def html(
    reader: Reader, choice: Choice, rows: pd.DataFrame, listed: pd.DataFrame, area: str | None
) -> Markup:
    """The list; a chosen country stands above it too, whatever is listed."""
    index = reader.kpi(choice.index)
    columns = [
        Column(_("Country")),
        Column(_("Own rank"), True, answer=True),
        Column(_("Shift, places"), True),
        Column(_("Published rank"), True),
        Column(_("Own value ({unit})").format(unit=index.unit), True),
        Column(_("Published value ({unit})").format(unit=index.unit), True),
    ]
    pinned = rows.loc[rows.index == area]
    body = [_cells(reader, choice, row) for row in records(pd.concat([pinned, listed]).reset_index())]
    marked = {at for at, code in enumerate([*pinned.index, *listed.index]) if code == area}
    sections = {0: _("Chosen country"), len(pinned): _("The list")} if len(pinned) else {}
    if listed.empty:
        sections.pop(len(pinned), None)
    caption = _("Rank and value of your own index beside the published ones")
    return table.html(
        caption,
        columns,
        body,
        marked=frozenset(marked),
        sections=sections,
        tall=True,
        no_data=_("no rank: a part is missing"),
    )


def _cells(reader: Reader, choice: Choice, row: Row) -> list[Cell]:
    ctx, digits = reader.ctx, max(reader.kpi(choice.index).precision, LEAST)
    return [
        links.to(reader, "country", str(row["name"]), country=str(row["ref_area"]), kpi=choice.index),
        ctx.number(row["own_rank"]),
        own_words.shift(row["shift"], ctx),
        ctx.number(row["published_rank"]),
        ctx.number(row["own"], digits),
        ctx.number(row["published"], digits),
    ]


def export(reader: Reader, choice: Choice) -> pd.DataFrame:
    """Every country, with the weights and methods that made its own figures."""
    run, entry = reads.own(reader.warehouse, choice), reader.kpi(choice.index)
    columns = ["ref_area", "name", "published", "published_rank", "own", "own_rank", "shift"]
    return (
        rows(reader, choice)
        .reset_index()[columns]
        .assign(
            index=run.index,
            edition=run.edition,
            unit=entry.unit,
            normalisation=run.normalisation,
            aggregation=run.aggregation,
            **{f"weight_{part}": round(share, 6) for part, share in run.weights.items()},
            source=entry.source,
            licence=entry.licence,
        )
    )


def source(reader: Reader, choice: Choice, note: str) -> Markup:
    """The foot line: source, edition, n and a note."""
    n = _("n = {n} countries").format(n=reader.ctx.number(len(reads.own(reader.warehouse, choice).table)))
    return sources.foot_of(reader, [choice.index], str(choice.edition), n, note)

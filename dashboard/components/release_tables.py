"""Tables of what changed: ranks with their causes, and what each release was seen to change."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard import data
from dashboard.charts import rank_moves
from dashboard.charts.context import Kpi
from dashboard.components import shell, table
from dashboard.components.language import text as _
from dashboard.components.numbers import MISSING
from dashboard.components.shell import Reader
from dashboard.components.table import Cell, Column, Html
from dashboard.reads import releases as reads

CAUSES = ("own_OSI", "own_TII", "own_HCI", "others", "weights", "coverage", "rounding")


def moves(reader: Reader, rows: pd.DataFrame, kpi: Kpi) -> str:
    """Rank and value in both years, by country; marked with places gained or lost."""
    start, end = int(rows["year_from"].iloc[0]), int(rows["year_to"].iloc[0])
    ctx = reader.ctx
    body: list[list[Cell]] = [
        [
            _linked(reader, row, kpi),
            f"{row['rank_from']:.0f}",
            f"{row['rank_to']:.0f}",
            _places(int(row["rank_change"]), reader),
            ctx.value(row["value_from"], kpi),
            ctx.value(row["value_to"], kpi),
        ]
        for row in rows.to_dict("records")
    ]
    columns = [
        Column(_("Country")),
        Column(_("Rank {year}").format(year=start), True),
        Column(_("Rank {year}").format(year=end), True),
        Column(_("Places"), True),
        Column(_("Value {year}").format(year=start), True),
        Column(_("Value {year}").format(year=end), True),
    ]
    return table.html(_("Ranks and values in both years"), columns, body, tall=True)


def causes(reader: Reader, rows: pd.DataFrame, kpi: Kpi) -> tuple[str, pd.DataFrame]:
    """Why the ranks of these countries moved, in places by cause; and the same as figures."""
    ctx, body, kept = reader.ctx, [], []
    for row in rows.to_dict("records"):
        parts = reads.why(reader.version, row["ref_area"], int(row["year_from"]), int(row["year_to"]))
        if parts is None:
            continue
        amounts = [float(parts.get(one, 0.0)) for one in CAUSES]
        cells: list[Cell] = [_linked(reader, row, kpi), _places(int(row["rank_change"]), reader)]
        body.append(cells + [ctx.number(amount, 1, sign=True) for amount in amounts])
        fixed = {one: row[one] for one in ("ref_area", "name", "year_from", "year_to", "rank_change")}
        kept.append(fixed | dict(zip(CAUSES, amounts, strict=True)))
    heads = ["OSI", "TII", "HCI", _("Others’ movement"), _("Weights"), _("Who is ranked"), _("Rounding")]
    columns = [Column(_("Country")), *(Column(head, True) for head in [_("Places"), *heads])]
    caption = _("Places gained (+) or lost (−) by cause; each row adds up to its places")
    return table.html(caption, columns, body), pd.DataFrame(kept)


def releases(reader: Reader) -> str:
    """Every source with figures: its release, the one it replaced, and what that changed."""
    sources = data.sources(reader.version, reader.lang)
    seen, number = reads.releases(reader.version), reader.ctx.number
    body: list[list[Cell]] = []
    for source, row in sources[sources["n_values"] > 0].iterrows():
        one = seen.loc[source] if source in seen.index else None
        after: list[Cell] = (
            [_("none held"), MISSING, MISSING, MISSING]
            if one is None
            else [
                MISSING if pd.isna(one["vintage_before"]) else str(one["vintage_before"]),
                *(number(one[column]) for column in ("n_new", "n_revised", "n_withdrawn")),
            ]
        )
        release = Html(f'<span class="e-nowrap">{escape(str(row["vintage"]))}</span>')
        body.append([str(row["title"]), release, f"{row['last_year']:.0f}", *after])
    columns = [
        Column(_("Source")),
        Column(_("Release held")),
        Column(_("Newest year"), True),
        Column(_("Release before")),
        Column(_("New values"), True),
        Column(_("Revised"), True),
        Column(_("Withdrawn"), True),
    ]
    return table.html(_("What each release changed"), columns, body, tall=True, no_data=_("not known"))


def releases_export(reader: Reader) -> pd.DataFrame:
    """The same as figures; empty where no release before is held."""
    sources = data.sources(reader.version, reader.lang)
    held = sources.loc[sources["n_values"] > 0, ["title", "vintage", "last_year"]]
    return held.join(reads.releases(reader.version)).reset_index()


def revised(reader: Reader, rows: pd.DataFrame, kpi: Kpi) -> str:
    """Ranks that differ because the release changed earlier figures."""
    names = data.areas(reader.version, reader.lang)["name"]
    ctx = reader.ctx
    body: list[list[Cell]] = [
        [
            str(names[row["ref_area"]]),
            str(row["time_period"]),
            ctx.value(row["value_before"], kpi),
            ctx.value(row["value_after"], kpi),
            ctx.number(row["rank_before"]),
            ctx.number(row["rank_after"]),
        ]
        for row in rows.to_dict("records")
    ]
    columns = [
        Column(_("Country")),
        Column(_("Year"), True),
        Column(_("Value before"), True),
        Column(_("Value now"), True),
        Column(_("Rank before"), True),
        Column(_("Rank now"), True),
    ]
    return table.html(_("Ranks moved by the release"), columns, body, tall=True, no_data=_("no data"))


def _linked(reader: Reader, row: dict[str, object], kpi: Kpi) -> Html:
    to = escape(shell.link("country", reader, country=str(row["ref_area"]), kpi=kpi.id))
    return Html(f'<a target="_self" href="{to}">{escape(str(row["name"]))}</a>')


def _places(change: int, reader: Reader) -> Html:
    kind = "e-up" if change > 0 else "e-down" if change < 0 else ""
    return Html(f'<span class="{kind}">{rank_moves.said(change, reader.ctx)}</span>')

"""The values of two years side by side, and in words who rose most. Pure: tables in, tables and text out."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.compare.years import Span
from dashboard.charts import figures
from dashboard.charts.context import NBSP, Context, KpiView
from dashboard.charts.figures import sentence
from dashboard.charts.scalars import Row, records
from dashboard.charts.trend import BREAK
from dashboard.reads.standings import Areas

NAMED = 3  # in the headline
DRAWN = 40  # rows of a chart
EACH_END = 15  # of more, those with the largest and the smallest change


@dataclass(frozen=True, eq=False)
class Moves:
    """Values of two years. rows: id, name, first, last, change, those that did best on top. `absent`: names
    of those without a value in either year; broken: of those whose series breaks between the two. group: of
    which all members are meant, "" for areas one by one.
    """

    rows: pd.DataFrame
    absent: tuple[str, ...]
    broken: tuple[str, ...]
    span: Span
    group: str = ""


def moves_of(values: pd.DataFrame, areas: Areas, span: Span, kpi: KpiView, group: str = "") -> Moves:
    """The change of each area between two years. values: id, time_period, obs_value, obs_status.

    Sorted by the change to the better; of a KPI without a better side, the largest rise first.
    """
    by_year = [
        values[values["time_period"] == year].dropna(subset=["obs_value"]).set_index("id")["obs_value"]
        for year in span
    ]
    table = pd.DataFrame(list(areas), columns=["id", "name"])
    table["first"], table["last"] = (table["id"].map(series) for series in by_year)
    table["change"] = table["last"] - table["first"]
    rows = table.dropna(subset=["change"]).sort_values(
        "change", ascending=kpi.direction == "lower", kind="stable"
    )
    missing = table.loc[table["change"].isna(), "name"]
    between = values["time_period"].between(span[0] + 1, span[1])
    broken = values.loc[between & (values["obs_status"] == BREAK), "id"]
    names_broken = rows.loc[rows["id"].isin(broken), "name"]
    return Moves(rows.reset_index(drop=True), tuple(missing), tuple(names_broken), span, group)


def drawn(moves: Moves, own: str = "") -> pd.DataFrame:
    """The rows of the chart: all, or of many those at both ends and `own`, the area in the accent colour."""
    rows = moves.rows
    if len(rows) <= DRAWN:
        return rows
    return rows[(rows.index < EACH_END) | (rows.index >= len(rows) - EACH_END) | (rows["id"] == own)]


def headline(moves: Moves, kpi: KpiView, ctx: Context) -> Markup:
    """Who rose most between the two years, three at most, each with the change.

    "EGDI. Rose most from 2012 to 2024, of 14 in Caribbean SIDS: Guyana +0.2, …"
    """
    rows, (since, until) = moves.rows, moves.span
    if rows.empty:
        text = ctx.t("{kpi}: none of those chosen has a value in both {since} and {until}.")
        return sentence(text, kpi=kpi.name, since=since, until=until)
    leaders = rows[rows["change"] < 0] if kpi.direction == "lower" else rows[rows["change"] > 0]
    shown = rows.head(1) if leaders.empty else leaders.head(NAMED)
    named = Markup(", ").join(
        sentence("{name} {change}", name=row["name"], change=difference(row, kpi, moves.span, ctx))
        for row in records(shown)
    )
    return sentence("{kpi}. ", kpi=kpi.name) + sentence(
        _template(moves, kpi, ctx, any_moved=not leaders.empty),
        since=since,
        until=until,
        n=ctx.number(len(rows)),
        group=moves.group,
        names=named,
    )


def _template(moves: Moves, kpi: KpiView, ctx: Context, *, any_moved: bool) -> str:
    if len(moves.rows) == 1:
        return ctx.t("From {since} to {until}: {names}.")
    if not any_moved:
        if kpi.direction == "lower":
            return ctx.t("None of {n} fell from {since} to {until}; rose least: {names}.")
        return ctx.t("None of {n} rose from {since} to {until}; fell least: {names}.")
    if kpi.direction == "lower":
        if moves.group:
            return ctx.t("Fell most from {since} to {until}, of {n} in {group}: {names}.")
        return ctx.t("Fell most from {since} to {until}, of {n} countries and groups: {names}.")
    if moves.group:
        return ctx.t("Rose most from {since} to {until}, of {n} in {group}: {names}.")
    return ctx.t("Rose most from {since} to {until}, of {n} countries and groups: {names}.")


def title(moves: Moves, ctx: Context) -> str:
    """How many went up and how many down: "15 up, 1 down from 2012 to 2024"."""
    change = moves.rows["change"]
    since, until = moves.span
    return ctx.t("{up} up, {down} down from {since} to {until}").format(
        up=ctx.number(int((change > 0).sum())),
        down=ctx.number(int((change < 0).sum())),
        since=since,
        until=until,
    )


def difference(row: Row, kpi: KpiView, span: Span, ctx: Context) -> Markup:
    """A change with its sign, as an element that holds both years."""
    return figures.figure(
        row["change"],
        kpi,
        span[1],
        ctx,
        first=span[0],
        dated=False,
        past=True,
        phrase=signed(row["change"], kpi, ctx),
    )


def signed(change: float, kpi: KpiView, ctx: Context) -> str:
    """A change with its sign; of a percentage in points: "+0.2354", "−12.3 points"."""
    text = ctx.number(change, kpi.precision, sign=True)
    return ctx.t("{n} points").format(n=text).replace(" ", NBSP) if kpi.symbol == "%" else text


def absent_note(moves: Moves, ctx: Context) -> str:
    """Who is left out, for want of a value in one of the two years; empty where nobody is."""
    if not moves.absent:
        return ""
    since, until = moves.span
    text = ctx.t("left out, without a value in {since} or {until}: {names}")
    return text.format(since=since, until=until, names=", ".join(moves.absent))


def broken_note(moves: Moves, ctx: Context) -> str:
    """Whose figures are not measured alike in both years; empty where all are."""
    if not moves.broken:
        return ""
    return ctx.t("break in the series between the two years: {names}").format(names=", ".join(moves.broken))


def few_note(moves: Moves, n: int, ctx: Context) -> str:
    """That the chart shows the two ends of many rows; empty where it shows all. n: rows drawn."""
    if n == len(moves.rows):
        return ""
    text = ctx.t("drawn: {k} with the largest and {k} with the smallest change; all {n} are in the table")
    return text.format(k=ctx.number(EACH_END), n=ctx.number(len(moves.rows)))


def alt(rows: pd.DataFrame, moves: Moves, kpi: KpiView, ctx: Context) -> str:
    """The change of each row drawn, in words."""
    since, until = moves.span
    parts = [
        f"{row['name']} {signed(row['change'], kpi, ctx)} "
        f"({ctx.value(row['first'], kpi)} – {ctx.value(row['last'], kpi)})"
        for row in records(rows)
    ]
    return ctx.t("{kpi}, change from {since} to {until}. {rows}.").format(
        kpi=kpi.name, since=since, until=until, rows="; ".join(parts)
    )

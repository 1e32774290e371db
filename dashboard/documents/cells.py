"""What briefs put into the cells of their tables: values, years, trends, places, with the numbers behind."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard.charts import figures, ranks
from dashboard.charts.context import MISSING, SHORT_SYMBOLS, Context, KpiView
from dashboard.charts.scalars import Row, is_missing, optional
from dashboard.components.language import text as _
from dashboard.documents.content import Cell, Status

NOTHING = Cell(MISSING)
NC = "NC"  # after the name of a KPI whose figures may be reused non-commercially only


def name(kpi: KpiView, *, indices: bool = True) -> Cell:
    """A KPI by its name, with the mark of its terms, and its unit below where no sign of a value says it.

    indices False: not that of an index from 0 to 1, where the caption of the table says it.
    """
    is_said = kpi.coded or kpi.symbol in SHORT_SYMBOLS or (not indices and is_index(kpi))
    return Cell(title(kpi), sub="" if is_said else kpi.unit)


def is_index(kpi: KpiView) -> bool:
    """Whether values are those of an index from 0 to 1."""
    return kpi.unit_kind == "index" and kpi.most == 1


def title(kpi: KpiView) -> str:
    """The name of a KPI with the mark of its terms."""
    return f"{kpi.name} ({NC})" if kpi.redistribution == "noncommercial" else kpi.name


def value(amount: float | None, kpi: KpiView, ctx: Context) -> Cell:
    """A value as text, and the number behind it."""
    if is_missing(amount):
        return NOTHING
    number = float(amount)  # type: ignore[arg-type]  # not missing
    symbol = kpi.symbol if kpi.symbol in SHORT_SYMBOLS else ""
    return Cell(ctx.value(number, kpi), number, digits=kpi.precision, symbol=symbol)


def year(period: float | None, kpi: KpiView, ctx: Context, *, first: float | None = None) -> Cell:
    """The year of a value, with the word for old ones; of several values the first and the last."""
    if is_missing(period):
        return NOTHING
    one = first is None or is_missing(first) or int(first) == int(period)  # type: ignore[arg-type]
    is_plain = one and not figures.old(kpi, period, ctx)
    number = float(period) if is_plain else None  # type: ignore[arg-type]
    return Cell(figures.when(kpi, period, ctx, first=first), number, digits=0)


def place(rank: float | None, n: float | None, ctx: Context) -> Cell:
    """A rank among how many; the number is the rank."""
    if is_missing(rank):
        return NOTHING
    return Cell(
        ctx.t("{rank} of {n}").format(rank=ctx.number(rank), n=ctx.number(n)), optional(rank), digits=0
    )


def standing(row: Row, kpi: KpiView, ctx: Context) -> Cell:
    """The place of a country: its rank, with the words for few countries; of a coded answer who shares it."""
    if kpi.coded:
        return Cell(ranks.at_level(row["obs_value"], row["tied"], kpi, ctx))
    cell = place(row["rank"], row["n"], ctx)
    if cell is NOTHING or not ranks.of_few(row["n"]):
        return cell
    return Cell(cell.text, cell.number, sub=ctx.t("of few countries"), digits=0)


def trend(course: pd.DataFrame, kpi: KpiView) -> Cell:
    """The change since the value before, in words and as a mark: better, worse, as before.

    course: time_period and obs_value of one KPI and area. Judged at the decimals that are shown; of codes of
    answers, whose scale changes between editions, nothing is said, and a change without a better side is no
    better and no worse.
    """
    held = course.dropna(subset=["obs_value"]).sort_values("time_period")
    if len(held) < 2 or kpi.coded:
        return Cell(MISSING, status="none")
    before, last = held.iloc[-2], held.iloc[-1]
    since = int(before["time_period"])
    change = round(float(last["obs_value"]), kpi.precision) - round(float(before["obs_value"]), kpi.precision)
    text, status = _direction(change, before["obs_value"], last["obs_value"], kpi)
    return Cell(text.format(year=since), status=status)


def _direction(change: float, before: float, last: float, kpi: KpiView) -> tuple[str, Status]:
    if abs(change) < 10.0 ** -(kpi.precision + 2):
        return _("as in {year}"), "middling"
    if kpi.direction == "context":
        return (_("higher than in {year}") if change > 0 else _("lower than in {year}")), "none"
    gain = {"higher": change, "lower": -change, "zero": abs(before) - abs(last)}[kpi.direction]
    if kpi.direction == "zero" and abs(gain) < 10.0 ** -(kpi.precision + 2):
        return _("as in {year}"), "middling"
    return (_("better than in {year}"), "good") if gain > 0 else (_("worse than in {year}"), "poor")


def courses(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The values over the years by KPI. rows: of `Warehouse.trends`."""
    held = rows.dropna(subset=["obs_value"])
    return {str(kpi): part for kpi, part in held.groupby("kpi")}


def legend(kpis: Iterable[KpiView]) -> str:
    """What the marks of the tables mean, as far as they stand in them."""
    parts = [_("disc: better, triangle: worse, diamond: unchanged, each against the value before")]
    if any(kpi.redistribution == "noncommercial" for kpi in kpis):
        parts.append(_("NC: non-commercial reuse only"))
    parts.append(_("old: older than the KPI’s limit"))
    parts.append(_("– no data"))
    return " · ".join(parts)

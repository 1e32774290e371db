"""Own values of two years beside the international ones: rows of their own, in no count and no order.

Pure: values in, tables and text out.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.app_pages.compare.years import Span
from dashboard.charts import own_values
from dashboard.charts.context import Context
from dashboard.reads.standings import Areas
from kpis.workspace.figures import OwnValue
from kpis.workspace.figures.periods import year_of

Mine = tuple[tuple[str, OwnValue], ...]
COLUMNS = ("id", "name", "first", "last", "change")


def rows(mine: Mine, names: Mapping[str, str], span: Span, ctx: Context) -> pd.DataFrame:
    """A row for each own value that both years have: `COLUMNS`. names: of the areas."""
    made = []
    for area, value in mine:
        by_year = _by_year(value)
        if span[0] in by_year and span[1] in by_year:
            first, last = by_year[span[0]], by_year[span[1]]
            name = ctx.t("own figure: {area}").format(area=names[area])
            made.append((own_values.line_id(area, value.dataset), name, first, last, last - first))
    return pd.DataFrame(made, columns=list(COLUMNS))


def _by_year(value: OwnValue) -> dict[int, float]:
    return {year_of(period): number for period, number in value.points}


def beside(international: pd.DataFrame, mine: pd.DataFrame) -> pd.DataFrame:
    """The rows of both, each own one below that of its area, or last where its area has none."""
    if mine.empty:
        return international
    places = {area: at for at, area in enumerate(international["id"])}
    order = [places.get(own_values.area_of(line), len(places)) + 0.5 for line in mine["id"]]
    both = pd.concat([international.assign(_at=range(len(international))), mine.assign(_at=order)])
    return both.sort_values("_at", kind="stable").drop(columns="_at").reset_index(drop=True)


def steps(mine: Mine, areas: Areas, international: pd.DataFrame, span: Span, ctx: Context) -> pd.DataFrame:
    """Own values in the years of the international ones: id, name, time_period, obs_value, obs_status.

    Of those that both years of the span have and whose area is among `areas`.
    """
    years, names = set(international["time_period"]), dict(areas)
    found = tuple((area, value) for area, value in mine if area in names)
    drawn = set(rows(found, names, span, ctx)["id"])
    made = [
        (line, ctx.t("own figure: {area}").format(area=names[area]), year, number, "")
        for area, value in found
        if (line := own_values.line_id(area, value.dataset)) in drawn
        for year, number in _by_year(value).items()
        if year in years
    ]
    return pd.DataFrame(made, columns=["id", "name", "time_period", "obs_value", "obs_status"])


def note(mine: Mine, names: Mapping[str, str], span: Span, ctx: Context) -> str:
    """Whose own values are not drawn for want of one in either year; empty where all are."""
    absent = [names[area] for area, value in mine if not set(span) <= set(_by_year(value))]
    if not absent:
        return ""
    text = ctx.t("own figures without a value in {since} or {until}, not drawn: {names}")
    return text.format(since=span[0], until=span[1], names=", ".join(dict.fromkeys(absent)))

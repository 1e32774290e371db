"""Tables of forecasts that were frozen before the fact, before and after their edition came."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.charts import forecast_words
from dashboard.charts.context import Context
from dashboard.charts.scalars import Row, records
from dashboard.components import links, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads.reader import Reader
from dashboard.texts import mark
from kpis.forecast.arrived import Score
from kpis.forecast.scores import BANDS

HOW = (
    mark(
        "A forecast that may be made anew once the figures are known proves nothing. So it is computed from "
        "the warehouse and stored before its edition is held, with its date, its data version and a hash."
    ),
    mark(
        "When the edition is imported, the stored forecast is compared with it. CRPS measures the whole "
        "distribution, in the unit of the value or in places; smaller is better. As today: the rank or value "
        "of the edition before, as a point and with the spread of all past changes."
    ),
)


def how() -> None:
    """Why a forecast is frozen, and how it is scored."""
    st.html(Markup("").join(Markup("<p>{}</p>").format(_(part)) for part in HOW))


def awaited(body: list[list[Cell]], own: int | None, caption: str) -> Markup:
    """Every country's frozen forecast. body: `cells`. own: the row in bold."""
    columns = [
        Column(_("Country")),
        Column(_("Rank before"), True),
        Column(_("Rank forecast (band)"), True),
        Column(_("EGDI forecast (band)"), True),
        Column(_("Chance of a better rank"), True),
    ]
    marked = frozenset() if own is None else frozenset({own})
    return table.html(caption, columns, body, marked=marked, tall=True, no_data=_("no forecast"))


def cells(reader: Reader, rows: pd.DataFrame) -> list[list[Cell]]:
    """A line for each country. rows: of the warehouse's `forecast_frozen`, EGDI of one edition."""
    ctx, egdi, names = reader.ctx, reader.kpi("EGDI"), reader.area_names
    return [
        [
            _linked(reader, row, names),
            ctx.number(row["rank"]),
            forecast_words.row_place(row, ctx),
            forecast_words.row_value(row, egdi, ctx),
            forecast_words.chance(row["p_better_rank"], ctx),
        ]
        for row in records(rows)
    ]


def _linked(reader: Reader, row: Row, names: pd.Series[str]) -> Html:
    code = str(row["ref_area"])
    return Html(links.to(reader, "country", names[code], country=code))


def scored(score: Score, caption: str, ctx: Context) -> Markup:
    """How a frozen edition did, by measure: within the bands, errors and CRPS beside as today."""
    columns = [
        Column(_("Forecast of")),
        Column("n", True),
        *(Column(_("Within {band}").format(band=ctx.percentage(band)), True) for band in BANDS),
        Column(_("Error"), True),
        Column(_("Error, as today"), True),
        Column("CRPS", True),
        Column(_("CRPS, as today"), True),
        Column(_("CRPS, as today with past spread"), True),
    ]
    return table.html(caption, columns, [_score(row, ctx) for row in records(score.summary())])


def _score(row: Row, ctx: Context) -> list[Cell]:
    is_rank = row["of"] == "rank"
    digits = 1 if is_rank else 3
    name = _("{index}, rank") if is_rank else _("{index}, value")
    errors = ("error", "as_today_error", "crps", "as_today_crps", "as_today_spread_crps")
    return [
        name.format(index=row["measure"]),
        ctx.number(row["n"]),
        *(ctx.number(row[f"within_{band}"]) for band in BANDS),
        *(ctx.number(row[error], digits) for error in errors),
    ]


def missed(reader: Reader, rows: pd.DataFrame, caption: str) -> Markup:
    """Countries whose rank ended outside its band. rows: of `Score.missed`."""
    ctx, names = reader.ctx, reader.area_names
    columns = [
        Column(_("Country")),
        Column(_("Rank before"), True),
        Column(_("Forecast (band)"), True),
        Column(_("Rank that came"), True),
    ]
    body: list[list[Cell]] = [
        [
            _linked(reader, row, names),
            ctx.number(row["as_today"]),
            forecast_words.place(row["forecast"], row["low"], row["high"], ctx),
            ctx.number(row["actual"]),
        ]
        for row in records(rows)
    ]
    return table.html(caption, columns, body, tall=len(body) > 20)

"""Published editions and forecasts of a country as a table and as a download."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import figures, forecast_words
from dashboard.charts.context import Context, KpiView
from dashboard.charts.scalars import Row, records
from dashboard.components import table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.reads.standing import MAIN

PUBLISHED, FORECAST = "published", "forecast"
COLUMNS = [
    "ref_area", "time_period", "status", "obs_value", "rank",
    "p10", "p50", "p90", "rank_p10", "rank_p50", "rank_p90",
    "p_better_rank", "p_worse_rank", "p_low", "p_middle", "p_high", "p_very_high", "origin", "made_by",
]  # fmt: skip
WHOLE = ("rank", "rank_p10", "rank_p50", "rank_p90", "origin")


def _published(reader: Reader, area: str) -> pd.DataFrame:
    """Value and rank of every edition, years ascending."""
    rows = data.trends(reader.warehouse, area)
    return rows[rows["kpi"] == MAIN].dropna(subset=["obs_value"]).sort_values("time_period")


def html(reader: Reader, area: str) -> str:
    """One row per edition, the last one that is forecast first."""
    ctx, kpi = reader.ctx, reader.kpi(MAIN)
    ahead = records(data.forecast(reader.warehouse, area).iloc[::-1])
    past = records(_published(reader, area).iloc[::-1])
    body = [_forecast(row, kpi, ctx) for row in ahead]
    body += [_edition(row, kpi, ctx, is_last=not at) for at, row in enumerate(past)]
    columns = [
        Column(_("Year")),
        Column(_("Status")),
        Column(MAIN, True),
        Column(_("Rank"), True),
        Column(_("Chance of a better rank"), True),
        Column(_("Chance of a worse rank"), True),
    ]
    caption = _("In brackets: the band of 8 of 10")
    return table.html(caption, columns, body, tall=True, no_data=_("no data"))


def _forecast(row: Row, kpi: KpiView, ctx: Context) -> list[Cell]:
    return [
        str(int(row["time_period"])),
        _("forecast"),
        forecast_words.row_value(row, kpi, ctx),
        forecast_words.row_place(row, ctx),
        forecast_words.chance(row["p_better_rank"], ctx),
        forecast_words.chance(row["p_worse_rank"], ctx),
    ]


def _edition(row: Row, kpi: KpiView, ctx: Context, *, is_last: bool) -> list[Cell]:
    year = row["time_period"]
    value = figures.figure(row["obs_value"], kpi, year, ctx, dated=False, past=not is_last)
    return [str(int(year)), _("published"), value, ctx.number(row["rank"]), "", ""]


def download(reader: Reader, area: str) -> pd.DataFrame:
    """Published editions and forecasts with the digits that they have; COLUMNS, then KPI, unit and source.

    status: published or forecast. obs_value and rank are published only, bands, chances and origin (the
    edition that a forecast was made from) forecast only.
    """
    past = _published(reader, area).assign(status=PUBLISHED, made_by="")
    ahead = data.forecast(reader.warehouse, area).drop(columns=["obs_value", "rank"])
    ahead = ahead.assign(status=FORECAST, made_by="Escala")
    rows = pd.concat([part.reindex(columns=COLUMNS) for part in (past, ahead)], ignore_index=True)
    return rows.astype(dict.fromkeys(WHOLE, "Int64")).assign(**reader.kpi(MAIN).provenance())

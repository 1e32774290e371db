"""A country's forecasts of the past: the band of each edition, and the rank that came."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import record_words as words
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Trace, bar, scatter
from dashboard.charts.scalars import Row, records

ROW = 30


def figure(rows: pd.DataFrame, ctx: Context) -> Chart:
    """A bar for the band of 80 % of the rank, a dot for the rank that came, a cross where outside.

    rows: of `record.cases`, of one country, in the order from above.
    """
    places = list(range(len(rows)))
    fig = ctx.drawing(len(rows) * ROW + 44)
    fig.fill()
    fig.add_trace(_bands(rows, places, ctx))
    fig.add_trace(_forecasts(rows, places, ctx))
    fig.add_trace(_ranks(rows, places, ctx))
    low = min(rows["rank_p10"].min(), rows["rank_actual"].min())
    high = max(rows["rank_p90"].max(), rows["rank_actual"].max())
    fig.add_trace(_labels(rows, places, (high - low + 4) * (0.05 if ctx.narrow else 0.02), ctx))
    room = (high - low + 4) * (0.72 if ctx.narrow else 0.18)
    fig.update_xaxes(
        range=[low - 2, high + room],
        side="top",
        tickformat="d",
        nticks=6,
        automargin=True,
    )
    fig.update_yaxes(
        tickvals=places,
        ticktext=[words.step(row["origin"], row["time_period"]) for row in records(rows)],
        range=[len(rows) - 0.5, -0.5],
        automargin=True,
        showgrid=False,
        ticklabelstandoff=6,
        tickfont={"color": ctx.look.ink, "size": 14},
    )
    return fig.chart()


def _bands(rows: pd.DataFrame, places: list[int], ctx: Context) -> Trace:
    """The bands. One covers whole places: rank 61 alone is drawn from 60.5 to 61.5."""
    return bar(
        orientation="h",
        y=places,
        base=rows["rank_p10"] - 0.5,
        x=rows["rank_p90"] - rows["rank_p10"] + 1,
        width=0.55,
        marker={"color": ctx.look.pale, "line": {"color": ctx.look.outline, "width": 1}},
        customdata=[_hover(row, ctx) for row in records(rows)],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _forecasts(rows: pd.DataFrame, places: list[int], ctx: Context) -> Trace:
    """The middle of each forecast, an upright stroke."""
    return scatter(
        x=rows["rank_forecast"],
        y=places,
        mode="markers",
        marker={"symbol": "line-ns", "size": 15, "line": {"color": ctx.look.muted, "width": 2}},
        hoverinfo="skip",
    )


def _labels(rows: pd.DataFrame, places: list[int], clear: float, ctx: Context) -> Trace:
    """The rank that came and the band in figures, `clear` places right of both."""
    template = ctx.t("{rank}; band {band}")
    return scatter(
        x=rows[["rank_p90", "rank_actual"]].max(axis=1) + clear,
        y=places,
        mode="text",
        text=[
            template.format(
                rank=f"<b>{ctx.number(row['rank_actual'])}</b>",
                band=words.band(row["rank_p10"], row["rank_p90"], ctx),
            )
            for row in records(rows)
        ],
        textposition="middle right",
        textfont={"color": ctx.look.ink, "size": 13},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _ranks(rows: pd.DataFrame, places: list[int], ctx: Context) -> Trace:
    look, inside = ctx.look, rows["rank_within_80"].astype(bool)
    return scatter(
        x=rows["rank_actual"],
        y=places,
        mode="markers",
        marker={
            "symbol": ["circle" if hit else "x" for hit in inside],
            "size": 12,
            "color": [look.accent if hit else look.worse for hit in inside],
            "line": {"color": look.paper, "width": 1},
        },
        customdata=[_hover(row, ctx) for row in records(rows)],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _hover(row: Row, ctx: Context) -> str:
    template = ctx.t("forecast {forecast}, came {rank}; rank at the time {today}")
    return f"<b>{words.step(row['origin'], row['time_period'])}</b><br>" + template.format(
        forecast=words.rank_forecast(row, ctx),
        rank=ctx.number(row["rank_actual"]),
        today=ctx.number(row["rank_as_today"]),
    )


def title(rows: pd.DataFrame, name: str, ctx: Context) -> str:
    """How many ranks and values of the country ended inside their band."""
    template = ctx.t(
        "{name}: {ranks} of {n} ranks and {values} of {n} values ended inside their band of {band}"
    )
    return template.format(
        name=name,
        band=ctx.percent(words.BAND),
        n=ctx.number(len(rows)),
        ranks=ctx.number(rows["rank_within_80"].sum()),
        values=ctx.number(rows["egdi_within_80"].sum()),
    )


def missed(rows: pd.DataFrame, name: str, ctx: Context) -> str:
    """The ranks that ended outside their band: "Outside the band: 31 in 2010 (band 39–74)"."""
    template = ctx.t("{rank} in {edition} (band {band})")
    outside = [
        template.format(
            rank=ctx.number(row["rank_actual"]),
            edition=int(row["time_period"]),
            band=words.band(row["rank_p10"], row["rank_p90"], ctx),
        )
        for row in records(rows[~rows["rank_within_80"].astype(bool)])
    ]
    if not outside:
        return ctx.t("{name}: no rank ended outside its band").format(name=name)
    return ctx.t("{name}, ranks outside their band: {ranks}").format(name=name, ranks="; ".join(outside))


def alt(rows: pd.DataFrame, name: str, ctx: Context) -> str:
    """The forecasts in words."""
    template = ctx.t("{edition}: forecast {forecast}, came {rank}")
    parts = [
        template.format(
            edition=int(row["time_period"]),
            forecast=words.rank_forecast(row, ctx),
            rank=ctx.number(row["rank_actual"]),
        )
        for row in records(rows)
    ]
    return ctx.t("Ranks of {name}: band of {band} and what came. {rows}.").format(
        name=name, band=ctx.percent(words.BAND), rows="; ".join(parts)
    )

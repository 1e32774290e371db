"""The course of a country up to the last edition, and from there the forecast as a fan.

Bands of 50 and 80%. One of 95% is left out: its edge is the least proven, for jumps break it, and a third
tint cannot be told from the second on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from markupsafe import Markup

from dashboard.charts import scales, trend
from dashboard.charts.bands import FAINT, STRONG, band, faded
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, Drawing, Trace, scatter
from dashboard.charts.forecast_words import coarse
from dashboard.charts.scalars import Row, records

OUTER, INNER, MIDDLE = ("p10", "p90"), ("p25", "p75"), "p50"
QUANTILES = ("p10", "p25", "p50", "p75", "p90")
PEN = (3.5, "solid")  # of what is published: width, dash
AHEAD = ("dash", "longdash")  # of the middle of a first and of a second fan
PAD = 0.08  # of the span, above and below what is drawn
MARGIN = 228  # pixels for the labels on the right
NARROW_MARGIN = 20  # of a chart without them, for half a year number


@dataclass(frozen=True)
class Measure:
    """What the axis holds. kpi: name, unit and decimals of published values; prefix: of the columns of the
    table `forecast`. A rank has its axis upside down, 1 on top.
    """

    kpi: KpiView
    prefix: str = ""
    lowest: float = 0
    highest: float = 1

    @property
    def is_rank(self) -> bool:
        """Whether the smaller number is the better one."""
        return bool(self.prefix)

    def said(self, amount: float, ctx: Context) -> str:
        """A forecast value with the decimals that its band supports."""
        return ctx.value(amount, coarse(self.kpi))


@dataclass(frozen=True)
class Fan:
    """The forecasts of a country: time_period and QUANTILES, a row per edition.

    name: of a second fan, which is drawn as an outline; empty for the first.
    """

    bands: pd.DataFrame
    name: str = ""


def of_value(kpi: KpiView) -> Measure:
    """The value of an index from 0 to 1."""
    return Measure(kpi)


def of_rank(kpi: KpiView, n: float, unit: str) -> Measure:
    """The rank among n places."""
    return Measure(replace(kpi, precision=0, unit=unit, symbol=""), "rank_", 1, n)


def fan(rows: pd.DataFrame, measure: Measure, name: str = "") -> Fan:
    """The fan of one measure. rows: of the table `forecast`, one area."""
    columns = {f"{measure.prefix}{quantile}": quantile for quantile in QUANTILES}
    bands = rows[["time_period", *columns]].rename(columns=columns).dropna()
    return Fan(bands.sort_values("time_period", ignore_index=True), name)


def figure(
    published: pd.DataFrame,
    fans: Sequence[Fan],
    measure: Measure,
    name: str,
    ctx: Context,
    *,
    height: int = 320,
) -> Chart:
    """Published values as a solid line, from its end one fan or two.

    published: id, time_period, obs_value (of the measure), obs_status of one area; its last value is that of
    the edition the forecasts were made from.
    """
    fig = ctx.drawing(height)
    fig.fill()
    fig.put_beside(lines=scales.PARTS)
    rows = trend.by_line(published)[str(published["id"].iloc[0])]
    base = rows[-1][0], rows[-1][1]
    for number, each in enumerate(fans):
        fig.add_traces(_fan(each, base, number, measure, ctx))
    line = trend.Line(str(published["id"].iloc[0]), name, "focus")
    course = trend.course(rows, line, measure.kpi, ctx, (ctx.look.accent, *PEN))
    fig.add_traces(trend.of_line(line.id, course))
    span = _span([row[1] for row in rows], fans, measure)
    _axes(fig, rows[0][0], fans, measure, span, ctx)
    _border(fig, base[0], ctx)
    if not ctx.narrow:
        fig.add_annotations(_labels(fans, measure, span, height, ctx))
    fig.update_layout(margin={"r": NARROW_MARGIN if ctx.narrow else MARGIN, "b": 28})
    return fig.chart()


def _fan(each: Fan, base: tuple[int, float], number: int, measure: Measure, ctx: Context) -> list[Trace]:
    """The bands of a first fan filled, those of a second as an outline; both with their middle line."""
    start = {"time_period": base[0]} | dict.fromkeys(QUANTILES, base[1])
    opened = pd.concat([pd.DataFrame([start]), each.bands], ignore_index=True)
    if each.name:
        return [*_outline(opened, ctx), _middle(opened, each, number, measure, ctx)]
    edge = ctx.look.accent  # a tint alone has less than 3:1 against the paper
    bands = [
        band(opened, quantiles, faded(edge, strength), edge)
        for quantiles, strength in ((OUTER, FAINT), (INNER, STRONG))
    ]
    return [*bands, _middle(opened, each, number, measure, ctx)]


def _outline(opened: pd.DataFrame, ctx: Context) -> list[Trace]:
    pen = {"color": ctx.look.ink, "width": 1.5, "dash": "dot"}
    return [
        scatter(name=edge, x=opened["time_period"], y=opened[edge], mode="lines", line=pen, hoverinfo="skip")
        for edge in OUTER
    ]


def _middle(opened: pd.DataFrame, each: Fan, number: int, measure: Measure, ctx: Context) -> Trace:
    colour = ctx.look.ink if each.name else ctx.look.accent
    return scatter(
        name=ctx.t("{name}, forecast").format(name=each.name) if each.name else ctx.t("forecast"),
        meta={"line": f"{MIDDLE}{each.name}"},
        x=opened["time_period"],
        y=opened[MIDDLE],
        mode="lines+markers",
        line={"color": colour, "width": 2, "dash": AHEAD[number]},
        marker={
            "symbol": "circle-open",
            "size": [0, *[8] * len(each.bands)],
            "color": colour,
            "line": {"width": 2},
        },
        cliponaxis=False,
        customdata=["", *(_hover(row, measure, ctx) for row in records(each.bands))],
        hovertemplate="<b>%{fullData.name}</b> %{x:d}: %{customdata}<extra></extra>",
    )


def _hover(row: Row, measure: Measure, ctx: Context) -> str:
    template = ctx.t("{p50}<br>half end between {p25} and {p75}<br>8 of 10 between {p10} and {p90}")
    said = {quantile: measure.said(row[quantile], ctx) for quantile in QUANTILES}
    return template.format(**said)


def _span(values: Sequence[float], fans: Sequence[Fan], measure: Measure) -> tuple[float, float]:
    """Foot and head of the axis; of ranks the foot is the larger number."""
    ends = [*values, *(end for each in fans for quantile in OUTER for end in each.bands[quantile])]
    pad = (max(ends) - min(ends) or measure.highest / 10) * PAD
    low = max(min(ends) - pad, measure.lowest - pad / 2)
    high = min(max(ends) + pad, measure.highest + pad / 2)
    return (high, low) if measure.is_rank else (low, high)


def _axes(
    fig: Drawing,
    first: int,
    fans: Sequence[Fan],
    measure: Measure,
    span: tuple[float, float],
    ctx: Context,
) -> None:
    last = max(int(each.bands["time_period"].max()) for each in fans)
    step = 6 if ctx.narrow else 4
    fig.update_xaxes(
        range=[first - 0.3, last + 0.3],
        showgrid=False,
        tickvals=[year for year in range(first, last + 1) if (last - year) % step == 0],
        tickformat="d",
    )
    fig.update_yaxes(title={"text": measure.kpi.unit}, range=list(span), nticks=6, automargin=True)
    if measure.is_rank:
        fig.update_yaxes(tickformat="d")


def _border(fig: Drawing, year: int, ctx: Context) -> None:
    """A fine line at the last edition: what lies to its right is forecast."""
    fig.add_vline(year, line={"color": ctx.look.outline, "width": 1, "dash": "dot"})
    fig.add_annotation(
        x=year,
        y=1,
        yref="y domain",
        xanchor="left",
        yanchor="bottom",
        xshift=4,
        showarrow=False,
        text=ctx.t("forecast"),
        font={"color": ctx.look.muted, "size": 13},
    )
    fig.update_layout(margin={"t": 22})


def _labels(
    fans: Sequence[Fan], measure: Measure, span: tuple[float, float], height: int, ctx: Context
) -> list[Trace]:
    """What each band and middle line is, with its numbers in the last year, none upon another."""
    labels = [trend.End(*end, ctx.look.ink) for each in fans for end in _ends(each, measure, ctx)]
    return trend.end_labels(labels, span, height)


def _ends(each: Fan, measure: Measure, ctx: Context) -> list[tuple[str, str, float, float]]:
    """Id, text, year and value of the labels of a fan; a band is named at its upper edge."""
    last = records(each.bands)[-1]
    year = float(last["time_period"])
    said = {quantile: measure.said(last[quantile], ctx) for quantile in QUANTILES}
    if each.name:
        template = ctx.t("<b>{name}: {p50}</b> ({p10} to {p90})")
        return [(f"{MIDDLE}{each.name}", template.format(name=each.name, **said), year, last[MIDDLE])]
    top = 0 if measure.is_rank else 1
    return [
        ("outer", ctx.t("8 of 10: {p10} to {p90}").format(**said), year, last[OUTER[top]]),
        ("inner", ctx.t("half: {p25} to {p75}").format(**said), year, last[INNER[top]]),
        (MIDDLE, ctx.t("<b>median: {p50}</b>").format(**said), year, last[MIDDLE]),
    ]


def legend(ctx: Context) -> Markup:
    """The lines and bands by name, for a narrow chart that has no room for labels."""
    pen = "height:0;border:0;border-top:3px {} {};vertical-align:.25em"
    fill = "background:{};border-color:{}"
    accent = ctx.look.accent
    items = [
        (pen.format("solid", accent), ctx.t("published")),
        (pen.format("dashed", accent), ctx.t("median of the forecast")),
        (fill.format(faded(accent, STRONG + FAINT), accent), ctx.t("half end here")),
        (fill.format(faded(accent, FAINT), accent), ctx.t("8 of 10 end here")),
    ]
    entry = Markup('<li><i style="{}"></i>{}</li>')
    parts = Markup("").join(entry.format(style, text) for style, text in items)
    return Markup('<ul class="legend">{}</ul>').format(parts)


def alt(published: pd.DataFrame, forecast: Fan, measure: Measure, name: str, ctx: Context) -> str:
    """The chart in words: first and last published value, and each forecast with its band of 80%."""
    rows = trend.by_line(published)[str(published["id"].iloc[0])]
    edition = ctx.t("{year}: {p50} ({p10} to {p90})")
    ahead = "; ".join(
        edition.format(
            year=int(row["time_period"]),
            **{quantile: measure.said(row[quantile], ctx) for quantile in QUANTILES},
        )
        for row in records(forecast.bands)
    )
    (since, first, _), (to, last, _) = rows[0], rows[-1]
    return ctx.t(
        "{name}, {unit}: published {first} ({since}) – {last} ({to}); forecast with the band of 8 of 10, "
        "{ahead}."
    ).format(
        name=name,
        unit=measure.kpi.unit,
        first=ctx.value(first, measure.kpi),
        since=since,
        last=ctx.value(last, measure.kpi),
        to=to,
        ahead=ahead,
    )

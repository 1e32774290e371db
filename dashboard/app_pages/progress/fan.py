"""What other countries achieved from a similar level, as bands behind a path."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.charts.bands import FAINT, STRONG, band, faded
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Trace, scatter
from dashboard.charts.figures import point, sentence
from dashboard.charts.scalars import Row, records
from kpis.progress import Fan
from kpis.progress.fan import MIN_AREAS

OUTER, INNER, MIDDLE = ("p10", "p90"), ("p25", "p75"), "p50"


def names(ctx: Context) -> dict[str, str]:
    """The quantiles in words."""
    template = ctx.t("others: {share}th percentile")
    return {f"p{share}": template.format(share=share) for share in (10, 25, 50, 75, 90)}


def lines(bands: pd.DataFrame) -> pd.DataFrame:
    """The bands as rows like those of a path: line, time_period, obs_value."""
    columns = [*OUTER, *INNER, MIDDLE]
    long = bands.melt(["time_period"], columns, "line", "obs_value")
    return long[["line", "time_period", "obs_value"]].sort_values(["line", "time_period"], ignore_index=True)


def traces(bands: pd.DataFrame, fan: Fan, kpi: KpiView, ctx: Context) -> list[Trace]:
    """Two bands and a middle line that open from the base; nothing without bands."""
    if bands.empty:
        return []
    base = dict.fromkeys([*OUTER, *INNER, MIDDLE], fan.base_value) | {"time_period": fan.base_year}
    from_base = pd.concat([pd.DataFrame([base]), bands], ignore_index=True)
    outer = band(from_base, OUTER, faded(ctx.look.peers, FAINT))
    inner = band(from_base, INNER, faded(ctx.look.peers, STRONG))
    return [outer, inner, _median(bands, kpi, ctx)]


def _median(bands: pd.DataFrame, kpi: KpiView, ctx: Context) -> Trace:
    return scatter(
        name=ctx.t("median of the others"),
        meta={"line": MIDDLE},
        x=bands["time_period"],
        y=bands[MIDDLE],
        mode="lines",
        line={"color": ctx.look.peers, "width": 1.5},
        customdata=[_hover(row, kpi, ctx) for row in records(bands)],
        hovertemplate="<b>%{fullData.name}</b> %{x:d}: %{customdata}<extra></extra>",
    )


def _hover(row: Row, kpi: KpiView, ctx: Context) -> str:
    template = ctx.t(
        "{p50}<br>middle half {p25} to {p75}<br>80% between {p10} and {p90}<br>{span} after, n = {n}"
    )
    values = {name: ctx.value(row[name], kpi) for name in (*OUTER, *INNER, MIDDLE)}
    return template.format(span=_years(int(row["ahead"]), ctx), n=ctx.number(row["n"]), **values)


def _years(span: int, ctx: Context) -> str:
    return ctx.ngettext("1 year", "{n} years", span).format(n=ctx.number(span))


def legend(bands: pd.DataFrame, ctx: Context) -> Markup:
    """What the bands are, as list items in HTML; nothing without bands."""
    if bands.empty:
        return Markup("")
    entry = Markup('<li><i style="background:{};border-color:{}"></i>{}</li>')
    half, most = ctx.t("middle half of the other countries"), ctx.t("80% of them")
    return Markup("").join(
        entry.format(faded(ctx.look.peers, strength), ctx.look.peers, text)
        for strength, text in ((STRONG + FAINT, half), (FAINT, most))
    )


def compared(fan: Fan, bands: pd.DataFrame, row: Row, kpi: KpiView, ctx: Context) -> Markup:
    """How the country's own change compares with what others achieved in as many years.

    row: one row of `Warehouse.progress`. With too few precedents, that instead.
    """
    base = point(fan.base_value, kpi, fan.base_year, ctx)
    if bands.empty:
        return sentence(_no_fan(fan, ctx), base=base, n=ctx.number(fan.n_areas))
    span = int(row["latest_year"] - row["base_year"])
    n_reached, n = fan.at_least(
        row["latest_value"] - fan.base_value, span, int(row["direction"]), _limit(row)
    )
    if n < MIN_AREAS:
        return Markup("")
    template = ctx.t("Other countries once near {base}: {made} of {of} got at least as far in {span}.")
    return sentence(template, base=base, made=ctx.number(n_reached), of=ctx.number(n), span=_years(span, ctx))


def _no_fan(fan: Fan, ctx: Context) -> str:
    if not fan.n_areas:
        return ctx.t("No other country with later values ever stood near {base}: no fan.")
    return ctx.t("Other countries that ever stood near {base} and have later values: {n}, too few for a fan.")


def _limit(row: Row) -> float | None:
    """The natural limit of the scale on the better side."""
    return row.get("limit_high") if row["direction"] > 0 else row.get("limit_low")


def rule(fan: Fan, bands: pd.DataFrame, kpi: KpiView, ctx: Context) -> Markup:
    """How the fan was made, for the foot of the chart; nothing without bands."""
    if bands.empty:
        return Markup("")
    low, high = int(bands["n"].min()), int(bands["n"].max())
    template = ctx.t(
        "Grey: what other Member States achieved in as many years from {base} ± {near} (n = {n} each year; "
        "years with fewer than 10 are bridged or left out). Past, no forecast"
    )
    return sentence(
        template,
        base=point(fan.base_value, kpi, fan.base_year, ctx),
        near=ctx.number(fan.near, kpi.precision),
        n=ctx.number(low) if low == high else f"{ctx.number(low)}–{ctx.number(high)}",
    )

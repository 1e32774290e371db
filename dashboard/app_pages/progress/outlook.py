"""The forecast of an annual KPI on a path: median and band in words and as a bar, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
from markupsafe import Markup, escape

from dashboard.charts import forecast_words, trend
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Trace, scatter
from dashboard.charts.figures import forecast, plain, point, sentence, threshold
from dashboard.charts.scalars import Row
from kpis.forecast import words
from kpis.forecast.annual import FURTHEST
from kpis.forecast.gate import FEWEST_CASES
from kpis.forecast.series import NEARLY
from kpis.forecast.words import WITHIN

LOW, MEDIAN, HIGH = "p10", "p50", "p90"
LINE = "forecast"  # of the chart
LINES = {name: f"forecast_{name}" for name in (LOW, MEDIAN, HIGH)}  # as lines of a path
WHOLE_FROM, TENTHS_FROM = 2.0, 0.2  # widths of the band, in points, from which decimals say nothing


@dataclass(frozen=True)
class Outlook:
    """What may be said of a KPI in a country in the year of its target.

    gate: of `kpis.forecast.gates`. row: of `kpis.forecast.annual_rows`; None where there is no forecast.
    promised: the row of progress by compound growth, the UN's rule.
    """

    gate: Row
    row: Row | None
    promised: Row | None

    @property
    def is_settled(self) -> bool:
        """Whether the country is at the end of the scale that the target asks for: nothing is left to say."""
        return self.promised is not None and at_the_end(self.promised)

    @property
    def shown(self) -> Row | None:
        """The forecast, where there is one and something is left to reach."""
        return None if self.is_settled else self.row


def at_the_end(row: Row) -> bool:
    """Whether the last value is on a target that is an end of the scale. row: of `Warehouse.progress`."""
    beyond = row["direction"] * (row["latest_value"] - row["target"])
    return bool(row["target"] in NEARLY and beyond >= 0)


def rounded(row: Row, kpi: KpiView) -> KpiView:
    """The KPI with as many decimals as the band of a forecast bears."""
    width = row[HIGH] - row[LOW]
    digits = 0 if width >= WHOLE_FROM else 1 if width >= TENTHS_FROM else kpi.precision
    return replace(kpi, precision=min(digits, kpi.precision))


def band(row: Row, kpi: KpiView, ctx: Context) -> Markup:
    """Median and band: "89% (84 to 94)"."""
    short, year = rounded(row, kpi), int(row["time_period"])
    bare = replace(short, symbol="")
    low, high = (forecast(row[name], bare, year, ctx) for name in (LOW, HIGH))
    middle = forecast(row[MEDIAN], short, year, ctx)
    return sentence(ctx.t("{middle} ({low} to {high})"), middle=middle, low=low, high=high)


def said(outlook: Outlook, kpi: KpiView, last_year: int, ctx: Context) -> Markup:
    """How good the forecast is, beside the promise of compound growth, or why there is none; empty where
    nothing is left to reach.

    last_year: of the last value of the country.
    """
    if outlook.is_settled:
        return Markup("")
    if outlook.row is None:
        return _why_not(outlook, last_year, ctx)
    record = escape(ctx.t(WITHIN))
    parts = (record, _chance(outlook, kpi, ctx), _promise(outlook, kpi, ctx))
    return Markup(" ").join(part for part in parts if part)


def probable(outlook: Outlook, kpi: KpiView, ctx: Context) -> Markup:
    """The forecast in a sentence, for a headline; empty where there is none."""
    row = outlook.shown
    if row is None:
        return Markup("")
    year, short, promised = int(row["time_period"]), rounded(row, kpi), outlook.promised
    if promised is None:
        return sentence(ctx.t("By {year} around {band}."), year=year, band=band(row, kpi, ctx))
    template = ctx.t("By {year} around {band}; target {target}.")
    target = point(promised["target"], short, year, ctx)
    return sentence(template, year=year, band=band(row, kpi, ctx), target=target)


def level(amount: float, kpi: KpiView, ctx: Context) -> Markup:
    """The level of a KPI that counts as reached: "at least 95%", "at most 3%"."""
    template = ctx.t("at most {value}") if kpi.direction == "lower" else ctx.t("at least {value}")
    return sentence(template, value=threshold(amount, replace(kpi, precision=0), ctx))


def _chance(outlook: Outlook, kpi: KpiView, ctx: Context) -> Markup:
    """The chance of the level that counts as reached; said to be that, where it is not the target itself.

    Empty where the country is there already.
    """
    gate, promised, row = outlook.gate, outlook.promised, outlook.row
    toward = -1 if kpi.direction == "lower" else 1
    if row is None or toward * (row["obs_value"] - gate["nearly"]) >= 0:
        return Markup("")
    template = ctx.t("Chance of {level}: {share}.")
    if promised is not None and promised["target"] != gate["nearly"]:
        template = ctx.t("Chance of {level}, which counts as reached here: {share}.")
    share = forecast_words.chance(row["p_nearly"], ctx)
    return sentence(template, level=level(gate["nearly"], kpi, ctx), share=share)


def _promise(outlook: Outlook, kpi: KpiView, ctx: Context) -> Markup:
    promised, row = outlook.promised, outlook.row
    if promised is None or row is None or pd.isna(promised["projected_shown"]):
        return Markup("")
    value = point(promised["projected_shown"], rounded(row, kpi), row["time_period"], ctx)
    return sentence(ctx.t("Compound growth, the UN’s rule, promises {value}."), value=value)


def _why_not(outlook: Outlook, last_year: int, ctx: Context) -> Markup:
    """Why there is no forecast: what the past says of the KPI, or that the last value is too old."""
    gate, target = outlook.gate, outlook.promised
    year = int(target["target_year"]) if target is not None else 0
    if gate["passed"]:
        return sentence(ctx.t(words.TOO_OLD), last=last_year, furthest=FURTHEST, year=year)
    ahead = gate["horizon"]
    return sentence(
        ctx.t(words.why_not(str(gate["reason"]), int(gate["cases"]))),
        cases=ctx.number(gate["cases"]),
        within=ctx.number(100 * gate["within_80"]),
        ahead=ctx.number(None if pd.isna(ahead) else int(ahead)),
        fewest=ctx.number(FEWEST_CASES),
        furthest=FURTHEST,
        year=year,
    )


def lines(row: Row) -> pd.DataFrame:
    """Median and band as rows like those of a path: line, time_period, obs_value."""
    values = [row[name] for name in LINES]
    return pd.DataFrame(
        {"line": list(LINES.values()), "time_period": int(row["time_period"]), "obs_value": values}
    )


def of_line(line: str, drawn: pd.DataFrame, kpi: KpiView) -> KpiView:
    """The KPI with the decimals of a line: fewer for those of a forecast. drawn: rows as of `lines`."""
    if line not in LINES.values():
        return kpi
    ends = drawn.set_index("line")["obs_value"]
    return rounded({name: float(ends[LINES[name]]) for name in (LOW, HIGH)}, kpi)


def names(ctx: Context) -> dict[str, str]:
    """The same in words."""
    return {
        LINES[LOW]: ctx.t("forecast: 10th percentile"),
        LINES[MEDIAN]: ctx.t("forecast: median"),
        LINES[HIGH]: ctx.t("forecast: 90th percentile"),
    }


def traces(row: Row, kpi: KpiView, ctx: Context) -> list[Trace]:
    """A dash-dotted line from the last value to the median, and an upright bar for the band."""
    year, look = int(row["time_period"]), ctx.look
    way = scatter(
        name=ctx.t("forecast"),
        x=[int(row["origin"]), year],
        y=[row["obs_value"], row[MEDIAN]],
        mode="lines",
        line={"color": look.accent, "width": 1.5, "dash": "dashdot"},
        customdata=["", label(row, kpi, ctx)],  # it begins at a value that is observed
        hovertemplate="<b>%{fullData.name}</b> %{x:d}: %{customdata}<extra></extra>",
    )
    bar = scatter(
        x=[year] * 3,
        y=[row[LOW], row[MEDIAN], row[HIGH]],
        mode="lines+markers",
        line={"color": look.accent, "width": 5},
        marker={
            "symbol": ["line-ew", "circle", "line-ew"],
            "size": [16, 11, 16],
            "opacity": 1,
            "color": look.paper,
            "line": {"color": look.accent, "width": 3},
        },
        hoverinfo="skip",
        cliponaxis=False,
    )
    return trend.of_line(LINE, [way, bar])


def label(row: Row, kpi: KpiView, ctx: Context) -> str:
    """The same as `band` in plain text."""
    return plain(band(row, kpi, ctx))


def legend(row: Row, ctx: Context) -> Markup:
    """What the line and the bar of the forecast are, as list items in HTML."""
    dashes = (
        "height:3px;width:2.1rem;border:0;vertical-align:.25em;background:repeating-linear-gradient("
        "90deg,{0} 0 9px,transparent 9px 12px,{0} 12px 15px,transparent 15px 18px)"
    )
    way = Markup('<li><i style="{}"></i>{}</li>').format(
        dashes.format(ctx.look.accent), ctx.t("from the last value to the forecast’s median")
    )
    style = "width:0;height:1em;border:0;border-left:5px solid {};vertical-align:-.15em"
    text = ctx.t("forecast for {year}: median, and the band of 8 in 10").format(year=int(row["time_period"]))
    swatch = Markup('<i style="{}"></i>').format(style.format(ctx.look.accent))
    return way + Markup("<li>{}{}</li>").format(swatch, text)

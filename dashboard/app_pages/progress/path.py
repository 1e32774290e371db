"""The path of one KPI: what was observed, what the target requires, where the trend leads."""

from __future__ import annotations

import numpy as np
import pandas as pd
from markupsafe import Markup, escape

from dashboard.app_pages.progress import outlook
from dashboard.charts import gaps
from dashboard.charts import progress_figures as marks
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figures import plain, point, sentence, words
from dashboard.charts.progress_words import LEVELS
from dashboard.charts.scalars import Row
from kpis.progress import NO_RECENT_FIGURE, REASONS

FIRST_YEAR = 2010  # a little before the base of 2015, so that the years ahead keep their room
STRAIGHT = "sdsn"  # the method whose pace is a straight line; the others grow by a rate
STAND_IN = 0.001  # what Statistics Canada puts in the place of 0
OBSERVED, REQUIRED, PROJECTED = "observed", "required", "projected"


def table(observed: pd.DataFrame, row: Row, horizon: int) -> pd.DataFrame:
    """The three lines as rows: line, time_period, obs_value.

    observed: time_period, obs_value of the KPI in the area. row: one row of `Warehouse.progress`.
    The required line is left out where the target was met at the base, the projected one where the method
    has no rate. Both are drawn as the method computes them, also beyond a natural limit.
    """
    seen = observed[observed["time_period"] >= FIRST_YEAR].dropna(subset=["obs_value"])
    parts = [seen[["time_period", "obs_value"]].sort_values("time_period").assign(line=OBSERVED)]
    base, to = int(row["base_year"]), int(row["target_year"])
    if to > base and not meets(row["base_value"], row):
        years = np.arange(base, to + 1)
        parts.append(_line(REQUIRED, years, _required(years - base, to - base, row)))
    if pd.notna(row["projected"]) and horizon > row["latest_year"]:
        years = np.arange(int(row["latest_year"]), horizon + 1)
        parts.append(_line(PROJECTED, years, _projected(years - int(row["latest_year"]), row)))
    return pd.concat(parts, ignore_index=True)[["line", "time_period", "obs_value"]]


def _projected(ahead: np.ndarray, row: Row) -> np.ndarray:
    """The pace of the past carried on: a straight line for SDSN, else growth at the observed rate."""
    latest = row["latest_value"]
    if row["method"] == STRAIGHT:
        pace = (latest - row["base_value"]) / (row["latest_year"] - row["base_year"])
        return np.asarray(latest + pace * ahead)
    return np.asarray(latest * (1 + row["observed_rate"]) ** ahead)


def _line(name: str, years: np.ndarray, values: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"line": name, "time_period": years, "obs_value": values})


def _required(ahead: np.ndarray, span: int, row: Row) -> np.ndarray:
    """Compound growth from base to target; a straight line for SDSN and where growth has no rate."""
    base, target = float(row["base_value"]), float(row["target"])
    if row["method"] == "statcan":
        base, target = base or STAND_IN, target or STAND_IN
    if row["method"] == STRAIGHT or base <= 0 or target <= 0:
        return base + (target - base) * ahead / span
    return np.asarray(base * (target / base) ** (ahead / span))


def meets(value: float, row: Row) -> bool:
    """Whether a value is on the target or past it."""
    return bool(value >= row["target"] if row["direction"] > 0 else value <= row["target"])


def title(row: Row, horizon: int, kpi: KpiView, ctx: Context, forecast: Row | None = None) -> Markup:
    """The finding: met, what is probable, reached when, or where the trend leads instead; of an old value,
    that first.
    """
    if LEVELS[row["status"]] == "open":
        reason = ctx.t(REASONS[row["reason"]])
        return escape(f"{ctx.t('cannot be assessed').capitalize()}. {reason}")
    if forecast is not None and not meets(row["latest_value"], row):
        return _probable(row, horizon, kpi, ctx, forecast)
    of = _of_old if row["status"] == NO_RECENT_FIGURE else _of_recent
    return sentence(
        of(row, horizon, ctx),
        target=point(row["target"], kpi, row["target_year"], ctx),
        value=marks.last_value(row, kpi, ctx),
        last=int(row["latest_year"]),
        since=int(row["base_year"]),
        year=_arrival(row, horizon),
        ahead=marks.projected(row, kpi, horizon, ctx),
    )


def _probable(row: Row, horizon: int, kpi: KpiView, ctx: Context, forecast: Row) -> Markup:
    """What the forecast says, and where the trend leads."""
    template = ctx.t("Around {forecast} in {year}; target {target}")
    if pd.notna(row["projected"]) and horizon == forecast["time_period"]:
        template = ctx.t(
            "Around {forecast} in {year}, target {target}; the trend since {since} leads to {ahead}"
        )
    return sentence(
        template,
        forecast=outlook.band(forecast, kpi, ctx),
        year=int(forecast["time_period"]),
        target=point(row["target"], kpi, row["target_year"], ctx),
        since=int(row["base_year"]),
        ahead=marks.projected(row, kpi, horizon, ctx),
    )


def _arrival(row: Row, horizon: int) -> object:
    """The year in which the target is reached, confirmed or not; the horizon where that is later."""
    if _within(row["arrival"], horizon):
        return marks.arrival(row["arrival"])
    if _within(row["unconfirmed_year"], horizon):
        return marks.unconfirmed(row["unconfirmed_year"])
    return horizon


def _within(year: float, horizon: int) -> bool:
    return bool(pd.notna(year) and year <= horizon)


def _of_recent(row: Row, horizon: int, ctx: Context) -> str:
    if meets(row["latest_value"], row):
        return ctx.t("Target met: {value} in {last}, target {target}")
    if _within(row["arrival"], horizon):
        return ctx.t("At the pace since {since} the target of {target} is reached in {year}")
    if pd.notna(row["unconfirmed_year"]):
        return ctx.t(
            "{value} in {last}: the trend {since}–{last} would have reached {target} in {year}; no later "
            "figure confirms it"
        )
    if pd.isna(row["projected"]):
        return ctx.t("{value} in {last}; no trend can be carried on; target {target}")
    return ctx.t("At the pace since {since}: {ahead} in {year}; target {target}")


def _of_old(row: Row, horizon: int, ctx: Context) -> str:
    if meets(row["latest_value"], row):
        return ctx.t(
            "No recent figure (last: {last}): the target of {target} was met then; no later figure "
            "confirms it"
        )
    if not _within(row["unconfirmed_year"], horizon):
        return ctx.t("No recent figure (last: {last}). Value then: {value}; target {target}")
    if row["unconfirmed_year"] > ctx.as_of:
        return ctx.t(
            "No recent figure (last: {last}): the trend {since}–{last} would reach {target} in {year}; no "
            "later figure confirms it"
        )
    return ctx.t(
        "No recent figure (last: {last}): the trend {since}–{last} would have reached {target} in {year}; no "
        "later figure confirms it"
    )


def capped(lines: pd.DataFrame, low: float | None, high: float | None) -> pd.DataFrame:
    """The lines as drawn: a projection that meets a natural limit of the scale stays there."""
    ahead = lines[lines["line"] == PROJECTED]
    years, values = ahead["time_period"].to_numpy(dtype=float), ahead["obs_value"].to_numpy(dtype=float)
    for limit, side in ((high, 1.0), (low, -1.0)):
        if limit is None or pd.isna(limit) or not (past := side * (values - limit) > 0).any():
            continue
        at = int(past.argmax())
        if at:  # the moment at which the limit is met, within a year
            step = (limit - values[at - 1]) / (values[at] - values[at - 1])
            years = np.insert(years, at, years[at - 1] + step)
            values = np.insert(values, at, limit)
        values = np.minimum(values, limit) if side > 0 else np.maximum(values, limit)
    return pd.concat([lines[lines["line"] != PROJECTED], _line(PROJECTED, years, values)], ignore_index=True)


def names(row: Row, ctx: Context) -> dict[str, str]:
    """The lines in words. The trend of an old value is one that no later figure confirms."""
    old = row["status"] == NO_RECENT_FIGURE
    return {
        OBSERVED: ctx.t("observed"),
        REQUIRED: ctx.t("required"),
        PROJECTED: ctx.t("unconfirmed trend") if old else ctx.t("if the trend goes on"),
    }


def whole_years(part: pd.DataFrame) -> list[int]:
    """Whole years; a projection that meets a limit has a point within a year."""
    return [int(year) for year in part["time_period"]]


def gap_note(lines: pd.DataFrame, kpi: KpiView, ctx: Context) -> str:
    """What the fine dots across gaps mean, for the foot; empty where the observed line has no gap."""
    missed = gaps.between(whole_years(lines[lines["line"] == OBSERVED]), kpi.usual_step)
    return gaps.note(kpi, ctx) if missed else ""


def alt(
    lines: pd.DataFrame,
    row: Row,
    horizon: int,
    name: str,
    kpi: KpiView,
    ctx: Context,
    forecast: Row | None = None,
) -> str:
    """The path in words: first and last observed value, where the trend leads, the target."""
    seen = lines[lines["line"] == OBSERVED]
    template = ctx.t(
        "Path of {kpi}, {name}: observed {first} ({since}) – {last}; {title}; required by {year}: {target}."
    )
    return template.format(
        kpi=kpi.name,
        name=name,
        first=ctx.value(seen["obs_value"].iloc[0], kpi),
        since=int(seen["time_period"].iloc[0]),
        last=words(seen["obs_value"].iloc[-1], kpi, seen["time_period"].iloc[-1], ctx)
        + gaps.in_words(gaps.between(whole_years(seen), kpi.usual_step), ctx),
        title=plain(title(row, horizon, kpi, ctx, forecast)),
        year=int(row["target_year"]),
        target=ctx.value(row["target"], kpi),
    )

"""Association and residuals in words. No figure of these views is an effect; no sentence may claim one."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.charts.context import Context, KpiView
from dashboard.charts.figures import Year, computed, figure, sentence, when
from dashboard.charts.scalars import is_missing
from kpis.freshness import is_old
from kpis.links.association import Association

NAMED = 3


def finding(association: Association, kpi: KpiView, outcome: KpiView, ctx: Context) -> str:
    """Whether more of the KPI goes with more of the outcome at equal income; unclear if the interval has 0.

    Both with their years, marked where old.
    """
    if association.low <= 0 <= association.high:
        template = ctx.t("At equal income, {kpi} and {outcome} show no clear association.")
    elif association.coefficient > 0:
        template = ctx.t("At equal income, higher values of {kpi} go with higher values of {outcome}.")
    else:
        template = ctx.t("At equal income, higher values of {kpi} go with lower values of {outcome}.")
    first, last = association.outcome_years
    return template.format(
        kpi=dated(_quoted(kpi, ctx), kpi, association.kpi_year, ctx),
        outcome=dated(_quoted(outcome, ctx), outcome, last, ctx, first=first),
    )


def dated(name: str, kpi: KpiView, year: Year, ctx: Context, *, first: Year = None) -> str:
    """A name with the year or the years of its values: "EGDI (2024)", "Budget outturn (2006–2017, old)"."""
    return f"{name} ({when(kpi, year, ctx, first=first)})"


def _quoted(kpi: KpiView, ctx: Context) -> str:
    return ctx.t("“{words}”").format(words=kpi.name)


def aged(years: pd.Series, kpi: KpiView, ctx: Context) -> str:
    """How many values of a KPI are older than its limit; empty where none is."""
    old = int(is_old(years, kpi.fresh_years, ctx.as_of).sum())
    if old == 0:
        return ""
    counts = {"kpi": kpi.name, "k": ctx.number(old), "n": ctx.number(len(years))}
    if old == len(years):
        template = ctx.t("All values of {kpi} are older than its limit of {limit} years.")
    else:
        template = ctx.t("{k} of {n} values of {kpi} are older than its limit of {limit} years.")
    return template.format(limit=ctx.number(kpi.fresh_years), **counts)


def pair_lead(rows: pd.DataFrame, kpi: KpiView, outcome: KpiView, ctx: Context) -> str:
    """The warning, and which of the figures of a pair are old. rows: of `kpis.links.association.points`."""
    ages = (aged(rows["time_period"], kpi, ctx), aged(rows["y_year"], outcome, ctx))
    return " ".join(part for part in (caution(ctx), *ages) if part)


def caution(ctx: Context) -> str:
    """The warning that stands with every association."""
    return ctx.t(
        "Association, not effect: it does not show that one causes the other, and other things besides "
        "income may stand behind both."
    )


def strength(association: Association, ctx: Context) -> str:
    """Partial correlation with its interval and n, behind the warning."""
    template = ctx.t(
        "Association, not effect: partial correlation {r} (95% interval {low} to {high}), n = {n}"
    )
    values = {"r": association.coefficient, "low": association.low, "high": association.high}
    return template.format(
        n=ctx.number(association.n), **{name: ctx.number(value, 2) for name, value in values.items()}
    )


def association_alt(
    association: Association, kpi: KpiView, outcome: KpiView, place: str, ctx: Context
) -> str:
    """The plot in words. place: where the chosen country lies, in plain text, or nothing."""
    template = ctx.t("What income leaves of {kpi} and of {outcome}, by country. {strength}. {caution} {own}")
    first, last = association.outcome_years
    return template.format(
        kpi=dated(kpi.name, kpi, association.kpi_year, ctx),
        outcome=dated(outcome.name, outcome, last, ctx, first=first),
        strength=strength(association, ctx),
        caution=caution(ctx),
        own=place,
    ).strip()


def place_of(
    rows: pd.DataFrame, area: str | None, name: str, kpi: KpiView, outcome: KpiView, ctx: Context
) -> Markup:
    """Where a country lies against what income suggests on both sides, or why it is not shown."""
    if area is None:
        return Markup("")
    of_area = rows[rows["ref_area"] == area]
    if of_area.empty:
        template = ctx.t("{name} is not shown: a value of the KPI, the outcome or income is missing.")
        return sentence(template, name=name)
    row = of_area.iloc[0]
    template = ctx.t("{name}, against what income suggests: {kpi} {x}, {outcome} {y}.")
    return sentence(
        template,
        name=name,
        kpi=dated(kpi.name, kpi, row["time_period"], ctx),
        outcome=dated(outcome.name, outcome, row["y_year"], ctx),
        x=computed(row["x_left"], kpi, row["time_period"], ctx, sign=True),
        y=computed(row["y_left"], outcome, row["y_year"], ctx, sign=True),
    )


def refusal(
    common: tuple[str, ...], outcome: KpiView, kpi: KpiView, names: dict[str, str], ctx: Context
) -> str:
    """Why a pair is not compared. common: figures on both sides (`kpis.warehouse.parts.shared`)."""
    if outcome.id in common:
        template = ctx.t(
            "{outcome} enters {kpi} or is measured with its parts: the two go together by construction, "
            "so they are not compared. Choose another outcome."
        )
        return template.format(outcome=_quoted(outcome, ctx), kpi=_quoted(kpi, ctx))
    template = ctx.t(
        "{outcome} and {kpi} share {common}: they go together by construction, so they are not compared. "
        "Choose another outcome."
    )
    shared = ", ".join(names.get(kpi_id, kpi_id) for kpi_id in common)
    return template.format(outcome=_quoted(outcome, ctx), kpi=_quoted(kpi, ctx), common=shared)


def too_few(n: int, need: int, kpi: KpiView, outcome: KpiView, ctx: Context) -> str:
    """Why there is no coefficient: too few countries with all three figures."""
    template = ctx.t(
        "Countries with {kpi}, {outcome} and income of these years: {n}; {need} are needed. "
        "Choose another outcome."
    )
    return template.format(
        n=ctx.number(n), need=ctx.number(need), kpi=_quoted(kpi, ctx), outcome=_quoted(outcome, ctx)
    )


def flat(kpi: KpiView, outcome: KpiView, ctx: Context) -> str:
    """Why there is no coefficient: a side without variation."""
    template = ctx.t(
        "{kpi} or {outcome} does not vary between countries once income is held constant. Choose another "
        "outcome."
    )
    return template.format(kpi=_quoted(kpi, ctx), outcome=_quoted(outcome, ctx))


def against_income(rows: pd.DataFrame, kpi: KpiView, ctx: Context) -> str:
    """The countries farthest from what income suggests, on both sides. rows: of `residuals`, best first."""
    parts = {
        "kpi": dated(kpi.name, kpi, rows["time_period"].max(), ctx),
        "first": ", ".join(rows["name"].head(NAMED)),
        "last": ", ".join(rows["name"].tail(NAMED).iloc[::-1]),
    }
    if kpi.direction == "context":
        template = ctx.t("Farthest above what income suggests in {kpi}: {first}; farthest below: {last}")
    else:
        template = ctx.t("Farthest ahead of what income suggests in {kpi}: {first}; farthest behind: {last}")
    return template.format(**parts)


def standing(rows: pd.DataFrame, area: str, name: str, kpi: KpiView, ctx: Context) -> Markup:
    """A country against what its income suggests, with its place, or why it is not compared."""
    matches = rows.index[rows["ref_area"] == area]
    if matches.empty:
        template = ctx.t("{name}: no value of {kpi} or no income of these years, so no comparison.")
        return sentence(template, name=name, kpi=dated(kpi.name, kpi, rows["time_period"].max(), ctx))
    row = rows.loc[matches[0]]
    year = row["time_period"]
    return sentence(
        _standing_template(row["better"], ctx),
        name=name,
        kpi=kpi.name,
        value=figure(row["obs_value"], kpi.brief, year, ctx),
        predicted=computed(row["predicted"], kpi.brief, year, ctx),
        place=ctx.number(int(matches[0]) + 1),
        n=ctx.number(len(rows)),
    )


def _standing_template(better: object, ctx: Context) -> str:
    """better: whether the country does better than income suggests; missing where no side is better."""
    if is_missing(better):
        return ctx.t("{name}: {kpi} {value}; its income suggests {predicted}.")
    if better:
        return ctx.t(
            "{name} does better than its income suggests: {kpi} {value} against {predicted}; place "
            "{place} of {n}."
        )
    return ctx.t(
        "{name} does worse than its income suggests: {kpi} {value} against {predicted}; place {place} of {n}."
    )


def residuals_alt(rows: pd.DataFrame, kpi: KpiView, standing: str, ctx: Context) -> str:
    """The plot in words. standing: how the chosen country does, in plain text, or nothing."""
    template = ctx.t("{kpi} against income, {n} countries and a straight line. {ends}. {own}")
    ends = against_income(rows, kpi, ctx)
    return template.format(kpi=kpi.name, n=ctx.number(len(rows)), ends=ends, own=standing).strip()

"""Association and residuals in words. No figure of these views is an effect, and no sentence makes it one."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.charts.context import Context, KpiView
from dashboard.charts.figures import Year, computed, figure, sentence, when
from kpis.freshness import is_old
from kpis.links.association import Association

NAMED = 3


def finding(found: Association, kpi: KpiView, outcome: KpiView, ctx: Context) -> str:
    """Whether more of the KPI goes with more of the outcome at equal income; unclear if 0 is inside.

    Both with their years, and with the word for an old one.
    """
    if found.low <= 0 <= found.high:
        said = ctx.t("At equal income, {kpi} and {outcome} show no clear association.")
    elif found.coefficient > 0:
        said = ctx.t("At equal income, higher values of {kpi} go with higher values of {outcome}.")
    else:
        said = ctx.t("At equal income, higher values of {kpi} go with lower values of {outcome}.")
    first, last = found.outcome_years
    return said.format(
        kpi=dated(_quoted(kpi, ctx), kpi, found.kpi_year, ctx),
        outcome=dated(_quoted(outcome, ctx), outcome, last, ctx, first=first),
    )


def dated(name: str, kpi: KpiView, year: Year, ctx: Context, *, first: Year = None) -> str:
    """A name with the year or the years of its values: "EGDI (2024)", "Budget outturn (2006–2017, old)"."""
    return f"{name} ({when(kpi, year, ctx, first=first)})"


def _quoted(kpi: KpiView, ctx: Context) -> str:
    return ctx.t("“{words}”").format(words=kpi.name)


def aged(years: pd.Series, kpi: KpiView, ctx: Context) -> str:
    """How many values of a KPI are beyond its limit, by their years; nothing where none is."""
    old = int(is_old(years, kpi.fresh_years, ctx.as_of).sum())
    if old == 0:
        return ""
    words = {"kpi": kpi.name, "k": ctx.number(old), "n": ctx.number(len(years))}
    if old == len(years):
        said = ctx.t("All values of {kpi} are older than its limit of {limit} years.")
    else:
        said = ctx.t("{k} of {n} values of {kpi} are older than its limit of {limit} years.")
    return said.format(limit=ctx.number(kpi.fresh_years), **words)


def pair_lead(rows: pd.DataFrame, kpi: KpiView, outcome: KpiView, ctx: Context) -> str:
    """The warning, and which of the figures of a pair are old. rows: of `kpis.links.association.points`."""
    ages = (aged(rows["time_period"], kpi, ctx), aged(rows["y_year"], outcome, ctx))
    return " ".join(part for part in (caution(ctx), *ages) if part)


def caution(ctx: Context) -> str:
    """The warning that stands with every association."""
    return ctx.t(
        "Association, not effect: it does not show that one causes the other, and other things besides "
        "income "
        "may stand behind both."
    )


def strength(found: Association, ctx: Context) -> str:
    """Partial correlation with its interval and n, behind the warning."""
    said = ctx.t("Association, not effect: partial correlation {r} (95% interval {low} to {high}), n = {n}")
    values = {"r": found.coefficient, "low": found.low, "high": found.high}
    return said.format(n=ctx.number(found.n), **{name: ctx.number(one, 2) for name, one in values.items()})


def association_alt(found: Association, kpi: KpiView, outcome: KpiView, own: str, ctx: Context) -> str:
    """The plot in words. own: where the chosen country lies, in plain text, or nothing."""
    said = ctx.t("What income leaves of {kpi} and of {outcome}, by country. {strength}. {caution} {own}")
    first, last = found.outcome_years
    return said.format(
        kpi=dated(kpi.name, kpi, found.kpi_year, ctx),
        outcome=dated(outcome.name, outcome, last, ctx, first=first),
        strength=strength(found, ctx),
        caution=caution(ctx),
        own=own,
    ).strip()


def own_place(
    rows: pd.DataFrame, area: str | None, name: str, kpi: KpiView, outcome: KpiView, ctx: Context
) -> Markup:
    """Where the chosen country lies against what income suggests on both sides; why it is missing."""
    if area is None:
        return Markup("")
    mine = rows[rows["ref_area"] == area]
    if mine.empty:
        said = ctx.t("{name} is not shown: a value of the KPI, the outcome or income is missing.")
        return sentence(said, name=name)
    row = mine.iloc[0]
    said = ctx.t("{name}, against what income suggests: {kpi} {x}, {outcome} {y}.")
    return sentence(
        said,
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
        said = ctx.t(
            "{outcome} enters {kpi} or is measured with its parts: the two go together by construction, "
            "so they "
            "are not compared. Choose another outcome."
        )
        return said.format(outcome=_quoted(outcome, ctx), kpi=_quoted(kpi, ctx))
    said = ctx.t(
        "{outcome} and {kpi} share {common}: they go together by construction, so they are not compared. "
        "Choose another outcome."
    )
    shared = ", ".join(names.get(one, one) for one in common)
    return said.format(outcome=_quoted(outcome, ctx), kpi=_quoted(kpi, ctx), common=shared)


def too_few(n: int, need: int, kpi: KpiView, outcome: KpiView, ctx: Context) -> str:
    """Why there is no coefficient: too few countries with all three figures."""
    said = ctx.t(
        "Countries with {kpi}, {outcome} and income of these years: {n}; {need} are needed. "
        "Choose another outcome."
    )
    return said.format(
        n=ctx.number(n), need=ctx.number(need), kpi=_quoted(kpi, ctx), outcome=_quoted(outcome, ctx)
    )


def flat(kpi: KpiView, outcome: KpiView, ctx: Context) -> str:
    """Why there is no coefficient: a side without variation."""
    said = ctx.t(
        "{kpi} or {outcome} does not vary between countries once income is held constant. Choose another "
        "outcome."
    )
    return said.format(kpi=_quoted(kpi, ctx), outcome=_quoted(outcome, ctx))


def against_income(rows: pd.DataFrame, kpi: KpiView, ctx: Context) -> str:
    """Who is farthest on either side of what income suggests. rows: of `residuals` with name, best first."""
    words = {
        "kpi": dated(kpi.name, kpi, rows["time_period"].max(), ctx),
        "first": ", ".join(rows["name"].head(NAMED)),
        "last": ", ".join(rows["name"].tail(NAMED).iloc[::-1]),
    }
    if kpi.direction == "context":
        said = ctx.t("Farthest above what income suggests in {kpi}: {first}; farthest below: {last}")
    else:
        said = ctx.t("Farthest ahead of what income suggests in {kpi}: {first}; farthest behind: {last}")
    return said.format(**words)


def standing(rows: pd.DataFrame, area: str, name: str, kpi: KpiView, ctx: Context) -> Markup:
    """One country against what its income suggests, with its place; why it is missing."""
    at = rows.index[rows["ref_area"] == area]
    if at.empty:
        said = ctx.t("{name}: no value of {kpi} or no income of these years, so no comparison.")
        return sentence(said, name=name, kpi=dated(kpi.name, kpi, rows["time_period"].max(), ctx))
    row = rows.loc[at[0]]
    year = row["time_period"]
    words = {
        "name": name,
        "kpi": kpi.name,
        "value": figure(row["obs_value"], kpi, year, ctx),
        "predicted": computed(row["predicted"], kpi, year, ctx),
        "place": ctx.number(int(at[0]) + 1),
        "n": ctx.number(len(rows)),
    }
    if pd.isna(row["better"]):
        return sentence(ctx.t("{name}: {kpi} {value}; its income suggests {predicted}."), **words)
    if row["better"]:
        said = ctx.t(
            "{name} does better than its income suggests: {kpi} {value} against {predicted}; place "
            "{place} of {n}."
        )
    else:
        said = ctx.t(
            "{name} does worse than its income suggests: {kpi} {value} against {predicted}; place "
            "{place} of {n}."
        )
    return sentence(said, **words)


def residuals_alt(rows: pd.DataFrame, kpi: KpiView, own: str, ctx: Context) -> str:
    """The plot in words. own: as in `association_alt`."""
    said = ctx.t("{kpi} against income, {n} countries and a straight line. {ends}. {own}")
    ends = against_income(rows, kpi, ctx)
    return said.format(kpi=kpi.name, n=ctx.number(len(rows)), ends=ends, own=own).strip()

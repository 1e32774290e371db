"""Goals × kinds of evidence in words: what e-government serves most, and where evidence is thin."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.context import Context
from dashboard.charts.scalars import whole

MOST = 3  # goals that the headline names as served most; more where they tie


def unlinked(table: pd.DataFrame) -> list[int]:
    """Goals without a link of any kind. table: of `kpis.links.sdg.by_goal`."""
    total = table.groupby("goal")["n_kpis"].sum()
    return [whole(goal) for goal in total.index[total == 0]]


def served(table: pd.DataFrame) -> list[int]:
    """The goals that most KPIs serve directly, most first."""
    direct = table[(table["evidence"] == "direct") & (table["n_kpis"] > 0)]
    direct = direct.sort_values(["n_kpis", "goal"], ascending=[False, True])
    least = direct["n_kpis"].head(MOST).min()
    return [whole(goal) for goal in direct.loc[direct["n_kpis"] >= least, "goal"]]


def thin(table: pd.DataFrame) -> list[int]:
    """Goals that enabling links alone reach."""
    linked = table[table["n_kpis"] > 0]
    stronger = set(linked.loc[linked["evidence"] != "enabling", "goal"])
    return [whole(goal) for goal in linked["goal"].unique() if goal not in stronger]


def headline(table: pd.DataFrame, ctx: Context) -> str:
    """The answer of the page: which goals e-government serves most, and where evidence is thin."""
    most, weak, none = served(table), thin(table), unlinked(table)
    serves = ctx.ngettext(
        "E-government serves goal {goals} most directly",
        "E-government serves goals {goals} most directly",
        len(most),
    )
    enables = ctx.ngettext(
        "goal {goals} has enabling links alone", "goals {goals} have enabling links alone", len(weak)
    )
    lacks = ctx.ngettext("no KPI is linked to goal {goals}", "no KPI is linked to goals {goals}", len(none))
    clauses = ((serves, most), (enables, weak), (lacks, none))
    text = "; ".join(clause.format(goals=_numbers(goals, ctx)) for clause, goals in clauses if goals)
    return f"{text[:1].upper()}{text[1:]}."


def _numbers(goals: list[int], ctx: Context) -> str:
    """Goals by number: "16, 5 and 9"."""
    *first, last = [ctx.number(goal) for goal in goals]
    return ctx.t("{first} and {last}").format(first=", ".join(first), last=last) if first else last


def title(table: pd.DataFrame, ctx: Context) -> str:
    """How many of the linked targets an official indicator measures."""
    targets = table.explode("targets").dropna(subset=["targets"])
    if targets.empty:
        return ctx.t("No KPI of this catalogue is linked to a goal")
    measured = targets.loc[targets["evidence"] == "measured", "targets"].nunique()
    template = ctx.t("{k} of {n} linked targets are measured by an official SDG indicator")
    return template.format(k=ctx.number(measured), n=ctx.number(targets["targets"].nunique()))

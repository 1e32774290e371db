"""The plan in sentences: the answer, how ambitious it is."""

from __future__ import annotations

from dashboard.charts import stage_words
from dashboard.charts.context import Context
from kpis.plan import Outlook

ALL = "all"
NAMED = 4  # countries of a precedent that stand in the sentence


def goal(found: Outlook, labels: dict[str, str], ctx: Context) -> str:
    """The goal, to stand after a colon or in a sentence."""
    one = found.goal
    if one.kind == "stage":
        stage = stage_words.names(ctx)[int(one.value)]
        if one.dimension == ALL:
            return ctx.t("{stage} stage in all dimensions").format(stage=stage)
        dimension = stage_words.inside(labels[one.dimension])
        return ctx.t("{stage} stage in {dimension}").format(stage=stage, dimension=dimension)
    if one.kind == "egdi":
        return ctx.t("EGDI of {value}").format(value=ctx.number(one.value, 2))
    return ctx.t("rank {value} in EGDI").format(value=ctx.number(one.value))


def headline(name: str, found: Outlook, labels: dict[str, str], ctx: Context) -> str:
    """The answer: met, impossible, or how many gates by when."""
    words = {"name": name, "goal": goal(found, labels, ctx), "by": found.by}
    if found.reached:
        return ctx.t("{name}: {goal}: already met").format(**words)
    if not found.possible:
        return ctx.t("{name}: {goal}: cannot be met by {by}, not even at every limit").format(**words)
    n = len(found.needed)
    if n == 0:
        return ctx.t("{name}: {goal}: too few figures to say what is missing").format(**words)
    if found.goal.kind != "stage":
        said = ctx.t("{name}: {goal} by {by} takes {rise} more EGDI")
        rise = ctx.number(float(found.needed["change"].iloc[0]), 3, sign=True)
        return said.format(**words, rise=rise)
    gates = ctx.ngettext("{name}: 1 gate to the {goal} by {by}", "{name}: {n} gates to the {goal} by {by}", n)
    return gates.format(**words, n=ctx.number(n))


def ambition(found: Outlook, names: dict[str, str], areas: dict[str, str], ctx: Context) -> str:
    """How often it was done from here: the hardest gate, and who did it; empty where nothing is known."""
    hardest = found.hardest
    if hardest is None:
        return ctx.t("How often this was done from here is not known.") if len(found.needed) else ""
    words = {
        "kpi": names[hardest["kpi"]],
        "n": ctx.number(hardest["n_stood"]),
        "k": ctx.number(hardest["n_did"]),
    }
    if not hardest["n_did"]:
        said = ctx.t("Never seen: {kpi}. None of {n} countries that stood there did it in that time.")
        return said.format(**words)
    who = ", ".join(areas.get(one, one) for one in hardest["who"][:NAMED])
    said = ctx.ngettext(
        "Hardest, as far as known: {kpi}. 1 of {n} countries that stood there did it in that time ({who}).",
        "Hardest, as far as known: {kpi}. {k} of {n} countries that stood there did it in that time ({who}).",
        hardest["n_did"],
    )
    who += " …" if hardest["n_did"] > NAMED else ""
    return said.format(**words, who=who)


def silent(found: Outlook, labels: dict[str, str], names: dict[str, str], ctx: Context) -> str:
    """What has no figures and therefore is not in the plan; empty where nothing is missing."""
    rows = found.dimensions
    blank = [] if rows.empty else rows.loc[rows["status"] == "not_assessed", "dimension"].tolist()
    gates = found.targets.loc[found.targets["status"] == "no_data", "kpi"].drop_duplicates().tolist()
    said = []
    if blank:
        listed = stage_words.listed(blank, labels)
        said.append(ctx.t("Not assessed, so not planned: {dimensions}.").format(dimensions=listed))
    if gates:
        listed = ", ".join(names[one] for one in gates)
        said.append(ctx.t("Gates without figures, not counted: {kpis}.").format(kpis=listed))
    return " ".join(said)

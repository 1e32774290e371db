"""The plan in sentences: the answer, how ambitious it is."""

from __future__ import annotations

from dashboard.charts import stage_words
from dashboard.charts.context import Context
from kpis.plan import Outlook

ALL = "all"
NAMED = 4  # countries of a precedent that stand in the sentence


def goal_phrase(outlook: Outlook, labels: dict[str, str], ctx: Context) -> str:
    """The goal, to stand after a colon or in a sentence."""
    goal = outlook.goal
    if goal.kind == "stage":
        stage = stage_words.names(ctx)[int(goal.value)]
        if goal.dimension == ALL:
            return ctx.t("{stage} stage in all dimensions").format(stage=stage)
        dimension = stage_words.inside(labels[goal.dimension])
        return ctx.t("{stage} stage in {dimension}").format(stage=stage, dimension=dimension)
    if goal.kind == "egdi":
        return ctx.t("EGDI of {value}").format(value=ctx.number(goal.value, 2))
    return ctx.t("rank {value} in EGDI").format(value=ctx.number(goal.value))


def headline(name: str, outlook: Outlook, labels: dict[str, str], ctx: Context) -> str:
    """The answer: met, impossible, or how many gates by when."""
    words = {"name": name, "goal": goal_phrase(outlook, labels, ctx), "by": outlook.by}
    if outlook.reached:
        return ctx.t("{name}: {goal}: already met").format(**words)
    if not outlook.possible:
        return ctx.t("{name}: {goal}: cannot be met by {by}, not even at every limit").format(**words)
    n = len(outlook.needed)
    if n == 0:
        return ctx.t("{name}: {goal}: too few figures to say what is missing").format(**words)
    if outlook.goal.kind != "stage":
        template = ctx.t("{name}: {goal} by {by} takes {rise} more EGDI")
        if outlook.goal.kind == "rank":
            template = ctx.t("{name}: {goal} by {by} takes {rise} more EGDI, at the values of {year}")
        rise = ctx.number(float(outlook.needed["change"].iloc[0]), 3, sign=True)
        return template.format(**words, rise=rise, year=outlook.year)
    gates = ctx.ngettext("{name}: 1 gate to the {goal} by {by}", "{name}: {n} gates to the {goal} by {by}", n)
    return gates.format(**words, n=ctx.number(n))


def ambition(outlook: Outlook, names: dict[str, str], areas: dict[str, str], ctx: Context) -> str:
    """How often it was done from here: the hardest gate, and who did it; empty where nothing is known."""
    hardest = outlook.hardest
    if hardest is None:
        return ctx.t("How often this was done from here is not known.") if len(outlook.needed) else ""
    n_did = int(hardest["n_did"])
    who = ", ".join(areas.get(code, code) for code in hardest["who"][:NAMED])
    template = _ambition_template(n_did, ctx)
    if hardest["kpi"] == "EGDI" and n_did:
        template = _of_egdi(outlook.goal.kind, ctx)
    return template.format(
        kpi=names[hardest["kpi"]],
        n=ctx.number(hardest["n_stood"]),
        k=ctx.number(n_did),
        who=f"{who} …" if n_did > NAMED else who,
    )


def _ambition_template(n_did: int, ctx: Context) -> str:
    if n_did == 0:
        return ctx.t("Never seen: {kpi}. None of {n} countries that stood there did it in that time.")
    return ctx.ngettext(
        "Hardest, as far as known: {kpi}. 1 of {n} countries that stood there did it in that time ({who}).",
        "Hardest, as far as known: {kpi}. {k} of {n} countries that stood there did it in that time ({who}).",
        n_did,
    )


def _of_egdi(kind: str, ctx: Context) -> str:
    """A goal that is EGDI itself: who rose as much, which for a rank is not all that it takes."""
    if kind == "rank":
        return ctx.t(
            "Countries that stood there and raised their EGDI as much in that time: {k} of {n} ({who}). The "
            "rank depends on the others too."
        )
    return ctx.t("Countries that stood there and raised their EGDI as much in that time: {k} of {n} ({who}).")


def silent(outlook: Outlook, labels: dict[str, str], names: dict[str, str], ctx: Context) -> str:
    """Dimensions and gates without figures, which the plan leaves out; empty where there are none."""
    rows = outlook.dimensions
    blank = [] if rows.empty else rows.loc[rows["status"] == "not_assessed", "dimension"].tolist()
    gates = outlook.targets.loc[outlook.targets["status"] == "no_data", "kpi"].drop_duplicates().tolist()
    sentences = []
    if blank:
        template = ctx.t("Not assessed, so not planned: {dimensions}.")
        sentences.append(template.format(dimensions=stage_words.dimension_names(blank, labels)))
    if gates:
        template = ctx.t("Gates without figures, not counted: {kpis}.")
        sentences.append(template.format(kpis=", ".join(names[kpi_id] for kpi_id in gates)))
    return " ".join(sentences)

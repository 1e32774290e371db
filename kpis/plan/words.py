# ruff: noqa: E501
"""The texts of a written plan, and numbers as a language writes them."""

from __future__ import annotations

from kpis.texts import mark

TITLE = mark("{area}: plan to {goal} by {by}")
GOAL_STAGE = mark("the {stage} stage in {dimension}")
ALL = mark("all dimensions")
GOAL_EGDI = mark("an EGDI of {value}")
GOAL_RANK = mark("rank {value} in EGDI")
MET = mark(
    "The goal is already met with the figures of {year}. What remains is to keep it: stages are computed anew every year."
)
IMPOSSIBLE = mark(
    "The goal cannot be met: even with every component at its limit, EGDI would be {egdi} and the rank {rank}."
)
NEEDS = mark(
    "KPIs to bring to their target: {n}. At the pace of the past five years, in time: {own}; at the pace of the best quarter of the peers: {peers}; without a known pace: {unknown}."
)
PROBABLY = mark("Probably reached already, but no figure shows it: {kpis}.")
MISSING_FIGURE = mark("{kpi} (the figure of {year} is missing)")
HARDEST = mark("Hardest, as far as known: {kpi}. Of {n} countries that stood there, {k} did it in that time.")
NEVER = mark(
    "Without precedent: of the countries that stood there, none passed these gates in that time: {kpis}."
)
UNASSESSED = mark("Not assessed for lack of figures, so not in this plan: {dimensions}.")
NODATA = mark("Gates without figures, not counted and not assumed: {kpis}.")
LEVERS = mark("Levers")
LEVERS_LEAD = mark(
    "Components of EGDI that this plan moves to values of its own; the forecast below takes these in place of the targets."
)
HEAD_LEVERS = mark("Component|Dimension|Published|Year and age|By {by}|Change")
TARGETS = mark("Targets")
HEAD_TARGETS = mark(
    "KPI|Dimension|Baseline|Year and age|Target|Change|A year|Past pace arrives|Best quarter arrives|Did it in that time"
)
MILESTONES = mark("Milestones")
HEAD_MILESTONES = mark("KPI|Dimension|{years}|Next publication")
MILESTONE_YEARS = mark(
    "One value a year on the straight line from the baseline; {n} of {all} years are shown, all of them in the table (CSV)."
)
OWN_TARGETS = mark("Own targets")
HEAD_OWN_TARGETS = mark("KPI|Year|Own target")
REVIEW = mark("Review of {day}")
HEAD_REVIEW = mark("KPI|Year|Planned|Actual|Status")
VERDICTS = {
    "reached": mark("reached"),
    "on_track": mark("on the planned line"),
    "behind": mark("behind the planned line"),
    "no_figure": mark("due, no new figure"),
    "not_due": mark("not due yet"),
    "other_series": mark("another series now, not compared"),
}
"""How a KPI stands beside its plan, by its code in a review."""
OWN_VERDICT = mark("{verdict} (own target)")
MISSED = mark("missed")
STEPS = mark("Increments")
ENTRY = mark("Entry condition: {dimension} at the {stage} stage.")
EXIT = mark("Exit: {kpis}.")
EXIT_NONE = mark("Exit: nothing left to pass at this step; the target comes with the next one.")
OWNER = mark("Owner: {owner}")
DUE = mark("Due: {day}")
BUDGET = mark("Budget: {budget}")
STATUS = mark("Status: {status}")
STEP_STATUSES = {
    "planned": mark("planned"),
    "under_way": mark("under way"),
    "done": mark("done"),
    "stopped": mark("stopped"),
}
"""How far a step has come, by its code in a plan."""
REMIND_STEP = mark("{area}, {dimension}: step to {stage} is due")
REMIND_RELEASE = mark("New figures expected this month: {what}")
REMIND_MONTH = mark("Expected {certainty}; the day is not announced. KPIs of the plan: {kpis}.")
NO_OWNER = mark("not named yet")
ACTIONS_KPI = mark("Actions for {kpi}")
ACTIONS_OTHER_STEP = mark("Actions for {kpi} (from another step: this one has none)")
ACTIONS_GENERAL = mark("General actions of this step, which serve the dimension and no single KPI")
CASES_EXAMPLE = mark("Cases that did one of these actions")
CASES_DIMENSION = mark("Cases in this dimension")
UNVERIFIED = mark("not verified")
NOTE = mark("Note")
MOBILE = mark("Mobile first")
MOBILE_LEAD = mark("People who only have a basic phone come first.")
NO_VALUE = mark("no usable figure")
NO_CASE = mark("no case held")
NEXT_BAR = mark("next bar {bar}")
AT_TOP = mark("all bars passed")
FORECAST = mark("Forecast")
FORECAST_WITHOUT = mark(
    "If nothing new happens: rank {p50} in {year}; 8 of 10 such forecasts ended within their band, here {p10} to {p90}."
)
FORECAST_WITH = mark("With this plan, if done by {done}: rank {middle}, within a band from {p10} to {p90}.")
FORECAST_CHANCE = mark("Chance of the goal in {year}: {usual} in 100; with the plan {plan} in 100.")
FORECAST_SAME = mark("The plan changes no part of EGDI that an edition up to {year} shows.")
FORECAST_LIMITS = mark(
    "Keeping today’s rank as a guess is almost as good, and what a plan adds cannot be tested on the past."
)
LESSONS = mark("Lessons for LDCs and SIDS that apply")
SEQUENCE = mark("How each increment runs")
METHOD = mark(
    "Method: incremental methodology of the Centre, second edition, B.2 to B.4. Gaps and paces are counted from the year of each figure, on a straight line; ages are counted to {year}. An EGDI is relative: others move too. Precedents are no forecast, and durations are planning assumptions."
)
FIGURES = mark("Figures: Escala, data version {version}, {year}.")
NEVER_ARRIVES = mark("never")
PROBABLY_REACHED = mark("probably reached already; the figure of {year} is missing")
STEPWISE = mark("an answer, no pace")
AGE_OLD = mark("{year}, {age} years old: old")
NOT_ANNOUNCED = mark("date not announced")
MISSING_EDITION = mark("edition of {year} published, not held here; then {then}")
EXIT_GATE = mark("{kpi} {sign} {bar} (now {value}; {age})")
AFTER = mark("after {year}")
UNKNOWN = mark("not known")
OF = mark("{k} of {n}")
LEADS = {
    "coverage": mark("Coverage"),
    "ownership": mark("Phones of women"),
    "accounts": mark("Accounts (bank or mobile money)"),
    "services": mark("Services by USSD and SMS"),
    "assisted": mark("Assisted access"),
}
"""What a mobile-first plan begins with."""
RHYTHMS = {
    "stated_rhythm": mark("by the publisher’s stated rhythm"),
    "observed_rhythm": mark("by the rhythm observed"),
}
"""How certain the year of the next publication is."""
SEQUENCE_STEPS = (
    (mark("Baseline (0–3 months)"), mark("Compute the profile; publish gaps as gaps.")),
    (
        mark("One bottleneck, two services"),
        mark("Prefer high-volume services for people in poverty; test the gap between design and reality."),
    ),
    (
        mark("First increment (3–9 months)"),
        mark("Ship on channels people already use; simplify before digitising."),
    ),
    (mark("Measure"), mark("Use, completion, time and cost for the user, satisfaction, by sex and place.")),
    (
        mark("Decide"),
        mark("Scale, adapt or stop. A stopped pilot with a published lesson counts as a result."),
    ),
    (
        mark("Institutionalise (9–24 months)"),
        mark("Law, budget line, operations team; then the next bottleneck."),
    ),
)
"""How each increment runs: heading and text of each step."""


def number(value: float | None, digits: int, lang: str, *, sign: bool = False) -> str:
    """A number as the language writes it, with a true minus; a dash where it is missing."""
    if value is None or value != value:
        return "–"
    text = f"{value:+,.{digits}f}" if sign else f"{value:,.{digits}f}"
    text = text.replace("-", "−")
    return text.translate(str.maketrans(",.", ".,")) if lang == "es" else text

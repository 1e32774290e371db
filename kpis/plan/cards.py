"""Cards of the planner's rules."""

from __future__ import annotations

from kpis.cards import MethodCard

METHODS: list[MethodCard] = [
    MethodCard(
        "cheapest_gates",
        "Cheapest gates of a plan",
        "Of the KPIs below the bar of the stage aimed at, as many as two thirds of the KPIs with data still "
        "ask for, nearest to their bar first (distance of B.3, step 4). KPIs without data do not count.",
        "Methodology of the Centre, B.3; working rule on its distances",
        "exact",
        "working",
    ),
    MethodCard(
        "paces",
        "Paces of a plan",
        "Past: (latest − earliest value of the five years before it) / years between. Best quarter: upper "
        "quartile of the same pace over eight peers, at least four with one. Required: (target − value) / "
        "(goal year − year of the value). Arrival: year of the value + gap / pace, rounded up; before the "
        "year of reading the bar is probably reached and the figure of that year is missing. Coded answers "
        "and counts have no pace.",
        "Working rule: straight lines, since most gates are bounded",
        "1e-9 years",
        "working",
    ),
    MethodCard(
        "milestones",
        "Milestones of a plan",
        "Baseline + (year − baseline year) / (goal year − baseline year) · (target − baseline), one for each "
        "year after that of reading; coded answers and counts are cut to the whole number.",
        "Working rule: the same straight lines",
        "1e-9",
        "working",
    ),
    MethodCard(
        "plan_precedents",
        "Precedents of a plan",
        "Countries that stood within a quarter of a step of the value, at least as many years before their "
        "last value as the plan has; each starts once, where it stood nearest. Made it: reached the bar "
        "within those years. A dimension counts a rise only on KPIs with data at both ends.",
        "Working rule",
        "exact",
        "working",
    ),
]

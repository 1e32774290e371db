"""What must be said beside a band, once for the command and the pages, which translate it."""

from __future__ import annotations

from kpis.texts import mark

WITHIN = mark("8 of 10 such forecasts ended within their band.")
AS_TODAY = mark("Keeping today’s rank as a guess is almost as good.")
NOT_FORESEEN = mark("Nobody foresees jumps of a country or a changed method of the survey.")
WITHOUT_TECHNOLOGY = mark(
    "Internet use and mobile subscriptions are not held: the forecast does without them."
)
TOO_FEW = mark("This warehouse holds too few editions of the UN indices for a forecast.")
NO_FORECAST = mark("No forecast for {area}: {missing} of {year} is not published.")
TOO_OLD = mark(
    "No forecast: the last value, of {last}, lies more than {furthest} years before {year}, further "
    "ahead than was ever tried."
)
WHY_NOT = {
    "not_a_share": mark("No forecast: only shares from 0 to 100% were tried."),
    "too_far": mark(
        "No forecast: every country’s last value lies more than {furthest} years before {year}, further "
        "ahead than was ever tried."
    ),
    "few_cases": mark(
        "No forecast: {cases} past cases of {ahead} years ahead are too few to prove one; {fewest} are asked."
    ),
    "no_case": mark("No forecast: the figures do not reach far enough back to try one of {ahead} years."),
    "band_too_narrow": mark("No forecast: on {cases} past cases its band of 80% held {within}%, too few."),
    "band_too_wide": mark("No forecast: on {cases} past cases its band of 80% held {within}%, too many."),
    "worse_than_fan": mark("No forecast: on {cases} past cases it was worse than the grey fan."),
}


def why_not(reason: str, cases: int) -> str:
    """Why a KPI is not forecast, as a text with places for figures. reason, cases: of `forecast_gate`."""
    return WHY_NOT["no_case" if reason == "few_cases" and not cases else reason]

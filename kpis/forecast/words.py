"""What must be said beside a band, once for the command and the pages, which translate it."""

from kpis.texts import mark

WITHIN = mark("8 of 10 such forecasts ended within their band.")
AS_TODAY = mark("Keeping today’s rank as a guess is almost as good.")
NOT_FORESEEN = mark("Nobody foresees jumps of a country or a changed method of the survey.")
WITHOUT_TECHNOLOGY = mark(
    "Internet use and mobile subscriptions are not held: the forecast does without them."
)
NO_FORECAST = mark("No forecast for {area}: {missing} of {year} is not published.")

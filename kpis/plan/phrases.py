"""The words beside a figure of a plan: its age, when it arrives, when the next one is due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kpis.freshness import is_old
from kpis.plan import words
from kpis.plan.document import Reviewed
from kpis.plan.paces import NEVER, PROBABLY, STEPWISE
from kpis.sources.calendar import Release
from kpis.texts import say, say_number

LAST_YEAR = 2100  # later years of arrival are no finding


def age(year: int, limit: int, as_of: int, lang: str) -> str:
    """The year of a figure with its age, "2019, 7 years old: old"; the tag beyond the KPI's limit."""
    years = as_of - year
    if years < 1:
        return str(year)
    if years > 1 and is_old(year, limit, as_of):
        return say(words.AGE_OLD, lang, year=year, age=years)
    return say_number("{year}, {n} year old", "{year}, {n} years old", years, lang, year=year)


def arrives(row: Mapping[Any, Any], lane: str, lang: str) -> str:
    """When a pace arrives: a year from today on, or why there is none.

    row: of `Outlook.targets`, or empty where today's outlook has no such target; lane: own or peers.
    """
    state, year = row.get(f"state_{lane}"), row.get(f"arrives_{lane}")
    if state == PROBABLY:
        return say(words.PROBABLY_REACHED, lang, year=int(row[f"missing_{lane}"]))
    if state in (NEVER, STEPWISE):
        return say(words.NEVER_ARRIVES if state == NEVER else words.STEPWISE, lang)
    if year is None or pd.isna(year):
        return say(words.UNKNOWN, lang)
    return str(int(year)) if int(year) <= LAST_YEAR else say(words.AFTER, lang, year=LAST_YEAR)


def did(row: Mapping[Any, Any], lang: str) -> str:
    """ "3 of 8" countries did it in that time; "not known" where none was there long enough ago."""
    n = row.get("n_stood") or 0
    return say(words.OF, lang, k=row["n_did"], n=n) if n else say(words.UNKNOWN, lang)


def publication(release: Release, lang: str) -> str:
    """The next publication: "2027, by the rhythm observed", or that its date is not announced."""
    then = say(words.NOT_ANNOUNCED, lang)
    if release.year is not None:
        when = str(release.year) if release.month is None else f"{release.year}-{release.month:02}"
        then = f"{when}, {say(words.RHYTHMS[release.certainty], lang)}"
    if release.not_held is None:
        return then
    return say(words.MISSING_EDITION, lang, year=release.not_held, then=then)


def verdict(row: Reviewed, lang: str) -> str:
    """How a KPI stands beside its plan; of a target of the plan's owner that it is one."""
    if not row.own:
        return say(words.VERDICTS[row.status], lang)
    own = words.MISSED if row.status == "behind" else words.VERDICTS[row.status]
    return say(words.OWN_VERDICT, lang, verdict=say(own, lang))

"""Reminders of a plan as a calendar file (iCalendar, RFC 5545): days of steps, months of new figures.

A step has an entry where somebody wrote the day by which it is done; a source where its calendar names year
and month of the next publication. What has no announced date has no entry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kpis.plan import words
from kpis.plan.document import Plan
from kpis.plan.faults import PlanError
from kpis.plan.steps import ways_up
from kpis.plan.writing import Names, goal_text
from kpis.sources.calendar import calendar
from kpis.stages import STAGES
from kpis.tables import Tables
from kpis.texts import say
from kpis.warehouse.current import DEFAULT, with_store

MOST_OCTETS = 75  # of a line, without its end
ENDED = ("done", "stopped")  # steps of which nobody need be reminded
MEASURED = ("stated_rhythm", "observed_rhythm")
ALARM = "-P7D"  # a week before the day


@dataclass(frozen=True)
class Reminder:
    """A day and what is due. uid: the same at every export: a calendar replaces it and has it once.

    until: the first day after it, of what is expected within a month; None for a single day.
    """

    uid: str
    day: date
    title: str
    text: str = ""
    url: str = ""
    until: date | None = None


@with_store
def reminders(
    plan: Plan, lang: str = "en", *, today: date | None = None, store: Tables = DEFAULT
) -> list[Reminder]:
    """The reminders of a plan by day: steps that are not done, and publications from this month on.

    today: default the day of the call. Empty where no day is written and none announced.
    """
    day, names = today or date.today(), Names(store, lang)
    return sorted([*_steps(plan, names), *_releases(plan, names, day)], key=lambda one: (one.day, one.uid))


@with_store
def ics(
    plan: Plan,
    lang: str = "en",
    *,
    today: date | None = None,
    now: datetime | None = None,
    store: Tables = DEFAULT,
) -> str:
    """The reminders as the text of an .ics file. now: the moment it was made; default that of the call.

    Raises PlanError for a plan without any: a calendar without entries is none.
    """
    names = Names(store, lang)
    entries = reminders(plan, lang, today=today, store=store)
    if not entries:
        raise PlanError("no_reminder")
    title = say(words.TITLE, lang, area=names.area(plan.area), goal=goal_text(plan, names), by=plan.by)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Escala//Plan//" + lang.upper(),
        "CALSCALE:GREGORIAN",
    ]
    lines.append(f"X-WR-CALNAME:{escaped(title)}")
    stamp = f"{now or datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    for reminder in entries:
        lines += _event(reminder, stamp)
    return "".join(f"{line}\r\n" for line in map(folded, [*lines, "END:VCALENDAR"]))


def escaped(text: str) -> str:
    """A text as a value: backslash, semicolon, comma and line break escaped, other controls left out.

    >>> escaped("a;b, c\\nd")
    'a\\\\;b\\\\, c\\\\nd'
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(sign for sign in plain if sign == "\n" or sign.isprintable())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """A line cut after 75 octets at most, further parts behind a line end and a blank; no letter is cut."""
    parts, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > MOST_OCTETS:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += octets
    return "\r\n".join(parts)


def _event(reminder: Reminder, stamp: str) -> list[str]:
    """Whole days, which leave their person free, with an alarm a week before."""
    title = escaped(reminder.title)
    return [
        "BEGIN:VEVENT",
        f"UID:{reminder.uid}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{reminder.day:%Y%m%d}",
        *([f"DTEND;VALUE=DATE:{reminder.until:%Y%m%d}"] if reminder.until else []),
        f"SUMMARY:{title}",
        *([f"DESCRIPTION:{escaped(reminder.text)}"] if reminder.text else []),
        *([f"URL:{reminder.url}"] if reminder.url else []),
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{title}",
        f"TRIGGER:{ALARM}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _steps(plan: Plan, names: Names) -> Iterator[Reminder]:
    lang = names.lang
    for dimension, to in ways_up(plan):
        step = f"{dimension}.{STAGES[to]}"
        if step not in plan.dues or plan.statuses.get(step) in ENDED:
            continue
        title = say(
            words.REMIND_STEP,
            lang,
            area=names.area(plan.area),
            dimension=names.dimension(dimension),
            stage=say(STAGES[to], lang),
        )
        yield Reminder(
            _uid("step", plan.area, plan.kind, f"{plan.value:g}", plan.dimension, str(plan.by), step),
            date.fromisoformat(plan.dues[step]),
            title,
            "\n".join(_said(plan, step, lang)),
        )


def _said(plan: Plan, step: str, lang: str) -> Iterator[str]:
    """What was written of a step."""
    if step in plan.owners:
        yield say(words.OWNER, lang, owner=plan.owners[step])
    if step in plan.budgets:
        yield say(words.BUDGET, lang, budget=plan.budgets[step])
    if step in plan.statuses:
        yield say(words.STATUS, lang, status=say(words.STEP_STATUSES[plan.statuses[step]], lang))
    if step in plan.notes:
        yield f"{say(words.NOTE, lang)}: {plan.notes[step]}"


def _releases(plan: Plan, names: Names, today: date) -> Iterator[Reminder]:
    """The month in which a source of the plan's KPIs is expected to publish."""
    kpis_of = _kpis_by_source(plan, names)
    for row in calendar(names.lang):
        dated = row["next_year"] and row["next_month"] and row["certainty"] in MEASURED
        if row["source"] not in kpis_of or not dated:
            continue
        day = date(int(row["next_year"]), int(row["next_month"]), 1)
        if day < today.replace(day=1):
            continue
        listed = ", ".join(names.kpi(kpi) for kpi in kpis_of[row["source"]])
        certainty = say(words.RHYTHMS[row["certainty"]], names.lang)
        yield Reminder(
            _uid("release", row["source"], f"{day:%Y-%m}"),
            day,
            say(words.REMIND_RELEASE, names.lang, what=row["what"]),
            say(words.REMIND_MONTH, names.lang, certainty=certainty, kpis=listed),
            row["source_url"],
            (day + timedelta(days=31)).replace(day=1),
        )


def _kpis_by_source(plan: Plan, names: Names) -> dict[str, list[str]]:
    """The KPIs that the plan moves, by their source."""
    source_of = names.store.query("select kpi, source from kpi").set_index("kpi")["source"]
    by_source: dict[str, list[str]] = {}
    for kpi in dict.fromkeys(row.kpi for row in (*plan.targets, *plan.levers)):
        if kpi in source_of.index:
            by_source.setdefault(str(source_of[kpi]), []).append(kpi)
    return by_source


def _uid(*parts: str) -> str:
    """An id that follows from what the reminder is about, and from nothing else."""
    return f"{hashlib.sha256('/'.join(parts).encode()).hexdigest()[:32]}@escala"

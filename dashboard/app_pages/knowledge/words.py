"""Codes of the workflow in the reader's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from markupsafe import Markup

from dashboard.components import language
from dashboard.components.knowledge import reads
from dashboard.components.knowledge import words as of_cases
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from dashboard.texts import mark
from kpis.stages import STAGES
from kpis.workspace import Role
from kpis.workspace.faults import ROLE_NAMES
from kpis.workspace.knowledge.agenda import Task
from kpis.workspace.knowledge.faults import STATE_NAMES
from kpis.workspace.knowledge.rules import Decision, Freshness, Outcome, State

FIELDS = {
    "case_id": mark("Id"),
    "name": mark("Name"),
    "country_iso3": mark("Country"),
    "level": mark("Level"),
    "institution": mark("Institution"),
    "start_year": mark("First year of operation"),
    "status": mark("Status"),
    "summary": mark("Summary"),
    "channel": mark("Channel"),
    "theme": mark("Theme"),
    "innovation_type": mark("Kind"),
    "maturity_stage": mark("Stage"),
    "sdg_targets": mark("SDG targets"),
    "recognition": mark("Recognition"),
    "source_title": mark("Title of the source"),
    "source_url": mark("Address of the source"),
    "verified": mark("Source read"),
}
TASKS = {
    Task.LOOK: mark("look at a newer version from its centre"),
    Task.CAPTURE: mark("capture (complete the record)"),
    Task.SOURCE: mark("name the source"),
    Task.ASSESS: mark("assess"),
    Task.CLASSIFY: mark("classify"),
    Task.PUBLISH: mark("publish"),
    Task.DECIDE: mark("decide (improve, or retire)"),
    Task.REVIEW: mark("review (confirm, correct or retire)"),
}
OUTCOMES = {
    Outcome.NO_SOURCE: mark("No score: it names no source"),
    Outcome.WAITING: mark("Two assessments are needed"),
    Outcome.THIRD: mark("A third assessment is needed"),
    Outcome.NOT_IMPLEMENTED: mark("No score: not implemented"),
    Outcome.BELOW: mark("Below the bar for publication"),
    Outcome.PUBLISH: mark("May be published"),
    Outcome.RECOMMEND: mark("May be published, and is recommended for transfer"),
}
FRESHNESS = {
    Freshness.CONFIRMED: mark("confirmed"),
    Freshness.DUE: mark("review due"),
    Freshness.UNKNOWN: mark("status unknown"),
}
ACTIONS = {
    ("case", "propose"): mark("proposed"),
    ("case", "capture"): mark("captured"),
    ("case", "edit"): mark("changed"),
    ("case", "classify"): mark("classified"),
    ("case", "receive"): mark("newer version of its centre"),
    ("case", "publish"): mark("published"),
    ("case", "confirm"): mark("confirmed"),
    ("case", "correct"): mark("corrected"),
    ("case", "retire"): mark("retired"),
    ("case", "reopen"): mark("opened again"),
    ("assessment", "assess"): mark("assessed"),
    ("assessment", "revise"): mark("assessment changed"),
    ("transfer", "note"): mark("transfer noted"),
}
YES, NO = mark("yes"), mark("no")


def field(name: str) -> str:
    """The label of a field."""
    return _(FIELDS[name])


def state(code: State) -> str:
    """A state in words."""
    return _(STATE_NAMES[code])


def role(code: Role) -> str:
    """A role in words."""
    return _(ROLE_NAMES[code])


def value(reader: Reader, name: str, code: str) -> str:
    """The text of a field in words: codes of lists by their names, several with commas."""
    if name in ("channel", "sdg_targets"):
        return ", ".join(_one(reader, name, part) for part in code.split(";") if part)
    return _one(reader, name, code)


def _one(reader: Reader, name: str, code: str) -> str:
    """One code in words; what is no code of its list stands as it is."""
    names: dict[str, str] = {}
    if name in ("theme", "innovation_type"):
        kind = "case" if name == "theme" else "type"
        names = {str(key): str(text) for key, text in reads.themes(reader.lang, kind)["name"].items()}
    elif name == "country_iso3":
        return of_cases.area(reader, code)
    elif name == "maturity_stage":
        return of_cases.stage(code) if code in STAGES else code
    elif name in _LISTS:
        return _(_LISTS[name].get(code, code)) if code else ""
    return names.get(code, code)


_LISTS = {
    "channel": of_cases.CHANNELS,
    "level": of_cases.LEVELS,
    "status": of_cases.STATUS,
    "verified": {"true": YES, "false": NO},
}


def score(reader: Reader, decision: Decision) -> str:
    """The score with one decimal; empty without one."""
    return "" if decision.score is None else reader.ctx.number(float(decision.score), 1)


def day(reader: Reader, date: dt.date) -> str:
    """A date as the language writes it."""
    return language.day_in(date, reader.lang)


def section(title: str) -> Markup:
    """The heading of a section."""
    return Markup('<h2 class="e-section">{}</h2>').format(title)


def note(text: str) -> Markup:
    """A line that says why something is not offered."""
    return Markup('<p class="e-note" role="note">{}</p>').format(text)


def kept_draft(at: dt.datetime) -> Markup:
    """Below a form: since when what was typed is kept."""
    kept = _("Your draft of {at} is kept here until you hand it in; nobody else sees it.")
    return note(kept.format(at=language.minute(at)))


def not_offered(has: Role | None, needs: Role, what: str) -> Markup:
    """Why a step is not offered: the role that it needs, and the one that the person has."""
    return note(
        _("{what}: needs the role {needs}; yours is {has}.").format(
            what=what, needs=role(needs), has=role(has) if has else _("none")
        )
    )


Number = Callable[..., str]
"""Writes a number with so many decimals in the reader's language."""

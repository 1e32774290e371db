"""What can be wrong with a plan's file or link."""

from __future__ import annotations

from kpis.errors import RequestError
from kpis.messages import Message, TranslatedError, message
from kpis.texts import Text, mark

LONGEST_VALUE = 60  # characters of the file that a message repeats
PROBLEMS = {
    "too_large": mark("The plan is larger than {limit} KB. Load a plan saved here, or shorten its notes."),
    "no_text": mark("The plan is not text in UTF-8. Load a .json file saved here."),
    "no_plan": mark("This is no plan: {reason}. Load a .json file or a link saved here."),
    "no_link": mark("The link does not hold a plan that can be read ({reason}). Copy it again, whole."),
    "link_long": mark(
        "The plan is too long for a link ({size} characters, at most {limit}). "
        "Shorten its notes or save it as a file."
    ),
    "no_core": mark(
        "The plan lacks {name}, or its value cannot be: {value}. A plan needs country, goal and year."
    ),
    "no_reminder": mark(
        "The plan has no date to remind of: no step has a day, and no source of its KPIs announces a month. "
        "Write the day of a step."
    ),
    "no_goal": mark("The goal {kind} {value} cannot be. {allowed}"),
    "cut": mark("The plan was cut short; what came before the cut is kept."),
    "older": mark("The plan comes from an older version; it was read as far as it is known."),
    "newer": mark("The plan comes from a newer version; what this version does not know was left out."),
    "key": mark("{name} is not known and was left out."),
    "keys": mark("Further keys that are not known and were left out: {n}."),
    "row": mark("{name}: rows that could not be read and were left out: {n}."),
    "text": mark("{name} was cut to {limit} characters."),
    "value": mark("{name} could not be read and was left out."),
    "closed": mark("{name} was left out: it rests on the edition of {year}, which is closed."),
}
"""What went wrong, by code."""

CORE_NAMES = {
    "area": Text("the country"),
    "kind": Text("the kind of goal"),
    "value": Text("the goal"),
    "by": Text("the year"),
}
GOAL_KINDS = {
    "stage": Text("stage"),
    "egdi": Text("EGDI"),
    "rank": Text("rank"),
}
POSSIBLE_GOALS = {
    "stage": mark("Give 1 (enhanced), 2 (transactional) or 3 (connected)."),
    "egdi": mark("Give a number above 0 and up to 1."),
    "rank": mark("Give a whole number from 1 to {most}."),
}


class PlanError(TranslatedError, RequestError):
    """A plan that cannot be read or written. code: key of `PROBLEMS`; details: of its message."""

    def __init__(self, code: str, **details: object) -> None:
        self.code, self.details = code, details
        problem = problem_message(code, **details)
        super().__init__(problem.text, **dict(problem.details))


def problem_message(code: str, **details: object) -> Message:
    """A problem as a message; values of the file are cut, so that a long one does not fill the screen."""
    values: dict[str, object] = {name: str(value)[:LONGEST_VALUE] for name, value in details.items()}
    if code == "no_goal":
        kind = str(details["kind"])
        possible = message(POSSIBLE_GOALS[kind], most=details["most"])
        values |= {"kind": GOAL_KINDS[kind], "allowed": possible}
    if code == "no_core":
        name = str(details["name"])
        values["name"] = CORE_NAMES.get(name, name)
    return message(PROBLEMS[code], **values)

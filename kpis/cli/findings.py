"""Findings of `kpis.composite` as messages that can be translated.

They come in English, already put together; here they are taken apart again into a template and its details.
"""

from __future__ import annotations

import re

from kpis.composite import Finding
from kpis.messages import Message, message
from kpis.texts import Text

_AREAS_NAMED = 5
_FRAME = "{step}: {code}: {problem}{areas}"
_STEPS = {
    "normalise": Text("normalise"),
    "aggregate": Text("aggregate"),
    "treat": Text("treat"),
}
_PROBLEMS = (
    Text("{problem}: {method} is undefined, the scores are missing"),
    Text("the {method} result is undefined and missing: {problem}"),
    Text("all values are equal"),
    Text("every value is missing"),
    Text("only one area has a value"),
    Text("the maximum is not above 0"),
    Text("lower is better and a value is not above 0"),
    Text("the reference is missing"),
    Text("the target is missing"),
    Text("the reference is not better than the worst value"),
    Text("the target is not better than the worst value"),
    Text("past the goalposts, cut"),
    Text("a child is 0 or negative"),
    Text("a child is negative, or 0 with a power of 0 or less"),
    Text("the mean is not above 0, or there is one child alone and n - 1 is 0"),
    Text("there is no other area to compare with"),
    Text("a child is negative, or every child is 0"),
    Text("transformed by {method}, its unit is gone; it still fails the rule"),
    Text("transformed by {method}, its unit is gone"),
    Text("still fails the rule"),
)
"""What the steps report; {problem} is itself one of these."""
_DETAILS = {"problem": "(?P<problem>.+)", "method": r"(?P<method>\S+)"}


def _pattern(template: str) -> re.Pattern[str]:
    pattern = re.escape(template)
    for name, group in _DETAILS.items():
        pattern = pattern.replace(rf"\{{{name}\}}", group)
    return re.compile(pattern)


_PATTERNS = {template: _pattern(template) for template in _PROBLEMS}


def problem_message(problem: str) -> Message | str:
    """The problem of a finding as a message; as it is where its template is not listed."""
    for template, pattern in _PATTERNS.items():
        if match := pattern.fullmatch(problem):
            details: dict[str, object] = dict(match.groupdict())
            if "problem" in details:
                details["problem"] = problem_message(match["problem"])
            return message(template, **details)
    return problem


def finding_message(finding: Finding) -> Message:
    """A finding as a message."""
    return message(
        _FRAME,
        step=_STEPS.get(finding.step, finding.step),
        code=finding.code,
        problem=problem_message(finding.problem),
        areas=_areas(finding.areas),
    )


def _areas(areas: tuple[str, ...]) -> Message | str:
    names, n_more = ", ".join(areas[:_AREAS_NAMED]), len(areas) - _AREAS_NAMED
    if n_more > 0:
        return message(" ({names} and {n} more)", names=names, n=n_more)
    return f" ({names})" if areas else ""

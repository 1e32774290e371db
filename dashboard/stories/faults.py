"""What can be wrong with a story's file or link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.texts import mark
from kpis.errors import RequestError

LONGEST_VALUE = 60  # characters of a file that a message repeats
PROBLEMS = {
    "too_large": mark("The story is larger than {limit} KB. Open a story saved here, or shorten its notes."),
    "no_text": mark("The story is not text in UTF-8. Open a .json file saved here."),
    "no_story": mark("This is no story: {reason}. Open a .json file or a link saved here."),
    "no_link": mark("The link does not hold a story that can be read ({reason}). Copy it again, whole."),
    "link_long": mark(
        "The story is too long for a link ({size} characters, at most {limit}). Save it as a file."
    ),
    "no_slides": mark("The story holds no slide that can be shown."),
    "newer": mark("The story comes from a newer version; what this version does not know was left out."),
    "key": mark("{place}: {name} is not known and was left out."),
    "value": mark("{place}: {name} could not be read and was left out."),
    "text": mark("{place}: {name} was cut to {limit} characters."),
    "view": mark("{place}: “{value}” is no view of this dashboard; the slide was left out."),
    "parameter": mark("{place}: the page {page} knows no {name}, which was left out of its address."),
    "slides": mark("A story holds at most {limit} slides; {n} more were left out."),
    "story": mark("There is no story {value}. Ready stories: {allowed}."),
}
"""What went wrong, by code."""
STORY = mark("story")
SLIDE = mark("slide {n}")


@dataclass(frozen=True)
class Problem:
    """What was left out or mended, or why nothing could be read. slide: its number, 0: the story."""

    code: str
    details: tuple[tuple[str, object], ...] = ()
    slide: int = 0

    def say(self, t: Callable[[str], str] = str) -> str:
        """The sentence in the language of `t`; values of the file are cut."""
        place = t(SLIDE).format(n=self.slide) if self.slide else t(STORY)
        values = {name: str(value)[:LONGEST_VALUE] for name, value in self.details}
        return t(PROBLEMS[self.code]).format(place=place[:1].upper() + place[1:], **values)


class StoryError(RequestError):
    """A story that cannot be read or written; its problem can be said in any language."""

    def __init__(self, code: str, **details: object) -> None:
        self.problem = Problem(code, tuple(details.items()))
        super().__init__(self.problem.say())

"""What a story is: a list of slides, each a view of one of our pages with words in two languages."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

from pydantic import BaseModel, ConfigDict, Field, field_validator

from dashboard.navigation import PAGES, SHARED
from dashboard.stories.facts import Fact

MOST_SLIDES = 60
TITLE, SENTENCE, NOTES, LABEL = 160, 400, 4000, 240  # characters of a text
ADDRESS = 2000  # characters of a view
# Parameters of a view, by page: its own, and the reader's country and scale of lines, which change what is
# seen. How a reader likes to read (language, numbers, look), a search and the stage are no part of a view.
KEPT = ("mine", "scale")
OF_A_PAGE = {page.path: frozenset((*page.parameters, *KEPT)) for page in PAGES if page.path != "present"}
CHART = "chart"  # the parameter that names one chart of the view
LEFT_OUT = frozenset(SHARED) - frozenset((*KEPT, CHART))
KEY = re.compile(r"[\w-]{0,60}")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class View(_Frozen):
    """A view: page, its choices in the order of the address, and the key of one chart ("": its first)."""

    page: str
    choices: tuple[tuple[str, str], ...] = ()
    chart: str = ""

    @field_validator("page")
    @classmethod
    def _ours(cls, page: str) -> str:
        if page not in OF_A_PAGE:
            raise ValueError(f"{page} is no page with views")
        return page

    @field_validator("chart")
    @classmethod
    def _plain(cls, chart: str) -> str:
        if not KEY.fullmatch(chart):
            raise ValueError("a key of a chart has letters, digits, - and _")
        return chart

    @property
    def values(self) -> dict[str, list[str]]:
        """The choices by parameter."""
        values: dict[str, list[str]] = {}
        for name, value in self.choices:
            values.setdefault(name, []).append(value)
        return values

    @property
    def address(self) -> str:
        """Page and choices, and the chart: what `read` understands.

        >>> read("stages?country=COL&chart=ladder")[0].address
        'stages?country=COL&chart=ladder'
        """
        return f"{self.page}?{urlencode([*self.choices, *self._one()])}".rstrip("?")

    @property
    def live(self) -> str:
        """Page and choices, as the page itself is opened."""
        return f"{self.page}?{urlencode(self.choices)}".rstrip("?")

    def _one(self) -> list[tuple[str, str]]:
        return [(CHART, self.chart)] if self.chart else []

    def of(self, area: str) -> View | None:
        """This view with another country in the place of its own; None of a page that shows no country."""
        name = PLACE.get(self.page)
        if name is None:
            return None
        others = [(key, value) for key, value in self.choices if key not in (name, "country")]
        kept = [value for key, value in self.choices if key == name][1:] if name == "area" else []
        chosen = [(name, value) for value in (area, *(code for code in kept if code != area))]
        return self.model_copy(update={"choices": (*chosen, *others)})


# By page: the parameter that says which country it shows.
PLACE = {
    "world": "mine",
    "compare": "area",
    "explore": "area",
    **dict.fromkeys(
        (page.path for page in PAGES if "country" in page.parameters and page.path != "compare"), "country"
    ),
}
PLACE.pop("present", None)


class Words(_Frozen):
    """A text in one language or both, "" where it is not held."""

    en: str = ""
    es: str = ""

    def say(self, lang: str) -> str:
        """The text in a language, else in the other."""
        return (self.es or self.en) if lang == "es" else (self.en or self.es)

    def put(self, lang: str, text: str) -> Words:
        """With another text in a language."""
        return self.model_copy(update={lang: text})


class Slide(_Frozen):
    """A slide: its view, and words for it, all optional.

    title: else the chart's own. sentence: stands below it. notes: for the speaker. facts: by the names in
    braces in these texts. label: what the chart was called when the slide was added, for lists.
    """

    view: View
    title: Words = Words()
    sentence: Words = Words()
    notes: Words = Words()
    facts: dict[str, Fact] = Field(default_factory=dict)
    label: str = ""

    @property
    def all_words(self) -> str:
        """All that is shown of its words, in both languages."""
        return "\n".join((self.title.en, self.title.es, self.sentence.en, self.sentence.es))


class Story(_Frozen):
    """A story. about: what it is for. subject: "country" where one is chosen at the start, else ""."""

    title: Words = Words()
    about: Words = Words()
    subject: str = ""
    slides: tuple[Slide, ...] = ()


def read(address: str) -> tuple[View, list[str]]:
    """A view from an address of ours, and the parameters of it that its page does not know.

    Raises ValueError if the address is of no page with views, or too long.
    """
    if len(address) > ADDRESS:
        raise ValueError("too long")
    path, _sep, query = address.strip().partition("?")
    page = path.strip("./") or PAGES[0].path
    pairs = [(name, value) for name, value in parse_qsl(query.partition("#")[0]) if name not in LEFT_OUT]
    chart = next((value for name, value in pairs if name == CHART), "")
    known = OF_A_PAGE.get(page, frozenset())
    choices = tuple((name, value) for name, value in pairs if name in known)
    strange = list(dict.fromkeys(name for name, _value in pairs if name not in known and name != CHART))
    return View(page=page, choices=choices, chart=chart), strange


SUBJECT = "{country}"  # in a view of a story about one country: its code

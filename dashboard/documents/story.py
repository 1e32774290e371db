"""A story to take away: its slides with the facts of the day, as a document, a deck or one HTML file.

Pictures are those of `dashboard/pictures/`; a slide without one says so, and where its chart is seen. What
the pages themselves say and draw of a view is given by who can run them (`dashboard/commands/seen.py`).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from markupsafe import Markup

from dashboard.charts import figures
from dashboard.components import language
from dashboard.components.language import catalogue
from dashboard.documents import references
from dashboard.documents.content import Block, Document, Figure, Heading, Paragraph
from dashboard.navigation import PAGES
from dashboard.pictures.model import Picture
from dashboard.pictures.of_view import picture_of
from dashboard.reads.reader import Reader
from dashboard.stories.facts import filled
from dashboard.stories.model import SUBJECT, Slide, Story, View
from dashboard.texts import mark
from kpis.errors import RequestError

KPI = "EGDI"  # what a page shows that names none
TITLES = {page.path: page.title for page in PAGES}
LIVE = mark("This chart is drawn by the dashboard itself: page {page}.")
NUMBERED = mark("{n} of {all}")


@dataclass(frozen=True)
class Seen:
    """What a page says and draws of a view.

    title: of its chart; headline: of the page; legend: all three safe HTML, "" where there is none. chart:
    the figure as the scripts of the page take it, JSON; b"" where the view has none.
    """

    title: str = ""
    headline: str = ""
    unit: str = ""
    chart: bytes = b""
    legend: str = ""


@dataclass(frozen=True)
class Told:
    """A slide in one language. title: of the slide, else of the chart; picture: None where there is none."""

    title: str
    sentence: str
    notes: str
    picture: Picture | None
    page: str
    address: str
    seen: Seen = Seen()


def told(
    story: Story, reader: Reader, country: str = "", address: str = "", seen: Sequence[Seen] = ()
) -> tuple[Told, ...]:
    """The slides with their facts. address: of the dashboard, "" where none is known; seen: of each view.

    Raises RequestError where the story asks for a country and none is given.
    """
    if story.subject and not country:
        raise RequestError("this story is about one country: add --area with an ISO code, as --area COL.")
    each = seen or [Seen()] * len(story.slides)
    with language.spoken(reader.lang):
        return tuple(
            _told(slide, reader, country, address, one) for slide, one in zip(story.slides, each, strict=True)
        )


def _told(slide: Slide, reader: Reader, country: str, address: str, seen: Seen) -> Told:
    view = subject_of(slide.view, country)
    picture = _picture(view, reader)
    drawn = Markup.escape(picture.about.title) if picture else Markup("")
    headline = Markup(seen.headline) or drawn  # noqa: S704 - safe HTML of a page

    def say(text: str) -> str:
        return figures.plain(filled(text, slide.facts, reader, country, headline))

    title = say(slide.title.say(reader.lang)) or figures.plain(Markup(seen.title) or drawn)  # noqa: S704
    t = catalogue(reader.lang).gettext
    return Told(
        title or slide.label or t(TITLES[view.page]),
        say(slide.sentence.say(reader.lang)),
        say(slide.notes.say(reader.lang)),
        picture,
        t(TITLES[view.page]),
        _live(view, reader.lang, address),
        seen,
    )


def _live(view: View, lang: str, address: str) -> str:
    """Where a view is seen; "" where no dashboard is known."""
    sign = "&" if "?" in view.live else "?"
    return urljoin(address, f"{view.live}{sign}lang={lang}") if address else ""


def subject_of(view: View, country: str) -> View:
    """A view of the subject of a story."""
    choices = tuple((name, value.replace(SUBJECT, country)) for name, value in view.choices)
    return view.model_copy(update={"choices": choices})


def _picture(view: View, reader: Reader) -> Picture | None:
    """The picture of the chart of a view; None where it has none."""
    try:
        return picture_of(view.address, reader.lang, reader)
    except RequestError:
        return None


def file_name(story: Story, country: str = "") -> str:
    """The name of a file without its ending."""
    words = "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in story.title.say("en"))
    return "_".join(part for part in ("escala_story", words.strip("_").lower()[:40], country) if part)


def story_document(
    story: Story,
    reader: Reader,
    country: str = "",
    address: str = "",
    seen: Sequence[Seen] = (),
    live: str = "",
    *,
    deck: bool = False,
) -> Document:
    """The story as a document: a hand-out with the speaker's notes, or the slides of a deck.

    address, seen: as of `told`; live: where the story itself is shown, "" where no dashboard is known.
    """
    slides, t = told(story, reader, country, address, seen), catalogue(reader.lang).gettext
    blocks: list[Block] = []
    about = story.about.say(reader.lang)
    if about and not story.subject:
        blocks.append(Paragraph(about))
    for n, slide in enumerate(slides, 1):
        blocks += _blocks(slide, t(NUMBERED).format(n=n, all=len(slides)), t(LIVE), deck=deck)
    kpi_ids = dict.fromkeys(
        value
        for slide in story.slides
        for name, value in (("kpi", KPI), *slide.view.choices)
        if name in ("kpi", "indicator", "outcome")
    )
    return Document(
        file=file_name(story, country),
        title=story.title.say(reader.lang) or t("Story"),
        subtitle=reader.area(country).name if country else "",
        lang=reader.lang,
        made=datetime.date.today(),
        version=reader.version,
        blocks=tuple(blocks),
        sources=references.of_kpis(reader, kpi_ids),
        address=address,
        boundaries=references.boundaries(reader),
        code=live,
    )


def _blocks(slide: Told, number: str, live: str, *, deck: bool) -> list[Block]:
    """A slide. In a deck its title is that of the picture, for a slide is one with its chart."""
    picture = slide.picture
    notes = [Paragraph(slide.notes, "note")] if slide.notes else []
    if picture is None:
        missing = live.format(page=slide.page) + (f" {slide.address}" if slide.address else "")
        body = [Paragraph(text) for text in (slide.sentence, missing) if text]
        return [Heading(2, slide.title), *body, *notes]
    if not deck:
        body = [Paragraph(slide.sentence)] if slide.sentence else []
        return [Heading(2, slide.title), *body, Figure(picture), *notes]
    named = replace(picture, about=replace(picture.about, title=slide.title))
    notes = [Paragraph(text, "note") for text in (slide.sentence, slide.notes) if text]
    return [Heading(2, slide.sentence or number), Figure(named), *notes]

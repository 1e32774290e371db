"""A slide on the stage: title, sentence, one chart, one source line, its number; and the keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup, escape

from dashboard.charts import figures
from dashboard.components import alone, messages, pickers, state
from dashboard.components.language import text as _
from dashboard.navigation import PAGES
from dashboard.pictures.of_view import title_of
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.stage import kept, keys, wish
from dashboard.stories import file, ready
from dashboard.stories.facts import filled
from dashboard.stories.faults import StoryError
from dashboard.stories.model import SUBJECT, Slide, Story, View, read

Draw = Callable[[Reader], None]
HEADLINE = "{headline}"
TITLES = {page.path: page.title for page in PAGES}


@dataclass(frozen=True)
class Shown:
    """What is on the stage. at: the slide, from 1. country: the subject of the story. floor: asked for."""

    story: Story
    at: int
    country: str = ""
    floor: str = ""

    @property
    def slide(self) -> Slide:
        """The slide that is shown."""
        return self.story.slides[self.at - 1]

    @property
    def view(self) -> View:
        """Its view, with the subject or with the country that the floor asked for."""
        view = about(self.slide.view, self.country)
        return (view.of(self.floor) if self.floor else None) or view


def about(view: View, country: str) -> View:
    """A view of the subject of a story."""
    choices = tuple((name, value.replace(SUBJECT, country)) for name, value in view.choices)
    return view.model_copy(update={"choices": choices})


def wanted(path: str, reader: Reader) -> Shown | None:
    """What the address asks for on the stage; None where it asks for nothing."""
    store, which = state.store(), wish.which()
    if which == wish.OFF:
        return None
    members = pickers.states(reader.warehouse, reader.lang)
    country = ""
    if which == wish.ALONE:
        story = Story(slides=(Slide(view=_this(path)),))
    elif which == wish.OWN:
        story = kept.kept().story
    elif which == wish.LINK:
        story = _of_link()
    else:
        story = ready.stories()[which]
    if story.subject:
        country = store.single("country", list(members), next(iter(members))) or ""
    at = min(int(store.single("slide", wish.SLIDES, "1") or 1), max(1, len(story.slides)))
    floor = next((code for code in store.values.get("floor", []) if code in members), "")
    return Shown(story, at, country, floor)


def _of_link() -> Story:
    """The story of the address; an empty one where it cannot be read: the page Present says why."""
    packed = state.store().lines("story", file.LINK_LIMIT)
    try:
        return file.load_link(packed).story
    except StoryError:
        return Story()


def _this(path: str) -> View:
    """The view of the address itself; what it holds besides stays in the address."""
    store = state.store()
    kept_values = {name: codes for name, codes in store.values.items() if codes}
    pairs = [(name, code) for name, codes in kept_values.items() for code in codes]
    view, _strange = read(f"{path}?{urlencode(pairs)}")
    for name in view.values:
        store.used[name] = store.values[name]
    return view


def show(reader: Reader, shown: Shown, draw: Mapping[str, Draw]) -> None:
    """The slide. draw: the pages by path."""
    if not shown.story.slides:
        _nothing()
        return
    with st.container(key="stage"):
        head = st.container(key="stage_head")
        title, sentence = _drawn(reader, shown, draw[shown.view.page])
        with head:
            _head(reader, shown, title, sentence)
        n = len(shown.story.slides)
        if n > 1:
            st.html(Markup('<p class="e-slide">{} / {}</p>').format(shown.at, n))
    keys.listen(_told(reader, shown, figures.plain(title)))


def _drawn(reader: Reader, shown: Shown, draw: Draw) -> tuple[Markup, Markup]:
    """Draws the chart of a slide, without one the answer of its page; returns title and sentence."""
    view = shown.view
    try:
        with (
            state.within(view.page, view.values) as choices,
            alone.only(view.chart, headed=False, answered=HEADLINE in shown.slide.all_words) as drawn,
        ):
            draw(reader)
    except data.NothingHeldError as absent:
        return escape(str(absent)), Markup("")
    # What a page answers is safe HTML, as the page itself draws it.
    said = (choices.answer.sentence, choices.answer.lead) if choices.answer else ("", "")
    headline, lead = (Markup(text) for text in said)  # noqa: S704
    title, sentence = words(reader, shown, drawn.title or headline, headline)
    if drawn.key:
        return title, sentence
    with st.container(key="stage_answer"):
        none = _("There is no chart of this view.")
        st.html(Markup("<p>{}</p><p>{}</p>").format(lead if title == headline else headline, none))
    return title, sentence


def words(reader: Reader, shown: Shown, chart: str, headline: Markup) -> tuple[Markup, Markup]:
    """Title and sentence. chart: what the chart says of itself, the title of an answer to the floor."""
    if shown.floor:
        return escape(chart), Markup("")
    slide, lang = shown.slide, reader.lang
    title = filled(slide.title.say(lang), slide.facts, reader, shown.country, headline)
    sentence = filled(slide.sentence.say(lang), slide.facts, reader, shown.country, headline)
    return title or escape(chart), sentence


def _head(reader: Reader, shown: Shown, title: Markup, sentence: Markup) -> None:
    kicker = ""
    if says := _above(reader, shown):
        kicker = Markup('<p class="e-kicker">{}</p>').format(says)
    below = Markup('<p class="e-lead">{}</p>').format(sentence) if sentence else ""
    st.html(Markup('{}<h1 class="e-headline">{}</h1>{}').format(kicker, title, below))


def _above(reader: Reader, shown: Shown) -> str:
    """What stands above the title of a chart, which says no country: of which it is."""
    if shown.floor:
        name = reader.area(shown.floor).name
        return _("A question from the floor: {name}").format(name=name)
    if shown.slide.title.say(reader.lang):
        return ""
    names = reader.area_names
    codes = shown.view.values.get("country", [])
    return " · ".join(
        [*(str(names[code]) for code in codes if code in names.index), _(TITLES[shown.view.page])]
    )


def _told(reader: Reader, shown: Shown, title: str) -> dict[str, object]:
    """What the keys and the notes need to know."""
    slides, lang = shown.story.slides, reader.lang
    following = slides[shown.at] if shown.at < len(slides) else None
    name = reader.area(shown.floor).name if shown.floor else ""
    return {
        "at": shown.at,
        "n": len(slides),
        "title": title,
        "notes": _plain(reader, shown, shown.slide.notes.say(lang), shown.slide),
        "next": _name(reader, shown, following) if following else "",
        "nextNotes": _plain(reader, shown, following.notes.say(lang), following) if following else "",
        "floor": name,
        "places": shown.slide.view.of("COL") is not None,
        "lang": lang,
        "codes": " ".join(pickers.states(reader.warehouse, lang)),
    }


def _plain(reader: Reader, shown: Shown, text: str, slide: Slide) -> str:
    return figures.plain(filled(text, slide.facts, reader, shown.country))


def _name(reader: Reader, shown: Shown, slide: Slide) -> str:
    """What a slide is called before it is shown."""
    title = _plain(reader, shown, slide.title.say(reader.lang), slide)
    view = about(slide.view, shown.country).address
    return title or slide.label or title_of(reader, view) or _(TITLES[slide.view.page])


def _nothing() -> None:
    """The own story has not come from the browser yet, or there is none."""
    with st.container(key="stage"):
        messages.info(_("Your story has no slides yet. Add charts to it: Download, then “Add to my story”."))
        kept.listen()
    keys.listen({"at": 1, "n": 1, "title": "", "notes": "", "next": "", "nextNotes": "", "floor": ""})

"""The reader's own story: its slides in order, the words of one of them, the ways to keep it."""

from __future__ import annotations

from urllib.parse import urljoin

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.present import came
from dashboard.charts import figures
from dashboard.components import links, messages
from dashboard.components.file_button import file_button
from dashboard.components.language import catalogue
from dashboard.components.language import text as _
from dashboard.navigation import PAGES
from dashboard.pictures.of_view import title_of
from dashboard.reads.reader import Reader
from dashboard.stage import kept, keys, wish
from dashboard.stories import file
from dashboard.stories.facts import filled
from dashboard.stories.faults import StoryError
from dashboard.stories.model import NOTES, SENTENCE, TITLE, Slide, Story, Words

AT = "escala_present_at"  # in the session: the slide whose words are shown, from 0
TITLES = {page.path: page.title for page in PAGES}
FIELDS = ("title", "sentence", "notes")
MOST = {"title": TITLE, "sentence": SENTENCE, "notes": NOTES}


def show(reader: Reader) -> None:
    """The section."""
    now = kept.kept()
    story = now.story
    st.html(Markup('<h2 class="e-section">{}</h2>').format(_("My story")))
    came.say(reader, now.problems)
    if not story.slides:
        st.html(
            Markup('<p class="e-lead">{}</p>').format(
                _(
                    "No slides yet. On any chart: Download, then “Add to my story”. Or change a ready story, "
                    "or open one that was saved."
                )
            )
        )
    else:
        _head(reader, story)
        left, right = st.columns([1, 1.25], gap="large")
        at = min(int(st.session_state.get(AT, 0)), len(story.slides) - 1)
        with left:
            _list(reader, story, at)
        with right:
            _words(reader, story, at)
    _ways(reader, story)


def _head(reader: Reader, story: Story) -> None:
    """Its title and its start."""
    key = "story_title"
    st.session_state[key] = story.title.say(reader.lang)
    first, second = st.columns([2.2, 1], vertical_alignment="bottom")

    def take() -> None:
        put(
            story.model_copy(
                update={"title": story.title.put(reader.lang, str(st.session_state[key]).strip())}
            )
        )

    with first:
        st.text_input(_("Title of the story"), key=key, max_chars=TITLE, on_change=take)
    with second:
        st.button(
            _("Start my story"), key="start_story_own", type="primary", on_click=keys.start, args=(wish.OWN,)
        )


def put(story: Story) -> None:
    """The story is another one now."""
    kept.put(story)


def name(reader: Reader, slide: Slide) -> str:
    """What a slide is called in the list: its title, else what the chart was called when it was added.

    A slide that came with a link has no such words: what its view says stands for them.
    """
    title = figures.plain(filled(slide.title.say(reader.lang), slide.facts, reader))
    return title or slide.label or title_of(reader, slide.view.address) or _(TITLES[slide.view.page])


def _list(reader: Reader, story: Story, at: int) -> None:
    """The slides in order, each a button that brings its words; those of the chosen one move it."""
    with st.container(key="story_slides", gap=None):
        for n, slide in enumerate(story.slides):
            st.button(
                f"{n + 1}. {_bare(name(reader, slide))}",
                key=f"slide_{n}",
                type="primary" if n == at else "tertiary",
                width="stretch",
                on_click=_choose,
                args=(n,),
            )
    with st.container(key="story_moves", horizontal=True, gap="small"):
        last = len(story.slides) - 1
        st.button(_("Up"), key="slide_up", disabled=at == 0, on_click=_move, args=(at, at - 1))
        st.button(_("Down"), key="slide_down", disabled=at == last, on_click=_move, args=(at, at + 1))
        st.button(_("Take out"), key="slide_out", on_click=_remove, args=(at,))


def _bare(text: str) -> str:
    """A text for a label, in which nothing is Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()<>#+-.!|~:$" else sign for sign in text)


def _choose(at: int) -> None:
    st.session_state[AT] = at


def _move(at: int, to: int) -> None:
    slides = list(kept.kept().story.slides)
    slides.insert(to, slides.pop(at))
    put(kept.kept().story.model_copy(update={"slides": tuple(slides)}))
    _choose(to)


def _remove(at: int) -> None:
    slides = kept.kept().story.slides
    put(kept.kept().story.model_copy(update={"slides": slides[:at] + slides[at + 1 :]}))
    _choose(max(0, at - 1))


def _words(reader: Reader, story: Story, at: int) -> None:
    """Title, sentence and notes of a slide in the language of the page."""
    slide, lang = story.slides[at], reader.lang
    page, _sep, query = slide.view.live.partition("?")
    look = links.anchor(f"./{page}?lang={lang}&{query}", _("open the view"))
    st.html(Markup('<h3 class="e-story">{} <small>{} · {}</small></h3>').format(
        _("Slide {n}").format(n=at + 1), _(TITLES[slide.view.page]), look
    ))  # fmt: skip
    labels = {"title": _("Title"), "sentence": _("Sentence"), "notes": _("Notes for the speaker")}
    hints = {
        "title": _("The chart’s own title, with its newest figures"),
        "sentence": _("A sentence below the title, if you like"),
        "notes": _("Only you see them: key N on the stage"),
    }
    for field in FIELDS:
        key = f"slide_{field}"
        st.session_state[key] = getattr(slide, field).say(lang)
        _field(at, field, lang, labels[field], hints[field])
    if slide.facts:
        st.html(Markup('<p class="e-foot">{}</p>').format(
            _("Names in braces are figures that are filled in when the slide is shown.")
        ))  # fmt: skip


def _field(at: int, field: str, lang: str, label: str, hint: str) -> None:
    """The control of one text of a slide: a line for the title, a box for the rest."""
    key, most, args = f"slide_{field}", MOST[field], (at, field, lang)
    if field == "title":
        st.text_input(label, key=key, max_chars=most, placeholder=hint, on_change=_take_text, args=args)
        return
    height = 80 if field == "sentence" else 140
    st.text_area(
        label, key=key, max_chars=most, placeholder=hint, on_change=_take_text, args=args, height=height
    )


def _take_text(at: int, field: str, lang: str) -> None:
    story = kept.kept().story
    text = str(st.session_state[f"slide_{field}"] or "").strip()
    words: Words = getattr(story.slides[at], field)
    changed = story.slides[at].model_copy(update={field: words.put(lang, text)})
    put(story.model_copy(update={"slides": (*story.slides[:at], changed, *story.slides[at + 1 :])}))


def _ways(reader: Reader, story: Story) -> None:
    """Kept as a file or a link; opened from a file; thrown away."""
    if story.slides:
        with st.container(key="story_files", horizontal=True, gap="small"):
            file_button(
                _("Save as a file"),
                lambda: file.save(story).encode(),
                "escala_story.json",
                "application/json",
                key="story_json",
            )
            with st.popover(_("Link"), key="story_link"):
                _link(reader, story)
            with st.popover(_("Delete"), key="story_delete"):
                st.html(Markup("<p>{}</p>").format(_("All slides go, here and in this browser.")))
                st.button(_("Delete my story"), key="story_delete_yes", on_click=put, args=(Story(),))
        st.html(Markup('<p class="e-foot">{}</p>').format(
            _("Kept by this browser only, on no server. For good, or for another device: file or link.")
        ))  # fmt: skip
    with st.expander(_("Open a saved story")):
        _upload()


def _link(reader: Reader, story: Story) -> None:
    try:
        packed = file.link(story)
    except StoryError as fault:
        messages.warning(fault.problem.say(catalogue(reader.lang).gettext))
        return
    whole = urljoin(st.context.url or "", links.address("present", reader, story=packed))
    st.code(whole, language=None, wrap_lines=True)
    st.html(Markup('<p class="e-foot">{}</p>').format(_("Whoever has the link reads the notes too.")))


def _upload() -> None:
    def take() -> None:
        uploaded = st.session_state.get("story_upload")
        if uploaded is None:
            return
        try:
            loaded = file.load(uploaded.getvalue())
        except StoryError as fault:
            kept.put(kept.kept().story, (fault.problem,))
            return
        kept.append(loaded.story, loaded.problems)

    st.file_uploader(
        _("Open a saved story (JSON, up to {limit} KB)").format(limit=file.FILE_LIMIT // 1024), type=["json"],
        key="story_upload", on_change=take, max_upload_size=1,
    )  # fmt: skip

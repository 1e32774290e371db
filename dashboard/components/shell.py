"""What every page shares: language, number format, look, and the context of its charts."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st
from markupsafe import Markup, escape

from dashboard.charts.context import Context
from dashboard.components import (
    account,
    alone,
    language,
    links,
    memory,
    my_country,
    numbers,
    pickers,
    state,
    style,
)
from dashboard.components.knowledge import own_cases
from dashboard.components.language import text as _
from dashboard.reads import answers
from dashboard.reads import shared as data
from dashboard.reads.answers import Answer, Question
from dashboard.reads.reader import Reader
from kpis.errors import EscalaError

NUMBER_STYLES = ["auto", *numbers.STYLES]
# What these answer follows also from files, texts and entries of the reader.
OF_ONE_READER = {"plan", "explore", "mydata", "knowledge", "exercise"}
LOOK_CHOICES = ["auto", "light", "dark", "contrast"]
ENDS = (".", "?", "!", "…", ":")


def settle_language() -> str:
    """The language of this run: of the address, else of the reader's browser."""
    lang = state.store().single("lang", list(language.LANGUAGES), language.browser_language()) or "en"
    language.use(lang)
    state.store().lang = lang
    return lang


def controls(lang: str) -> tuple[numbers.NumberFormat, str]:
    """My country, language, number format and look, in the side bar. Returns number format and look."""
    with st.sidebar:
        account.show()
    own = st.sidebar.container(key="mine_shell", gap="small")
    with st.sidebar.container(key="controls_shell", gap="small"):
        pickers.switch(
            _("Language"),
            "lang",
            list(language.LANGUAGES),
            language.browser_language(),
            lambda code: language.LANGUAGES[code],
            hidden=False,
        )
        form = pickers.choose(
            _("Numbers"),
            "nf",
            NUMBER_STYLES,
            "auto",
            lambda style: _("usual") if style == "auto" else style,
        )
        looks = {
            "auto": _("automatic"),
            "light": _("light"),
            "dark": _("dark"),
            "contrast": _("high contrast"),
        }
        look = pickers.choose(_("Look"), "look", LOOK_CHOICES, "auto", lambda style: looks[style])
    settings = numbers.number_format(form or "auto", lang), look or "auto"
    with own, suppress(EscalaError):  # without a warehouse there is nothing to choose from; the page says so
        my_country.show(reader(lang, *settings))
    return settings


def settings(lang: str) -> tuple[numbers.NumberFormat, str]:
    """Number format and look as the address has them, where no controls are drawn."""
    form = state.store().single("nf", NUMBER_STYLES, "auto") or "auto"
    look = state.store().single("look", LOOK_CHOICES, "auto") or "auto"
    state.store().used["mine"] = state.store().values.get("mine", [])[:1]
    return numbers.number_format(form, lang), look


def reader(lang: str, form: numbers.NumberFormat, look: str) -> Reader:
    """The reader of this run. Raises EscalaError if there is no warehouse to read."""
    warehouse = data.warehouse()  # once: a newer one may be published in the middle of a run
    ctx = Context(
        t=_,
        ngettext=language.ngettext,
        number=form.number,
        separators=form.separators,
        look=style.look_of(look),
        as_of=warehouse.as_of,
        lang=lang,
        narrow=_narrow(),
    )
    return Reader(lang, ctx, warehouse, links.link_parameters(), own_cases.further(lang))


def _narrow() -> bool:
    """Whether the screen is that of a phone, or the window as narrow as one when the page was opened."""
    is_phone = "Mobi" in (st.context.headers.get("User-Agent") or "")
    return is_phone or st.context.cookies.get(memory.NARROW) == "1"


def notes() -> None:
    """Says which parts of the address were ignored, and what was meant or is allowed: the first three.

    Also what the shown view does not use, and that an area is not assessed on the page.
    """
    if name := state.store().outside:
        template = _(
            "{name} is not a UN Member State, so it is not assessed on this page. Its values stand on the "
            "pages Country, Compare and Explorer."
        )
        st.html(Markup('<p class="e-note" role="status">{}</p>').format(template.format(name=name)))
    _say_ignored([note for note in state.store().notes if not note.unused])
    _say_unused([note for note in state.store().notes if note.unused])


_LINE = Markup('<p class="e-note e-address" role="status">{}</p>')
_CODE = Markup("<code>{}</code>")


def _say_ignored(wrong: list[state.Note]) -> None:
    """What could not be understood: the first ones in a line each, of the others how many."""
    for note in wrong[: state.MOST_NOTES]:
        parts = {"name": _CODE.format(note.name), "value": _CODE.format(note.value), "allowed": note.allowed}
        st.html(_LINE.format(escape(_ignored(note)).format(**parts, near=_CODE.format(note.near))))
    if len(wrong) > state.MOST_NOTES:
        rest = len(wrong) - state.MOST_NOTES
        st.html(_LINE.format(_("Also ignored in this address: {n} more.").format(n=rest)))


def _say_unused(unused: list[state.Note]) -> None:
    """What has no effect in the shown view, in one line."""
    if unused:
        parts = Markup(", ").join(_CODE.format(f"{note.name}={note.value}") for note in unused)
        sentence = _("The address names what this view does not use: {parts}.")
        st.html(_LINE.format(escape(sentence).format(parts=parts)))


def _ignored(note: state.Note) -> str:
    """The sentence of a note, with what helps most."""
    if note.near and note.allowed:
        return _(
            "The address was not understood in one place: {name} = {value} was ignored. "
            "Did you mean {near}? Allowed: {allowed}."
        )
    if note.near:
        return _(
            "The address was not understood in one place: {name} = {value} was ignored. Did you mean {near}?"
        )
    if note.allowed:
        return _(
            "The address was not understood in one place: {name} = {value} was ignored. Allowed: {allowed}."
        )
    return _(
        "The address was not understood in one place: {name} = {value} was ignored. No page knows {name}."
    )


def headline(sentence: str, kicker: str = "", lead: str = "", *, is_name: bool = False) -> None:
    """The answer of a page in one sentence, before anything else. Text is escaped, figures are kept.

    It ends with a full stop where no mark of its own ends it; the name of a thing is no sentence.
    """
    sentence = escape(sentence) if is_name else ended(sentence)
    state.store().answer = Answer(str(sentence), str(escape(lead)))
    if alone.wanted():  # nothing around the one chart is seen, and a slide has a title of its own
        return
    above = Markup('<p class="e-kicker">{}</p>').format(kicker) if kicker else ""
    below = Markup('<p class="e-lead">{}</p>').format(lead) if lead else ""
    st.html(Markup('{}<h1 class="e-headline">{}</h1>{}').format(above, sentence, below))


def ended(sentence: str) -> Markup:
    """A sentence as safe HTML, with a full stop where none of its own marks ends it.

    >>> ended("Colombia <b>: 2 gates"), ended(Markup("<i>Where?</i>"))
    (Markup('Colombia &lt;b&gt;: 2 gates.'), Markup('<i>Where?</i>'))
    """
    safe = escape(sentence)
    return safe if safe.striptags().endswith(ENDS) else safe + "."


def remember(page: str, reader: Reader) -> None:
    """Keeps the head of a page that has been drawn, for who opens the same address next.

    Not where cases of a workspace stand on the pages: whoever comes next may have no right to see them.
    """
    choices = state.store()
    if choices.answer and page not in OF_ONE_READER and not reader.further.records:
        answers.keep(Question.of(page, reader.lang, choices.address()), choices.answer, reader.version)

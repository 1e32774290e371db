"""What every page shares: language, number format, look, and the context of its charts."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st
from markupsafe import Markup, escape

from dashboard.charts.context import Context
from dashboard.components import language, links, my_country, numbers, pickers, state, style
from dashboard.components.language import text as _
from dashboard.reads import answers
from dashboard.reads import shared as data
from dashboard.reads.answers import Answer, Question
from dashboard.reads.reader import Reader
from kpis.errors import EscalaError

NUMBER_STYLES = ["auto", *numbers.STYLES]
OF_ONE_READER = {"plan", "explore"}  # what they answer follows also from files and texts of the reader
LOOK_CHOICES = ["auto", "light", "dark", "contrast"]


def settle_language() -> str:
    """The language of this run: of the address, else of the reader's browser."""
    lang = state.store().single("lang", list(language.LANGUAGES), language.browser_language()) or "en"
    language.use(lang)
    state.store().lang = lang
    return lang


def controls(lang: str) -> tuple[numbers.NumberFormat, str]:
    """My country, language, number format and look, in the side bar. Returns number format and look."""
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
        narrow="Mobi" in (st.context.headers.get("User-Agent") or ""),
    )
    return Reader(lang, ctx, warehouse, links.link_parameters())


def notes() -> None:
    """Says which parts of the address were ignored, and what was meant or is allowed: the first three.

    Also that an area is not assessed on the page.
    """
    if name := state.store().outside:
        template = _(
            "{name} is not a UN Member State, so it is not assessed on this page. Its values stand on the "
            "pages Country, Compare and Explorer."
        )
        st.html(Markup('<p class="e-note" role="status">{}</p>').format(template.format(name=name)))
    address_notes = state.store().notes
    line = Markup('<p class="e-note e-address" role="status">{}</p>').format
    code = Markup("<code>{}</code>").format
    for note in address_notes[: state.MOST_NOTES]:
        parts = {"name": code(note.name), "value": code(note.value), "allowed": note.allowed}
        st.html(line(escape(_ignored(note)).format(**parts, near=code(note.near))))
    if len(address_notes) > state.MOST_NOTES:
        rest = len(address_notes) - state.MOST_NOTES
        st.html(line(_("Also ignored in this address: {n} more.").format(n=rest)))


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


def headline(sentence: str, kicker: str = "", lead: str = "") -> None:
    """The answer of a page in one sentence, before anything else. Text is escaped, figures are kept."""
    state.store().answer = Answer(str(escape(sentence)), str(escape(lead)))
    above = Markup('<p class="e-kicker">{}</p>').format(kicker) if kicker else ""
    below = Markup('<p class="e-lead">{}</p>').format(lead) if lead else ""
    st.html(Markup('{}<h1 class="e-headline">{}</h1>{}').format(above, sentence, below))


def remember(page: str, reader: Reader) -> None:
    """Keeps the head of a page that has been drawn, for who opens the same address next."""
    choices = state.store()
    if choices.answer and page not in OF_ONE_READER:
        answers.keep(Question.of(page, reader.lang, choices.address()), choices.answer, reader.version)

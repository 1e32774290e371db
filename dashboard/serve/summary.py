"""The page before its scripts: what it answers, in plain HTML and in the reader's language.

On a slow line the scripts take ten seconds. Until the page is drawn the reader has the sentence at its head
and the way to the other pages; so have a search engine and the preview of a link, which run no scripts. The
sentence is one that a run has given (`reads/answers.py`); an address that nobody has opened yet gets the
question of its page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, urlencode

from markupsafe import Markup, escape

from dashboard.charts.look import LOOKS, Look
from dashboard.components.addresses import understood
from dashboard.components.language import catalogue, preferred
from dashboard.navigation import GROUPS, PAGES, PARAMETERS, Page
from dashboard.pictures.pages import has_picture
from dashboard.reads import answers
from dashboard.reads.answers import Answer, Question
from dashboard.texts import mark

LOADING = mark("This page is being loaded.")
NEEDED = mark("Charts, tables and choices need JavaScript, which this browser does not run.")
NAVIGATION = mark("App pages")
MENU = mark("Menu")
KEPT = ("nf", "look")  # choices of the address that links carry along
SIDE = {"light": "#F3F1EB", "dark": "#172025", "contrast": "#FFFFFF"}  # as in .streamlit/config.toml
STYLE = """
#e-first { position: fixed; inset: 0; z-index: 1000000; overflow: auto; display: grid;
  grid-template-columns: 224px 1fr; font: 1rem/1.5 system-ui, sans-serif;
  color: var(--ink); background: var(--paper) }
#e-first header { display: none }
#e-first nav { order: -1; background: var(--side); padding: 0 26px; font-size: .875rem }
#e-first nav p { margin: .2rem 0 0; font-size: .8125rem; line-height: 1.125rem; color: var(--muted) }
#e-first strong { font: 600 1.4rem/1 Georgia, serif }
#e-first nav strong { display: block; height: 78px; padding-top: 7px; box-sizing: border-box }
#e-first ul { list-style: none; margin: 0; padding: 0 0 0 8px }
#e-first a { color: inherit; line-height: 1.5rem }
#e-first nav a { text-decoration: none }
#e-first [aria-current] { font-weight: 600 }
#e-first main { max-width: 56rem; padding: .5rem 2rem;
  margin-left: max(0px, (100vw - var(--aside, 224px) - var(--page, 1180px)) / 2) }
#e-first h1 { font: 600 1.75rem/1.22 Georgia, serif; margin: 0; text-wrap: balance }
#e-first main p { max-width: 44rem; margin: .6rem 0 }
#e-first [role=status] { color: var(--muted) }
@media (min-width: 1700px) and (min-height: 900px) {
  #e-first { --aside: 256px; --page: 1440px; grid-template-columns: 256px 1fr }
}
@media (max-width: 767px) {
  #e-first { display: block }
  #e-first header { position: sticky; top: 0; display: flex; align-items: center; gap: .25rem;
    height: 3.25rem; padding-left: .25rem; box-sizing: border-box; background: var(--paper);
    border-bottom: 1px solid var(--rule) }
  #e-first header a { width: 2.75rem; font-size: 1.4rem; line-height: 2.75rem; text-align: center;
    text-decoration: none }
  #e-first strong { font-size: 1.3rem }
  #e-first nav { scroll-margin-top: 3.25rem; padding: .5rem 1rem 2rem }
  #e-first nav strong { display: none }
  #e-first nav p { margin-top: 1rem }
  #e-first nav a { display: block; line-height: 2.5rem }
  #e-first main { padding: .75rem 1rem; margin: 0 }
}
@media (max-width: 640px) {
  #e-first h1 { font-size: 1.4rem }
}
"""
WITHOUT_SCRIPTS = Markup(
    "<noscript><style>#e-first [role=status] {{ display: none }}</style><p>{}</p></noscript>"
)
# Gives way to the page as soon as that has its head, or something to say that must be seen. Until then nobody
# gets lost in what is being built behind it.
GIVE_WAY = """
(() => {
  const root = document.getElementById('root');
  const there = '.e-headline, [data-testid="stException"], [data-testid="stAlert"], [role="dialog"]';
  root.inert = true;
  new MutationObserver((_changes, observer) => {
    if (!document.querySelector(there)) return;
    observer.disconnect();
    root.inert = false;
    document.getElementById('e-first').remove();
  }).observe(document.body, { subtree: true, childList: true });
})();
"""


WIDTH, HEIGHT = 1200, 630  # pixels of the picture of a preview (`pictures/drawing.py`)
PREVIEW = Markup(
    '<meta property="og:type" content="website"><meta property="og:image" content="{}">'
    '<meta property="og:image:type" content="image/png"><meta property="og:image:width" content="{}">'
    '<meta property="og:image:height" content="{}"><meta property="og:image:alt" content="{}">'
    '<meta name="twitter:card" content="summary_large_image">'
)


@dataclass(frozen=True)
class Summary:
    """Parts of a page: its language, what stands in its head, what stands before the scripts' own part."""

    lang: str
    head: str
    body: str


def summary(spec: Page, query: str, languages: str, origin: str = "") -> Summary:
    """The summary of a page at an address. languages: as the browser lists them, for one that names none.

    origin: the whole address of the first page, with which the picture of a preview is named.
    """
    address = understood(parse_qs(query), PARAMETERS)
    lang = preferred("".join(address.get("lang", [])[:1]) or languages)
    t = catalogue(lang).gettext
    answer = answers.known(Question.of(spec.path, lang, address)) or Answer(
        str(escape(t(spec.title))), str(escape(t(spec.group)))
    )
    kept = tuple((name, address[name][0]) for name in KEPT if address.get(name))
    look = dict(kept).get("look", "auto")
    head = _head(t(spec.title), answer) + _preview(spec, lang, address, origin, answer)
    return Summary(lang, head, _body(spec, lang, look, kept, answer))


def _head(title: str, answer: Answer) -> Markup:
    words = Markup(answer.sentence).striptags()  # noqa: S704 - safe HTML, as pages draw it
    return Markup(
        '<title>{} · Escala</title><meta name="description" content="{}">'
        '<meta property="og:title" content="{} · Escala"><meta property="og:description" content="{}">'
    ).format(title, words, title, words)


def _preview(spec: Page, lang: str, address: Mapping[str, list[str]], origin: str, answer: Answer) -> Markup:
    """The picture that a message or a network shows beside a link to the view, where there is one."""
    if not origin or not has_picture(spec.path, address):
        return Markup("")
    asked = {name: values for name, values in address.items() if name in (*spec.parameters, "mine")}
    query = urlencode({"lang": lang, **asked}, doseq=True)
    words = Markup(answer.sentence).striptags()  # noqa: S704 - safe HTML, as pages draw it
    return PREVIEW.format(f"{origin}picture/{spec.path}?{query}", WIDTH, HEIGHT, words)


def _body(spec: Page, lang: str, look: str, kept: tuple[tuple[str, str], ...], answer: Answer) -> str:
    t = catalogue(lang).gettext
    # Without links: one to a part of the page would lead nowhere yet.
    words = Markup(answer.lead).striptags()  # noqa: S704 - safe HTML, as pages draw it
    lead = Markup("<p>{}</p>").format(words) if words else ""
    return Markup(
        '<div id="e-first"><style>{}{}</style>'
        '<header><a href="#e-pages" aria-label="{}">☰</a><strong>Escala</strong></header>'
        '<main><h1>{}</h1>{}<p role="status">{}</p>{}</main>{}</div>'
        "<script>{}</script>"
    ).format(
        Markup(STYLE),  # noqa: S704 - our own text
        Markup(_colours(look)),  # noqa: S704 - our own text
        t(MENU),
        Markup(answer.sentence),  # noqa: S704 - safe HTML, as pages draw it
        lead,
        t(LOADING),
        WITHOUT_SCRIPTS.format(t(NEEDED)),
        Markup(_navigation(spec.path, lang, kept)),  # noqa: S704 - escaped there
        Markup(GIVE_WAY),  # noqa: S704 - our own text
    )


@lru_cache(maxsize=256)
def _navigation(path: str, lang: str, kept: tuple[tuple[str, str], ...]) -> str:
    """The pages as links, under the questions that they answer."""
    t = catalogue(lang).gettext
    query = urlencode({"lang": lang, **dict(kept)})
    groups = Markup("").join(
        Markup("<p>{}</p><ul>{}</ul>").format(
            t(group),
            Markup("").join(
                _link(page, page.path == path, query, t(page.title)) for page in PAGES if page.group == group
            ),
        )
        for group in GROUPS
    )
    return Markup('<nav id="e-pages" aria-label="{}"><strong>Escala</strong>{}</nav>').format(
        t(NAVIGATION), groups
    )


def _link(page: Page, is_here: bool, query: str, title: str) -> Markup:
    here = Markup(' aria-current="page"') if is_here else ""
    path = "" if page is PAGES[0] else page.path
    return Markup('<li><a href="./{}?{}"{}>{}</a></li>').format(path, query, here, title)


@lru_cache(maxsize=8)
def _colours(choice: str) -> str:
    """Colours of the chosen look as variables; without a choice those of the device."""
    if choice in LOOKS:
        return _variables(LOOKS[choice])
    dark = _variables(LOOKS["dark"])
    return f"{_variables(LOOKS['light'])}@media (prefers-color-scheme: dark) {{{dark}}}"


def _variables(look: Look) -> str:
    colours: Mapping[str, str] = {
        "ink": look.ink,
        "paper": look.paper,
        "muted": look.muted,
        "rule": look.rule,
        "side": SIDE[look.name],
    }
    return "#e-first {" + "".join(f"--{name}: {colour}; " for name, colour in colours.items()) + "}"

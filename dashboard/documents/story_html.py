"""A story as one HTML file: both languages, keys, nothing to fetch; opens from a stick without a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import segno
from markupsafe import Markup

from dashboard.charts.look import LIGHT
from dashboard.components.language import catalogue
from dashboard.documents.drawn import svg
from dashboard.documents.html import page
from dashboard.documents.story import LIVE, Told
from dashboard.texts import mark

WIDE, TYPE = 640.0, 10.5  # points of a drawing: on a screen of 1280 px its type has 20
STYLE = Path(__file__).with_name("story.css")
SCRIPT = Path(__file__).with_name("story.js")
KEYS = mark("Keys: → ← Home End, L language, N notes, F full screen, B black")
SEE_LIVE = mark("See it live")


def write(
    slides: Mapping[str, Sequence[Told]], titles: Mapping[str, str], address: str = "", version: str = ""
) -> bytes:
    """The file. slides: by language, as many in each; titles: of the story; address: of the live story."""
    langs = list(slides)
    parts = [_slide(one, lang, n) for lang in langs for n, one in enumerate(slides[lang], 1)]
    ends = [_end(lang, titles[lang], address, version) for lang in langs]
    body = Markup('<div id="story">{}{}</div><p id="number"></p><div id="black" hidden></div>')
    style = STYLE.read_text(encoding="utf-8")
    script = SCRIPT.read_text(encoding="utf-8")
    whole = body.format(Markup("").join(parts), Markup("").join(ends))
    return page(titles[langs[0]], langs[0], whole, style=style, script=script)


SLIDE = Markup(
    '<section lang="{lang}" data-n="{n}"><h1>{title}</h1><p class="said">{said}</p>'
    '<div class="chart">{shown}</div><p class="foot">{foot}</p>'
    '<p class="notes" hidden>{notes}</p></section>\n'
)
END = Markup(
    '<section lang="{}" data-n="end"><h1>{}</h1>{}<p class="foot">{}</p><p class="foot">Escala · {}</p>'
    "</section>\n"
)
CODE = Markup('<div class="code" role="img" aria-label="{0}">{1}</div><p><a href="{2}">{2}</a></p>')


def _slide(slide: Told, lang: str, n: int) -> Markup:
    t = catalogue(lang).gettext
    shown, foot = Markup("<p>{}</p>").format(t(LIVE).format(page=slide.page)), ""
    if slide.picture is not None:
        about = slide.picture.about
        shown = svg(slide.picture, WIDE, TYPE, "drawn")
        foot = f"{about.unit} · {about.source}" if about.unit else about.source
    said = {"title": slide.title, "said": slide.sentence, "notes": slide.notes}
    return SLIDE.format(lang=lang, n=n, shown=shown, foot=foot, **said)


def _end(lang: str, title: str, address: str, version: str) -> Markup:
    """The last slide: where the story is seen live, with a code for phones; and the keys."""
    t = catalogue(lang).gettext
    live = Markup("")
    if address:
        code = segno.make(address, error="m")
        picture = code.svg_inline(scale=8, dark=LIGHT.ink, light=LIGHT.paper, border=4)
        live = CODE.format(t(SEE_LIVE), Markup(picture), address)  # nosec B704 # our own drawing
    return END.format(lang, t(SEE_LIVE) if address else title, live, t(KEYS), version)

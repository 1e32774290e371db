"""A story as one HTML file: both languages, keys, nothing to fetch; opens from a stick without a network.

A slide has its chart as on the stage, drawn by the same scripts with the same style (`documents/scripts.py`),
and a drawing that stands for it without scripts and on paper. The security policy knows every script by its
hash. Plotly sets styles on what it draws, so these attributes are let pass; nothing can be fetched by one.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from markupsafe import Markup

from dashboard.charts.look import LIGHT
from dashboard.components import style
from dashboard.components.language import catalogue
from dashboard.documents import code
from dashboard.documents.drawn import svg
from dashboard.documents.html import CLOSED, hashed
from dashboard.documents.scripts import joined
from dashboard.documents.story import LIVE, Told
from dashboard.documents.wording import TAGS
from dashboard.paths import OWN, SIGN, STYLES, made_files
from kpis.paths import shipped_data

WIDE, TYPE = 640.0, 10.5  # points of a drawing: on a screen of 1280 px its type has 20
SHEET = Path(__file__).with_name("story.css")
SCRIPT = Path(__file__).with_name("story.js")
PARTS = ("10-page", "20-parts", "54-plan", "55-progress", "56-steps", "57-ranks", "82-answers", "85-stage")
FONTS = {"Source Sans": "sans.woff2", "Source Serif": "serif.woff2"}  # by the names that charts ask for
OUTLINES = "world_110m"
NO_DATA_YET = ""  # Plotly begins its own style sheet empty

WHOLE = Markup(
    "<!doctype html>\n"
    '<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="author" content="Escala">\n<meta name="keywords" content="{mark}">\n'
    "<title>{title}</title>\n<style>{sheet}</style>\n</head>\n<body>\n"
    '<svg width="0" height="0" aria-hidden="true" class="hatches">{hatches}</svg>\n'
    '<main id="story">\n{slides}</main>\n<div id="keys"></div>\n'
    '<script type="application/json" id="words">{words}</script>\n'
    '<script type="application/json" id="outlines">{outlines}</script>\n'
    '<script type="module">{script}</script>\n</body>\n</html>\n'
)
SLIDE = Markup(
    '<section lang="{lang}" data-title="{title}">\n'
    '<div class="st-key-stage_head"><h1 class="e-headline">{title}</h1>{said}</div>\n'
    '<div class="st-key-frame_slide"><p class="e-unit">{unit}</p>{shown}{live}'
    '<div class="e-foot">{foot}</div></div>\n'
    '<p class="notes">{notes}</p><p class="e-slide">{number}</p>\n</section>\n'
)
LIVE_CHART = Markup(
    '<div class="chart" hidden></div><div class="key" hidden>{}</div>'
    '<script type="application/json" class="figure">{}</script>'
)
END = Markup(
    '<section lang="{lang}" data-title="{title}">\n'
    '<div class="st-key-stage_head"><h1 class="e-headline">{title}</h1></div>\n{live}'
    '<p class="e-foot">Escala · {version}</p><p class="e-slide">{number}</p>\n</section>\n'
)
CODE = Markup('<div class="code" role="img" aria-label="{0}">{1}</div><p><a href="{2}">{2}</a></p>\n')


def write(
    slides: Mapping[str, Sequence[Told]],
    titles: Mapping[str, str],
    words: Mapping[str, Mapping[str, str]],
    address: str = "",
    version: str = "",
) -> bytes:
    """The file. All by language: slides, as many in each; titles of the story; words of the stage.

    address: of the live story.
    """
    langs = list(slides)
    sheet, script = _sheet(), _script()
    parts = [
        part for lang in langs for part in _of_language(lang, slides[lang], titles[lang], address, version)
    ]
    return WHOLE.format(
        lang=TAGS.get(langs[0], langs[0]),
        policy=_policy(sheet, script),
        mark=SIGN,
        title=titles[langs[0]],
        sheet=Markup(sheet),  # noqa: S704 - our own text, here and below
        hatches=Markup(style.hatches(LIGHT)),  # noqa: S704
        slides=Markup("").join(parts),
        words=_data(dict(words)),
        outlines=_outlines(),
        script=Markup(script),  # noqa: S704
    ).encode()


def _policy(sheet: str, script: str) -> str:
    return (
        f"default-src 'none'; script-src {hashed(script)}; "
        f"style-src-elem {hashed(sheet)} {hashed(NO_DATA_YET)}; style-src-attr 'unsafe-inline'; "
        f"font-src data:; img-src data:; {CLOSED}"
    )


def _of_language(lang: str, slides: Sequence[Told], title: str, address: str, version: str) -> list[Markup]:
    n = len(slides) + 1
    numbers = [f"{at} / {n}" for at in range(1, n + 1)]
    shown = [_slide(slide, lang, number) for slide, number in zip(slides, numbers, strict=False)]
    return [*shown, _end(lang, title, address, version, numbers[-1])]


def _slide(slide: Told, lang: str, number: str) -> Markup:
    t = catalogue(lang).gettext
    picture, seen = slide.picture, slide.seen
    drawing = Markup('<p class="drawn">{}</p>').format(t(LIVE).format(page=slide.page))
    if picture is not None:
        drawing = Markup('<div class="drawn">{}</div>').format(svg(picture, WIDE, TYPE, "drawing"))
    live = Markup("")
    if seen.chart:
        legend = Markup(seen.legend)  # noqa: S704 - safe HTML of a page
        live = LIVE_CHART.format(legend, _escaped(seen.chart.decode()))
    return SLIDE.format(
        lang=lang,
        title=slide.title,
        said=Markup('<p class="e-lead">{}</p>').format(slide.sentence) if slide.sentence else "",
        unit=seen.unit or (picture.about.unit if picture else ""),
        shown=drawing,
        live=live,
        foot=picture.about.source if picture else "",
        notes=slide.notes,
        number=number,
    )


def _end(lang: str, title: str, address: str, version: str, number: str) -> Markup:
    """The last slide: where the story is seen live, with a code for phones."""
    t = catalogue(lang).gettext
    live = Markup("")
    if address:
        live = CODE.format(t(code.SEE_LIVE), Markup(code.svg(address)), address)  # noqa: S704 - our own
    return END.format(
        lang=lang, title=t(code.SEE_LIVE) if address else title, live=live, version=version, number=number
    )


def _data(value: object) -> Markup:
    """A value as a block of data that a script reads."""
    return _escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _escaped(text: str) -> Markup:
    """JSON in which nothing ends the block that it stands in."""
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - no element can begin in it


@cache
def _outlines() -> Markup:
    """The land of the maps, under the name that Plotly asks for."""
    return _escaped((shipped_data() / "geo" / f"{OUTLINES}.json").read_text(encoding="utf-8"))


@cache
def _script() -> str:
    return f"{joined()}\n{SCRIPT.read_text(encoding='utf-8')}"


@cache
def _sheet() -> str:
    """The style of the stage with fonts, in the light look whatever a machine prefers."""
    face = "@font-face{{font-family:'{}';font-weight:200 900;src:url(data:font/woff2;base64,{})}}"
    fonts = "".join(face.format(name, _font(file)) for name, file in FONTS.items())
    parts = "\n".join((STYLES / f"{part}.css").read_text(encoding="utf-8") for part in PARTS)
    return f"{fonts}{style.sheet(LIGHT)}{parts}{SHEET.read_text(encoding='utf-8')}"


def _font(name: str) -> str:
    return base64.b64encode((OWN / made_files()[name]["file"]).read_bytes()).decode()

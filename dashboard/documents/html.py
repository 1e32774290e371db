"""A document as one HTML file that stands alone: style and pictures inside, no script, nothing to fetch.

Its security policy lets a browser load nothing at all but the one style sheet, known by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

from dashboard.charts.look import DARK, LIGHT, Look
from dashboard.documents.content import (
    Block,
    Break,
    Bullets,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Status,
    Steps,
    Table,
)
from dashboard.documents.drawn import svg
from dashboard.documents.stamp import stamp
from dashboard.documents.wording import TAGS, ending, licence_of, link_of, plain, side_by_side
from dashboard.paths import SIGN

DESK, PHONE = (640.0, 12.0), (300.0, 11.0)  # width of a drawing and size of its type, in points
ALONE = 0.75  # share of the width from which a picture stands alone in its row
STYLE = Path(__file__).with_name("document.css")
COLOURS = ("paper", "ink", "muted", "accent", "rule", "outline", "better", "worse")
SHAPES: dict[Status, str] = {
    "good": '<circle cx="5" cy="5" r="4.5"/>',
    "middling": '<path d="M5 0l5 5-5 5-5-5z"/>',
    "poor": '<path d="M5 .5l5 9H0z"/>',
    "none": '<circle cx="5" cy="5" r="4" fill="none" stroke="currentColor"/>',
}
"""The mark of each status, drawn in a square of ten."""

HEAD = Markup(
    "<!doctype html>\n"
    '<html lang="{lang}">\n<head>\n<meta charset="utf-8">{head}\n'
    '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="author" content="Escala">\n<meta name="keywords" content="{mark}">\n'
    '<meta name="color-scheme" content="light dark">\n'
    "<title>{title}</title>\n<style>{style}</style>\n</head>\n"
)
CLOSED = "base-uri 'none'; form-action 'none'"
Drawer = Callable[[Figure], Markup]


@dataclass(frozen=True)
class Way:
    """A link above a page that belongs to others: its words, where it leads, the language there."""

    words: str
    target: str
    lang: str


def write(
    document: Document,
    *,
    ways: Sequence[Way] = (),
    drawn: Drawer | None = None,
    style: str = "",
    head: str = "",
) -> bytes:
    """The document in UTF-8, with a picture drawn for each of its figures.

    ways: links above it. drawn: makes the picture of a figure, Typst unless given. style, head: our own rules
    and markup to be added.
    """
    draw = drawn or _drawn
    body = Markup("\n").join([*_opening(document), *_content(document, draw), _end(document)])
    return page(
        plain(document.title),
        document.lang,
        body,
        ways=ways,
        style=style,
        head=head,
        mark=stamp(document),
    )


def page(
    title: str,
    lang: str,
    body: Markup,
    *,
    ways: Sequence[Way] = (),
    style: str = "",
    head: str = "",
    script: str = "",
    mark: str = SIGN,
) -> bytes:
    """A whole file around safe HTML; script: our own, known to the security policy by its hash.

    mark: says that Escala wrote it, from which figures.
    """
    sheet = Markup(_style() + style)  # noqa: S704 - our own text
    scripts = f" script-src {hashed(script)};" if script else ""
    policy = f"default-src 'none'; style-src {hashed(sheet)};{scripts} img-src data:; {CLOSED}"
    opening = HEAD.format(
        lang=TAGS.get(lang, lang),
        head=Markup(head),  # noqa: S704 - our own text
        mark=mark,
        policy=policy,
        title=title,
        style=sheet,
    )
    end = Markup("<script>{}</script>\n").format(Markup(script)) if script else Markup("")  # noqa: S704 - our own
    body = Markup("<body>\n{}<main>\n{}\n</main>\n{}</body>\n</html>\n").format(_nav(ways), body, end)
    return (opening + body).encode()


def _nav(ways: Sequence[Way]) -> Markup:
    links = Markup(" ").join(
        Markup('<a href="{0}" hreflang="{1}" lang="{1}">{2}</a>').format(way.target, way.lang, way.words)
        for way in ways
    )
    return Markup("<nav>{}</nav>\n").format(links) if ways else Markup("")


@cache
def _style() -> str:
    """The style sheet with the colours of both looks."""
    light, dark = (_colours(look) for look in (LIGHT, DARK))
    widths = "".join(f".w{n}{{width:{n}%}}" for n in range(1, 101))
    # not on paper: whoever reads in the dark prints in ink
    night = f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return f":root{{{light}}}{night}{STYLE.read_text(encoding='utf-8')}{widths}"


def _colours(look: Look) -> str:
    return "".join(f"--{name}:{getattr(look, name)};" for name in COLOURS)


def hashed(text: str) -> str:
    """A style sheet or script as a security policy knows it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _opening(document: Document) -> Iterator[Markup]:
    yield Markup("<header><h1>{}</h1>").format(plain(document.title))
    if document.subtitle:
        yield Markup('<p class="subtitle">{}</p>').format(plain(document.subtitle))
    yield Markup("</header>")


def _content(document: Document, draw: Drawer) -> Iterator[Markup]:
    for block in side_by_side(document.blocks):
        if isinstance(block, tuple):
            figures = Markup("\n").join(_figure(figure, draw) for figure in block)
            yield Markup('<div class="row">\n{}\n</div>').format(figures)
        else:
            yield _block(block, draw)


def _block(block: Block, draw: Drawer) -> Markup:
    match block:
        case Heading(level, text):
            return Markup("<h{0}>{1}</h{0}>").format(level, plain(text))
        case Paragraph(text, style):
            return Markup('<p class="{}">{}</p>').format(style, plain(text))
        case Bullets(items):
            return Markup("<ul>{}</ul>").format(_items(items))
        case Steps(items):
            return Markup("<ol>{}</ol>").format(_items(items))
        case Table():
            return _table(block)
        case Figure():
            return _figure(block, draw)
        case Break():
            return Markup('<div class="break"></div>')


def _items(items: tuple[str, ...]) -> Markup:
    return Markup("").join(Markup("<li>{}</li>").format(plain(item)) for item in items)


def _table(table: Table) -> Markup:
    caption = Markup("<caption>{}</caption>").format(plain(table.caption))
    if not table.rows:
        return Markup('<p class="caption">{}</p><p class="body">{}</p>').format(
            plain(table.caption), plain(table.empty)
        )
    whole = sum(column.width for column in table.columns)
    widths = Markup("").join(
        Markup('<col class="w{}">').format(max(1, round(100 * column.width / whole)))
        for column in table.columns
    )
    # the roles stay where a narrow screen lays the rows out as cards
    heads = Markup("").join(
        Markup('<th scope="col" role="columnheader"{}>{}</th>').format(_side(column), plain(column.name))
        for column in table.columns
    )
    rows = Markup("\n").join(_row(row, table.columns) for row in table.rows)
    return Markup(
        '<table role="table">{}<colgroup>{}</colgroup>\n'
        '<thead role="rowgroup"><tr role="row">{}</tr></thead>\n'
        '<tbody role="rowgroup">\n{}\n</tbody></table>'
    ).format(caption, widths, heads, rows)


def _row(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> Markup:
    first, *others = zip(row, columns, strict=True)
    head = Markup('<th scope="row" role="rowheader">{}</th>').format(_inside(first[0]))
    cells = Markup("").join(
        Markup('<td role="cell"{} data-head="{}">{}</td>').format(
            _side(column), plain(column.name), _inside(cell)
        )
        for cell, column in others
    )
    return Markup('<tr role="row">{}{}</tr>').format(head, cells)


def _side(column: Column) -> Markup:
    return Markup(' class="right"') if column.side == "right" else Markup("")


def _inside(cell: Cell) -> Markup:
    sign, sub = Markup(""), Markup("")
    if cell.status:
        shape = Markup(SHAPES[cell.status])  # noqa: S704 - our own shapes
        sign = Markup('<svg class="mark {}" viewBox="0 0 10 10" aria-hidden="true">{}</svg>').format(
            cell.status, shape
        )
    if cell.sub:
        sub = Markup("<small>{}</small>").format(plain(cell.sub))
    return Markup("<span>{}{}{}</span>").format(sign, plain(cell.text), sub)


def _figure(figure: Figure, draw: Drawer) -> Markup:
    about = figure.picture.about
    unit = Markup(" <span>({})</span>").format(plain(about.unit)) if about.unit else Markup("")
    share = Markup(' class="w{}"').format(max(1, min(100, round(100 * figure.share))))
    return Markup(
        '<figure{}>\n<figcaption><b>{}</b>{}</figcaption>\n{}\n<p class="note">{}</p>\n</figure>'
    ).format(share, plain(about.title), unit, draw(figure), plain(about.source))


def _drawn(figure: Figure) -> Markup:
    """The drawing for a desk and for a phone, of which a browser shows one; colours are those of paper.

    One that shares its row has the width of a phone's in both.
    """
    if figure.share < ALONE:
        return svg(figure.picture, *PHONE, "only")
    return svg(figure.picture, *DESK, "desk") + svg(figure.picture, *PHONE, "phone")


def _end(document: Document) -> Markup:
    last = ending(document)
    sources = Markup("").join(
        Markup("<li>{} {} {}</li>").format(
            plain(source.text), _anchor(source.url), licence_of(source.licence, document.lang)
        )
        for source in document.sources
    )
    listing = Markup("<h2>{}</h2>\n<ul>{}</ul>").format(last.heading, sources) if sources else Markup("")
    lines = [escape(last.figures)]
    if last.boundaries:
        lines.append(escape(last.boundaries))
    if last.address:
        lines.append(Markup("{} {}").format(last.live, _anchor(last.address)))
    notes = Markup("").join(Markup('<p class="note">{}</p>').format(line) for line in lines)
    return Markup('<section class="sources">{}</section>\n<footer>{}</footer>').format(listing, notes)


def _anchor(url: str) -> Markup:
    address = link_of(url)
    return (
        Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(address) if address else Markup("")
    )

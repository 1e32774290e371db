"""A list of lines that open, with ways to its parts; filtered by the page's script while words are typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.components.language import text as _


@dataclass(frozen=True)
class Section:
    """A part of a list: a code for the way to it, its title, its lines as safe HTML."""

    code: str
    title: str
    lines: Sequence[Markup]


def html(sections: Sequence[Section], *, hint: str, leading: Sequence[Markup] = ()) -> Markup:
    """The list. leading: lines above all headings.

    `static/listing.js` hides the lines that lack a word of the search box, and says how many are left.
    """
    ways = _ways(sections) if len(sections) > 1 else Markup("")
    parts = [*leading]
    for section in sections:
        heading = Markup('<h3 class="e-section" id="{}" tabindex="-1">{}</h3>')
        parts += [heading.format(anchor(section.code), section.title), *section.lines]
    told = Markup('<p class="e-foot e-filtered" role="status" data-told="{}">{}</p>').format(
        _("{k} of {n} lines have these words"), hint
    )
    return told + ways + Markup('<div class="e-cards">{}</div>').format(Markup("").join(parts))


def anchor(code: str) -> str:
    """The id of a part of a list."""
    return f"part-{code}"


def _ways(sections: Sequence[Section]) -> Markup:
    """Links to the parts, with how many lines each has for those who listen."""
    item = Markup('<li><a href="#{}">{}</a> <small>{}</small></li>')
    items = [item.format(anchor(section.code), section.title, len(section.lines)) for section in sections]
    nav = Markup('<nav class="e-jump" aria-label="{}"><ul>{}</ul></nav>')
    return nav.format(_("Parts of this list"), Markup("").join(items))

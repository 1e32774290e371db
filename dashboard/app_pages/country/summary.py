"""Where the country stands and what holds it back, each in a sentence; where to go from here."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.charts import stage_words
from dashboard.components import frame, links
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader


@worded(frame.CACHED_FRAMES)
def stage(reader: Reader, area: str) -> Markup:
    """The stage, and what holds back the next one, as a link to the ladder; nothing where none is held."""
    if not data.stage_years(reader.warehouse):
        return Markup("")
    profile = data.stage_profile(reader.warehouse, area)
    name = reader.area(area).name
    words = stage_words.standing(name, profile, reader.dimensions, reader.ctx).removeprefix(f"{name}: ")
    return links.to(reader, "stages", words[:1].upper() + words[1:], country=area)


def onward(reader: Reader, area: str) -> Markup:
    """The pages that go on with this country, in one line."""
    pages = (
        ("stages", _("Stages")),
        ("progress", _("Progress")),
        ("plan", _("Plan")),
        ("compare", _("Compare")),
    )
    name = reader.area(area).name
    items = Markup("").join(
        Markup("<li>{}</li>").format(links.to(reader, page, title, country=area)) for page, title in pages
    )
    nav = Markup('<nav class="e-goon" aria-label="{0}"><span aria-hidden="true">{0}</span><ul>{1}</ul></nav>')
    return nav.format(_("More on {name}").format(name=name), items)

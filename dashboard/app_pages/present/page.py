"""Present: which story is told? Ready stories, the reader's own, and the way onto the stage."""

from __future__ import annotations

from dashboard.app_pages.present import came, own, shelf
from dashboard.components import shell
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from dashboard.stage import kept


def draw(reader: Reader) -> None:
    """The page."""
    lead = _by_touch() if reader.ctx.narrow else _by_key()
    shell.headline(_("Which story do you want to tell?"), lead=lead)
    came.show(reader)
    shelf.show(reader)
    own.show(reader)
    kept.listen()


def _by_key() -> str:
    return _(
        "Each slide is a live view with its newest figures, full screen: → goes on, Esc leaves, ? tells "
        "the other keys. A country asked for from the floor: type its name."
    )


def _by_touch() -> str:
    return _(
        "Each slide is a live view with its newest figures, full screen. Touch the slide: buttons appear "
        "below it. → goes on, ✕ leaves, ? explains the others."
    )

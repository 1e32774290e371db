"""Present: which story is told? Ready stories, the reader's own, and the way onto the stage."""

from __future__ import annotations

from dashboard.app_pages.present import came, own, shelf
from dashboard.components import shell
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from dashboard.stage import kept


def draw(reader: Reader) -> None:
    """The page."""
    shell.headline(
        _("Which story do you want to tell?"),
        lead=_(
            "Each slide is a live view with its newest figures, full screen: → goes on, Esc leaves, ? tells "
            "the other keys. A country asked for from the floor: type its name."
        ),
    )
    came.show(reader)
    shelf.show(reader)
    own.show(reader)
    kept.listen()

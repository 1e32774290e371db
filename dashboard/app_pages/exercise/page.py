"""Exercise: how far has our own institution come, and what do we begin with?"""

from __future__ import annotations

from dashboard.app_pages.exercise import doing, guest, held, start
from dashboard.components import shell, state, workspace
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader


def draw(reader: Reader) -> None:
    """The page: the questionnaire for whoever comes with an invitation; else one exercise, or all of them."""
    token = guest.token()
    access = workspace.access(reader.lang)
    if token:
        guest.show(reader, access, token)
        return
    if access.workspace is None or access.person is None or not access.is_open:
        _explain()
        workspace.say_if_off(access)
        return
    doing.say()
    exercise_id = state.store().free("exercise", 40)
    if exercise_id:
        held.show(reader, access, exercise_id)
    else:
        start.show(reader, access, _explain)


def _explain() -> None:
    """What the page is for, in two sentences."""
    shell.headline(
        _("How far has our institution come?"),
        lead=_(
            "In an innovation exercise an institution judges itself by what can be seen, in seven "
            "dimensions: "
            "several people answer on their own, talk about where they differ, and agree. The result is a "
            "profile beside that of the country, with three increments to begin with, cases and a document."
        ),
    )

"""The history of an entry of the workspace as pages show it: who changed what and when, newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from dashboard.components import language, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from kpis.workspace import LOCAL
from kpis.workspace.items import Event

Words = Callable[[Event], str]
Change = Callable[[str, str], tuple[str, str]]


def html(events: Sequence[Event], done: Words, change: Change) -> Markup:
    """The table. done: what was done, in words; change: a field with one of its texts, both in words."""
    columns = [Column(_("When")), Column(_("By whom")), Column(_("What was done")), Column(_("Changes"))]
    rows = [_row(event, done, change) for event in reversed(events)]
    return table.html(_("Who changed what, and when"), columns, rows)


def _row(event: Event, done: Words, change: Change) -> list[Cell]:
    lines = Markup("").join(_line(change, *changed) for changed in event.changed)
    changes = Markup("{}<ul>{}</ul>").format(event.note, lines) if lines else escape(event.note)
    return [language.minute(event.at), who(event.name), done(event), changes]


def _line(change: Change, field: str, before: str, after: str) -> Markup:
    name, old = change(field, before)
    sides = ((Markup("<del>{}</del>"), old), (Markup("<ins>{}</ins>"), change(field, after)[1]))
    said = Markup(" → ").join(side.format(text) for side, text in sides if text)
    return Markup("<li>{}: {}</li>").format(name, said)


def who(name: str) -> str:
    """A person of a history in words. name: theirs, or their id where no name is known."""
    return _("without log-in") if name == LOCAL.id else name

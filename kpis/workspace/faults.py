"""What can go wrong in a workspace; every message in both languages."""

from __future__ import annotations

from datetime import datetime

from kpis.errors import EngineError, RequestError
from kpis.messages import TranslatedError, message
from kpis.texts import Text, mark
from kpis.workspace.people import Role

ROLE_NAMES = {
    Role.VIEWER: Text("viewer"),
    Role.EDITOR: Text("editor"),
    Role.REVIEWER: Text("reviewer"),
    Role.ADMINISTRATOR: Text("administrator"),
}
NO_ROLE = Text("none")


class WorkspaceRequestError(TranslatedError, RequestError):
    """The workspace was asked for something that it refuses. Nothing was changed."""


class WorkspaceError(TranslatedError, EngineError):
    """The store of the workspace cannot be opened, read or written. Nothing was half written."""


class RightsError(WorkspaceRequestError):
    """The person's role does not allow this."""

    def __init__(self, has: Role | None, needs: Role | None) -> None:
        self.has, self.needs = has, needs
        mine = ROLE_NAMES[has] if has else NO_ROLE
        if needs is None and has is None:
            super().__init__(mark("This invitation does not allow that, or it no longer holds."))
        elif needs is None:
            super().__init__(mark("This was given by another person, who alone may change it."))
        else:
            super().__init__(
                mark(
                    "This needs the role {needs}; yours is: {has}. Ask whoever runs this dashboard to give "
                    "it to you."
                ),
                needs=ROLE_NAMES[needs],
                has=mine,
            )


class ConflictError(WorkspaceRequestError):
    """Somebody else changed the entry since it was read. name: who, may be empty; at: when (UTC)."""

    def __init__(self, title: str, name: str, at: datetime) -> None:
        self.name, self.at = name, at
        super().__init__(
            mark(
                "“{title}” was changed by {name} at {at} (UTC), after you opened it. Your text was not "
                "saved: copy it, open the entry again and put in what is yours."
            ),
            title=title,
            name=name or Text("somebody else"),
            at=at.strftime("%Y-%m-%d %H:%M"),
        )


class MissingItemError(WorkspaceRequestError):
    """There is no such entry, it was removed, or the person may not see it."""

    def __init__(self, item_id: str) -> None:
        self.item_id = item_id
        super().__init__(
            mark(
                "The workspace has no entry {id} that you may see. It may have been removed: open the "
                "list again."
            ),
            id=item_id,
        )


class TakenError(WorkspaceRequestError):
    """There is already such an entry, of which there can be one."""

    def __init__(self, title: str) -> None:
        super().__init__(
            mark("“{title}” is there already. Open the one that is there and change it."), title=title
        )


class TooLargeError(WorkspaceRequestError):
    """An entry holds more than fits."""

    def __init__(self, title: str, size: int, most: int) -> None:
        super().__init__(
            mark("“{title}” holds {size} KB; at most {most} KB fit into one entry. Shorten its texts."),
            title=title,
            size=size,
            most=most,
        )


class MissingPersonError(WorkspaceRequestError):
    """Nobody of this id has changed anything."""

    def __init__(self, person_id: str) -> None:
        super().__init__(
            mark(
                "Nobody with the id {id} has entries in this workspace. escala workspace people lists those "
                "who have."
            ),
            id=person_id,
        )


BACKUPS = {
    "no_backup": mark(
        "{name} is no backup of a workspace. Give a .zip file that escala workspace backup wrote."
    ),
    "other_step": mark(
        "{name} was written by another version of Escala (its tables are of step {step}). Restore it with "
        "that version and let this one open the workspace then."
    ),
    "too_large": mark("{name} holds more than 4 GB and is not read."),
    "rows": mark(
        "{name} is damaged: {member} is not what was written. Take another backup; nothing was changed."
    ),
}
"""What is wrong with a file to restore, by code."""


class BackupError(WorkspaceRequestError):
    """A file cannot be restored; the workspace is as it was. code: key of `BACKUPS`."""

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        super().__init__(BACKUPS[code], **details)


class WorkspaceOffError(WorkspaceRequestError):
    """There is no workspace here; the message says why."""


BROKEN = {
    "full": mark("The workspace could not be written: no room left on the disk. Free some and try again."),
    "locked": mark("The workspace is in use by another program. Try again in a moment."),
    "unreachable": mark(
        "The workspace cannot be opened ({reason}). Check what ESCALA_WORKSPACE names, and that it may be "
        "written to."
    ),
    "kind": mark(
        "ESCALA_WORKSPACE names a database of the kind {kind}. Allowed: a file, sqlite:///… or postgresql://…"
    ),
    "strange": mark(
        "{name} is not a workspace of Escala, so it is left alone. Name another file in ESCALA_WORKSPACE."
    ),
    "newer": mark(
        "The workspace was written by a newer version of Escala (its tables are of step {revision}). "
        "Use that version, or restore a backup made with this one."
    ),
    "damaged": mark(
        "The workspace file is damaged ({reason}). Restore the last backup: escala workspace restore."
    ),
}
"""What the machinery says, by code."""


def broken(code: str, **details: object) -> WorkspaceError:
    """The fault of a code of `BROKEN`."""
    said = message(BROKEN[code], **details)
    return WorkspaceError(said.text, **dict(said.details))

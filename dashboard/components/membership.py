"""What membership of a group means, and whose membership is about to change or in doubt."""

from __future__ import annotations

from dashboard.components import frame
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader


def meaning(reader: Reader, group: str) -> str:
    """What membership of a group means and what is to be known of its members; "" for the whole world."""
    if group == "WORLD":
        return ""
    row = reader.groups.loc[group]
    first = f"{row['name']}: {row['note']}" if row["note"] else ""
    return " ".join(filter(None, (first, members(reader, group))))


@worded(data.MANY)
def members(reader: Reader, group: str) -> str:
    """Members whose membership will end or is in doubt, with what is known of each; "" if there are none."""
    notes = data.membership_notes(reader.warehouse, reader.lang, group)
    names = reader.area_names
    return " ".join(
        f"{', '.join(sorted(names[list(areas)]))}: {note}"
        for note, areas in notes.groupby(notes, sort=False).groups.items()
    )


def below(reader: Reader, group: str) -> None:
    """The same as a foot line below what is shown of a group; nothing where nothing is to be known."""
    if note := members(reader, group):
        frame.foot_only(note)

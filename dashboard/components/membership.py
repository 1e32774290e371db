"""What membership of a group means, and whose membership is about to change or in doubt."""

from __future__ import annotations

from dashboard.components import frame
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import OWN, Reader
from kpis.groups import OwnGroup, is_own, read_id
from kpis.matching import fold
from kpis.sources.organisations import KIND


def meaning(reader: Reader, group: str) -> str:
    """What membership of a group means and what is to be known of its members; "" for the whole world."""
    if group == "WORLD":
        return ""
    published = reader.group(group)
    first = f"{published.name}: {published.note}" if published.note else ""
    return " ".join(filter(None, (first, members(reader, group))))


@worded(data.MANY)
def members(reader: Reader, group: str) -> str:
    """Members whose membership will end or is in doubt, with what is known of each; "" if there are none.

    Of a group of the reader's own: that it is one, and its countries.
    """
    if is_own(group):
        return _own(reader, read_id(group))
    notes = data.membership_notes(reader.warehouse, reader.lang, group)
    names = reader.area_names
    return " ".join(
        f"{', '.join(sorted(names[list(areas)]))}: {note}"
        for note, areas in notes.groupby(notes, sort=False).groups.items()
    )


def _own(reader: Reader, group: OwnGroup) -> str:
    names = ", ".join(sorted(reader.area_names[list(group.areas)], key=fold))
    template = _("{name} is a group of your own, with the same countries in all years: {names}.")
    return template.format(name=group.name, names=names)


def below(reader: Reader, group: str) -> None:
    """A foot line below what is shown of a group: who will leave; of an organisation what is counted.

    Nothing where nothing is to be known.
    """
    says_itself = reader.group(group).kind in (KIND, OWN)
    if note := meaning(reader, group) if says_itself else members(reader, group):
        frame.foot_only(note)

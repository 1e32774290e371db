"""Groups of one's own: a name and countries in one id that says all, `my:Andes:BOL.COL.ECU.PER`.

The id is the group. A link, a file or a command carries it, and no table of a warehouse holds it: its figures
are worked out when they are asked for, from the same countries in all years.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kpis.catalogue.model import CountryGroup, Entry
from kpis.catalogue.reading import read_entries, read_file
from kpis.errors import CatalogueError, RequestError
from kpis.messages import TranslatedError
from kpis.names import index
from kpis.paths import extra_entries_dirs
from kpis.texts import mark

PREFIX = "my:"
LONGEST_NAME = 40
FEWEST = 2
SIGNS = " -–'’().&/+"  # beside letters and digits: none that parts a list, an address, HTML or Markdown
CODES = re.compile(r"[A-Za-z]{3}(?:[.,\s]+[A-Za-z]{3})*")

PROBLEMS = {
    "no_name": mark("The group has no name. Give it one of at most {limit} characters."),
    "long": mark("The group's name has {n} characters. Give it one of at most {limit}."),
    "sign": mark(
        "The group's name holds {sign}. Use letters, digits, spaces and these signs: - ' ( ) . & / +"
    ),
    "few": mark("The group {name} has {n} countries. Name {fewest} or more."),
    "area": mark("{name} is no UN Member State that is known here. Use ISO codes such as COL, PER."),
    "form": mark("{text} is no group of your own. Write it as my:Andes:BOL.COL.ECU.PER."),
    "file": mark("{file}: no group here. Write two lines below [[group]]: name = and areas = [ ]."),
    "no_file": mark("{file}: no such file. Name a TOML file with a group."),
}


class OwnGroupError(TranslatedError, RequestError):
    """A group of one's own that cannot be. code: key of `PROBLEMS`."""

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        super().__init__(PROBLEMS[code], **details)


@dataclass(frozen=True)
class OwnGroup:
    """A name in its maker's words, and the ISO codes of its countries, sorted; made by `own_group`."""

    name: str
    areas: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id that a link carries; two groups of one id are the same."""
        return f"{PREFIX}{self.name}:{'.'.join(self.areas)}"


def is_own(group_id: str) -> bool:
    """Whether an id is meant as one of a group of one's own; `read_id` says whether it can be one."""
    return group_id.lstrip()[: len(PREFIX)].casefold() == PREFIX


def own_group(name: str, areas: Iterable[str]) -> OwnGroup:
    """A group of a name and countries. areas: codes or names, each once or more.

    Raises OwnGroupError for a name that is empty, too long or holds signs that mean something elsewhere, and
    for fewer than two countries, or what is no UN Member State.
    """
    plain = _name(name)
    codes = tuple(sorted({_code(area) for area in areas}))
    if len(codes) < FEWEST:
        raise OwnGroupError("few", name=plain, n=len(codes), fewest=FEWEST)
    return OwnGroup(plain, codes)


def read_id(text: str) -> OwnGroup:
    """The group of an id, as `OwnGroup.id` writes it or with commas between codes or names of countries.

    Raises OwnGroupError as `own_group`, and for what has another form.
    """
    _prefix, first, rest = text.strip().partition(":")
    name, second, areas = rest.partition(":")
    if not (is_own(text) and first and second):
        raise OwnGroupError("form", text=text[:LONGEST_NAME])
    listed = areas.strip(" .,;")
    parts = re.split(r"[.,\s]+", listed) if CODES.fullmatch(listed) else index().split(listed)
    return own_group(name, parts)


def from_file(path: Path) -> OwnGroup:
    """The first group of a TOML file: name and areas below [[group]].

    Raises OwnGroupError where there is no file, no group in it or one that cannot be; CatalogueError for
    broken TOML.
    """
    if not path.is_file():
        raise OwnGroupError("no_file", file=path.name)
    groups = _of_entries(entry for _table, entry in read_file(path))
    if not groups:
        raise OwnGroupError("file", file=path.name)
    return groups[0]


def in_catalogue() -> list[OwnGroup]:
    """The groups of the folders in $ESCALA_CATALOGUE, in the order of the files; each once.

    Raises CatalogueError for one that cannot be.
    """
    groups: list[OwnGroup] = []
    for folder in extra_entries_dirs():
        for _table, path, entry in read_entries(folder):
            try:
                groups += _of_entries([entry])
            except OwnGroupError as fault:
                raise CatalogueError(f"{path}: {fault}") from None
    return list(dict.fromkeys(groups))


def _of_entries(entries: Iterable[Entry]) -> list[OwnGroup]:
    return [own_group(entry.name, entry.areas) for entry in entries if isinstance(entry, CountryGroup)]


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise OwnGroupError("no_name", limit=LONGEST_NAME)
    if wrong := next((sign for sign in name if not _is_plain(sign)), ""):
        raise OwnGroupError("sign", sign=unicodedata.name(wrong, f"U+{ord(wrong):04X}"))
    if len(name) > LONGEST_NAME:
        raise OwnGroupError("long", n=len(name), limit=LONGEST_NAME)
    return name


def _is_plain(sign: str) -> bool:
    return sign.isalnum() or sign in SIGNS or unicodedata.category(sign) in ("Mn", "Mc")


def _code(area: str) -> str:
    names = index()
    codes = names.find(area)
    if len(codes) != 1 or codes[0] not in names.members:
        raise OwnGroupError("area", name=area[:LONGEST_NAME] or "–")
    return codes[0]

"""By which names a country or area is understood: one index for the search, every list and the command.

An area has the names of `data/reference/area.csv` (UN, four languages) and those of `area_name.csv` beside it
(everyday, World Bank, former, short). Compared are the words of a name, whatever their order: accents, case,
dots, brackets and little words such as "of" and "the" aside, "St." as "Saint" and "Rep." as "Republic". So
"Korea, Rep.", "Republic of Korea" and "KOREA REPUBLIC" are one name.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kpis import matching
from kpis.errors import DataError, RequestError, unknown
from kpis.paths import data_dir, shipped_data
from kpis.sources.csvio import read_if_there

LANGUAGES = ("en", "es", "fr", "pt")
COLUMNS = ("ref_area", "name", "lang", "kind")
MAX_COMMAS = 3  # within one name: "Korea, Democratic People's Republic of" has one
MAX_LETTERS = 120  # of a name; what is longer is none
STOP_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "y",
        "e",
        "de",
        "del",
        "la",
        "las",
        "el",
        "los",
        "da",
        "do",
        "das",
        "dos",
        "du",
        "des",
        "le",
        "les",
        "l",
        "et",
        "a",
    ]
)
SHORT_FORMS = {
    "st": "saint",
    "ste": "saint",
    "sta": "santa",
    "rep": "republic",
    "repub": "republic",
    "dem": "democratic",
    "fed": "federated",
    "federal": "federated",
    "sts": "states",
    "is": "islands",
    "isds": "islands",
    "island": "islands",
    "peoples": "people",
    "dpr": "democratic people republic",
    "sar": "special administrative region",
    "govt": "government",
}  # short forms of words, as publishers write them
# "Republic of Colombia", "Kazakhstan, Republic of", "Reino de España": the name without the form of state.
OF_STATE = r"(?:[\w'’]+\s){0,3}?(?:republic|rep\.?|kingdom|rep[uú]blica|reino)"
FORMAL = re.compile(
    rf"(?:(?:the|la|el)\s)?{OF_STATE}\s(?:of|del?)\s(?:the\s|la\s|los\s)?(.+)"
    rf"|(.+?),\s?(?:the\s)?{OF_STATE}(?:\s(?:of|del?)(?:\sthe|\sla|\slos)?)?",
    re.IGNORECASE,
)
BRACKETS = re.compile(r"([^()]+)\(([^()]+)\)")


class OldNamesWarning(UserWarning):
    """A table of names is wrong; those that were read before, or that come with Escala, are used."""


class Name(NamedTuple):
    """A name of an area. kind: un, common, world_bank, former or short."""

    ref_area: str
    name: str
    lang: str
    kind: str


def key(name: str) -> str:
    """What two ways to write a name have in common: its words in full, sorted.

    >>> key("Korea, Rep.") == key("Republic of Korea"), key("U.S.A.") == key("usa")
    (True, True)
    """
    words = matching.words(_spaced(name[:MAX_LETTERS]).replace(".", ""))
    in_full = [
        full for word in words for full in SHORT_FORMS.get(word, word).split() if full not in STOP_WORDS
    ]
    return " ".join(sorted(in_full or words))


def _spaced(name: str) -> str:
    """A dot between two whole words parts them ("St.Lucia"); within initials it does not ("U.S.A.")."""
    return re.sub(r"(?<=\w\w)\.(?=\w\w)", " ", name)


class AreaNames:
    """All names of all areas, made ready to be looked up."""

    def __init__(self, rows: Iterable[dict[str, str]], names: Iterable[Name]) -> None:
        area_rows = list(rows)
        self.iso3 = {row["ref_area"].casefold(): row["ref_area"] for row in area_rows}
        self.iso2 = {row["iso2"].casefold(): row["ref_area"] for row in area_rows if row.get("iso2")}
        self.members = frozenset(row["ref_area"] for row in area_rows if row.get("un_member") == "1")
        self.title = {row["ref_area"]: row["name_en"] for row in area_rows}
        official = [
            Name(row["ref_area"], name, lang, "un")
            for row in area_rows
            for lang in LANGUAGES
            if (name := row.get(f"name_{lang}"))
        ]
        self.names = [*official, *(name for name in names if name.ref_area in self.title)]
        self._by_key: dict[str, list[str]] = {}
        self._by_area: dict[str, list[str]] = {}
        for entry in self.names:
            areas = self._by_key.setdefault(key(entry.name), [])
            if entry.ref_area not in areas:
                areas.append(entry.ref_area)
            names_of_area = self._by_area.setdefault(entry.ref_area, [])
            if entry.name not in names_of_area:
                names_of_area.append(entry.name)

    def of(self, area: str) -> list[str]:
        """Every name of an area, in all languages, each once."""
        return list(self._by_area.get(area, ()))

    def called(self, area: str, lang: str) -> str:
        """The name of an area in a language; in English where it has none."""
        official = (
            name.name for name in self.names if (name.ref_area, name.lang, name.kind) == (area, lang, "un")
        )
        return next(official, self.title[area])

    def find(self, name: str) -> list[str]:
        """Codes of the areas that are called so: none, one, or several where the name is not clear.

        An ISO code comes first (three letters, then two), whatever else is called so. Two names of an area,
        one in brackets ("Eswatini (Swaziland)"), are one; a form of state may stand before or behind a name.
        """
        plain = name.strip().casefold()
        if plain in self.iso3:
            return [self.iso3[plain]]
        if plain in self.iso2:
            return [self.iso2[plain]]
        if not plain:
            return []
        return list(self._by_key.get(key(name), ())) or self._of_both(plain) or self._without_form(plain)

    def _of_both(self, name: str) -> list[str]:
        """The areas called by the name outside of the brackets and by the one inside."""
        parts = BRACKETS.fullmatch(name)
        inside = self.find(parts[2]) if parts else []
        return [area for area in self.find(parts[1]) if area in inside] if parts and inside else []

    def _without_form(self, name: str) -> list[str]:
        """The areas with the name that is left without the form of state."""
        parts = FORMAL.fullmatch(name)
        return list(self._by_key.get(key(parts[1] or parts[2]), ())) if parts else []

    def split(self, text: str) -> list[str]:
        """Names in a text with commas between them, "Egypt, Arab Rep." being one.

        A comma with a blank after it belongs to the name where there is such a name; one without a blank only
        where its parts are no names by themselves.

        >>> index().split("Egypt, Arab Rep.,COL, Bahamas, The")
        ['Egypt, Arab Rep.', 'COL', 'Bahamas, The']
        """
        parts, split_names = text.split(","), []
        while parts:
            n = next(
                (n for n in range(min(len(parts), MAX_COMMAS), 1, -1) if self._is_single_name(parts[:n])), 1
            )
            split_names.append(",".join(parts[:n]).strip())
            parts = parts[n:]
        return [name for name in split_names if name]

    def _is_single_name(self, parts: list[str]) -> bool:
        """Whether parts of a text are a single name."""
        if not self.find(",".join(parts)):
            return False
        spaced = all(part.startswith(" ") for part in parts[1:])
        return spaced or not all(len(self.find(part)) == 1 for part in parts)

    def near(self, name: str, allowed: Collection[str]) -> str:
        """The only area with a name or a word of one that begins so, else the one most alike; else ""."""
        beginning = key(name)
        if len(beginning) < matching.SHORT:
            return ""
        areas = self._beginning(beginning) & set(allowed)
        if areas:
            return areas.pop() if len(areas) == 1 else ""
        closest = next(iter(matching.similar(beginning, self._by_key, matching.NEAR_NAME)), "")
        return next((area for area in self._by_key.get(closest, ()) if area in allowed), "")

    def _beginning(self, beginning: str) -> set[str]:
        """Areas with a name, or a word of one, that begins so."""
        return {
            area
            for name, areas in self._by_key.items()
            for area in areas
            if any(word.startswith(beginning) for word in (name, *name.split()))
        }


_good: dict[Path, AreaNames] = {}  # what was last read from each folder


def index() -> AreaNames:
    """The index of the figures in use; made once for each state of its two files."""
    folder = data_dir() / "reference"
    return _index(folder, _stamp(folder / "area.csv"), _stamp(folder / "area_name.csv"))


def _stamp(path: Path) -> int:
    return path.stat().st_mtime_ns if path.is_file() else 0


@lru_cache(maxsize=4)
def _index(folder: Path, *_stamps: int) -> AreaNames:
    try:
        return _read(folder)
    except DataError as fault:
        # a wrong table stops the next build, not the readers of the last good warehouse
        if (last_good := _last_good(folder)) is None:
            raise
        warnings.warn(f"names of countries are those known before: {fault}", OldNamesWarning, stacklevel=3)
        return last_good


def _read(folder: Path) -> AreaNames:
    areas = read_if_there(folder / "area.csv", required=("ref_area", "iso2", "name_en", "un_member"))
    further_names = read_if_there(folder / "area_name.csv", required=COLUMNS)
    _good[folder] = names = AreaNames(
        areas, [Name(*(row[column] for column in COLUMNS)) for row in further_names]
    )
    return names


def _last_good(folder: Path) -> AreaNames | None:
    """The names last read from this folder in this process, else those that come with Escala."""
    if folder in _good:
        return _good[folder]
    try:
        return _read(shipped_data() / "reference")
    except DataError:
        return None


def area_code(name: str, allowed: Collection[str], *, kind: str = "area") -> str:
    """ISO 3166-1 alpha-3 code of an area that is named by a code or by any of its names.

    allowed: the codes to choose from. kind: what they are, for the message: "area", "UN Member State".
    Raises RequestError for a name that nobody has, that several have, or whose area is not allowed.
    """
    if name in allowed:
        return name
    names = index()
    areas = names.find(name)
    fitting = [area for area in areas if area in allowed]
    if len(fitting) == 1 and len(areas) == 1:
        return fitting[0]
    if len(areas) > 1:
        choices = ", ".join(f"{area} ({names.title[area]})" for area in sorted(areas))
        raise RequestError(f"{kind} '{name[:60]}' can be one of several: {choices}. Give the code.")
    if areas:
        [area] = areas
        reason = "not a UN Member State" if area not in names.members else f"no {kind} of this table"
        raise RequestError(
            f"{names.title[area]} ({area}) is {reason}: not assessed here. Its figures: "
            f"escala values --kpi EGDI,GTMI --area {area}."
        )
    if near := names.near(name, allowed):
        raise RequestError(f"{kind} '{name[:60]}' is not known. Did you mean '{near}' ({names.title[near]})?")
    raise RequestError(unknown(kind, name, allowed))


def area_of(name: str, *, kind: str = "UN Member State") -> str:
    """Code of the UN Member State that is named so. Raises RequestError as `area_code` does."""
    return area_code(name, index().members, kind=kind)


def areas_of(text: str) -> list[str]:
    """Codes of the areas named in a text with commas between them; raises as `area_code` does."""
    names = index()
    return [area_code(name, names.title, kind="area") for name in names.split(text)]

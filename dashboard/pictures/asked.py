"""What an address asks of a picture: the page, and its parameters read as the page reads them.

A page ignores what it does not know with a note; a picture is asked for by a program or by who writes a
document, so the same note is an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from dashboard.components import pickers, state
from dashboard.components.addresses import understood
from dashboard.components.groups import usual_group
from dashboard.components.state import Note, Store
from dashboard.navigation import PARAMETERS, PATHS
from dashboard.pictures.pages import LONGEST
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis.errors import RequestError, unknown


@dataclass
class Asked:
    """An address that is read for a picture. reader: whose language and warehouse; page: of PATHS."""

    reader: Reader
    page: str
    store: Store

    def one(self, name: str, allowed: Sequence[str], default: str, *, say: str = "") -> str:
        """The code of a parameter, else the default."""
        return self.store.single(name, allowed, default, say=say) or default

    def maybe(self, name: str, allowed: Sequence[str], *, say: str = "") -> str:
        """The code of a parameter, or ""."""
        return self.store.single(name, allowed, None, say=say) or ""

    def country(self) -> str:
        """The UN Member State that the page shows: the one of the address, else the reader's own; or ""."""
        return self.maybe("country", self._states(), say=_STATES) or self.mine()

    def a_country(self, others: bool = False) -> str:
        """The same, where there is no picture without. others: or another area with figures."""
        wh, lang = self.reader.warehouse, self.reader.lang
        allowed = list(pickers.places(wh, lang)) if others else self._states()
        area = self.maybe("country", allowed, say=_STATES) or self.mine()
        if area:
            return area
        self.check()
        raise RequestError(
            f"the picture of {self.page!r} needs a country: add country= with an ISO code, as "
            f"'{self.page}?country=COL'."
        )

    def mine(self) -> str:
        """The reader's own country, if the address names it."""
        return self.maybe("mine", self._states(), say=_STATES)

    def kpi(self, default: str = "EGDI", name: str = "kpi") -> str:
        """A KPI that holds data."""
        held = data.kpis_with_data(self.reader.warehouse)
        if not held:
            raise RequestError("no KPI holds a figure yet; run escala build.")
        usual = default if default in held else held[0]
        return self.one(name, held, usual, say="ids of KPIs with data, such as EGDI, OSI, SDG_9.c.1")

    def group(self, default: str = "WORLD", name: str = "group") -> str:
        """A group of countries; `peers` and `group` stand for each other, as on pages."""
        self.store.adopt(name, state.SAME[name])
        return self.one(name, list(self.reader.groups.index), default)

    def peers(self, area: str) -> str:
        """The group that a country is compared with."""
        return self.group(usual_group(self.reader, area), "peers")

    def number(self, name: str, allowed: Sequence[int], default: int) -> int:
        """A year or another whole number."""
        return int(self.one(name, [str(number) for number in allowed], str(default)))

    def chart(self, *keys: str) -> str:
        """Which chart of the view the address names, by its key or how it begins; the first without one.

        Raises RequestError for another, with the charts of the view that have a picture.
        """
        self.check()
        named = "".join(self.store.values.get("chart", [])[:1])
        found = next((key for key in keys if key.startswith(named)), "")
        if not found:
            raise RequestError(
                f"this view of '{self.page}' has no picture of a chart '{named}'. Allowed: {', '.join(keys)}."
            )
        return found

    def check(self) -> None:
        """Raises RequestError for a value that the page does not allow, and for a strange parameter."""
        self.store.note_strangers()
        if self.store.notes:
            raise RequestError(_in_words(self.store.notes[0]))

    def _states(self) -> list[str]:
        return list(pickers.states(self.reader.warehouse, self.reader.lang))


_STATES = "ISO codes of the UN Member States, such as COL, JAM, NAM"


def _in_words(note: Note) -> str:
    near = f" Did you mean '{note.near}'?" if note.near else ""
    if not note.allowed:
        return f"the address has a parameter '{note.name}' that no page reads.{near}"
    return f"the address has {note.name}={note.value}, which is not known.{near} Allowed: {note.allowed}."


def page_of(view: str) -> tuple[str, dict[str, list[str]]]:
    """The page of a view's address, as 'stages?country=COL', and its parameters.

    A whole address is read from its last folder on. Raises RequestError for an unknown page.
    """
    if len(view) > LONGEST:
        raise RequestError(f"the address of the view is longer than {LONGEST} characters.")
    path, _mark, query = view.strip().partition("?")
    page = path.rstrip("/").rpartition("/")[2] or PATHS[0]
    if page not in PATHS:
        raise RequestError(unknown("page", page, PATHS, place="the address of the view"))
    return page, understood(parse_qs(query), PARAMETERS)


def asked(reader: Reader, page: str, address: dict[str, list[str]]) -> Asked:
    """The address of a page, ready to be read."""
    kept = {name: values[: state.MOST_VALUES] for name, values in address.items() if name != "lang"}
    return Asked(reader, page, Store(values=kept, page=page, lang=reader.lang))

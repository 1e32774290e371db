"""The address is the state: what is chosen stands in the query string in plain codes.

Streamlit's own `bind="query-params"` writes the label a reader sees ("Economía …"), which changes with the
language: a link shared in Spanish would open wrongly in English, and a bad value vanishes without a word.
So codes are bound here: `Store` is a plain object without Streamlit, the functions below connect it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote

import streamlit as st

from dashboard.components import addresses
from dashboard.navigation import LEFT_BEHIND, PARAMETERS, PATHS, SHARED
from dashboard.reads.answers import Answer
from kpis.matching import near_miss

MOST_VALUES = 20  # of one repeated parameter; the rest is ignored
MAX_VALUE_LENGTH = 40  # characters of a bad value repeated in a note
MOST_NOTES = 3  # that are written out; of the others only how many

# Stand in the address also where they are the usual ones: a link is read in the language it has, and shows
# what follows from the country of its sender.
ALWAYS = {"lang", "mine"}
NOBODY = "none"  # no country, though the reader has one: the page shows a group, or asks
SAME = {"group": "peers", "peers": "group"}  # a page reads one of the two; an address may name the other


@dataclass(frozen=True)
class Note:
    """An address part that was ignored: its name, its value (cut), what is allowed or perhaps meant.

    unused: nothing is wrong with it, but the view that is shown does not use it.
    """

    name: str
    value: str
    allowed: str = ""
    near: str = ""
    unused: bool = False


@dataclass
class Store:
    """Choices of one reader. `values` holds raw codes by parameter; pages ask with `single` and `many`."""

    values: dict[str, list[str]] = field(default_factory=dict)
    written: dict[str, list[str]] | None = None
    page: str | None = None
    changed: bool = False
    notes: list[Note] = field(default_factory=list)
    used: dict[str, list[str]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    notes_before: list[Note] = field(default_factory=list)
    elsewhere: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)  # parameters of an address that this run opens
    adopted: dict[str, str] = field(default_factory=dict)  # by parameter: the one of the address read for it
    shared: dict[str, list[str]] = field(default_factory=dict)
    handed: bool = False
    lang: str = "en"  # of names in notes
    outside: str = ""  # the area that is chosen though the page assesses UN Member States only
    answer: Answer | None = None  # the head of the page of this run

    def open(self, address: dict[str, list[str]]) -> None:
        """Starts a run: a changed address (link, back button) wins, unless a control was just moved."""
        self.used, self.gone, self.outside = {}, set(), ""
        self.given, self.adopted = set(), {}
        self.notes_before, self.notes = self.notes, []
        self.elsewhere = set(self.values) - set(address)
        if self.changed or address == self.written:
            return
        self.notes_before = []
        self.gone, self.given = set(self.written or {}) - set(address), set(address)
        for name, raw in address.items():
            self.values[name] = raw[:MOST_VALUES]

    def turn(self, page: str) -> None:
        """Tells the page. A parameter gone from the address is dropped, but kept where the page is a new one.

        Notes stay until a control is moved, the page is changed or another address is opened.
        """
        if page == self.page:
            for name in self.gone:
                self.values.pop(name, None)
            if not self.changed:
                self.notes = self.notes_before + [
                    note for note in self.notes if note not in self.notes_before
                ]
        else:
            for name in self.gone & LEFT_BEHIND:
                self.values.pop(name, None)
            if "country" in self.gone and self.values.get("country") == [NOBODY]:
                del self.values["country"]  # a group was looked at there; the reader's own country is kept
        self.page, self.changed = page, False

    def hand_over(self) -> None:
        """The controls shared by all pages are drawn; the page follows in the same run."""
        self.shared, self.handed = dict(self.used), True

    def take_over(self, address: dict[str, list[str]]) -> None:
        """Start of a page. If it runs alone, because one of its controls was moved, this starts the run.

        A link and the back button are followed by a whole run. What the browser sends along with a page that
        runs alone is the address as it was when the control was moved, perhaps before the last run had
        written its own: it is not read.
        """
        if not self.handed:
            self.open(self.written if self.written is not None else address)
            self.turn(self.page or "")
            self.used = dict(self.shared)
        self.handed = False

    def put(self, name: str, codes: Iterable[str]) -> None:
        """A control was moved."""
        self.values[name] = list(codes)
        self.changed = True

    def many(
        self, name: str, allowed: Sequence[str], default: Sequence[str] = (), *, say: str = "", most: int = 10
    ) -> list[str]:
        """The valid codes of a parameter, each once, at most `most`; else the default. Bad ones are noted.

        say: the allowed values in words, for the note; without it the first codes are listed.
        """
        by_small_letters = {code.casefold(): code for code in allowed}
        raw = self.values.get(name)
        if raw is None:
            self.used[name] = list(default) if name in ALWAYS else []
            return list(default)
        codes: list[str] = []
        for code in [part for value in raw for part in addresses.parts(name, value, by_small_letters)][
            :MOST_VALUES
        ]:
            match, choices = addresses.code(name, code, by_small_letters, self.lang)
            if match is None or (match not in codes and len(codes) >= most):
                if name not in self.elsewhere:  # a choice made on another page is no mistake of the address
                    near = "" if addresses.is_place(name, code) else self._near(code, allowed)
                    self._note(name, code, choices or say or _first(allowed), near)
            elif match not in codes:
                codes.append(match)
        if not codes and raw:
            codes = list(default)
        self.values[name] = codes
        self.used[name] = [] if codes == list(default) and name not in ALWAYS else codes
        return codes

    def adopt(self, name: str, other: str) -> None:
        """Reads `other` of the address in place of `name`, which it does not name.

        What was chosen on another page, under the other name, stays there.
        """
        if not self.values.get(name) and self.values.get(other) and other not in self.elsewhere:
            self.values[name] = list(self.values[other])
            self.adopted[name] = other

    def single(self, name: str, allowed: Sequence[str], default: str | None, *, say: str = "") -> str | None:
        """The valid code of a parameter, else the default; a bad one is noted."""
        codes = self.many(name, allowed, [] if default is None else [default], say=say, most=1)
        return codes[0] if codes else default

    def free(self, name: str, most: int = 60) -> str:
        """A parameter of the reader's own words (a search), on one line and cut to `most` characters."""
        raw = self.values.get(name) or [""]
        words = " ".join(raw[0].split())[:most].strip()
        self.values[name] = self.used[name] = [words] if words else []
        return words

    def refuse(self, name: str, allowed: str) -> None:
        """Drops words of `free` that the page cannot read, with a note of what is allowed."""
        for words in self.values.get(name, [])[:1]:
            self._note(name, words, allowed)
        self.values[name] = self.used[name] = []

    def reject(self, name: str, value: str, allowed: str) -> None:
        """Notes one value that a page reads by itself and cannot use."""
        self._note(name, value, allowed)

    def note_strangers(self) -> None:
        """Notes and forgets the parameters that no page reads."""
        for name in [name for name in self.values if name not in PARAMETERS and name not in self.used]:
            value = ", ".join(self.values.pop(name))
            if name == "page":
                self._note(name, value, ", ".join(PATHS), self._near(value, PATHS))
            else:
                self._note(name[:MAX_VALUE_LENGTH], value, "", self._near(name, PARAMETERS))

    def note_unused(self) -> None:
        """Notes what the opened address names and the page, now drawn, did not read in the view it shows.

        What every page shares is read by the shell. Another page may use what is noted: it is kept for it.
        """
        for name in (name for name in PARAMETERS if name in self.given and name not in SHARED):
            if any(self.values.get(name, [])) and not {name, SAME.get(name)} & set(self.used):
                note = Note(name, _cut(", ".join(self.values[name])), unused=True)
                if note not in self.notes:
                    self.notes.append(note)

    def take(self, name: str) -> str:
        """A word that is said once: given and forgotten, so that the address no longer holds it."""
        return (self.values.pop(name, None) or [""])[0]

    def lines(self, name: str, most: int) -> str:
        """A parameter of several lines; the address holds it only up to `most` bytes, the session in full."""
        raw = self.values.get(name) or [""]
        text = raw[0].replace("\r\n", "\n").strip()
        self.used[name] = [text] if text and len(quote(text)) <= most else []
        return text

    def address(self) -> dict[str, list[str]]:
        """What the address should hold after this run: parameters of this page that differ from default."""
        return {name: codes for name, codes in self.used.items() if codes}

    def _near(self, value: str, among: Iterable[str]) -> str:
        """What was perhaps meant, for a note that is written out; nothing where that was said already."""
        near = near_miss(value, among) if len(self.notes) < MOST_NOTES else None
        return near if near and near.casefold() != value.strip().casefold() else ""

    def _note(self, name: str, value: str, allowed: str, near: str = "") -> None:
        note = Note(self.adopted.get(name, name), _cut(value), allowed, near)
        if note not in self.notes:
            self.notes.append(note)


def _cut(value: str) -> str:
    return value if len(value) <= MAX_VALUE_LENGTH else f"{value[: MAX_VALUE_LENGTH - 1]}…"


def _first(codes: Sequence[str]) -> str:
    return ", ".join(codes[:8]) + (" …" if len(codes) > 8 else "")


def store() -> Store:
    """The reader's Store, in the session."""
    try:  # the session takes as long to say whether it has a thing as to give it
        stored: Store = st.session_state["escala_url"]
    except KeyError:
        st.session_state["escala_url"] = stored = Store()
    return stored


@contextmanager
def within(page: str, values: Mapping[str, Sequence[str]]) -> Iterator[Store]:
    """A page drawn with choices of its own: those of the reader stay as they are."""
    outer = store()
    inner = Store({name: list(codes) for name, codes in values.items()}, page=page, lang=outer.lang)
    st.session_state["escala_url"] = inner
    try:
        yield inner
    finally:
        st.session_state["escala_url"] = outer


def begin() -> None:
    """Reads the address; call once per whole run, before any control."""
    store().open(_address())


def hand_over() -> None:
    """Call after the shared controls, right before the page."""
    store().hand_over()


def take_over() -> None:
    """Reads the address if the page runs alone; call first in the page's fragment."""
    store().take_over(_address())


def _address() -> dict[str, list[str]]:
    """The address in the app's own parameters."""
    return addresses.understood(_written(), PARAMETERS)


def _written() -> dict[str, list[str]]:
    """The address as it is written."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def note_strangers() -> None:
    """Notes the parameters of the address that no page reads, such as `countries=COL`, and forgets them."""
    store().note_strangers()


def note_unused() -> None:
    """Notes what the address names and the shown view does not use; call once the page has been drawn."""
    store().note_unused()


def end() -> None:
    """Writes the address; call once per run, after the page has been drawn.

    Not in a `finally`: Streamlit breaks off a run when the next one is due, and a half-known state must not
    overwrite the address that the next run reads.
    """
    choices = store()
    target = choices.address()
    if target != _written():
        st.query_params.from_dict(target)
    choices.written, choices.changed = target, False


def widget(name: str) -> str:
    """Session key of the control of a parameter."""
    return f"control_{name}"


def take(name: str) -> None:
    """Callback of a control: its value becomes the parameter's."""
    value = st.session_state.get(widget(name))
    if value is None:
        store().put(name, [])
    else:
        store().put(name, [value] if isinstance(value, str) else list(value))

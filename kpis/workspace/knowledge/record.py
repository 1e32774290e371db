"""The record of a case in the common schema: its fields, tidied, and all that is wrong with one.

The only place that says what a record must hold in which state: forms, files of other centres and the step to
publication all ask here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from kpis.cases.repository import COLUMNS, LISTS, split
from kpis.matching import fold, near_miss
from kpis.messages import Message, joined, message
from kpis.texts import Text
from kpis.workspace.knowledge.rules import State
from kpis.workspace.knowledge.vocabulary import allowed

Record = Mapping[str, str]
"""A case as texts by field; every field of `FIELDS` is there, empty where it is not known."""

FIELDS = COLUMNS
LONGEST = {
    "case_id": 80, "name": 200, "institution": 200, "summary": 1200, "recognition": 300, "source_title": 300,
    "source_url": 2000,
}  # fmt: skip
MOST_TARGETS = 10
FIRST_YEAR = 1950
MOST_LISTED = 12  # allowed values that a message names

_PROPOSED = ("case_id", "name", "country_iso3")
_CAPTURED = (*_PROPOSED, "level", "status", "summary", "channel", "verified")
_CLASSIFIED = (*_CAPTURED, "theme", "innovation_type", "maturity_stage", "sdg_targets")
_PUBLISHED = (*_CLASSIFIED, "source_title", "source_url")
REQUIRED: Mapping[State, tuple[str, ...]] = {
    State.PROPOSED: _PROPOSED,
    State.CAPTURED: _CAPTURED,
    State.ASSESSED: _CAPTURED,
    State.CLASSIFIED: _CLASSIFIED,
    State.PUBLISHED: _PUBLISHED,
    State.RETIRED: _PROPOSED,
}
"""What a record must hold in each state; all else may stay empty, which means unknown."""

_SLUG = re.compile(r"[a-z]{3}(-[a-z0-9]+)+")
# of the classes of Unicode: control, format (direction marks among them), halves of letters, private use
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")

NEEDED = Text("is empty. In this state it must be filled in.")
NOT_ALLOWED = Text("“{value}” is not allowed.{near} Allowed: {allowed}.")
NEAR = Text(" Did you mean “{name}”?")
MORE = Text("{names} … ({n} in all)")
NO_TARGET = Text(
    "“{value}” is none of the 169 SDG targets. Write goal and target with a point, such as 16.9 or 1.a."
)
TOO_MANY = Text("names {n} SDG targets. Keep the {most} that matter most.")
NO_YEAR = Text(
    "“{value}” is no year of a start. Write four digits from {first} to {last}, or leave it empty."
)
NO_ADDRESS = Text(
    "“{value}” is no address of a web page. Write it whole, beginning with https:// or http://."
)
TOO_LONG = Text("is {n} characters long. At most {most} are kept: shorten it.")
NO_SLUG = Text(
    "“{value}” is no id of a case. Write small letters without accents, digits and hyphens, beginning with "
    "the code of the country, such as {example}."
)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field of a record."""

    field: str
    message: Message


def tidied(cells: Mapping[str, object]) -> dict[str, str]:
    """A record of what was typed or read: every field as one line of text, unseen signs left out.

    Lists are written with semicolons, each part once; what is no field is left out; codes of closed lists in
    their own letters, so that "col" and "Web" are understood.
    """
    record = {field: _line(cells.get(field)) for field in FIELDS}
    lists = allowed()
    for field, codes in lists.items():
        by_letters = {code.casefold(): code for code in codes}
        parts = split(record[field].replace(",", ";")) if field in LISTS else (record[field],)
        record[field] = ";".join(dict.fromkeys(by_letters.get(part.casefold(), part) for part in parts))
    if not record["case_id"] and record["country_iso3"] and record["name"]:
        record["case_id"] = slug(record["country_iso3"], record["name"])
    return record


def _line(cell: object) -> str:
    if cell is None:
        return ""
    text = str(cell).lower() if isinstance(cell, bool) else str(cell)
    kept = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def slug(country: str, name: str) -> str:
    """An id for a new case: country and the first words of its name.

    >>> slug("COL", "Carpeta Ciudadana Digital: ¡ya!")
    'col-carpeta-ciudadana-digital-ya'
    """
    words = re.findall(r"[a-z0-9]+", fold(name))[:6] or ["case"]
    return "-".join([country.lower(), *words])[: LONGEST["case_id"]].rstrip("-")


def has_source(record: Record) -> bool:
    """Whether a record names a page of the web: the gate of a score and of publication."""
    return bool(record["source_url"]) and _is_address(record["source_url"])


def problems(record: Record, state: State, year: int) -> list[Problem]:
    """All that is wrong with a tidied record in a state, in the order of the fields. year: of today."""
    found = []
    for field in FIELDS:
        if not record[field]:
            if field in REQUIRED[state]:
                found.append(Problem(field, message(NEEDED)))
        elif wrong := _wrong(field, record, year):
            found.append(Problem(field, wrong))
    return found


def _wrong(field: str, record: Record, year: int) -> Message | None:
    """What is wrong with a field that is filled in."""
    value = record[field]
    if len(value) > LONGEST.get(field, len(value)):
        return message(TOO_LONG, n=len(value), most=LONGEST[field])
    if field == "case_id":
        return _wrong_id(record)
    if field == "start_year" and not (re.fullmatch(r"[0-9]{4}", value) and FIRST_YEAR <= int(value) <= year):
        return message(NO_YEAR, value=value, first=FIRST_YEAR, last=year)
    if field == "source_url" and not _is_address(value):
        return message(NO_ADDRESS, value=value)
    if field == "sdg_targets":
        return _wrong_targets(split(value))
    parts = split(value) if field in LISTS else (value,)
    return next((_not_allowed(field, part) for part in parts if not _is_allowed(field, part)), None)


def _wrong_id(record: Record) -> Message | None:
    value, country = record["case_id"], record["country_iso3"].lower()
    is_country = _is_allowed("country_iso3", record["country_iso3"])
    if _SLUG.fullmatch(value) and (not is_country or value.startswith(f"{country}-")):
        return None
    return message(NO_SLUG, value=value, example=slug(country or "col", record["name"]))


def _wrong_targets(targets: tuple[str, ...]) -> Message | None:
    if len(targets) > MOST_TARGETS:
        return message(TOO_MANY, n=len(targets), most=MOST_TARGETS)
    stranger = next((target for target in targets if target not in allowed()["sdg_targets"]), None)
    return message(NO_TARGET, value=stranger) if stranger else None


def _is_allowed(field: str, value: str) -> bool:
    return field not in allowed() or value in allowed()[field]


def _not_allowed(field: str, value: str) -> Message:
    codes = allowed()[field]
    near = near_miss(value, codes)
    first: Message | str = ", ".join(codes[:MOST_LISTED])
    if len(codes) > MOST_LISTED:
        first = message(MORE, names=first, n=len(codes))
    hint: Message | str = message(NEAR, name=near) if near else ""
    return message(NOT_ALLOWED, value=value, near=hint, allowed=first)


def _is_address(text: str) -> bool:
    """Whether a text is the whole address of a web page: scheme, a host with a dot, no blank, no log-in."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        parts.port  # noqa: B018 # raises where it is no number
    except ValueError:
        return False
    is_host = re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) is not None
    plain = not re.search(r"[\s<>\"'`\\{}|^]", text) and "@" not in parts.netloc
    return parts.scheme in ("http", "https") and is_host and plain


def said(found: list[Problem], names: Mapping[str, str], lang: str) -> list[str]:
    """Problems as sentences, each beginning with the name of its field."""
    return [f"{names[each.field]}: {each.message.say(lang)}" for each in found]


def together(found: list[Problem]) -> Message:
    """Problems as one message, each beginning with the code of its field."""
    parts = [joined([each.field, each.message], " ") for each in found]
    return joined(parts, " ")


def differences(before: Record, after: Record) -> list[tuple[str, str, str]]:
    """The fields in which two records differ: field, old text, new text."""
    pairs = ((field, before.get(field, ""), after.get(field, "")) for field in FIELDS)
    return [(field, old, new) for field, old, new in pairs if old != new]

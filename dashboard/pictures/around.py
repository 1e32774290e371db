"""What stands around a picture that stands alone: its finding, unit, source with years, and the day."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TypeVar

from markupsafe import Markup

from dashboard.components import language, takeaway
from dashboard.pictures.model import (
    About,
    Cloud,
    DotRange,
    Fan,
    Ladder,
    Matrix,
    Paces,
    Ranking,
    Trend,
    WorldMap,
)
from dashboard.reads.reader import Reader

P = TypeVar("P", Trend, Ranking, Ladder, DotRange, WorldMap, Matrix, Paces, Fan, Cloud)


def about(reader: Reader, title: str, unit: str, alt: str, *foot: str) -> About:
    """What stands around a picture. title, foot: text, or safe HTML of which the words are taken."""
    return About(words(title).rstrip(), words(unit), source(*foot), words(alt), reader.lang)


def source(*foot: str) -> str:
    """The foot line: what is given, then who drew it and when it was read."""
    day = language.day(datetime.date.today())
    return " · ".join([*(words(part).rstrip(". ") for part in foot if part), f"Escala, {day}"])


def words(text: str) -> str:
    """A text as it is, or safe HTML without its elements."""
    return takeaway.plain(text) if isinstance(text, Markup) else text


def alone(picture: P, reader: Reader, title: str, *foot: str, unit: str | None = None) -> P:
    """The picture with a title and a foot line that say all, for it stands without its document."""
    old = picture.about
    new = about(reader, title, old.unit if unit is None else unit, old.alt, *foot)
    return replace(picture, about=new)

"""What a questionnaire is: dimensions, statements, and the observable levels of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kpis.stages import STAGES

NOT_APPLICABLE, UNKNOWN = "not-applicable", "unknown"
MISSING = (NOT_APPLICABLE, UNKNOWN)
"""Answers that are no level: they count as missing, never as the lowest level."""


@dataclass(frozen=True)
class Words:
    """A text in both languages; a questionnaire in one language alone has the same in both."""

    en: str
    es: str

    def say(self, lang: str) -> str:
        """The text in a language."""
        return self.es if lang == "es" else self.en


@dataclass(frozen=True)
class Level:
    """A level of the questionnaire. stage: of the methodology, 0 emerging … 3 connected."""

    code: str
    name: Words
    stage: int


@dataclass(frozen=True)
class Statement:
    """What is judged, what is seen at each level (lowest first), and what counts as evidence."""

    code: str
    text: Words
    levels: tuple[Words, ...]
    evidence: Words


@dataclass(frozen=True)
class Dimension:
    """A dimension. like: that of the methodology which it is compared with; "" for none."""

    code: str
    name: Words
    like: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire as `reading` takes it from a file; all its codes are unique."""

    code: str
    version: str
    title: Words
    about: Words
    levels: tuple[Level, ...]
    dimensions: tuple[Dimension, ...]

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """All statements by code, in the order of the questionnaire."""
        return {statement.code: statement for part in self.dimensions for statement in part.statements}

    @cached_property
    def dimension_of(self) -> dict[str, Dimension]:
        """The dimension of each statement."""
        return {statement.code: part for part in self.dimensions for statement in part.statements}

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each level by code, 0 for the lowest."""
        return {level.code: place for place, level in enumerate(self.levels)}

    @property
    def answers(self) -> tuple[str, ...]:
        """What may be answered: the codes of the levels, lowest first, then those of `MISSING`."""
        return (*self.places, *MISSING)


def written(questionnaire: Questionnaire) -> dict[str, Any]:
    """The questionnaire as plain values, which `reading.of_values` takes: how an exercise keeps its own."""
    codes = tuple(questionnaire.places)
    return {
        "code": questionnaire.code,
        "version": questionnaire.version,
        "title": _words(questionnaire.title),
        "about": _words(questionnaire.about),
        "level": [
            {"code": level.code, "stage": STAGES[level.stage], "name": _words(level.name)}
            for level in questionnaire.levels
        ],
        "dimension": [_dimension(part, codes) for part in questionnaire.dimensions],
    }


def _dimension(part: Dimension, codes: tuple[str, ...]) -> dict[str, Any]:
    statements = [
        {
            "code": statement.code,
            "text": _words(statement.text),
            "levels": {code: _words(text) for code, text in zip(codes, statement.levels, strict=True)},
            "evidence": _words(statement.evidence),
        }
        for statement in part.statements
    ]
    return {"code": part.code, "name": _words(part.name), "like": part.like, "statement": statements}


def _words(words: Words) -> dict[str, str]:
    return {"en": words.en, "es": words.es}

"""A questionnaire from its file: every fault with its place, what is allowed there and what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from kpis.cases import dimensions as methodology_dimensions
from kpis.errors import RequestError
from kpis.matching import near_miss
from kpis.messages import Message, TranslatedError, message
from kpis.stages import STAGES
from kpis.stages.rules import MIN_DIMENSIONS, MIN_KPIS
from kpis.texts import mark
from kpis.workspace.exercises.questionnaire import (
    MISSING,
    Dimension,
    Level,
    Questionnaire,
    Statement,
    Words,
)

STANDARD = Path(__file__).with_name("standard.toml")
FILE_LIMIT = 512 * 1024  # bytes: eight times the one that is shipped
MOST = {"level": 6, "dimension": 20, "statement": 30}
LEAST = {"level": 2, "dimension": MIN_DIMENSIONS, "statement": MIN_KPIS}
LONGEST, LONGEST_NAME = 600, 120  # characters
MOST_PROBLEMS = 50  # that are named; nobody reads more
CODE = re.compile(r"[a-z][a-z0-9_-]{0,59}")
KEYS = {
    "questionnaire": ("code", "version", "title", "about", "level", "dimension"),
    "level": ("code", "stage", "name"),
    "dimension": ("code", "name", "like", "statement"),
    "statement": ("code", "text", "levels", "evidence"),
}
OPTIONAL = ("like",)
LANGUAGES = ("en", "es")
Row = Mapping[str, Any]


class QuestionnaireError(TranslatedError, RequestError):
    """A questionnaire that cannot be used; `problems` holds every fault, the message the first of them."""

    def __init__(self, problems: tuple[Message, ...]) -> None:
        self.problems = problems
        super().__init__("{first}", first=problems[0])


@lru_cache(maxsize=1)
def standard() -> Questionnaire:
    """The questionnaire that is shipped: seven dimensions of five statements."""
    return load(STANDARD.read_bytes(), STANDARD.name)


def load_file(path: Path) -> Questionnaire:
    """The questionnaire of a file; errors as `load`, and where there is no such file."""
    if not path.is_file():
        raise _fault(mark("{file}: no such file. Name a questionnaire in TOML."), file=path.name)
    with path.open("rb") as stream:
        return load(stream.read(FILE_LIMIT + 1), path.name)


def summary(questionnaire: Questionnaire, file: str) -> Message:
    """What a questionnaire that can be used holds, in one sentence."""
    return message(
        "{file}: {n} statements in {k} dimensions, {levels} levels. It can be used.",
        file=file,
        n=len(questionnaire.statements),
        k=len(questionnaire.dimensions),
        levels=len(questionnaire.levels),
    )


def load(content: bytes, file: str) -> Questionnaire:
    """A questionnaire from the bytes of a TOML file; file: its name, for messages.

    Raises QuestionnaireError, which holds all faults: no text, no TOML, unknown or missing keys, codes
    that repeat, levels that fall, a statement without one of its levels, too few statements for a stage.
    """
    if len(content) > FILE_LIMIT:
        raise _fault(mark("{file}: larger than {limit} KB. A questionnaire is text; shorten it."),
                     file=file, limit=FILE_LIMIT // 1024)  # fmt: skip
    try:
        raw = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _fault(
            mark("{file}: not text in UTF-8. Save it as UTF-8 (TOML) and try again."), file=file
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(file, str(error)) from None
    except RecursionError:
        raise _no_toml(file, "") from None
    return of_values(raw, file)


def of_values(raw: Row, file: str) -> Questionnaire:
    """A questionnaire from plain values, as `questionnaire.written` gives them; errors as `load`."""
    reading = _Reading(file)
    found = reading.questionnaire(raw)
    if reading.problems:
        raise QuestionnaireError(tuple(reading.problems))
    return found


def _fault(text: str, **details: object) -> QuestionnaireError:
    return QuestionnaireError((message(text, **details),))


def _no_toml(file: str, reason: str) -> QuestionnaireError:
    """The fault of a line that is no TOML, with its place."""
    place = re.search(r"line (\d+), column (\d+)", reason)
    if place is None:
        return _fault(
            mark("{file}: this is no TOML. Compare it with the questionnaire that is shipped."), file=file
        )
    return _fault(
        mark(
            '{file}: line {line}, column {column} is no TOML. Write key = "text", with quotation marks at '
            "both ends, and check it again."
        ),
        file=file,
        line=place[1],
        column=place[2],
    )


class _Reading:
    """A questionnaire being read: where we are, and what was wrong so far."""

    def __init__(self, file: str) -> None:
        self.file, self.problems = file, list[Message]()
        self.place: Message = message("questionnaire")

    def say(self, text: str, **details: object) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(message(text, file=self.file, place=self.place, **details))

    def at(self, kind: str, row: Row, n: int) -> None:
        """Goes to a part, named by its code, else by its number."""
        code = row.get("code")
        name = code if isinstance(code, str) and code else n
        texts = {
            "level": message("level {name}", name=name),
            "dimension": message("dimension {name}", name=name),
            "statement": message("statement {name}", name=name),
        }
        self.place = texts[kind]

    def questionnaire(self, raw: Row) -> Questionnaire:
        self.keys(raw, "questionnaire")
        head = {"code": self.code(raw), "version": self.text(raw, "version", LONGEST_NAME)}
        title, about = self.words(raw, "title", LONGEST_NAME), self.words(raw, "about")
        top = self.place
        levels = tuple(self.level(row, n) for n, row in enumerate(self.rows(raw, "level"), 1))
        self.place = top
        self.rising(levels)
        self.unique("level", [level.code for level in levels], taken=MISSING)
        codes = tuple(level.code for level in levels)
        parts = tuple(self.dimension(row, n, codes) for n, row in enumerate(self.rows(raw, "dimension"), 1))
        self.place = top
        self.unique("dimension", [part.code for part in parts])
        self.unique("statement", [one.code for part in parts for one in part.statements])
        return Questionnaire(**head, title=title, about=about, levels=levels, dimensions=parts)

    def level(self, row: Row, n: int) -> Level:
        self.at("level", row, n)
        self.keys(row, "level")
        stage = row.get("stage")
        if stage not in STAGES:
            self.not_allowed("stage", stage, STAGES)
            stage = STAGES[0]
        return Level(self.code(row), self.words(row, "name", LONGEST_NAME), STAGES.index(str(stage)))

    def dimension(self, row: Row, n: int, codes: tuple[str, ...]) -> Dimension:
        self.at("dimension", row, n)
        self.keys(row, "dimension")
        code, name, known = self.code(row), self.words(row, "name", LONGEST_NAME), methodology_dimensions()
        like = row.get("like") or (code if code in known else "")
        if like and like not in known:
            self.not_allowed("like", like, known)
        rows = self.rows(row, "statement")
        statements = tuple(self.statement(one, place, codes) for place, one in enumerate(rows, 1))
        return Dimension(code, name, str(like), statements)

    def statement(self, row: Row, n: int, codes: tuple[str, ...]) -> Statement:
        self.at("statement", row, n)
        self.keys(row, "statement")
        texts = row.get("levels")
        if not isinstance(texts, dict):
            texts = {}
        self.known(texts, codes, "levels.")
        levels = tuple(self.words(texts, code, name=f"levels.{code}") for code in codes)
        return Statement(self.code(row), self.words(row, "text"), levels, self.words(row, "evidence"))

    def rows(self, raw: Row, kind: str) -> list[Row]:
        """The parts of a kind; too few or too many, or another thing in their place, is said."""
        rows = raw.get(kind)
        rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        if not LEAST[kind] <= len(rows) <= MOST[kind]:
            self.say(
                "{file}: {place}: {n} times [[{kind}]]; allowed: {least} to {most}. Add or remove some.",
                n=len(rows), kind=f"dimension.{kind}" if kind == "statement" else kind,
                least=LEAST[kind], most=MOST[kind],
            )  # fmt: skip
        return rows[: MOST[kind]]

    def keys(self, row: Row, kind: str) -> None:
        self.known(row, KEYS[kind])
        for key in KEYS[kind]:
            if key not in row and key not in OPTIONAL and key not in LEAST:
                self.missing(key)

    def known(self, row: Row, allowed: tuple[str, ...], prefix: str = "") -> None:
        for key in row:
            if key not in allowed:
                near = near_miss(str(key), allowed) or ", ".join(allowed)
                self.say(
                    "{file}: {place}: key '{key}' is not known. Allowed here: {allowed}. Correct it or "
                    "remove it.",
                    key=f"{prefix}{key}", allowed=near,
                )  # fmt: skip

    def missing(self, key: str) -> None:
        self.say("{file}: {place}: key '{key}' is missing. Write {key} = \"…\".", key=key)

    def not_allowed(self, key: str, value: object, allowed: Iterable[str]) -> None:
        self.say(
            "{file}: {place}: {key} = '{value}' is not allowed. Allowed: {allowed}. Choose one of these.",
            key=key, value=value, allowed=", ".join(allowed),
        )  # fmt: skip

    def code(self, row: Row) -> str:
        code = row.get("code")
        if isinstance(code, str) and CODE.fullmatch(code):
            return code
        if code is not None:
            self.say(
                "{file}: {place}: code = '{value}' is not allowed. Write a to z, digits, _ or -, "
                "beginning with a letter, at most 60.",
                value=code,
            )  # fmt: skip
        return ""

    def text(self, row: Row, key: str, longest: int = LONGEST, *, name: str = "") -> str:
        """A text of its own, printable and not too long; "" where it is none, which is said."""
        value = row.get(key)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.say(
                "{file}: {place}: {key} holds no text. Write it between quotation marks: {key} = \"…\".",
                key=name or key,
            )  # fmt: skip
            return ""
        if len(value) > longest:
            self.say(
                "{file}: {place}: {key} has {n} characters; at most {most} are allowed. Shorten it.",
                key=name or key, n=len(value), most=longest,
            )  # fmt: skip
        return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())

    def words(self, row: Row, key: str, longest: int = LONGEST, *, name: str = "") -> Words:
        """A text in both languages, or one for both."""
        value, name = row.get(key), name or key
        if not isinstance(value, dict):
            if value is None and name.startswith("levels."):
                self.missing(name)
            both = self.text(row, key, longest, name=name)
            return Words(both, both)
        self.known(value, LANGUAGES, f"{name}.")
        for lang in LANGUAGES:
            if lang not in value:
                self.missing(f"{name}.{lang}")
        return Words(*(self.text(value, lang, longest, name=f"{name}.{lang}") for lang in LANGUAGES))

    def unique(self, kind: str, codes: list[str], taken: tuple[str, ...] = ()) -> None:
        for code in dict.fromkeys(code for code in codes if code):
            if codes.count(code) > 1 or code in taken:
                self.say(
                    "{file}: [[{kind}]]: the code '{code}' is used already. Give each a code of its own.",
                    kind=kind, code=code,
                )  # fmt: skip

    def rising(self, levels: tuple[Level, ...]) -> None:
        if any(high.stage < low.stage for low, high in pairwise(levels)):
            self.say(
                "{file}: the stages of the levels fall. Write the levels from the lowest to the highest: "
                "{stages}.",
                stages=", ".join(STAGES),
            )  # fmt: skip

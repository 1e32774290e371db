"""All that is wrong with a table, by row and column, and all that its owner should know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from kpis.messages import Message
from kpis.texts import Text, say

MOST = 5_000  # problems listed one by one: more than anybody mends by hand
_ROWS_NAMED = 30

FATAL, NOTE = Text("fault"), Text("note")
HEADINGS = (Text("kind"), Text("row"), Text("column"), Text("cell"), Text("what"), Text("rows"))


class Problem(NamedTuple):
    """A fault or a note. rows: where, as a spreadsheet counts; none for the file as a whole."""

    said: Message
    is_fatal: bool
    rows: tuple[int, ...] = ()
    column: str = ""
    cell: str = ""


@dataclass
class Problems:
    """What was found in the order of the file. omitted: faults beyond `MOST`, counted only."""

    listed: list[Problem] = field(default_factory=list)
    omitted: int = 0
    _fatal: bool = False

    def add(self, said: Message, rows: Iterable[int] = (), column: str = "", cell: str = "") -> None:
        """A fault that keeps the table from being accepted."""
        self._fatal = True
        if len(self.listed) >= MOST:
            self.omitted += 1
            return
        self.listed.append(Problem(said, True, tuple(int(row) for row in rows), column, cell[:80]))

    def note(self, said: Message, rows: Iterable[int] = (), column: str = "") -> None:
        """Something that the owner should know, and that stops nothing."""
        if len(self.listed) < MOST:
            self.listed.append(Problem(said, False, tuple(int(row) for row in rows), column))

    @property
    def is_fatal(self) -> bool:
        """Whether anything must be mended first."""
        return self._fatal

    @property
    def in_order(self) -> list[Problem]:
        """Faults before notes, each by row."""
        return sorted(self.listed, key=lambda p: (not p.is_fatal, p.rows[:1] or (0,)))

    def count(self, *, fatal: bool) -> int:
        """How many faults, or notes."""
        return sum(problem.is_fatal is fatal for problem in self.listed) + (self.omitted if fatal else 0)

    def table(self, lang: str) -> pd.DataFrame:
        """The report: one row per problem, headings and texts in a language."""
        rows = [
            (
                say(FATAL if problem.is_fatal else NOTE, lang),
                str(problem.rows[0]) if problem.rows else "",
                problem.column,
                problem.cell,
                problem.said.say(lang),
                rows_text(problem.rows),
            )
            for problem in self.in_order
        ]
        return pd.DataFrame(rows, columns=[say(heading, lang) for heading in HEADINGS], dtype="str")


def rows_text(rows: Sequence[int]) -> str:
    """Rows for a list: the first ones, then how many there are."""
    first = ", ".join(map(str, rows[:_ROWS_NAMED]))
    return f"{first}, … ({len(rows)})" if len(rows) > _ROWS_NAMED else first

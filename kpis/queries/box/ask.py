"""A reader's own SELECT on the warehouse: one statement, tables of the warehouse only, within limits.

Each query runs in a process of its own (`kpis/queries/box/child.py` says why) that opens the file read-only,
without files, network or settings, and is ended when it takes too long, too much memory or returns too much.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from kpis.errors import EngineError, RequestError

MOST_CHARACTERS = 4000
AT_ONCE = 2  # queries of all readers; the next one waits up to WAIT seconds
WAIT = 5.0
GRACE = 4.0  # seconds to start, to be interrupted and to answer, before the process is ended
NUMBERS = set(["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL"])
NUMBERS |= set(["UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"])
CHILD = Path(__file__).with_name("child.py")
_running = threading.BoundedSemaphore(AT_ONCE)
_ends: dict[object, float] = {}  # when each running query is ended at the latest, on the monotonic clock


@dataclass(frozen=True)
class Limits:
    """rows and columns of the answer; seconds; memory_mb of DuckDB's buffers; bytes of text.

    address_mb: memory of the process; it holds where the system can limit one (not on Windows).
    """

    rows: int = 10_000
    columns: int = 200
    seconds: float = 5.0
    memory_mb: int = 256
    address_mb: int = 1500
    bytes: int = 20_000_000


@dataclass(frozen=True)
class Answer:
    """The rows of a query; `cut`: there are more than the limit allows."""

    rows: pd.DataFrame
    cut: bool


class QueryError(RequestError):
    """A query that was not answered.

    kind: empty, length, statements, select, pivot, table, function, engine, depth, columns, time, memory,
    size, busy. detail: the name, the number (of seconds to wait, if busy) or the engine's reason. allowed:
    names that may stand there. line, column: from 1.
    """

    def __init__(
        self,
        kind: str,
        detail: str = "",
        *,
        allowed: tuple[str, ...] = (),
        place: tuple[int, int] | None = None,
    ) -> None:
        self.kind, self.detail, self.allowed, self.place = kind, detail, allowed, place
        super().__init__(_message(kind, detail, allowed, place))


def ask(path: Path, query: str, limits: Limits | None = None) -> Answer:
    """Answer of the warehouse at `path` to one SELECT. Raises QueryError for anything else, or beyond limits.

    Column names as the query gives them, repeated ones numbered; missing is missing; lists, structs, dates,
    times and intervals come as the engine's text.
    """
    limits = limits or Limits()
    if not query.strip():
        raise QueryError("empty")
    if len(query) > MOST_CHARACTERS:
        raise QueryError("length", str(len(query)))
    with _place(limits):
        lines = _run(path, query, limits)
        head = json.loads(lines[0])
        if "fault" in head:
            raise _fault(head, query)
        return _frame(head, lines[1:], limits.rows)


@contextmanager
def _place(limits: Limits) -> Iterator[None]:
    """One of the places at work. Raises QueryError with the seconds until the next one is surely free."""
    if not _running.acquire(timeout=WAIT):
        left = min(_ends.values(), default=time.monotonic()) - time.monotonic()
        raise QueryError("busy", str(max(1, math.ceil(left))))
    mine = object()
    _ends[mine] = time.monotonic() + limits.seconds + GRACE
    try:
        yield
    finally:
        del _ends[mine]
        _running.release()


def _run(path: Path, query: str, limits: Limits) -> list[str]:
    question = json.dumps(asdict(limits) | {"path": str(path), "query": query})
    try:
        done = subprocess.run(
            # -P: nothing from the folder of the script or the current one; packages come from where this
            # process has them, be it $PYTHONPATH or a user's own folder, which -I would shut out
            [sys.executable, "-P", str(CHILD)],
            env=os.environ
            | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if os.path.isabs(path))},
            input=question,
            capture_output=True,
            encoding="utf-8",
            timeout=limits.seconds + GRACE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise QueryError("time") from None
    lines = done.stdout.split("\n")
    if done.returncode < 0 or "MemoryError" in done.stderr or "bad_alloc" in done.stderr:
        raise QueryError("memory")  # the system ended it: its memory or processor time was used up
    if done.returncode or not lines[0]:
        last_lines = done.stderr.strip().splitlines()[-1:] or ["no answer"]
        raise EngineError(f"queries cannot be run here ({last_lines[0]}). Run `escala doctor`.")
    return lines


def _fault(head: dict[str, Any], query: str) -> QueryError:
    position = head.get("position")
    place = None
    if position is not None:
        before = query.encode()[:position].decode(errors="ignore")  # the engine counts bytes
        place = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return QueryError(head["fault"], head["detail"], allowed=tuple(head.get("allowed", ())), place=place)


def _frame(head: dict[str, Any], lines: list[str], most: int) -> Answer:
    rows = [json.loads(line) for line in lines]
    names = _once(head["columns"])
    frame = pd.DataFrame(rows[:most], columns=names, dtype=object)
    for name, kind in zip(names, head["types"], strict=True):
        if kind.split("(")[0] in NUMBERS:
            frame[name] = pd.to_numeric(frame[name])
        elif kind != "BOOLEAN":
            frame[name] = frame[name].map(lambda cell: cell if cell is None else str(cell))
    return Answer(frame, cut=len(rows) > most)


def _once(names: list[str]) -> list[str]:
    """Names of columns, each once: a, a_2, a_3. Linear in their number.

    >>> _once(["a", "a", "a_2", "a"])
    ['a', 'a_3', 'a_2', 'a_4']
    """
    taken, count = set(names), dict.fromkeys(names, 1)
    unique, seen = [], set()
    for name in names:
        candidate = name
        while candidate in seen or (candidate != name and candidate in taken):
            count[name] += 1
            candidate = f"{name}_{count[name]}"
        seen.add(candidate)
        unique.append(candidate)
    return unique


def _message(kind: str, detail: str, allowed: tuple[str, ...], place: tuple[int, int] | None) -> str:
    where = f"line {place[0]}, column {place[1]}: " if place else ""
    limits = Limits()
    return {
        "empty": "the query is empty. Write one SELECT statement.",
        "length": f"the query has {detail} characters. Allowed: {MOST_CHARACTERS}. Shorten it.",
        "statements": f"{detail} statements. Only one SELECT is allowed; remove the others.",
        "select": f"'{detail}' is not allowed. Only one SELECT is; the warehouse is read-only.",
        "pivot": "PIVOT needs its columns named, as the standard has it: "
        "from … pivot (first(obs_value) for ref_area in ('COL', 'URY')).",
        "columns": f"the answer would have {detail} columns. Allowed: {limits.columns}. Select fewer.",
        "table": f"'{detail}' is no table of the warehouse. Allowed: {', '.join(allowed)}.",
        "function": f"function '{detail}' is not allowed: queries read tables of the warehouse, no files, "
        f"network or settings. Allowed in FROM: {', '.join(allowed)}.",
        "engine": f"{where}{detail}",
        "depth": "the query is nested too deeply. Simplify it.",
        "time": f"stopped after {limits.seconds:g} seconds. Select fewer rows, or join on keys.",
        "memory": "stopped: it needs more memory than a query may have. Select fewer rows or columns.",
        "size": "stopped: the result is too large. Select fewer or shorter columns.",
        "busy": f"too many queries are running. Try again in {detail} s.",
    }[kind]

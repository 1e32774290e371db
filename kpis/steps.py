"""Turns a library's exception into one sentence that names the step it happened in."""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from kpis.errors import EngineError, EscalaError

LOG = logging.getLogger("escala")  # at debug it has the traceback; nothing of it reaches a reader
MOST_LETTERS = 300  # characters of a library's own message that are repeated
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
INTERRUPTED = "Query interrupted"  # a RuntimeError that DuckDB raises for whatever a signal's handler raised
FULL_WORDS = ("no space left", "file too large", "quota exceeded")  # as DuckDB repeats the system's message


class PassingError(EngineError):
    """A transient fault, such as a full disk: the same build may succeed a minute later."""


@contextmanager
def step(name: str, family: type[EscalaError] = EngineError) -> Iterator[None]:
    """Runs its block; whatever it raises that is no EscalaError becomes one of `family`, naming the step.

    name: a file, a table, or what is done, as the reader of the message knows it. Steps may be nested, the
    innermost is named. A full disk and a lack of memory become PassingError. A signal during a query, which
    DuckDB would make a fault like others, becomes KeyboardInterrupt: who asked the process to end meant all
    of it, and a fault might be kept for later while the work goes on.
    """
    try:
        yield
    except EscalaError:
        raise
    except Exception as error:  # the edge of a build: pandas, DuckDB and the system raise what they like
        LOG.debug("%s: failed", name, exc_info=True)
        if isinstance(error, RuntimeError) and str(error) == INTERRUPTED:
            raise KeyboardInterrupt from error
        raise _as_fault(name, error, family) from error


def first_line(error: BaseException) -> str:
    """What an error says, in one line of bounded length."""
    lines = str(error).strip().splitlines()
    line = lines[0] if lines else ""
    return line if len(line) <= MOST_LETTERS else f"{line[: MOST_LETTERS - 1]}…"


def _as_fault(name: str, error: Exception, family: type[EscalaError]) -> EscalaError:
    if _is_full(error):
        return PassingError(f"{name}: no room left on the disk. Free some and try again.")
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException":
        return PassingError(f"{name}: it needs more memory than there is. Free some and try again.")
    if isinstance(error, RecursionError):
        return family(f"{name}: it is nested too deeply. Simplify it.")
    if isinstance(error, OSError) and error.strerror:
        return family(f"{error.filename or name}: {error.strerror}. Put a readable file there.")
    message = first_line(error)
    kind = type(error).__name__
    return family(f"{name}: {kind}: {message}" if message else f"{name}: {kind}")


def _is_full(error: Exception) -> bool:
    if isinstance(error, OSError) and error.errno in FULL:
        return True
    message = str(error).casefold()
    return any(word in message for word in FULL_WORDS)

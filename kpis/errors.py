"""Expected errors, by who can mend them and how.

Every error that a user may meet names the thing, the place, the allowed values and the remedy.
Pages and commands turn this family into a plain message; anything else is a defect and surfaces.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class EscalaError(Exception):
    """Base of all expected faults; `str(error)` is the message for the reader."""


class CatalogueError(EscalaError):
    """A definition is wrong: a KPI, source, unit, group or index entry. Mend the named file."""


class RequestError(EscalaError):
    """The caller asked for something that does not exist or is out of range. Ask again, corrected."""


class DataError(EscalaError):
    """A file of figures is wrong: a column, a key, an area code, a value. Mend the named rows."""


class EngineError(EscalaError):
    """The machinery failed: an unreadable warehouse, a port in use, a failing model."""


def unknown(kind: str, name: str, allowed: Iterable[str], *, place: str = "") -> str:
    """Message for a name that is not in a closed list, with the near miss or the allowed values.

    >>> unknown("KPI", "EGDX", ["EGDI", "OSI"])
    "KPI 'EGDX' is not known. Did you mean 'EGDI'?"
    """
    names = sorted(allowed)
    label = name if len(name) <= 60 else f"{name[:57]}..."
    head = f"{place}: {kind} '{label}' is not known." if place else f"{kind} '{label}' is not known."
    if near := near_miss(name, names):
        return f"{head} Did you mean '{near}'?"
    options = ", ".join(names[:12]) + (f", … ({len(names)} in all)" if len(names) > 12 else "")
    return f"{head} Allowed: {options or 'none'}."


def near_miss(name: str, allowed: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The allowed name most like a wrong one, whatever its case; None if none is like it.

    >>> near_miss("countries", ["country", "kpi"])
    'country'
    """
    folded = {candidate.casefold(): candidate for candidate in allowed}
    near = get_close_matches(name[:60].casefold(), folded, n=1, cutoff=cutoff)
    return folded[near[0]] if near else None

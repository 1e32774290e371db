"""What can go wrong, by whose fault it is and what to do next.

Every error that a user may meet names the thing, the place, the allowed values and the remedy.
Pages and commands turn this family into a plain message; anything else is a defect and surfaces.
"""

from __future__ import annotations

from collections.abc import Iterable

from kpis.matching import near_miss


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
    excerpt = name if len(name) <= 60 else f"{name[:57]}..."
    head = f"{place}: {kind} '{excerpt}' is not known." if place else f"{kind} '{excerpt}' is not known."
    if near := near_miss(name, names):
        return f"{head} Did you mean '{near}'?"
    first_names = ", ".join(names[:12]) + (f", … ({len(names)} in all)" if len(names) > 12 else "")
    return f"{head} Allowed: {first_names or 'none'}."

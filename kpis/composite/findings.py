"""What a step could not compute, carried beside the numbers.

A value that is undefined is missing, never 0 and never a guess. The reason travels in
`frame.attrs["findings"]` and is raised once as a `CompositeWarning`.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

import pandas as pd

_KEY = "findings"
_AREAS_NAMED = 5


class CompositeWarning(UserWarning):
    """Some results are missing because they are undefined; the message names them and says why."""


@dataclass(frozen=True)
class Finding:
    """One thing a reader should know about a result.

    step: "normalise"; code: the indicator or index node; problem: what is the matter and what was done;
    areas: row labels concerned (empty: the whole column); kind: "undefined" warns, "note" does not.
    """

    step: str
    code: str
    problem: str
    areas: tuple[str, ...] = ()
    kind: Literal["undefined", "note"] = "undefined"

    def __str__(self) -> str:
        if not self.areas:
            return f"{self.step}: {self.code}: {self.problem}"
        names = ", ".join(self.areas[:_AREAS_NAMED])
        more = f" and {len(self.areas) - _AREAS_NAMED} more" if len(self.areas) > _AREAS_NAMED else ""
        return f"{self.step}: {self.code}: {self.problem} ({names}{more})"


def announce(new_findings: Iterable[Finding], *, stacklevel: int = 3) -> None:
    """Warn once about everything undefined."""
    lines = [str(finding) for finding in new_findings if finding.kind == "undefined"]
    if lines:
        warnings.warn("\n".join(lines), CompositeWarning, stacklevel=stacklevel)


def attach(frame: pd.DataFrame, new_findings: Iterable[Finding], *, stacklevel: int = 4) -> pd.DataFrame:
    """Put findings on a result and warn about what is undefined.

    Kept as plain dictionaries, because Parquet writes `attrs` as JSON.
    """
    entries = list(new_findings)
    if entries:
        frame.attrs[_KEY] = [asdict(finding) for finding in entries]
        announce(entries, stacklevel=stacklevel)
    return frame


def findings(frame: pd.DataFrame) -> list[Finding]:
    """The findings that a step of this package left on its result; empty if all was well."""
    stored = frame.attrs.get(_KEY, [])
    return [Finding(**{**entry, "areas": tuple(entry["areas"])}) for entry in stored]

"""The form of a file, as its name says it: one rule for all commands that write files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from kpis.cli.console import visible
from kpis.errors import RequestError

Form = TypeVar("Form", bound=StrEnum)


def form_of(out: Path, forms: type[Form], usual: Form | None = None) -> Form:
    """The form that the name of a file says; `usual`, where one is given, of a folder and of no ending.

    Raises RequestError for an ending that is none of them.
    """
    ending = out.suffix.lstrip(".").lower()
    if usual is not None and (not ending or out.is_dir()):
        return usual
    if ending not in [form.value for form in forms]:
        allowed = ", ".join(f".{form.value}" for form in forms)
        raise RequestError(
            f"--out: '{visible(out.name)}' says no format. Allowed: {allowed}; or add --format."
        )
    return forms(ending)

"""What a reader is told when a part of a page fails: one sentence, without traceback and without paths."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

from dashboard.components import messages
from dashboard.components.language import text as _
from kpis import paths
from kpis.errors import EscalaError
from kpis.steps import LOG

P = ParamSpec("P")

# An absolute path, on Linux or Windows, as far as a blank: its last part says which file is meant.
ABSOLUTE = re.compile(r"(?<![\w./\\])(?:[A-Za-z]:)?[\\/](?:[^\s\\/:;,'\"()]+[\\/])*([^\s\\/:;,'\"()]+)")


def guarded(draw: Callable[P, None]) -> Callable[P, None]:
    """A part of a page, whose faults are said in its place; the rest of the page goes on.

    Every fragment has its own guard: Streamlit says what leaves a fragment by itself, in English. What ends
    or repeats a run is no Exception and passes.
    """

    @wraps(draw)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            draw(*args, **kwargs)
        except EscalaError as fault:
            say(fault)
        except Exception:  # the outermost edge: a defect, which the log keeps
            LOG.exception("a part of a page failed: %s", draw.__name__)
            apologise()

    return run


def say(fault: EscalaError) -> None:
    """An expected fault in its own words."""
    messages.error(without_folders(str(fault)))


def apologise() -> None:
    """A sentence for the reader of a part that failed; its traceback goes to the log."""
    messages.error(
        _(
            "This part of the page could not be shown: something went wrong that was not foreseen. "
            "Load the page again; if it happens again, tell whoever runs this dashboard when it happened."
        )
    )


def without_folders(message: str) -> str:
    """A message with the names of files instead of their paths on the server."""
    folders = {
        paths.data_dir(),
        *paths.extra_entries_dirs(),
        paths.entries_dir(),
        paths.models_dir(),
        paths.warehouse_path().parent,
    }
    roots = {str(spelling) for folder in folders for spelling in (folder, folder.absolute())}
    for root in sorted(roots, key=len, reverse=True):  # these may hold blanks
        if len(root) > 1:
            message = message.replace(f"{root}/", "").replace(root, Path(root).name)
    return ABSOLUTE.sub(r"\1", message)

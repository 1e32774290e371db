"""Own figures for a document of a command: those kept in the workspace, as its local administrator."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from dashboard.components.language import spoken
from dashboard.components.language import text as _
from kpis.cli.console import visible
from kpis.messages import errors_in
from kpis.workspace.figures import OwnValue


def values(areas: Sequence[str], lang: str) -> tuple[tuple[str, OwnValue], ...]:
    """Own values kept in the workspace, each with its area; a note on standard error where there are none.

    areas: ISO codes; ids of groups have none. Whoever runs a command administers the workspace of this
    machine, so no role is asked for. Raises RequestError, WorkspaceError.
    """
    from kpis.workspace import LOCAL, open_workspace  # here: a document without own figures needs no database
    from kpis.workspace.figures import beside, keep

    with errors_in(lang):
        workspace = open_workspace()
        tables = [keep.figures_of(workspace, LOCAL, item) for item in keep.kept(workspace, LOCAL)]
    found = tuple((area, value) for area in areas for own in tables for value in beside(own, area))
    if not found:
        with spoken(lang):
            said = _("note: the workspace keeps no own figures of {areas}.").format(areas=", ".join(areas))
        print(visible(said), file=sys.stderr)
    return found

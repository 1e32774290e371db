"""Cases that the reader's own workspace has published, for the pages that show cases."""

from __future__ import annotations

import datetime as dt

from dashboard.components import workspace
from dashboard.reads.cached import cached
from kpis.cases import NONE, Further
from kpis.errors import EscalaError
from kpis.steps import LOG
from kpis.workspace import Person, Workspace
from kpis.workspace.knowledge import published


def further(lang: str) -> Further:
    """The published cases of the workspace that this reader may see; none without a workspace or a right.

    A workspace that fails takes no other page along: the page Knowledge says what is wrong with it.
    """
    access = workspace.access(lang)
    if not access.is_open or access.workspace is None or access.person is None:
        return NONE
    today = dt.date.today()
    try:
        return _published(access.workspace, access.person, published.stamp(access.workspace, today), today)
    except EscalaError as fault:
        LOG.warning("the published cases of the workspace cannot be read: %s", fault)
        return NONE


@cached(8)
def _published(
    place: Workspace,
    person: Person,
    stamp: str,  # noqa: ARG001 # part of the key: another one whenever something was published
    today: dt.date,
) -> Further:
    return published.published(place, person, today)

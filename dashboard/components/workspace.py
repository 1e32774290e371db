"""The workspace as a page meets it: which one, who asks, and why there may be none."""

from __future__ import annotations

import os
from dataclasses import dataclass

import streamlit as st

from dashboard.components import messages
from dashboard.components.language import text as _
from dashboard.reads.workplace import WORKPLACE, is_this_machine
from kpis.errors import EscalaError
from kpis.messages import TranslatedError
from kpis.workspace import LOCAL, Person, Role, Workspace
from kpis.workspace.roles import person_of, read_roles

PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


@dataclass(frozen=True)
class Access:
    """workspace: None where there is none for this reader. person: None for whoever has not logged in.

    reason: why one of them is None, in the reader's language; else empty.
    """

    workspace: Workspace | None
    person: Person | None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether this reader may read the workspace."""
        return self.workspace is not None and self.person is not None and self.person.role is not None

    def may(self, role: Role) -> bool:
        """Whether a page may offer what needs this role; the store asks again."""
        return self.person is not None and self.person.role is not None and self.person.role >= role


def access(lang: str) -> Access:
    """The workspace and the person of this run. Never raises: the reason says what is wrong."""
    try:
        if has_login():
            return _logged_in()
        if WORKPLACE.is_for_others or not _asked_from_here():
            return Access(
                None,
                None,
                _(
                    "The workspace is off: this dashboard is served to other machines, and without a log-in "
                    "anybody could read and change what is kept. Set up a log-in (docs/log-in.md), or run "
                    "Escala on your own machine."
                ),
            )
        return Access(WORKPLACE.opened(), LOCAL)
    except TranslatedError as fault:
        return Access(None, None, fault.say(lang))
    except EscalaError as fault:
        return Access(None, None, str(fault))


def has_login() -> bool:
    """Whether a log-in is set up: Streamlit then knows whether the reader has used it."""
    return getattr(st.user, "is_logged_in", None) is not None


def say_if_off(to: Access) -> bool:
    """Says why the workspace is not open for this reader, with a button to log in; True if so."""
    if to.is_open:
        return False
    messages.info(to.reason)
    if to.workspace is not None and to.person is None:
        st.button(_("Log in"), on_click=st.login, type="primary", key="log_in")
    return True


def _logged_in() -> Access:
    workspace = WORKPLACE.opened()
    if not st.user.is_logged_in:
        return Access(workspace, None, _("Log in to see and change what your institution keeps here."))
    person = person_of(st.user.to_dict(), read_roles(os.environ.get("ESCALA_ROLES", "")))
    if person.role is None:
        return Access(
            workspace,
            person,
            _(
                "You are logged in as {name}, but have no role in this workspace. Ask whoever runs this "
                "dashboard to give you one."
            ).format(name=person.name),
        )
    return Access(workspace, person)


def _asked_from_here() -> bool:
    """Whether the request came from a browser on this machine, and not through a proxy.

    A run without a browser, such as a test or a page that a command draws, has no headers.
    """
    try:
        headers = st.context.headers
    except RuntimeError:  # a command: no server runs that could hold the session of a browser
        return True
    host = headers.get("Host")
    if host is None:
        return True
    return is_this_machine(host) and not any(headers.get(name) for name in PASSED_ON)

"""Who is logged in, in the side bar; and how a log-in ended."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.components import messages, state
from dashboard.components.language import text as _
from dashboard.components.workspace import has_login
from dashboard.texts import mark

OUTCOMES = {
    "refused": mark("You were not logged in: the log-in was refused or broken off. You can try again."),
    "failed": mark(
        "You were not logged in: the provider's answer could not be used, or the log-in took too long. Try "
        "again; if it fails again, tell whoever runs this dashboard when it happened."
    ),
    "unreachable": mark(
        "You were not logged in: the provider of the log-in could not be reached. Try again in a few minutes."
    ),
    "ended": mark("You are logged out."),
}
"""What is said of a log-in that ended so (`dashboard/serve/log_in.py`)."""

_NAME = Markup('<p class="e-account">{}</p>')


def show() -> None:
    """The reader's name with a way out, or a way in; nothing where no log-in is set up."""
    if not has_login():
        return
    with st.container(key="account", gap=None):
        _state()


def _state() -> None:
    if st.user.is_logged_in:
        claims = st.user.to_dict()
        name = str(claims.get("name") or claims.get("email") or claims.get("sub", ""))
        st.html(_NAME.format(_("Logged in as {name}").format(name=name[:100])))
        st.button(_("Log out"), on_click=st.logout, key="log_out", type="tertiary")
    else:
        st.button(_("Log in"), on_click=st.login, key="log_in_here", type="tertiary")


def say_outcome() -> None:
    """Says once how the log-in ended that the reader comes from."""
    if word := OUTCOMES.get(state.store().take("login")):
        (messages.info if word == OUTCOMES["ended"] else messages.warning)(_(word))
